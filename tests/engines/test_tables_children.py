"""A deputy head brings a list of children, as schools send them."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.engines.tables_kit import (
    Answer,
    children,
    codes,
    from_bytes,
    pasted,
    stored,
    stored_json,
    verdicts,
)

MESSAGE = stored("10_messenger.txt").decode()
NAMES = ("family_name", "given_name", "patronymic")
WIDE = ("Фамилия", "Имя", "Отчество", "Дата рождения", "Класс")


def likely(row: dict[str, Any]) -> dict[str, str]:
    """Return what stands, and for what does not, what is suggested."""
    values = dict(row["values"])
    for problem in row["problems"]:
        if values.get(problem["field"], "") is None and problem["suggestion"]:
            values[problem["field"]] = problem["suggestion"]
    wanted = {
        "surname": values["family_name"],
        "given": values["given_name"],
        "patronymic": values["patronymic"],
        "class": values["class"],
        "birth_date": values["birth_date"],
    }
    return {name: value for name, value in wanted.items() if value is not None}


def agrees(answer: Answer, truth: dict[str, Any], number: Callable[[dict[str, Any]], int]) -> None:
    """Compare every row with the truth: verdict, values, whom it repeats."""
    rows = {number(row): row for row in answer["rows"]}
    for expected in truth["rows"]:
        row = rows.get(expected["row"])
        if row is None:
            assert expected["verdict"] == "skip"
            continue
        assert row["verdict"] == expected["verdict"]
        wanted = expected.get("values") or expected.get("suggest") or {}
        found = likely(row) if wanted else {}
        assert {name: found.get(name) for name in wanted} == wanted
        if expected["verdict"] == "duplicate":
            assert number(answer["rows"][row["duplicate_of"] - 1]) == expected["of"]


def test_a_message_from_a_chat_comes_out_as_agreed() -> None:
    agrees(children(MESSAGE), stored_json("10_messenger.truth.json"), lambda row: int(row["row"]))


def test_a_broken_file_in_an_old_encoding_comes_out_as_agreed() -> None:
    answer = from_bytes(stored("06_school_cp1251.csv"), "class_list")
    truth = stored_json("06_school_cp1251.truth.json")
    agrees(answer, truth, lambda row: int(row["row"]) + 1)
    assert answer["source"]["encoding"] == "cp1251"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (13, "undecodable_byte"),
        (16, "too_few_fields"),
        (19, "too_many_fields"),
        (32, "formula_like_text"),
        (41, "unclosed_quote"),
    ],
)
def test_a_held_row_of_the_broken_file_says_why(row: int, code: str) -> None:
    answer = from_bytes(stored("06_school_cp1251.csv"), "class_list")
    assert code in codes(answer["rows"][row - 1], "question", "error")


def test_the_place_of_an_unreadable_byte_is_told() -> None:
    row = from_bytes(stored("06_school_cp1251.csv"), "class_list")["rows"][12]
    assert row["problems"][0]["facts"] == {"offset": stored("06_school_cp1251.csv").index(0x98)}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("1. Иванова Арина\n2) Петров Пётр", ["Иванова Арина", "Петров Пётр"]),
        ("Иванова Арина\nПетров Пётр Ильич", ["Иванова Арина", "Петров Пётр"]),
        ("• Иванова Арина\n• Петров Пётр", ["Иванова Арина", "Петров Пётр"]),
        ("Иванова Арина, Петров Пётр", ["Иванова Арина", "Петров Пётр"]),
        ("1200. Иванова Арина", ["Иванова Арина"]),
        ("Иванова Арина 89210000017", ["Иванова Арина"]),
        ("Мальчики:\nиванов пётр", ["Иванов Пётр"]),
        ("Вот наши: Иванова Арина (6Б), Ли Ян (6Б)", ["Иванова Арина", "Ли Ян"]),
    ],
)
def test_a_bare_list_of_names_is_read(text: str, names: list[str]) -> None:
    rows = children(text)["rows"]
    assert [f"{r['values']['family_name']} {r['values']['given_name']}" for r in rows] == names


def test_a_list_without_classes_is_accepted_with_a_note() -> None:
    answer = children("1. Иванова Арина\n2. Петров Пётр")
    assert verdicts(answer) == ["accept", "accept"]
    assert codes(answer["rows"][0]) == ["class_missing"]


def test_a_class_chosen_for_the_list_is_given_to_who_has_none() -> None:
    rows = children("Иванова Арина\nПетров Пётр 7Б", **{"class": "6 «А»"})["rows"]
    assert [row["values"]["class"] for row in rows] == ["6А", "7Б"]


def test_a_class_above_the_names_is_theirs() -> None:
    rows = children("7А\nИванова Арина\nСписок 7 «Б» класса:\nПетров Пётр")["rows"]
    assert [row["values"]["class"] for row in rows] == ["7А", "7Б"]


def test_two_classes_above_the_names_are_nobodys() -> None:
    rows = children("Список 7А и 7Б классов:\nИванова Арина\nПетров Пётр")["rows"]
    assert [row["values"]["class"] for row in rows] == ["", ""]


def test_a_class_in_a_row_of_its_own_is_theirs_too() -> None:
    rows = children(pasted(("ФИО", "Класс"), ("7А", ""), ("Иванова Арина", "")))["rows"]
    assert (rows[0]["skip"], rows[1]["values"]["class"]) == ("section", "7А")


def test_one_missing_class_among_others_is_asked_for() -> None:
    row = children("Иванова Арина 7А\nПетров Пётр 7А\nОрлов Ян")["rows"][2]
    assert row["values"]["class"] is None
    assert row["problems"][-1]["suggestion"] == "7А"


def test_columns_are_told_apart_without_headings() -> None:
    answer = children(pasted(("Абрамова Дарья", "14.03.2013", "7А"), ("Ли Ян", "02.07.2013", "7А")))
    assert [column["field"] for column in answer["columns"]] == ["full_name", "birth_date", "class"]


def test_a_name_and_class_in_one_cell_are_divided() -> None:
    values = children(pasted(("№", "ФИО"), ("1", "Иванов Пётр 6Б")))["rows"][0]["values"]
    assert (values["given_name"], values["grade"], values["letter"]) == ("Пётр", 6, "Б")


def test_what_is_not_needed_of_a_child_is_left_out_of_the_answer() -> None:
    heading = ("ФИО", "Класс", "СНИЛС", "Телефон матери", "Примечание", "Адрес")
    row = ("Иванов Пётр", "7А", "000-000-001 00", "8 921 000-00-17", "аллергия", "ул. Тайная, 5")
    answer = children(pasted(heading, row))
    assert [column["left_out"] for column in answer["columns"][2:]] == [
        "snils",
        "guardian",
        "health",
        "address",
    ]
    assert answer["rows"][0]["raw"][2:] == [None] * 4


@pytest.mark.parametrize("column", ["000-000-001 00", "8 921 000-00-17", "a@example.org"])
def test_personal_data_under_no_heading_is_left_out_by_its_look(column: str) -> None:
    row = children(pasted(("Иванов Пётр", "7А", column), ("Ли Ян", "7А", column)))["rows"][0]
    assert row["raw"] == ["Иванов Пётр", "7А", None]


def test_initials_in_the_column_of_given_names_are_asked_about() -> None:
    row = children(pasted(WIDE[:3], ("Иванов", "И.", "И.")))["rows"][0]
    assert codes(row, "question") == ["initials_only"]


def test_a_row_given_twice_is_a_double() -> None:
    row = ("Обухов", "Леонид", "Львович", "27.07.2013", "7А")
    answer = children(pasted(WIDE, row, ("ОБУХОВ", *row[1:])))
    assert answer["rows"][1]["duplicate_of"] == 1


@pytest.mark.parametrize(
    "other",
    [
        ("Шевелев", "Никита", "", "03.11.2013", "7А"),
        ("Шевелёв", "Никита", "", "", "7А"),
        ("Шевелёв", "Никита", "", "03.11.2013", "7Б"),
        ("Шевелёв", "Никита", "Ильич", "03.11.2013", "7А"),
    ],
)
def test_a_likely_double_is_asked_about_never_merged(other: tuple[str, ...]) -> None:
    first = ("Шевелёв", "Никита", "", "03.11.2013", "7А")
    answer = children(pasted(WIDE, first, other))
    assert codes(answer["rows"][1], "question") == ["possible_duplicate"]


@pytest.mark.parametrize(
    ("other", "code"),
    [
        (("Мирошина", "Лариса", "Львовна", "21.01.2013", "7А"), "twin"),
        (("Мирошина", "Алёна", "Львовна", "22.01.2013", "7А"), "namesake"),
        (("Мирошина", "Алёна", "Игоревна", "21.01.2013", "7А"), "namesake"),
    ],
)
def test_twins_and_namesakes_are_two_children(other: tuple[str, ...], code: str) -> None:
    first = ("Мирошина", "Алёна", "Львовна", "21.01.2013", "7А")
    answer = children(pasted(WIDE, first, other))
    assert verdicts(answer) == ["accept", "accept"]
    assert codes(answer["rows"][1]) == [code]


def test_a_swapped_name_taken_as_suggested_is_accepted() -> None:
    text = pasted(WIDE[:2], ("Нина", "Ведерникова"))
    row = children(text)["rows"][0]
    mends = {problem["field"]: problem["suggestion"] for problem in row["problems"][:2]}
    again = children(text, mends={"1": mends})["rows"][0]
    assert (again["verdict"], again["values"]["family_name"]) == ("accept", "Ведерникова")


def test_a_full_name_in_the_cell_of_the_surname_is_split_on_asking() -> None:
    row = children(pasted(WIDE[:3], ("Коршунова Варвара Дмитриевна", "", "")))["rows"][0]
    assert set(codes(row, "question")) == {"name_split"}
    assert [likely(row)[part] for part in ("surname", "given", "patronymic")] == [
        "Коршунова",
        "Варвара",
        "Дмитриевна",
    ]


def test_an_adult_beside_the_children_is_asked_about() -> None:
    for text in ("Учитель Петрова Анна, 7А", "Петрова Анна (сопровождающая)"):
        assert "adult_not_pupil" in codes(children(text)["rows"][0], "question")


def test_a_line_without_anybody_is_put_aside_with_its_words() -> None:
    answer = children("Коллеги, добрый день!\n1. Иванова Арина\nвсего 1")
    assert [(one["reason"], one["text"]) for one in answer["asides"]] == [
        ("text", "Коллеги, добрый день!"),
        ("totals", "всего 1"),
    ]
