"""Files: encodings, delimiters, quotes, workbooks with what they hide."""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.engines.tables_books import CELL, ods, ods_row, with_markup, workbook
from tests.engines.tables_kit import codes, from_bytes, stored, verdicts
from zveno.engines.tables import solve

LIST = "Наименование;ИНН\r\nГБОУ школа № 5;0010007742\r\nМБДОУ № 7;0010008859\r\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866"],
)
def test_the_encoding_is_recognised(encoding: str) -> None:
    text = LIST.replace("№", "N") if encoding in {"koi8-r", "cp866"} else LIST
    answer = from_bytes(text.encode(encoding))
    assert [row["values"]["name"] for row in answer["rows"]] == ["ГБОУ школа № 5", "МБДОУ № 7"]


def test_a_guessed_encoding_is_said_and_another_may_be_chosen() -> None:
    data = LIST.replace("№", "N").encode("cp866")
    assert [one["facts"] for one in from_bytes(data)["remarks"]] == [{"encoding": "cp866"}]
    source = {"bytes": base64.b64encode(data).decode(), "encoding": "koi8-r"}
    answer = solve({"profile": "members", "source": source})
    assert (answer["source"]["encoding"], answer["remarks"][0]["code"]) == (
        "koi8-r",
        "header_not_found",
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_sign_between_cells_is_recognised(delimiter: str, end: str) -> None:
    text = LIST.replace(";", delimiter).replace("\r\n", end)
    answer = from_bytes(text.encode())
    assert (verdicts(answer), answer["source"]["delimiter"]) == (["accept"] * 2, delimiter)


def test_a_quoted_cell_may_hold_line_breaks_delimiters_and_quotes() -> None:
    text = 'Наименование;ИНН\n"ГБОУ ""Лицей;\nновый""";0010007742\nМБДОУ № 7;\n'
    answer = from_bytes(text.encode())
    assert answer["rows"][0]["values"]["name"] == "ГБОУ «Лицей; новый»"
    assert answer["rows"][1]["place"]["line"] == 4


def test_an_unclosed_quote_takes_no_further_row_with_it() -> None:
    text = 'Наименование;ИНН\n"ГБОУ школа;0010007742\nМБДОУ № 7;\nМБДОУ "Чайка";\n'
    answer = from_bytes(text.encode())
    assert verdicts(answer) == ["hold", "accept", "accept"]
    assert "unclosed_quote" in codes(answer["rows"][0])


def test_a_word_in_quotes_stays_in_quotes_when_pasted() -> None:
    text = 'Наименование\tИНН\n"Лицей" № 5\t\n"Чайка"\t'
    rows = from_bytes(text.encode())["rows"]
    assert [row["values"]["name"] for row in rows] == ["«Лицей» № 5", "«Чайка»"]


def test_an_ods_workbook_is_read() -> None:
    blank = ods_row("", repeated=' table:number-rows-repeated="1048000"')
    blank = blank.replace(CELL.format(text="", times=""), "<table:table-cell/>")
    body = ods_row("Наименование", "ИНН") + ods_row("ГБОУ школа № 5", "0010007742")
    answer = from_bytes(ods(body + blank))
    assert (answer["source"]["kind"], verdicts(answer)) == ("ods", ["accept"])


CLASS: list[list[Any]] = [
    ["Список 7 «А» класса", "", "", "", ""],
    ["№", "Фамилия, имя", "", "Дата рождения", "СНИЛС"],
    ["", "Фамилия", "Имя", "", ""],
    [1, "Орлова", "Ада", 41332, "000-000-001 00"],
    [2, "Ли", "Ян", "29.02.2012", "000-000-002 00"],
]


def test_headings_on_two_lines_below_a_title_are_found() -> None:
    answer = from_bytes(workbook({"7А": CLASS}), "class_list")
    assert [column["field"] for column in answer["columns"][:4]] == [
        "number",
        "family_name",
        "given_name",
        "birth_date",
    ]
    assert [aside["reason"] for aside in answer["asides"]] == ["title", "header", "header"]


def test_a_class_in_the_title_is_that_of_its_rows() -> None:
    answer = from_bytes(workbook({"Лист1": CLASS}), "class_list")
    assert [row["values"]["class"] for row in answer["rows"]] == ["7А", "7А"]
    assert codes(answer["rows"][1]) == ["class_tidied"]


def test_what_a_sheet_hides_is_asked_about() -> None:
    answer = from_bytes(workbook({"7А": CLASS}, rows=[4], columns=[4]), "class_list")
    assert (answer["columns"][4]["hidden"], answer["columns"][4]["field"]) == (True, None)
    assert codes(answer["rows"][1], "question") == ["hidden_row"]
    again = from_bytes(workbook({"7А": CLASS}, rows=[4]), "class_list", insist={"2": ["row"]})
    assert verdicts(again) == ["accept", "accept"]


def test_rows_of_a_hidden_sheet_wait_and_come_last() -> None:
    book = workbook({"старый": CLASS, "7А": CLASS}, hide=["старый"])
    answer = from_bytes(book, "class_list")
    assert [row["place"]["sheet"] for row in answer["rows"]] == ["7А", "7А", "старый", "старый"]
    assert "sheet_hidden" in [remark["code"] for remark in answer["remarks"]]
    assert verdicts(answer)[2:] == ["duplicate", "duplicate"]


def test_a_sheet_without_headings_is_passed_over_and_said() -> None:
    answer = from_bytes(
        workbook({"7А": CLASS, "Памятка": [["Заполняйте все столбцы"]]}), "class_list"
    )
    assert answer["remarks"][-1]["code"] == "sheet_passed_over"
    assert answer["remarks"][-1]["facts"] == {"sheet": "Памятка"}
    assert answer["asides"][-1]["text"] == "Заполняйте все столбцы"


def test_days_are_counted_from_the_year_the_workbook_says() -> None:
    rows = from_bytes(workbook({"7А": CLASS}, date1904=True), "class_list")["rows"]
    assert rows[0]["values"]["birth_date"] == "2017-02-28"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (b'<c r="B2" t="e"><f>X!A1</f><v>#REF!</v></c>', "cell_error"),
        (b'<c r="B2"><f>A1+1</f></c>', "cell_without_value"),
        (b'<c r="B2"><f>A1+1</f><v></v></c>', "cell_without_value"),
    ],
)
def test_a_formula_without_a_value_is_an_error_of_its_cell(cell: bytes, code: str) -> None:
    row = from_bytes(with_markup(b'<c r="B2" t="s"><v>3</v></c>', cell))["rows"][0]
    assert [(one["code"], one["cell"]) for one in row["problems"]] == [(code, "B2")]


def test_an_error_of_a_formula_pasted_as_text_is_one_too() -> None:
    row = from_bytes("Наименование;ИНН\nГБОУ школа № 5;#ССЫЛКА!\n".encode())["rows"][0]
    assert codes(row, "error") == ["cell_error"]


@pytest.mark.slow
def test_the_engine_answers_as_a_child_process(tmp_path: Path) -> None:
    problem = {"profile": "members", "source": {"text": stored("cluster_members.txt").decode()}}
    done = subprocess.run(
        [sys.executable, "-m", "zveno.engines", "tables"],
        input=json.dumps(problem),
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        check=True,
        text=True,
        cwd=tmp_path,
    )
    assert json.loads(done.stdout)["counts"]["rows"] == 11
