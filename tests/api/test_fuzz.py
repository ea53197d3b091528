"""schemathesis at every endpoint: what fits the schema and what does not, with real keys.

All its checks are on. What fits the schema may still be refused by a verb with 422: a schema
cannot say that an agreement ends after it begins.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounds
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Err
from schemathesis.generation import GenerationMode

from tests.api.program import API, token_of
from tests.api.test_matrix import TABLE
from tests.test_matrix import fill, undone
from tests.world import World, present
from zveno.events import actions
from zveno.events.actions import AlreadyRegistered

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
EXAMPLES = 5
FITS = ["2xx", "401", "403", "404", "409", "422"]
CONFIG = {"checks": {"positive_data_acceptance": {"expected-statuses": FITS}}}


def operations(app: Any) -> Iterator[Any]:
    """Yield every operation of the schema as it is served."""
    config = SchemathesisConfig.from_dict(CONFIG)
    schema = schemathesis.openapi.from_wsgi(f"{API}/openapi.json", app, config=config)
    for found in schema.get_all_operations():
        if isinstance(found, Err):
            raise found.err()
        yield found.ok()


def keys(world: World) -> dict[str, str]:
    """Return a key of the world for each address with one."""
    world.membership = world.cluster.memberships.earliest("pk")  # type: ignore[attr-defined]
    return {
        row.name: fill(world, row.path).removeprefix("/").split("/")[1]
        for row in reversed(TABLE)
        if "{" in row.name
    }


@pytest.fixture
def same_connection() -> Iterator[None]:
    """Keep the connection of the test between requests, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=str)
@pytest.mark.timeout(600)
def test_nothing_that_is_sent_finds_a_fault(mode: GenerationMode, same_connection: None) -> None:
    world = World()
    known = keys(world)
    headers = {"Authorization": f"Bearer {token_of(present(world.who['coordinator']))}"}
    faults = []
    for operation in operations(get_wsgi_application()):
        name = operation.path.removeprefix(API)
        parameter = "code" if "{code}" in name else "key"
        real = {parameter: known[name]} if name in known else None
        strategy = operation.as_strategy(
            mode, path_parameters=real if mode is GenerationMode.POSITIVE else None
        )
        try:
            knock(strategy, headers)
        except (Exception, ExceptionGroup) as fault:  # noqa: BLE001 - all are told at the end
            faults.append(f"{operation.label}: {told(fault)}")
    assert not faults, "\n".join(faults)


def test_a_refusal_that_is_not_declared_would_be_found(
    monkeypatch: pytest.MonkeyPatch, same_connection: None
) -> None:
    world = World()
    headers = {"Authorization": f"Bearer {token_of(present(world.who['coordinator']))}"}
    (operation,) = (
        each for each in operations(get_wsgi_application()) if each.path.endswith("/announce")
    )
    monkeypatch.setattr(actions.announce, "rule", undeclared)
    ours = operation.as_strategy(path_parameters={"key": str(world.event_draft.public_id)})

    with pytest.raises(FailureGroup) as found:
        knock(ours, headers)
    assert "violates schema" in told(found.value)


def undeclared(*_: object) -> bool:
    """Refuse in a way that the schema does not tell of."""
    raise AlreadyRegistered(sender="")


def knock(strategy: Any, headers: dict[str, str]) -> None:
    """Send what the strategy makes; raise what schemathesis finds wrong with the answers."""

    @bounds(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def send(case: Any) -> None:
        with undone():
            case.validate_response(case.call(headers=headers), headers=headers)

    send()


def told(fault: BaseException) -> str:
    """Write a fault on a few lines."""
    if isinstance(fault, BaseExceptionGroup):
        return " | ".join(told(one) for one in fault.exceptions)
    return f"{type(fault).__name__}: {str(fault)[:1500]}"
