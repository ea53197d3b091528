"""What every test stands on."""

from collections.abc import Iterator

import pytest

from zveno.kernel.actor import SYSTEM
from zveno.kernel.walls import scoped

DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


@pytest.fixture(autouse=True)
def _storyteller(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a test itself see all rows between the calls it makes; they set scopes of their own."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None or marker.kwargs.get("transaction"):
        yield
        return
    request.getfixturevalue("db")
    with scoped(SYSTEM):
        yield
