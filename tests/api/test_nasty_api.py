"""Whatever a program sends: an answer in JSON, and nothing changed in silence."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.api.bodies import bodies
from tests.api.program import API, Program, token_of
from tests.api.test_matrix import TABLE
from tests.nasty import LONG, VALUES, WORDS, Stage, tidied
from tests.test_matrix import fill, undone
from tests.test_twice import rename
from tests.world import present
from zveno.config.rest import api
from zveno.kernel.models import Entry
from zveno.kernel.rest.endpoints import VERBS_SERVED
from zveno.kernel.rest.problems import TYPE
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
REFUSED = {400, 403, 404, 409, 422}
MISFITS: list[Any] = [None, True, [], {}, "", -1, 1.5, 2**63, "x" * 5000, {"a": [{}]}]
HUGE = '{"title": ' + "9" * 5000 + "}"
RAW: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"title=x",
    "torn": b'{"title": "x',
    "an array": b"[]",
    "a text": b'"x"',
    "a field twice": b'{"title": "a", "title": "b"}',
    "a field twice inside": b'{"title": {"a": 1, "a": 2}}',
    "no number": b'{"capacity": NaN}',
    "no end": b'{"capacity": Infinity}',
    "beyond all numbers": b'{"capacity": 1e400}',
    "digits without end": HUGE.encode(),
    "depth": b'{"title": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "no UTF-8": b'{"title": "\xff\xfe"}',
    "UTF-16": '{"title": "я"}'.encode("utf-16"),
    "NUL": b'{"title": "\0"}',
    "half a sign": b'{"title": "\\ud800"}',
    "packed": gzip.compress(b'{"title": "x"}'),
    "packed without end": gzip.compress(b"0" * 5_000_000),
    "two objects": b"{}{}",
    "large": b'{"title": "' + b"x" * (21 * 1024 * 1024) + b'"}',
}
KINDS = ("", "text/plain", "application/x-www-form-urlencoded", "application/xml", "x" * 300)


@dataclass(frozen=True)
class Said:
    """Where a verb takes words, and where a program reads them again."""

    words: tuple[str, ...]
    shown: str = ""
    kept: tuple[str, ...] = ()


FACTS = ("title", "lede", "venue")
TERMS = ("title", "place")
ITEM = ("title", "audience", "venue", "responsible", "note")
PARTY = ("signatory", "signatory_post", "basis")
CHILD = ("children.0.family_name", "children.0.given_name", "children.0.patronymic")
NAMES = ("family_name", "given_name", "patronymic")
VERBS = {
    "events.make_event": Said(FACTS, "/events/{made}", FACTS),
    "events.change_event": Said(FACTS, "/events/{event_draft}", FACTS),
    "events.cancel_event": Said(("why",), "/events/{event_draft}", ("cancelled_why",)),
    "events.void_certificate": Said(("why",)),
    "events.set_design": Said(("heading", "words", "signatory", "signatory_post")),
    "events.issue_thanks": Said(("others.0.name", "others.0.job")),
    "events.move_event": Said(("venue", "why"), "/events/{event}", ("venue", "moved_why")),
    "network.start_agreement": Said(TERMS, "/agreements/{made}", TERMS),
    "network.change_terms": Said(TERMS, "/agreements/{draft}", TERMS),
    "network.put_right": Said(PARTY, "/parties/{draft_party}", PARTY),
    "plan.plan_obligation": Said(
        ("title", "audience"), "/plan-items/{made}", ("title", "audience")
    ),
    "plan.add_item": Said(ITEM, "/plan-items/{made}", ITEM),
    "plan.change_item": Said(ITEM, "/plan-items/{free_item}", ITEM),
    "plan.bring_plan": Said(("text",)),
    "plan.mend_plan": Said(("mends.2.title",)),
    "plan.cancel_item": Said(("reason",), "/plan-items/{free_item}", ("cancelled_why",)),
    "plan.report_item": Said(("report",), "/plan-items/{free_item}", ("report",)),
    "network.change_obligations": Said(("obligations.0.text",)),
    "events.list_children": Said(CHILD),
    "learners.add_child": Said(NAMES, "/children/{made}", NAMES),
    "learners.change_child": Said(NAMES, "/children/{child}", NAMES),
    "network.file_scan": Said(("name",)),
    "network.bring_members": Said(("text",)),
    "network.mend_rows": Said(("mends.2.name",)),
}


ALONE = {
    "plan.plan_obligation": "planner",
    "organisations.add_territory": "operator",
    "organisations.merge": "operator",
    "organisations.tell_apart": "operator",
    "organisations.suspect_again": "operator",
    "organisations.take_merger_back": "operator",
}
"""Who may what nobody of the table may."""


@pytest.fixture
def world() -> Stage:
    world = Stage()
    world.membership = world.cluster.memberships.earliest("pk")  # type: ignore[attr-defined]
    world.obligation = world.planned
    world.territory = present(world.territory.above)
    rename(world)
    world.who["operator"] = people.account(world.cluster.base, Post.Role.OPERATOR)
    return world


@dataclass(frozen=True)
class Call:
    """A verb, who may call it, where, and with what."""

    verb: str
    program: Program
    path: str
    body: dict[str, Any]


def calls(world: Stage) -> Iterator[Call]:
    """Yield a call of each verb that takes a body, by somebody whom it is allowed."""
    names = {address.replace("{uuid:key}", "{key}"): verb for verb, address in VERBS_SERVED.items()}
    seen = set()
    for row in TABLE:
        verb = names.get(row.name, "") if row.method == "post" else ""
        allowed = [who for who, got in zip(world.who, row.expected, strict=False) if got[0] == "2"]
        account = present(world.who[allowed[0] if allowed else ALONE.get(verb, "deputy_a")])
        body = bodies(world, account).get(verb)
        if body and verb not in seen:
            seen.add(verb)
            yield Call(verb, Program(token_of(account)), fill(world, row.path), body)


def put(body: Any, place: str, value: Any) -> Any:
    """Copy a body with another value in one place."""
    head, _dot, rest = place.partition(".")
    key: Any = int(head) if isinstance(body, list) else head
    new: Any = list(body) if isinstance(body, list) else dict(body)
    new[key] = put(new[key], rest, value) if rest else value
    return new


def places(body: Any, before: str = "") -> Iterator[str]:
    """Name every place of a body: what is in an object or an array, and that itself."""
    inside = body.items() if isinstance(body, dict) else enumerate(body)
    for key, value in inside:
        yield f"{before}{key}"
        if isinstance(value, dict | list):
            yield from places(value, f"{before}{key}.")


def fault_of(answer: Any, changed: int) -> str | None:
    """Say what is wrong with an answer."""
    if answer.status_code in {201, 204}:
        return None
    if answer.status_code not in REFUSED:
        return f"answered {answer.status_code}"
    if answer["Content-Type"] != TYPE or not answer.json()["code"]:
        return "refused without a reason"
    return "refused, yet something was done" if changed else None


def faults(call: Call, body: Any, about: str) -> Iterator[str]:
    """Send a body and tell what is wrong with the answer."""
    with undone():
        before = Entry.objects.count()
        answer = call.program.post(call.path, body)
        fault = fault_of(answer, Entry.objects.count() - before)
    if fault:
        yield f"{call.verb}, {about}: {fault}"


def test_every_verb_that_takes_a_body_is_tried_and_takes_what_is_right(world: Stage) -> None:
    """The control: without nasty values each is done, so that the refusals mean something."""
    taking = {
        operation["operationId"]
        for path in api.schema["paths"].values()
        for operation in path.values()
        if "requestBody" in operation
    }
    known = list(calls(world))
    for call in known:
        with undone():
            answer = call.program.post(call.path, call.body)
        # There is no queue where seats are free: that answer is right too.
        right = {409} if call.verb == "events.join_waiting_list" else {201, 204}
        assert answer.status_code in right, (call.verb, answer.content.decode())
    assert {call.verb for call in known} == taking


def test_words_are_kept_as_sent_or_refused(world: Stage) -> None:
    found = [
        fault
        for call in calls(world)
        if call.verb in VERBS
        for words in WORDS
        for fault in _faults_of_words(world, call, VERBS[call.verb], words)
    ]

    assert not found, "\n".join(found)


def _faults_of_words(world: Stage, call: Call, said: Said, words: str) -> Iterator[str]:
    body = call.body
    for place in said.words:
        body = put(body, place, words)
    with undone():
        before = Entry.objects.count()
        answer = call.program.post(call.path, body)
        fault = fault_of(answer, Entry.objects.count() - before)
        if answer.status_code in {201, 204} and said.shown:
            shown = _shown(world, call, said, answer)
            fault = fault or (f"kept as {shown}" if shown - {tidied(words).casefold()} else None)
    if fault:
        yield f"{call.verb}, {words[:30]!r}: {fault}"


def _shown(world: Stage, call: Call, said: Said, answer: Any) -> set[str]:
    made = answer.json()["public_id"] if answer.content else ""
    path = fill(world, said.shown.replace("{made}", made))
    record = call.program.get(path).json()
    return {record[name].casefold() for name in said.kept}


def test_no_value_in_any_place_is_taken_for_another(world: Stage) -> None:
    found = [
        fault
        for call in calls(world)
        for place in places(call.body)
        for value in MISFITS
        for fault in faults(call, put(call.body, place, value), f"{place}={value!r:.30}")
    ]

    assert not found, "\n".join(found)


def test_days_numbers_and_keys_that_are_none_are_refused(world: Stage) -> None:
    found = [
        fault
        for call in calls(world)
        for place in places(call.body)
        if place not in VERBS.get(call.verb, Said(())).words
        for value in VALUES[::3]
        for fault in faults(call, put(call.body, place, value), f"{place}={value!r:.30}")
    ]

    assert not found, "\n".join(found)


def test_fields_nobody_asked_for_are_refused(world: Stage) -> None:
    for call in calls(world):
        for name in ("id", "public_id", "owner", "host", "state", "role", "__class__", ""):
            if name in call.body:
                continue
            with undone():
                answer = call.program.post(call.path, call.body | {name: "x"})
            assert (answer.status_code, answer.json()["code"]) == (422, "misfit"), call.verb


@pytest.mark.parametrize("name", RAW)
def test_a_body_that_is_no_object_is_refused(world: Stage, name: str) -> None:
    call = next(call for call in calls(world) if call.verb == "events.make_event")

    answer = sent(call, RAW[name], "application/json")

    assert (answer.status_code, answer["Content-Type"]) == (400 if RAW[name] else 422, TYPE)
    assert not Entry.objects.filter(verb=call.verb).exists()


@pytest.mark.parametrize("kind", KINDS)
def test_a_body_of_another_kind_is_read_as_json_or_refused(world: Stage, kind: str) -> None:
    call = next(call for call in calls(world) if call.verb == "events.make_event")

    with undone():
        right = sent(call, json.dumps(call.body).encode(), kind)
    wrong = sent(call, b"title=x&capacity=1", kind)

    assert right.status_code in {201, 400}
    assert (wrong.status_code, wrong["Content-Type"]) == (400, TYPE)


def sent(call: Call, body: bytes, kind: str) -> Any:
    """Send bytes as they are."""
    client, headers = call.program.client, call.program.headers
    return client.generic("POST", f"{API}{call.path}", body, kind, headers=headers)


def test_a_word_of_a_million_letters_is_refused(world: Stage) -> None:
    for call in calls(world):
        for place in VERBS.get(call.verb, Said(())).words:
            assert not list(faults(call, put(call.body, place, LONG), place))


def test_no_question_and_no_key_breaks_a_read(world: Stage) -> None:
    program = Program(token_of(present(world.who["coordinator"])))
    reads = {row.name: row for row in TABLE if row.method == "get"}
    for row in reads.values():
        path = fill(world, row.path)
        for name in ("after", "since", "x\0"):
            for value in ("\0", "9" * 30, "' OR 1=1--"):
                answer = program.get(path, **{name: value})
                assert answer.status_code in {200, 400, 422}, (path, name, value)
        for key in ("x", "%00", "0" * 5000, "%F0%9F%98%80") if "{" in row.name else ():
            parts = (key if "{" in part else part for part in row.name.split("/"))
            answer = program.get("/".join(parts))
            assert answer.status_code in REFUSED, (row.name, key)
            assert answer["Content-Type"] == TYPE
