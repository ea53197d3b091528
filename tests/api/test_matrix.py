"""Who gets what through the API: a table written by hand."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.bodies import bodies
from tests.api.program import API, Program, token_of
from tests.test_matrix import Dig, Row, deeds, fill, lets_all, shows_all, undone
from tests.world import CANARY, World, present
from zveno.config.rest import api
from zveno.events import actions as events
from zveno.kernel.actor import Actor
from zveno.kernel.rest.endpoints import VERBS_SERVED
from zveno.kernel.rest.endpoints import Token as Bearer
from zveno.network.models.agreements import AgreementQuerySet
from zveno.people.models import Token

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
# Few lines would notice these; what pages and programs share, the table of the pages watches.
HOLES: dict[str, Dig] = {
    "endpoints ask for no token": lambda patch: patch.setattr(
        Bearer, "authenticate", lambda *_: True
    ),
    "tokens for reading change things": lambda patch: patch.setattr(
        Actor, "only_reads", property(lambda _: False), raising=False
    ),
    "agreements seen by all": shows_all(AgreementQuerySet),
    "anybody announces an event": lets_all(events.announce),
}
WORDS = {"code", "kind"}
"""Places of an address that no key stands in."""
WATCHED = ("/events/{event_draft}/announce", "/agreements/{draft}")


def rows() -> Iterator[Row]:
    """Read the table."""
    method = ""
    for line in Path(__file__).with_name("matrix.txt").read_text().splitlines():
        path, *expected = line.split() or [""]
        if line in {"get", "post"}:
            method = line
        elif path.startswith("/"):
            yield Row(shape(path), method, path, tuple(expected))


def shape(path: str) -> str:
    """Write an address as the schema does."""
    return re.sub(r"{(\w+)}", lambda found: found[0] if found[1] in WORDS else "{key}", path)


TABLE = list(rows())


def test_everybody_gets_what_the_table_says() -> None:
    world = World()

    found = list(surprises(world, TABLE))

    assert not found, "\n".join(found)


def test_every_address_of_the_api_stands_in_the_table() -> None:
    served = {
        (method, path.removeprefix(API))
        for path, methods in api.schema["paths"].items()
        for method in methods
    }
    assert {(row.method, row.name) for row in TABLE} == served


def test_the_table_would_notice_each_hole() -> None:
    world = World()
    noticed = set()
    watched = [row for row in TABLE if row.path in WATCHED]
    for name, dig in HOLES.items():
        with pytest.MonkeyPatch.context() as patch:
            dig(patch)
            if next(surprises(world, watched), None):
                noticed.add(name)
    assert noticed == set(HOLES)


def surprises(world: World, table: list[Row]) -> Iterator[str]:
    """Knock at every address as everybody; tell where the answer differs from the table."""
    world.membership = world.cluster.memberships.earliest("pk")  # type: ignore[attr-defined]
    names = {address: verb for verb, address in VERBS_SERVED.items()}
    programs = dict(visitors(world))
    for row in table:
        verb = names.get(row.name.replace("{key}", "{uuid:key}"), "")
        path = fill(world, row.path)
        for (who, (program, sent)), expected in zip(programs.items(), row.expected, strict=True):
            with undone():
                before = deeds()
                got = answer(program, row.method, path, sent.get(verb))
                changed = deeds() - before
            if got != expected:
                yield f"{row.method} {row.path} as {who}: {got}, not {expected}"
            elif changed and not got.startswith("20"):
                yield f"{row.method} {row.path} as {who}: {got}, yet something was done"


def visitors(world: World) -> Iterator[tuple[str, tuple[Program, dict[str, Any]]]]:
    """Give everybody a token, the coordinator another one that only reads."""
    for who, account in world.who.items():
        if account:
            yield who, (Program(token_of(account)), bodies(world, account))
    coordinator = present(world.who["coordinator"])
    reader = Program(token_of(coordinator, Token.May.READ))
    yield "reader", (reader, bodies(world, coordinator))
    yield "anonymous", (Program(), bodies(world, coordinator))


def answer(program: Program, method: str, path: str, body: Any) -> str:
    """Return the status of an answer as the table writes it."""
    response = program.post(path, body) if method == "post" else program.get(path)
    return f"{response.status_code}{'*' * (CANARY in response.content.decode())}"
