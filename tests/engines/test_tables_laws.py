"""What holds for any table whatever: nothing is lost, nothing raises, tidy stays tidy."""

import json
from collections import Counter
from contextlib import suppress
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.tables_kit import (
    Answer,
    checked,
    children,
    codes,
    from_bytes,
    members,
    pasted,
    plans,
    stored_json,
    verdicts,
)
from zveno.engines import Refusal
from zveno.engines.tables import solve
from zveno.engines.tables.codes import Code, RefusalCode
from zveno.engines.tables.inn import check_digits

NASTY: list[str] = stored_json("nasty.json")
LONG = [
    "Я" * 40_000,
    " " * 30_000 + "ю",
    "." * 30_000 + "ю",
    "- " * 9_000,
    '"' * 9_001,
    "7А, " * 900,
]
READERS = {"members": members, "class_list": children, "annual_plan": plans}
FIELDS = ("name", "inn", "email", "phone", "director", "family_name", "given_name", "patronymic")
CHILD_FIELDS = ("class", "birth_date")
HEADINGS = {
    "members": ("№", "Наименование", "ИНН", "Руководитель", "Почта", "Телефон", "Тип", "Роль"),
    "class_list": ("№", "Фамилия", "Имя", "Отчество", "ФИО", "Дата рождения", "Класс", "Буква"),
    "annual_plan": (
        *("№", "Мероприятие", "Срок", "Направление", "Форма", "Участники", "Место"),
        "Ответственный",
    ),
}
MISSING = {
    "inn_missing",
    "class_missing",
    "kind_unknown",
    "kind_unsure",
    "post_missing",
    "acting_head",
}
FACTS = {code.value: set(code.facts) for code in chain(Code, RefusalCode)}

dirt = st.one_of(
    st.sampled_from(NASTY),
    st.sampled_from(["Иванова Арина", "7А", "ГБОУ школа №5", "0010007742", "a@example.org"]),
    st.text(st.sampled_from("ИванОв7аА -.,;:()№«»\"'\t\n@=Пcoёй\u0306\u200b"), max_size=12),
    st.text(max_size=8),
    st.builds("{}{}".format, st.integers(0, 99), st.characters(categories=["Cc", "Zs", "Nd"])),
)
rows = st.lists(st.lists(dirt, min_size=1, max_size=8), min_size=1, max_size=6)


def whole(answer: Answer, text: str) -> None:
    """Check that an answer can be stored, adds up, and speaks of every line."""
    assert "\\u0000" not in json.dumps(answer)
    json.dumps(answer, ensure_ascii=False).encode()
    counts = Counter(verdicts(answer))
    assert {name: answer["counts"][name] for name in counts} == counts
    assert answer["counts"]["rows"] == len(answer["rows"]) == sum(counts.values())
    assert [row["row"] for row in answer["rows"]] == list(range(1, len(answer["rows"]) + 1))
    told = [one["place"]["line"] for one in (*answer["rows"], *answer["asides"])]
    last = len(text.replace("\r\n", "\n").replace("\r", "\n").rstrip().split("\n"))
    assert not told or max(told) <= last
    for row in answer["rows"]:
        blocked = codes(row, "question", "error")
        assert row["verdict"] in {"accept", "hold", "duplicate", "skip"}
        assert row["verdict"] not in {"accept", "skip"} or not blocked
        assert (row["skip"] is not None) == (row["verdict"] == "skip")
        for problem in row["problems"]:
            assert problem["facts"].keys() == FACTS[problem["code"]]


@pytest.mark.parametrize("profile", READERS)
@settings(max_examples=150, deadline=None)
@given(table=rows, headings=st.sampled_from([0, 1]))
def test_any_table_is_answered_whole(profile: str, table: list[list[str]], headings: int) -> None:
    text = pasted(*[HEADINGS[profile]] * headings, *table)
    with suppress(Refusal):
        whole(READERS[profile](text), text)


