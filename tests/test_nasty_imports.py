"""Whatever stands in a table, of whatever kind: every row answered, no value changed in silence."""

import base64
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

import pytest

from tests.engines.tables_books import ods, ods_row, workbook
from tests.engines.tables_documents import document, table
from tests.engines.tables_kit import TODAY, Answer, pasted
from tests.nasty import NAUGHTY, WORDS, Stage
from zveno.engines.tables import solve
from zveno.network import actions
from zveno.network.models import Fate
from zveno.organisations.models import Organisation
from zveno.people.models import actor_of

pytestmark = pytest.mark.slow
HEADS = {
    "organisations": ("Наименование", "ИНН", "КПП", "ОГРН", "Почта", "Телефон"),
    "members": ("Наименование", "ИНН", "Руководитель", "Почта", "Роль"),
    "class_list": ("Фамилия", "Имя", "Отчество", "Дата рождения", "Класс"),
    "annual_plan": ("Мероприятие", "Срок", "Направление", "Участники", "Место"),
}
# What section 7 of the threat model names and the words for forms do not.
DIRT = [
    *("11223344595", "112-233-445 95", "1.12233E+10", "29.02.2013", "31.04.2012", "01.01.1900"),
    *("12.03.10", "40980.5", "60", "9999999999", "٣٤", "-5", "+79110000000", "8 (911) 000-00-00"),
    *("Ивaнов", "9A", "Салтыков – Щедрин", "Ким Ен Ук", "О", "Д'Артаньян", "нет", "-", "ИВАНОВ"),
    *("Иванов И.И.", "#ССЫЛКА!", "@SUM(1)", "＝1", "-1+1", "школа №5", "N 5", "ООО «А»"),
    *("a@b,ru", "ю@пример.рф", "0010007742", "0010008481", "10007742"),
]
NASTY = [*WORDS, *DIRT, *NAUGHTY[::40]]
Rows = list[tuple[str, ...]]


def without_signs_xml_cannot_hold(text: str) -> str:
    """Drop what no markup holds: nobody can bring it in such a file."""
    kept = (s for s in text if s in "\t\n\r" or (s >= " " and s not in "\ufffe\uffff"))
    return "".join(sign for sign in kept if unicodedata.category(sign) != "Cs")


def as_markup(row: tuple[str, ...]) -> list[str]:
    return [escape(without_signs_xml_cannot_hold(text)[:20_000]) for text in row]


def as_csv(rows: Rows) -> bytes:
    lines = (";".join('"{}"'.format(cell.replace('"', '""')) for cell in row) for row in rows)
    return "\r\n".join(lines).encode("utf-8-sig", errors="replace")


def as_workbook(rows: Rows) -> bytes:
    cells = [[without_signs_xml_cannot_hold(text)[:20_000] for text in row] for row in rows]
    return workbook({"Лист": [[f" {c}" if c[:1] in "={" else c for c in row] for row in cells]})


FILES: dict[str, Callable[[Rows], bytes]] = {
    "csv": as_csv,
    "xlsx": as_workbook,
    "ods": lambda rows: ods("".join(ods_row(*as_markup(row)) for row in rows)),
    "docx": lambda rows: document(table(*map(as_markup, rows))),
}
KINDS = [*FILES, "pasted"]


def right_row(profile: str, number: int) -> list[str]:
    """Write a row that is accepted as it is, unlike any other."""
    letters = "абвгдежзик"
    name = "".join(letters[int(digit)] for digit in f"{number:04}").capitalize()
    rows = {
        "organisations": [f"ГБОУ школа № {number + 1}"],
        "members": [f"ГБОУ школа № {number + 1}"],
        "class_list": [f"Орл{name.lower()}ова", "Ада", "", "", "7А"],
        "annual_plan": [f"Семинар {name}", "март"],
    }
    return [*rows[profile], *[""] * len(HEADS[profile])][: len(HEADS[profile])]


def nasty_rows(profile: str) -> Rows:
    """Put every nasty text into two columns in turn, a text a row, beside what is right."""
    width, rows = len(HEADS[profile]), [HEADS[profile]]
    for number, text in enumerate([*NASTY, *NASTY]):
        row = right_row(profile, number)
        row[(number + number // len(NASTY)) % width] = text
        rows.append(tuple(row))
    return rows


def source_of(kind: str, rows: Rows) -> dict[str, str]:
    if kind == "pasted":
        # NUL does not come so far: the first gate refuses it in any request.
        flat = [[" ".join(text.replace("\0", "").split()) for text in row] for row in rows]
        return {"text": pasted(*flat)}
    return {"bytes": base64.b64encode(FILES[kind](rows)).decode()}


@cache
def answer_to(profile: str, kind: str) -> Answer:
    return solve(
        {"profile": profile, "source": source_of(kind, nasty_rows(profile)), "today": TODAY}
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("profile", HEADS)
def test_each_nasty_row_is_answered_and_nothing_is_changed_in_silence(
    profile: str, kind: str
) -> None:
    answer = answer_to(profile, kind)

    assert sum(answer["counts"][one] for one in ("accept", "hold", "duplicate", "skip")) == len(
        answer["rows"]
    )
    assert len(answer["rows"]) > len(NASTY) // 2
    places = {one["field"]: one["index"] for one in answer["columns"] if one["field"]}
    silent = [
        (row["place"], field, row["raw"][index], row["values"][field])
        for row in answer["rows"]
        if row["verdict"] == "accept"
        for field, index in places.items()
        if field in row["values"] and _is_silent(row, field, row["raw"][index])
    ]
    assert not silent, silent[:3]


def _is_silent(row: dict[str, Any], field: str, raw: str | None) -> bool:
    """Whether an accepted value is another than the table says, and nothing is said of it."""
    value, told = row["values"][field], {one["field"] for one in row["problems"]}
    parts = {"class": {"grade", "letter"}, "birth_date": {"birth_year"}}.get(field, set())
    said = unicodedata.normalize("NFC", (raw or "").strip())
    # An empty role is that of the kind: it is shown as such.
    guessed = field in {"role", "kind"} and not said
    changed = isinstance(value, str) and value != said and not guessed
    return changed and not {field, None, *parts} & told


@pytest.mark.parametrize("profile", HEADS)
def test_what_is_accepted_can_be_printed_and_holds_no_formula(profile: str) -> None:
    values = [
        value
        for kind in KINDS
        for row in answer_to(profile, kind)["rows"]
        if row["verdict"] == "accept"
        for value in row["values"].values()
        if isinstance(value, str)
    ]
    assert values
    for value in values:
        assert not any(unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co"} for sign in value)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_a_nasty_table_becomes_members_only_as_far_as_it_was_understood(kind: str) -> None:
    world = Stage()
    coordinator = actor_of(world.who["coordinator"])
    source = source_of(kind, nasty_rows("members"))
    if "bytes" in source:
        source = {"file": source["bytes"], "name": f"список.{kind}"}
    before = set(Organisation.objects.values_list("name", flat=True))

    members = actions.bring_members(coordinator, world.cluster.public_id, source=source)
    ready = [row.value("name") for row in members.rows() if row.fate is Fate.READY]
    actions.accept_members(coordinator, members.public_id)

    new = set(Organisation.objects.values_list("name", flat=True)) - before
    assert new <= set(ready)
    members.refresh_from_db()
    assert sum(members.counts().values()) == len(members.verdicts["rows"])
