"""A coordinator brings a list of organisations."""

from typing import Any

import pytest

from tests.engines.tables_kit import (
    Answer,
    codes,
    from_bytes,
    members,
    pasted,
    stored,
    stored_json,
    verdicts,
)

EXPECTED = stored_json("cluster_members.expected.json")["rows"]
TEXT = stored("cluster_members.txt").decode()
HEADING = ("Наименование", "ИНН", "Руководитель", "Эл. почта")
SOURCES = {
    "pasted": lambda **more: members(TEXT, **more),
    "workbook": lambda **more: from_bytes(stored("cluster_members.xlsx"), **more),
    "saved as CSV": lambda **more: from_bytes(
        TEXT.replace(";", ",").replace("\t", ";").encode("cp1251"), **more
    ),
    "pasted without headings": lambda **more: members(TEXT.split("\n", 1)[1], **more),
}
SAID = {
    2: {"email_tidied"},
    3: {"spaces_tidied", "mixed_script"},
    4: {"inn_zeros_restored"},
    5: {"number_sign_tidied", "inn_checksum"},
    6: {"email_comma"},
    7: {"number_sign_tidied"},
    8: {"spaces_tidied", "acting_head"},
    10: {"duplicate_row"},
}


def row_of(answer: Answer, number: int) -> dict[str, Any]:
    row: dict[str, Any] = answer["rows"][number - 1]
    assert row["row"] == number
    return row


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("expected", EXPECTED, ids=lambda one: f"row {one['row']}")
def test_every_row_of_the_nine_comes_out_as_agreed(source: str, expected: dict[str, Any]) -> None:
    row = row_of(SOURCES[source](), expected["row"])
    if "skip" in expected:
        assert (row["verdict"], row["skip"]) == ("skip", "totals")
    elif "duplicate_of" in expected:
        assert (row["verdict"], row["duplicate_of"]) == ("duplicate", expected["duplicate_of"])
    else:
        fields = ("name", "kind", "role", "inn", "director", "email")
        assert {name: row["values"][name] for name in fields} == {
            name: expected[name] for name in fields
        }


@pytest.mark.parametrize("number", range(1, 12))
def test_what_was_tidied_or_asked_is_said(number: int) -> None:
    assert set(codes(row_of(members(TEXT), number))) == SAID.get(number, set())


def test_only_rows_that_need_a_person_are_held() -> None:
    assert members(TEXT)["counts"] == {
        "rows": 11,
        "asides": 1,
        "accept": 7,
        "hold": 2,
        "duplicate": 1,
        "skip": 1,
    }


def test_a_line_break_in_a_cell_becomes_a_space() -> None:
    row = row_of(SOURCES["workbook"](), 7)
    problem = next(one for one in row["problems"] if one["code"] == "line_break_joined")
    assert (problem["cell"], problem["after"]) == ("B12", row["values"]["name"])


def test_the_head_is_taken_apart() -> None:
    values = row_of(members(TEXT), 8)["values"]
    assert [values[f"director_{part}"] for part in ("post", "family_name", "given_name")] == [
        "и.о. заведующего",
        "Мамедов",
        "Рашид",
    ]
    assert (values["director_patronymic"], values["director_acting"]) == ("оглы", True)


def test_a_suggestion_taken_and_a_number_mended_let_the_rows_in() -> None:
    suggestion = next(
        problem["suggestion"]
        for problem in row_of(members(TEXT), 6)["problems"]
        if problem["code"] == "email_comma"
    )
    answer = members(TEXT, mends={"5": {"inn": "0010008489"}, "6": {"email": suggestion}})
    assert answer["counts"]["hold"] == 0
    assert row_of(answer, 6)["values"]["email"] == "ds910@example.org"


def test_a_mend_is_judged_like_the_table_itself() -> None:
    answer = members(TEXT, mends={"5": {"inn": "0010008481"}})
    assert codes(row_of(answer, 5), "error") == ["inn_checksum"]


def test_a_person_may_insist_on_latin_letters() -> None:
    row = row_of(members(TEXT, insist={"3": ["name"]}), 3)
    assert row["values"]["name"] == "ГБOУ школа № 900 (пример)"


def test_insisting_does_not_help_a_wrong_number() -> None:
    assert verdicts(members(TEXT, insist={"5": ["inn", "row"]}))[4] == "hold"


def test_a_double_is_let_in_if_a_person_insists() -> None:
    assert verdicts(members(TEXT, insist={"10": ["row"]}))[9] == "accept"


