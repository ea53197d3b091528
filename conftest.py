"""What every test stands on."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from pytest_django.plugin import DjangoDbBlocker

from tests.budget import Ledger
from tests.fresh import Fresh
from tests.permitted import PERMITTED
from tests.solving import solved
from zveno.kernel import engines
from zveno.kernel.actor import SYSTEM
from zveno.kernel.walls import scoped
from zveno.ui.catalogues import compile_all


def pytest_configure(config: pytest.Config) -> None:
    """Compile the message catalogues first; permit one host; keep a ledger of the time."""
    compile_all()
    config.pluginmanager.register(Ledger())
    settings.WEBHOOKS_TO = [PERMITTED]


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Make the test database as the owner; tests themselves sign in as the plain role."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
        fresh = Fresh("owner")
        fresh.remember()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _self: fresh.restore())
        yield
    with django_db_blocker.unblock():
        connections.close_all()
        teardown_databases(made, verbosity=0)


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


@pytest.fixture(autouse=True)
def _engines_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let engines solve in this process, but where the child they run in is the story."""
    if request.node.get_closest_marker("child") is None:
        monkeypatch.setattr(engines, "run", solved)