@settings(max_examples=150, deadline=None)
@given(text=st.text(st.sampled_from("Иванова Петр 7аБ8.,;()-:1и\n🙂"), max_size=80))
def test_every_line_of_free_text_is_a_row_or_put_aside(text: str) -> None:
    lines = {n for n, line in enumerate(text.split("\n"), 1) if any(map(str.isalnum, line))}
    if lines:
        answer = children(text)
        assert lines <= {one["place"]["line"] for one in (*answer["rows"], *answer["asides"])}


@pytest.mark.parametrize("profile", READERS)
@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=200))
def test_any_bytes_are_answered_or_refused_by_name(profile: str, data: bytes) -> None:
    with suppress(Refusal):
        assert from_bytes(data, profile)["counts"]


@pytest.mark.parametrize("profile", READERS)
def test_nasty_strings_in_every_column_are_answered(profile: str) -> None:
    heading = HEADINGS[profile]
    for start in range(0, len(NASTY), len(heading)):
        table = [[NASTY[(start + n + k) % len(NASTY)] for n in range(8)] for k in range(8)]
        text = pasted(heading, *table)
        whole(READERS[profile](text), text)


@pytest.mark.parametrize("profile", READERS)
@pytest.mark.parametrize("value", LONG, ids=lambda value: repr(value[:3]))
def test_a_value_without_end_is_held(profile: str, value: str) -> None:
    answer = READERS[profile](pasted(HEADINGS[profile][1:3], (value, "7А"), (value, value)))
    assert "accept" not in verdicts(answer)


@pytest.mark.parametrize("field", [*FIELDS, *CHILD_FIELDS])
def test_what_stands_once_stands_again_untouched(field: str) -> None:
    for raw in [*NASTY, "ГБОУ школа №5", "8 812 000-04-17", "Директор Ли А.", "7 «а»", "3.2.2014"]:
        value, _ = checked(field, raw)
        if value:
            assert checked(field, value) == (
                value,
                [c for c in checked(field, value)[1] if c in MISSING],
            )


@settings(max_examples=200, deadline=None)
@given(field=st.sampled_from(FIELDS), raw=dirt)
def test_tidying_twice_is_tidying_once(field: str, raw: str) -> None:
    value, _ = checked(field, raw)
    if value:
        assert checked(field, value)[0] == value


def inn(number: int) -> str:
    head = f"00{number:07d}"
    return head + check_digits(f"{head}0")


words = st.text(st.sampled_from("абвгдеёжзийклмнопрстуфхцчшщъыьэюя"), min_size=2, max_size=9)
names = words.map(str.capitalize)
organisations = st.lists(
    st.tuples(names, st.integers(1, 9_999_999)),
    min_size=1,
    max_size=8,
    unique_by=lambda one: one[1],
)


@settings(max_examples=60, deadline=None)
@given(organisations)
def test_what_was_accepted_is_accepted_again_without_a_word(table: list[tuple[str, int]]) -> None:
    heading = ("Наименование", "ИНН", "Тип", "Роль", "Почта")
    first = members(
        pasted(
            heading,
            *(
                (f'ГБОУ  школа "{name}" №{n}', inn(n), "", "", f" s{n}@example.org;")
                for name, n in table
            ),
        )
    )
    kept = [
        [row["values"][key] for key in ("name", "inn", "kind", "role", "email")]
        for row in first["rows"]
    ]
    again = members(pasted(heading, *kept))
    assert verdicts(first) == verdicts(again) == ["accept"] * len(table)
    assert [row["problems"] for row in again["rows"]] == [[]] * len(table)
    assert [[row["values"][key] for key in ("name", "inn")] for row in again["rows"]] == [
        row[:2] for row in kept
    ]


def test_every_code_is_listed_with_its_facts() -> None:
    listed = solve({"codes": True})
    assert {**listed["codes"], **listed["refusals"]} == {
        code.value: list(code.facts) for code in chain(Code, RefusalCode)
    }


def test_no_value_of_a_child_stands_in_a_refusal() -> None:
    with pytest.raises(Refusal) as refusal:
        children("Тайная Тайна\n" * 50_000)
    assert "Тайна" not in f"{refusal.value!r} {refusal.value.facts}"
