"""Whatever is typed, sent or asked for: an answer in words, and nothing changed in silence."""

from collections.abc import Iterator
from contextlib import suppress
from html import escape
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tests.nasty import FORMS, LIST, LONG, MORE, NAUGHTY, VALUES, WORDS, Form, Stage, tidied
from tests.test_matrix import TABLE, fields, fill, undone, visitor
from zveno.kernel.models import Entry
from zveno.ui.inputs import LineField

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
ASKED = ("q", "after", "kind", "state", "age", "code", "letter", "next", "page", "sort")
FORM = "application/x-www-form-urlencoded"
BODIES = [
    (b"", FORM),
    (b'{"title": "x"}', "application/json"),
    (b"\xff\xfe%00%ff=&&==", FORM),
    (b"title=%D0", f"{FORM}; charset=utf-16"),
    (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
    (b"no boundary", "multipart/form-data"),
    (b"title=a&" * 3000 + b"title=b", FORM),
    (b"a=1&" * 30_000, FORM),
    (b"\0" * 1000, "text/plain"),
]
OTHERS = ("OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "FOO")
STEPS_WITHOUT_FIELDS = {"events:check", "events:children", "people:sign_in"}
STEPS_WITHOUT_FIELDS |= {"events:how_it_was", "events:again"}  # thanks at once; nothing to repeat
STEPS_WITHOUT_FIELDS |= {"events:visit"}  # says at once that the ticket is on its way
STEPS_WITHOUT_FIELDS |= {"events:paper"}  # names are shown before they are marked

MANY_LINES = {f"correspondence:{name}_letter" for name in ("new", "edit", "answer")}
MANY_LINES |= {"correspondence:new_poll"}
LINES = {"people:give_task"}
"""Where a field named text is one line; elsewhere a table is pasted there."""


@pytest.fixture
def world() -> Stage:
    return Stage()


def deeds() -> int:
    """Count what was done; that a page showed somebody stands in the journal as well."""
    return Entry.objects.exclude(details__has_key="seen").count()


def typed(world: Stage, form: Form) -> dict[str, Any]:
    """Return what the form takes."""
    return fields(world, form.name, form.who) | dict(MORE.get(form.name, {}))


def test_the_forms_take_what_is_right(world: Stage) -> None:
    """The control: without nasty words each form is taken, so that the others mean something."""
    for form in FORMS:
        with undone():
            client, path = visitor(world.who[form.who]), fill(world, form.path)
            answer = client.post(path, typed(world, form))
        right = {200, 422} if form.name in STEPS_WITHOUT_FIELDS else {302}
        assert answer.status_code in right, form.name


def test_words_are_kept_as_typed_or_refused_in_the_form(world: Stage) -> None:
    found = [fault for form in FORMS for fault in _faults_of_words(world, form)]

    assert not found, "\n".join(found)


def _faults_of_words(world: Stage, form: Form) -> Iterator[str]:
    client, path, right = visitor(world.who[form.who]), fill(world, form.path), typed(world, form)
    for words in WORDS if form.words else []:
        with undone():
            before = deeds()
            answer = client.post(path, right | dict.fromkeys(form.words, words))
            changed = deeds() - before
            kept = form.stored(world) if changed and form.stored else []
        fault = _fault(form, words, answer, kept, changed=changed)
        if fault:
            yield f"{form.name}, {words[:30]!r}: {fault}"


def _fault(form: Form, words: str, answer: Any, kept: list[str], *, changed: int) -> str | None:
    if answer.status_code == 302:
        is_table = form.words == ("text",) and form.name not in LINES
        wanted = words if is_table else tidied(words)
        if form.name in MANY_LINES:
            kept = [" ".join(text.split()) for text in kept]
        same = {text.casefold() for text in kept if text} <= {wanted.casefold(), ""}
        return None if same else f"kept as {kept}"
    if answer.status_code not in {200, 422}:
        return f"answered {answer.status_code}"
    if changed:
        return "refused, yet something was done"
    return None if escape(words) in answer.content.decode() else "not in the form any more"


def test_no_value_breaks_a_form(world: Stage) -> None:
    found = [
        f"{form.name}, {value[:30]!r}: {status}"
        for form in FORMS
        for value, status in _statuses_of_values(world, form)
        if status not in {200, 302, 404, 409, 422}
    ]

    assert not found, "\n".join(found)


def _statuses_of_values(world: Stage, form: Form) -> Iterator[tuple[str, int]]:
    client, path, right = visitor(world.who[form.who]), fill(world, form.path), typed(world, form)
    names = [name for name in right if name not in form.words]
    for value in VALUES:
        with undone():
            before = deeds()
            status = client.post(path, right | dict.fromkeys(names, value)).status_code
            changed = deeds() - before
        yield value, 500 if changed and status in {404, 409, 422} else status


def test_each_value_alone_breaks_nothing(world: Stage) -> None:
    """One field at a time: a fault of one must not hide behind the refusal of another."""
    form = next(form for form in FORMS if form.name == "events:new")
    client, path, right = visitor(world.who[form.who]), fill(world, form.path), typed(world, form)
    for name in set(right) - set(form.words):
        for value in VALUES[::2]:
            with undone():
                status = client.post(path, right | {name: value}).status_code
            assert status in {302, 422}, (name, value)


@pytest.mark.parametrize("name", ["events:new", "events:children", "people:sign_in"])
def test_a_word_of_a_million_letters_is_refused(world: Stage, name: str) -> None:
    form = next(form for form in FORMS if form.name == name)
    client, right = visitor(world.who[form.who]), typed(world, form)

    answer = client.post(fill(world, form.path), right | dict.fromkeys(form.words, LONG))

    assert answer.status_code in {200, 422}
    assert LONG in answer.content.decode()


def test_naughty_strings_are_words_like_others() -> None:
    for line in NAUGHTY:
        with suppress(ValidationError):
            assert LineField().clean(line) == tidied(line)


def test_naughty_strings_are_no_list_of_children_and_stay_in_the_form(world: Stage) -> None:
    client = visitor(world.who["deputy_a"])

    answer = client.post(fill(world, "/e/groups/{group}/list/"), {"paste": LIST})

    assert answer.status_code == 200
    shown = answer.content.decode()
    assert escape(LIST.splitlines()[20]) in shown
    assert "<script>alert" not in shown


def test_no_body_breaks_a_form(world: Stage) -> None:
    for form in FORMS:
        client = visitor(world.who[form.who])
        for body, kind in BODIES:
            with undone():
                answer = client.post(fill(world, form.path), body, content_type=kind)
            assert answer.status_code in {200, 302, 400, 404, 409, 422}, (form.name, body[:20])
            assert answer.status_code == 302 or "<h1" in answer.content.decode()


def test_a_body_of_twenty_megabytes_is_refused_with_a_page(world: Stage) -> None:
    form = next(form for form in FORMS if form.name == "events:children")

    answer = visitor(world.who[form.who]).post(
        fill(world, form.path), {"paste": "я" * 11 * 1024 * 1024}
    )

    assert answer.status_code == 400
    assert "data-problem" in answer.content.decode()


def test_no_question_breaks_a_page(world: Stage) -> None:
    client = visitor(world.who["coordinator"])
    for row in {row.path: row for row in TABLE if row.method == "get"}.values():
        path = fill(world, row.path)
        plain = client.get(path).status_code
        for value in ("я" * 3000, "'\"><script>{{7*7}}%", "-1", "2026-11-28T10:00:00.0000000", "%"):
            answer = client.get(path, dict.fromkeys(ASKED, value))
            assert answer.status_code in {plain, 302}, (path, value)
        for damaged in ("q=%00", "after=%ff", "\0"):
            assert client.get(f"{path}?{damaged}").status_code == 400, (path, damaged)


def test_no_key_breaks_an_address(world: Stage) -> None:
    client = visitor(world.who["coordinator"])
    for row in TABLE:
        for key in (str(uuid4()), "x", "%00", "%F0%9F%98%80", "0" * 5000):
            path = _with_keys(row.path, key)
            if path != row.path and "{" not in path:
                status = _knock(client, row.method, path)
                assert status in {302, 400, 403, 404, 405}, (row.method, path)


def _with_keys(path: str, key: str) -> str:
    return "/".join(key if "{" in part else part for part in path.split("/"))


def _knock(client: Client, method: str, path: str) -> int:
    with undone():
        return client.generic(method.upper(), path).status_code


def test_other_methods_change_nothing(world: Stage) -> None:
    client = visitor(world.who["coordinator"])
    before = deeds()
    for place, path in enumerate({fill(world, row.path): None for row in TABLE}):
        assert client.head(path).status_code < 500, path
        for method in ("PUT", OTHERS[place % len(OTHERS)]):  # each page refuses all in one way
            assert client.generic(method, path).status_code in {404, 405}, (method, path)
        assert deeds() == before, path


def test_a_form_address_opened_by_hand_is_a_page_with_a_way_on(world: Stage) -> None:
    client = visitor(world.who["coordinator"])
    reads = {row.name for row in TABLE if row.method == "get"}
    for row in TABLE:
        if row.method == "post" and row.name not in reads:
            answer = client.get(fill(world, row.path))
            assert (answer.status_code, answer["Allow"]) == (405, "POST"), row.path
            assert "data-problem" in answer.content.decode()