def test_an_organisation_the_system_has_is_found_by_number_then_by_name() -> None:
    known = [
        {"key": "college", "name": "Иначе записанный", "inn": "0010007005"},
        {"key": "gymnasium", "name": "гбоу ГИМНАЗИЯ №901 (пример)", "inn": ""},
    ]
    answer = members(TEXT, known=known)
    found = {row["row"]: row["known"] for row in answer["rows"] if row["known"]}
    assert found == {1: "college", 4: "gymnasium"}


def test_a_known_organisation_that_stands_twice_is_met_once() -> None:
    known = [{"key": "house", "name": "Дом детского творчества (пример)", "inn": "0010009965"}]
    rows = members(TEXT, known=known)["rows"]
    assert [row["row"] for row in rows if row["known"]] == [9]
    assert rows[9]["duplicate_of"] == 9


def test_a_known_organisation_with_a_broken_value_is_mended_first() -> None:
    known = [{"key": "ds", "name": "ГБДОУ детский сад № 910 (пример)", "inn": None}]
    row = row_of(members(TEXT, known=known), 6)
    assert (row["verdict"], row["known"]) == ("hold", None)


def test_one_name_with_two_numbers_is_two_organisations() -> None:
    answer = members(
        pasted(HEADING[:2], ("МБДОУ № 57", "0010008859"), ("МБДОУ № 57", "0010009228"))
    )
    assert verdicts(answer) == ["accept", "accept"]
    assert codes(answer["rows"][1]) == ["same_name_other_inn"]


def test_a_name_repeated_without_a_number_is_a_double() -> None:
    answer = members(pasted(HEADING[:2], ("МБДОУ №57", "0010008859"), ("мбдоу № 57", "")))
    assert answer["rows"][1]["duplicate_of"] == 1


def test_roles_named_by_the_table_stand() -> None:
    answer = members(
        pasted(
            ("Организация", "Роль"),
            ("Колледж «Первый»", "участник"),
            ("Колледж «Второй»", "базовая организация"),
            ("Колледж «Третий»", ""),
        )
    )
    assert [row["values"]["role"] for row in answer["rows"]] == ["member", "base", "member"]


def test_columns_come_in_any_order_and_a_person_may_choose_them() -> None:
    text = pasted(("Что", "Кто", "ИНН"), ("ГБОУ школа № 5", "Директор Ли Анна", "0010007742"))
    answer = members(text, mapping={"0": "name", "1": "director"})
    assert answer["rows"][0]["values"]["director_family_name"] == "Ли"
    assert [column["field"] for column in answer["columns"]] == ["name", "director", "inn"]


def test_a_column_a_person_leaves_out_is_not_read() -> None:
    assert row_of(members(TEXT, mapping={"3": None}), 1)["values"]["director"] == ""


def test_two_columns_of_one_field_use_the_first_and_say_so() -> None:
    answer = members(pasted(("Название", "Организация", "ИНН"), ("Школа 1", "Школа 2", "")))
    assert answer["rows"][0]["values"]["name"] == "Школа 1"
    assert [remark["code"] for remark in answer["remarks"]] == ["column_twice"]


def test_a_list_without_names_says_which_column_is_missing() -> None:
    answer = members(pasted(("ИНН", "Эл. почта"), ("0010007742", "a@example.org")))
    assert "column_missing" in [remark["code"] for remark in answer["remarks"]]
    assert codes(answer["rows"][0], "error") == ["value_missing"]


def test_a_row_whose_words_look_like_headings_is_a_row() -> None:
    answer = members(
        pasted(
            ("Организация", "Должность", "Тип", "Роль"),
            ("Дом", "заведующий", "детский сад", "участник"),
        )
    )
    assert [row["values"]["name"] for row in answer["rows"]] == ["Дом"]


def test_a_cell_torn_by_a_word_processor_is_put_together() -> None:
    text = pasted(HEADING, ("ГБДОУ детский сад",), ("№ 911", "0010009228", "", "a@example.org"))
    torn = text.replace("ГБДОУ детский сад\n", "1\tГБДОУ детский сад\n").replace(
        HEADING[0], f"№\t{HEADING[0]}"
    )
    row = members(torn)["rows"][0]
    assert row["values"]["name"] == "ГБДОУ детский сад № 911"
    assert "lines_joined" in codes(row)


def test_a_name_and_an_address_divided_by_a_comma_are_two_columns() -> None:
    answer = members("ГБОУ школа № 5, s5@example.org\nГБОУ школа № 6, s6@example.org")
    assert [column["field"] for column in answer["columns"]] == ["name", "email"]


def test_a_subheading_is_asked_about_not_added() -> None:
    answer = members(pasted(HEADING, ("Детские сады", "", "", ""), ("МБДОУ № 1", "", "", "")))
    assert codes(answer["rows"][0], "question") == ["lone_cell"]
