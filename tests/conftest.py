"""What tests of whole houses start from: made once, copied for each."""

from collections.abc import Iterator

import pytest

from tests.houses import empty_house

SEAL = "from zveno.kernel import journal; journal.seal()"


@pytest.fixture(scope="session")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Name a database with all tables and nothing in them."""
    with empty_house(tmp_path_factory.mktemp("laid")) as house:
        house.must("migrate")
        yield house.name


@pytest.fixture(scope="session")
def told(laid: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Name a database with the demonstration in it, its journal sealed."""
    with empty_house(tmp_path_factory.mktemp("told"), like=laid) as house:
        house.must("prepare")
        house.must("manage", "shell", "-c", SEAL)
        yield house.name
