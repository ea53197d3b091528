"""docs/api.md tells the truth: its requests are sent, its lines run, its tables are complete."""

import json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation

from tests.api.program import API, token_of
from tests.permitted import PERMITTED
from zveno.config.rest import api
from zveno.events.tests import make as events
from zveno.kernel import clock
from zveno.kernel.errors import DomainError
from zveno.kernel.rest import middleware
from zveno.network.tests import make as clusters
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people
from zveno.webhooks.models import DELAYS, Kind, sign
from zveno.webhooks.tests import make as webhooks

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Return the blocks of a language."""
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)


def tables() -> dict[str, list[str]]:
    """Return the rows of all tables: the code in the first cell, then the others."""
    rows = re.findall(r"^\| `([^`]+)` \| (.+) \|$", GUIDE, re.MULTILINE)
    return {code: rest.split(" | ") for code, rest in rows}


def refusals(kind: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    """Yield every refusal there is."""
    if ".tests." not in kind.__module__ and not kind.__module__.startswith("tests."):
        yield kind
    for other in kind.__subclasses__():
        yield from refusals(other)


def declared(node: Any) -> Iterator[str]:
    """Yield the codes that the schema tells of."""
    if isinstance(node, list | dict):
        if isinstance(node, dict):
            found = node.get("code")
            yield from found.get("enum", []) if isinstance(found, dict) else []
        for inner in node.values() if isinstance(node, dict) else node:
            yield from declared(inner)


def alike(told: Any, came: Any) -> bool:
    """Whether an answer has the fields it is told to have; of a list any item will do."""
    if isinstance(told, dict) and isinstance(came, dict):
        return set(told) <= set(came) and all(alike(told[name], came[name]) for name in told)
    if isinstance(told, list) and isinstance(came, list):
        return not told or not came or alike(told[0], came[0])
    return told is None or came is None or type(told) is type(came)


def test_every_refusal_is_told_with_its_status() -> None:
    # A refusal is known once what refuses is loaded, whichever tests ran before.
    for name in (settings.ROOT_URLCONF, *(path.rpartition(".")[0] for path in settings.MIDDLEWARE)):
        import_module(name)
    statuses = {code: int(cells[0]) for code, cells in tables().items() if cells[0].isdigit()}

    assert middleware.OurFault in set(refusals())
    assert statuses == {kind.code: kind.status for kind in refusals()}


def test_what_programs_may_get_is_not_told_as_if_it_were_for_pages() -> None:
    of_pages = set(re.findall(r"^\| `(\w+)`", GUIDE.split("### On pages only")[1], re.MULTILINE))

    codes = set(declared(api.schema))
    assert len(codes) > 40
    assert not codes & of_pages


def test_every_kind_of_happening_is_told() -> None:
    with translation.override("en"):
        told = {code: cells for code, cells in tables().items() if "." in code}
        assert told == {kind.value: [str(kind.label)] for kind in Kind}


def test_the_delays_are_those_told() -> None:
    minutes = [int(delay.total_seconds()) for delay in DELAYS]

    assert minutes == [30, 120, 600, 1800, *(hours * 3600 for hours in (2, 5, 10, 14, 20, 24))]


@pytest.mark.django_db
def test_requests_are_answered_as_told(client: Any) -> None:
    school = organisations.school()
    account = people.account(school)
    draft = clusters.agreement(state="draft")
    own = webhooks.subscription(account)
    known = {
        "token": token_of(account),
        "draft": draft.public_id,
        "coordinating": token_of(people.account(draft.cluster.base, Post.Role.COORDINATOR)),
        "event": events.event().public_id,
        "school": school.public_id,
        "post": own.post.public_id,
        "subscription": own.public_id,
        "host": PERMITTED,
    }
    examples = blocks("http")
    assert len(examples) == 8

    for example in examples:
        told = re.sub(r"{(\w+)}", lambda found: str(known.get(found[1], found[0])), example)
        request, answer = re.split(r"\n\nHTTP/1.1 ", told)
        head, _, body = request.partition("\n\n")
        line, *headers = head.splitlines()
        method, path = line.split()
        assert path.startswith(API)
        came = client.generic(
            method, path, body, headers=dict(header.split(": ", 1) for header in headers)
        )
        status, _, content = answer.partition("\n")
        assert (came.status_code, line) == (int(status), line)
        assert alike(json.loads(content), came.json()), came.content.decode()


@pytest.mark.django_db
def test_message_is_the_one_told() -> None:
    (told,) = (json.loads(block) for block in blocks("json"))

    assert alike(told, json.loads(json.dumps(webhooks.delivery().message())))


def test_lines_that_verify_a_message_do_so() -> None:
    (lines,) = blocks("python")
    room: dict[str, Any] = {}
    exec(lines, room)  # noqa: S102 - the lines of our own guide
    moment, body = int(clock.now().timestamp()), b'{"type": "event.held"}'
    headers = {
        "webhook-id": "one",
        "webhook-timestamp": str(moment),
        "webhook-signature": sign(webhooks.SECRET, "one", moment, body),
    }

    assert room["is_from_zveno"](webhooks.SECRET, headers, body)
    assert not room["is_from_zveno"](webhooks.SECRET, headers, body + b" ")
