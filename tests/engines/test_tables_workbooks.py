"""Whole workbooks as schools send them: every row comes out as agreed, and a person may choose."""

from typing import Any

import pytest

from tests.engines.tables_books import ods, ods_row, workbook
from tests.engines.tables_kit import Answer, codes, from_bytes, stored, stored_json, verdicts

PUPILS = stored_json("01_class_7a.truth.json")
REGISTER = stored_json("05_organisations.truth.json")
PHONE = {"7": "phone"}
NAMES = {"surname": "family_name", "given": "given_name"}
# What the truth calls a reason, and what the engine says for it.
REASONS = {
    "duplicate_exact": "duplicate_row",
    "same_inn_kpp": "duplicate_row",
    "formula_error": "cell_error",
    "full_name_in_surname_cell": "name_split",
    "name_missing": "value_missing",
    "possible_duplicate_yo": "possible_duplicate",
    "swapped_surname_given": "name_order",
}


def rows_by_place(answer: Answer) -> dict[tuple[str, int], dict[str, Any]]:
    """Return what became of each line that holds anything."""
    rows = {(row["place"]["sheet"], row["place"]["line"]): row for row in answer["rows"]}
    asides = ((one["place"]["sheet"], one["place"]["line"]) for one in answer["asides"])
    return {**rows, **{place: {"verdict": "skip", "problems": []} for place in asides}}


def pupils(**more: Any) -> Answer:
    mapping = more.pop("mapping", PHONE)
    return from_bytes(stored("01_class_7a.xlsx"), "class_list", mapping=mapping, **more)


def register(profile: str) -> Answer:
    return from_bytes(stored("05_organisations.xlsx"), profile)


ANSWERS = {
    "pupils": (PUPILS, pupils()),
    "register": (REGISTER, register("organisations")),
    "members": (REGISTER, register("members")),
}
EXPECTED = [
    pytest.param(expected, rows_by_place(answer), id=f"{name} {expected['sheet']} {number}")
    for name, (truth, answer) in ANSWERS.items()
    for expected in truth["rows"]
    for number in [expected["row"]]
]


@pytest.mark.parametrize(("expected", "rows"), EXPECTED)
def test_a_row_comes_out_as_agreed(expected: dict[str, Any], rows: dict[Any, Any]) -> None:
    row = rows[expected["sheet"], expected["row"]]
    assert row["verdict"] == expected["verdict"], row["problems"]
    if row["verdict"] == "accept":
        wanted = {NAMES.get(name, name): value for name, value in expected["values"].items()}
        assert {name: row["values"][name] for name in wanted} == wanted
    if row["verdict"] in {"hold", "duplicate"}:
        meant = {REASONS.get(why, why) for why in expected["why"]}
        assert meant <= set(codes(row, "question", "error"))


def test_no_row_of_the_register_is_lost() -> None:
    counts = register("organisations")["counts"]
    assert counts["rows"] + counts["asides"] == len(REGISTER["rows"])


def test_a_column_of_telephones_is_not_taken_unless_a_person_says_so() -> None:
    answer = pupils(mapping={})
    assert answer["columns"][7]["left_out"] == "guardian"
    assert "phone" not in answer["rows"][0]["values"]


def test_what_a_file_hides_is_taken_if_a_person_says_so_once_for_all() -> None:
    asked = {"hidden_row", "hidden_sheet"}
    before = {code for row in pupils()["rows"] for code in codes(row, "question")}
    after = pupils(hidden={"sheets": ["старый список"], "rows": True})
    assert asked <= before
    assert not asked & {code for row in after["rows"] for code in codes(row)}
    assert "sheet_hidden" not in [one["code"] for one in after["remarks"]]


def test_swapped_numbers_suggest_each_other() -> None:
    row = rows_by_place(register("organisations"))["Участники кластера", 7]
    suggestions = {one["field"]: one["suggestion"] for one in row["problems"]}
    assert suggestions == {"kpp": "633301001", "ogrn": "1196332680400"}


def test_a_branch_is_held_until_its_number_or_its_row_goes() -> None:
    sheet = [["Наименование", "ИНН", "КПП"], ["Школа № 5", "0010007742", "001001001"]]
    sheet.append(["Филиал школы № 5", "0010007742", "001043001"])
    answer = from_bytes(workbook({"Лист": sheet}), "organisations", insist={"2": ["row", "kpp"]})
    again = from_bytes(workbook({"Лист": sheet}), "organisations", mends={"2": {"inn": ""}})
    known = [{"key": "five", "name": "Пятая", "inn": "0010007742", "kpp": "001099001"}]
    first = from_bytes(workbook({"Лист": sheet}), "organisations", known=known)["rows"][0]
    assert verdicts(again) == ["accept", "accept"]
    assert verdicts(answer) == ["accept", "accept"]
    assert (first["verdict"], codes(first)) == ("hold", ["same_inn_other_kpp"])


