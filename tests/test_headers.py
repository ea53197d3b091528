"""What every answer tells the browser, whoever asks and whatever the answer is."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from tests.test_matrix import TABLE, Row, fields, fill, undone, visitor
from tests.world import World
from zveno.ui import looks

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
ASKING = ("coordinator", "deputy_a", "foreign", "anonymous")
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
# Sent by others: shown to nobody, only saved.
FILES = {"documents:file", "documents:linked_file", "events:handout", "events:certificates_zip"}
# A program asks by the mark of what it has.
FEEDS = {"plan:calendar": "private, no-cache", "events:calendar": "private, no-cache"}
DOOR = "camera=(self), geolocation=(), microphone=()"
LOOKS = {settings.LANGUAGE_COOKIE_NAME, looks.COOKIE}  # how pages look: the dialog writes it too
CLOSED = ("default-src", "base-uri", "frame-ancestors")


def test_every_answer_closes_what_it_does_not_need() -> None:
    world = World()

    found = [
        f"{row.method} {row.path} as {who}: {fault}"
        for row in TABLE
        for who in ASKING
        for fault in faults(row, _answer(world, row, who))
    ]

    assert not found, "\n".join(found)


def test_an_answer_without_them_would_be_noticed(client: Any) -> None:
    """The control: each of them is looked at."""
    row = next(row for row in TABLE if row.name == "documents:verify")
    names = [*ALWAYS, "Content-Security-Policy"]
    for name in names:
        answer = client.get(row.path)
        answer[name] = "script-src *"
        assert len(list(faults(row, answer))) > 0, name


def wanted_of(row: Row, answer: Any) -> dict[str, str]:
    """Return the headers an answer has to have."""
    kept = {"Cache-Control": FEEDS[row.name]} if row.name in FEEDS and answer.get("ETag") else {}
    camera = {"Permissions-Policy": DOOR} if row.name == "events:phone" and opens(answer) else {}
    return ALWAYS | kept | camera


def opens(answer: Any) -> bool:
    """Whether it is the page itself."""
    return answer.status_code == 200 and "text/html" in answer["Content-Type"]


def faults(row: Row, answer: Any) -> Iterator[str]:
    """Tell which headers are not as they should be."""
    for name, wanted in wanted_of(row, answer).items():
        if answer.get(name) != wanted:
            yield f"{name} is {answer.get(name)}"
    policy = answer.get("Content-Security-Policy", "")
    saved = row.name in FILES and answer.status_code == 200
    if saved and (policy, answer["Content-Disposition"][:10]) != ("sandbox", "attachment"):
        yield "a file is shown, not saved"
    if not saved and not is_strict(policy):
        yield f"Content-Security-Policy is {policy}"
    for cookie in answer.cookies.values():
        closed = cookie["httponly"] or cookie.key in LOOKS
        closed = closed and cookie["samesite"] in {"Lax", "Strict"}
        if cookie.value and not closed:  # an empty one only takes another away
            yield f"{cookie.key} may be read or sent from elsewhere"


def is_strict(policy: str) -> bool:
    """Whether a policy lets only our own files work, and only in pages of ours."""
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";") if " " in rule.strip())
    sources = {rule for name, rule in rules.items() if name.endswith("-src")}
    closed = {rules.get(name) for name in CLOSED} == {"'none'"}
    return closed and sources <= {"'none'", "'self'"} and rules.get("form-action") == "'self'"


def _answer(world: World, row: Row, who: str) -> Any:
    client, path = visitor(world.who[who]), fill(world, row.path)
    with undone():
        if row.method == "get":
            return client.get(path)
        return client.post(path, fields(world, row.name, who))