@pytest.mark.parametrize(
    ("inn", "kpp", "said"),
    [
        ("0272078500", "27201001", "kpp_zero_restored"),
        ("0010007742", "28601001", "kpp_length"),
        ("0010007742", "КПП 001001001", "number_tidied"),
        ("0010007742", "0010АБ001", "kpp_not_digits"),
        ("0010007742", "2,86E+08", "number_cut"),
    ],
)
def test_a_kpp_in_its_forms(inn: str, kpp: str, said: str) -> None:
    sheet = [["Наименование", "ИНН", "КПП"], ["Школа № 5", inn, kpp]]
    row = from_bytes(workbook({"Лист": sheet}), "organisations")["rows"][0]
    assert said in [one["code"] for one in row["problems"] if one["field"] == "kpp"]


@pytest.mark.parametrize(
    ("ogrn", "value", "said"),
    [
        ("1113430939027", "1113430939027", []),
        ("111 3430 939027", "1113430939027", ["number_tidied"]),
        ("1113430939028", None, ["ogrn_checksum"]),
        ("111343093902", None, ["ogrn_length"]),
        ("1.11E+12", None, ["number_cut"]),
        ("нет", "", ["placeholder_dropped"]),
        ("304500116000157", "304500116000157", []),
    ],
)
def test_an_ogrn_in_its_forms(ogrn: str, value: str | None, said: list[str]) -> None:
    sheet = [["Наименование", "ОГРН"], ["Школа № 5", ogrn]]
    row = from_bytes(workbook({"Лист": sheet}), "organisations")["rows"][0]
    found = [one["code"] for one in row["problems"] if one["field"] == "ogrn"]
    assert (row["values"]["ogrn"], found) == (value, said)


def test_a_kpp_behind_the_inn_is_taken() -> None:
    sheet = [["Наименование", "ИНН/КПП"], ["Школа № 5", "0010007742/001001001"]]
    values = from_bytes(workbook({"Лист": sheet}), "organisations")["rows"][0]["values"]
    assert (values["inn"], values["kpp"]) == ("0010007742", "001001001")


def test_a_register_of_organisations_takes_no_names_of_people() -> None:
    sheet = [["Наименование", "Директор"], ["Школа № 5", "Ли Анна Петровна"]]
    answer = from_bytes(workbook({"Лист": sheet}), "organisations")
    assert answer["rows"][0]["raw"] == ["Школа № 5", None]


def test_headings_explained_before_are_understood_again() -> None:
    sheet = [["Кто", "Код", "Наименование"], ["Школа № 5", "0010007742", "пятая"]]
    said = {"  кто ": "name", "Наименование": None}
    answer = from_bytes(workbook({"Лист": sheet}), "organisations", remembered=said)
    assert answer["rows"][0]["values"]["name"] == "Школа № 5"
    assert [column["field"] for column in answer["columns"]] == ["name", "inn", None]


def test_a_choice_made_now_goes_before_one_made_earlier() -> None:
    sheet = [["Кто", "Название"], ["5", "Школа № 5"]]
    said = {"Кто": "name", "Название": None}
    chosen: dict[str, str | None] = {"0": None, "1": "name"}
    answer = from_bytes(workbook({"Л": sheet}), "organisations", remembered=said, mapping=chosen)
    assert answer["rows"][0]["values"]["name"] == "Школа № 5"


def test_lines_of_headings_may_be_chosen() -> None:
    sheet = [["Перечень"], ["Кого считаем", "Номер налоговый"], ["Школа № 5", "0010007742"]]
    answer = from_bytes(workbook({"Л": sheet}), "organisations", headings=[2, 2])
    assert [one["reason"] for one in answer["asides"]] == ["title", "header"]
    assert len(answer["rows"]) == 1


def merged(sheet: list[list[Any]], *ranges: tuple[int, int, int, int, Any]) -> bytes:
    return workbook({"7А": sheet}, merge=ranges)


def test_a_cell_merged_downwards_holds_for_all_its_rows_and_that_is_said() -> None:
    sheet = [["Фамилия", "Имя", "Класс"], ["Орлова", "Ада", ""], ["Ли", "Ян", ""], ["", "", ""]]
    answer = from_bytes(merged(sheet, (1, 2, 3, 2, "7 А")), "class_list")
    assert [row["values"].get("class") for row in answer["rows"]] == ["7А", "7А"]
    told = [one["facts"] for one in answer["remarks"] if one["code"] == "merged_filled"]
    assert told == [{"sheet": "7А", "cells": 1}]


def test_a_cell_merged_downwards_in_an_open_document_holds_too() -> None:
    spanned = (
        '<table:table-cell office:value-type="string" table:number-rows-spanned="2">'
        "<text:p>7А</text:p></table:table-cell>"
    )
    first = ods_row("Орлова", "Ада").replace("</table:table-row>", f"{spanned}</table:table-row>")
    second = ods_row("Ли", "Ян").replace(
        "</table:table-row>", "<table:covered-table-cell/></table:table-row>"
    )
    answer = from_bytes(ods(ods_row("Фамилия", "Имя", "Класс") + first + second), "class_list")
    assert [row["values"]["class"] for row in answer["rows"]] == ["7А", "7А"]
