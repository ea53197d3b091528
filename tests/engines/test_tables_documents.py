"""Text documents: every table of them, merged, nested, changed and hidden as Word leaves them."""

from typing import Any

import pytest

from tests.engines.tables_books import repacked
from tests.engines.tables_documents import (
    HEADS,
    NURSERY,
    SCHOOL,
    box,
    cell,
    document,
    paragraph,
    row,
    run,
    table,
)
from tests.engines.tables_kit import Answer, codes, from_bytes, verdicts

HIDDEN = "<w:vanish/>"
DOWN = '<w:vMerge w:val="restart"/>'


def read(*body: str, profile: str = "organisations", **more: Any) -> Answer:
    return from_bytes(document(*body), profile, **more)


def names(answer: Answer) -> list[str | None]:
    return [one["values"].get("name") for one in answer["rows"]]


def asides(answer: Answer, reason: str) -> list[str]:
    return [one["text"] for one in answer["asides"] if one["reason"] == reason]


def test_a_table_of_a_document_is_read_like_any_other() -> None:
    answer = read(table(HEADS, SCHOOL, NURSERY))

    assert (answer["source"]["kind"], verdicts(answer)) == ("docx", ["accept", "accept"])
    assert [one["place"]["line"] for one in answer["rows"]] == [2, 3]


def test_what_stands_around_a_table_is_told_not_taken() -> None:
    answer = read(paragraph("УТВЕРЖДАЮ"), table(HEADS, SCHOOL), paragraph("Исполнитель"))

    assert asides(answer, "text") == ["УТВЕРЖДАЮ", "Исполнитель"]
    assert names(answer) == ["ГБОУ школа № 5"]


def test_paragraphs_of_a_cell_are_one_value() -> None:
    answer = read(table(HEADS, [cell(paragraph("ГБОУ школа"), paragraph("№ 5")), SCHOOL[1]]))

    assert names(answer) == ["ГБОУ школа № 5"]
    assert "line_break_joined" in codes(answer["rows"][0])


def test_signs_between_words_stay() -> None:
    words = "<w:r><w:t>ГБОУ</w:t><w:tab/><w:t>школа</w:t><w:br/><w:t>№ 5</w:t></w:r>"

    assert names(read(table(HEADS, [cell(paragraph(words)), SCHOOL[1]]))) == ["ГБОУ школа № 5"]


def test_cells_merged_sideways_keep_the_columns_in_their_places() -> None:
    title = row(cell("Участники", properties='<w:gridSpan w:val="2"/>'))
    short = row(cell("0010008859"), properties='<w:gridBefore w:val="1"/>')
    answer = read(table(title, HEADS, SCHOOL, short), mends={"2": {"name": "МБДОУ № 7"}})

    assert asides(answer, "title") == ["Участники"]
    assert [one["values"]["inn"] for one in answer["rows"]] == ["0010007742", "0010008859"]


def test_cells_merged_downwards_are_filled_and_said() -> None:
    first = row("1", cell("7А", properties=DOWN), "Орлова Ада")
    second = row("2", cell("", properties="<w:vMerge/>"), "Ли Ян")
    third = row("3", "7Б", "Мур Ия")
    answer = read(table(("№", "Класс", "ФИО"), first, second, third), profile="class_list")

    assert [one["values"]["class"] for one in answer["rows"]] == ["7А", "7А", "7Б"]
    assert "merged_filled" in [one["code"] for one in answer["remarks"]]


def test_headings_on_two_lines_below_a_title_are_found() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    answer = read(
        table(
            row(cell("Список 7 «А» класса", properties='<w:gridSpan w:val="3"/>')),
            row(cell("№", properties=DOWN), cell("Фамилия, имя", properties=wide)),
            row(cell("", properties="<w:vMerge/>"), "Фамилия", "Имя"),
            ("1", "Орлова", "Ада"),
        ),
        profile="class_list",
    )

    found = [one["field"] for one in answer["columns"]]
    assert found == ["number", "family_name", "given_name"]
    assert answer["rows"][0]["values"]["class"] == "7А"


def test_each_table_is_a_sheet_and_words_above_name_the_class() -> None:
    heads = ("Фамилия", "Имя")
    answer = read(
        *(paragraph("7А класс"), table(heads, ("Орлова", "Ада"))),
        *(paragraph("7Б класс"), table(heads, ("Ли", "Ян"))),
        profile="class_list",
    )

    assert [one["values"]["class"] for one in answer["rows"]] == ["7А", "7Б"]
    assert [one["place"]["sheet"] for one in answer["rows"]] == ["№ 1", "№ 2"]


def test_a_table_that_breaks_off_goes_on_in_the_next() -> None:
    answer = read(table(HEADS, SCHOOL), paragraph(""), table(NURSERY))

    assert names(answer) == ["ГБОУ школа № 5", "МБДОУ № 7"]
    assert answer["rows"][1]["place"] == {"sheet": None, "line": 3}


def test_a_table_for_signatures_is_passed_over_and_said() -> None:
    answer = read(table(("СОГЛАСОВАНО", "УТВЕРЖДАЮ")), paragraph("Список"), table(HEADS, SCHOOL))

    assert names(answer) == ["ГБОУ школа № 5"]
    assert answer["remarks"][0]["facts"] == {"sheet": "№ 1"}
    assert asides(answer, "passed_over") == ["СОГЛАСОВАНО УТВЕРЖДАЮ"]


def test_a_table_in_a_cell_is_a_table_of_its_own() -> None:
    answer = read(table([cell(paragraph("Приложение"), table(HEADS, SCHOOL)), "Печать"]))

    assert names(answer) == ["ГБОУ школа № 5"]
    assert asides(answer, "passed_over") == ["Приложение Печать"]


def test_a_table_in_a_text_box_is_read_once_and_its_words_are_told() -> None:
    answer = read(paragraph(box(paragraph("Проверено") + table(HEADS, SCHOOL))))

    assert (names(answer), asides(answer, "text")) == (["ГБОУ школа № 5"], ["Проверено"])


def test_words_of_a_text_box_in_a_cell_are_told_and_leave_the_value_alone() -> None:
    name = cell(paragraph(run("ГБОУ школа № 5"), box(paragraph("уточнить"))))
    answer = read(table(HEADS, [name, SCHOOL[1]]))

    assert (names(answer), asides(answer, "text")) == (["ГБОУ школа № 5"], ["уточнить"])


def test_changes_are_read_as_if_accepted_and_that_is_said() -> None:
    taken_out = '<w:del w:id="1"><w:r><w:delText>гимназия</w:delText></w:r></w:del>'
    moved = f"<w:moveFrom>{run('лицей')}</w:moveFrom>"
    name = cell(paragraph("ГБОУ ", taken_out, moved, f"<w:ins>{run('школа № 5')}</w:ins>"))
    answer = read(table(HEADS, [name, SCHOOL[1]]))

    assert names(answer) == ["ГБОУ школа № 5"]
    assert [(one["code"], one["facts"]) for one in answer["remarks"]] == [
        ("changes_tracked", {"changes": 3})
    ]


def test_a_row_taken_out_is_told_not_taken() -> None:
    answer = read(table(HEADS, SCHOOL, row(*NURSERY, properties='<w:del w:id="1"/>')))

    assert (names(answer), asides(answer, "deleted")) == (
        ["ГБОУ школа № 5"],
        ["МБДОУ № 7 0010008859"],
    )


def test_changed_looks_are_no_looks() -> None:
    look = f"<w:rPrChange><w:rPr>{HIDDEN}</w:rPr></w:rPrChange>"

    assert names(read(table(HEADS, [cell(paragraph(run(SCHOOL[0], look))), SCHOOL[1]]))) == [
        "ГБОУ школа № 5"
    ]


def test_hidden_words_hold_the_row_and_what_shows_is_suggested() -> None:
    name = cell(paragraph(run("ГБОУ школа № 5"), run(" (закрыта)", HIDDEN)))
    found = read(table(HEADS, [name, SCHOOL[1]]))["rows"][0]

    problem = found["problems"][0]
    assert (found["verdict"], codes(found, "error")) == ("hold", ["hidden_text"])
    assert (problem["cell"], problem["suggestion"]) == ("A2", "ГБОУ школа № 5")


@pytest.mark.parametrize(
    "second",
    [
        row(*NURSERY, properties="<w:hidden/>"),
        row(*(cell(paragraph(run(text, HIDDEN))) for text in NURSERY)),
    ],
    ids=["the row", "all its words"],
)
def test_a_hidden_row_is_asked_about(second: str) -> None:
    answer = read(table(HEADS, SCHOOL, second))
    taken = read(table(HEADS, SCHOOL, second), hidden={"rows": True})

    assert codes(answer["rows"][1], "question") == ["hidden_row"]
    assert names(taken)[1] == "МБДОУ № 7"


def test_a_look_that_is_switched_off_hides_nothing() -> None:
    name = cell(paragraph(run(SCHOOL[0], '<w:vanish w:val="0"/>')))

    assert verdicts(read(table(HEADS, [name, SCHOOL[1]]))) == ["accept"]


def test_what_a_form_shows_in_an_empty_field_is_no_value() -> None:
    prompt = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    typed = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    inn = prompt.format(cell("Введите ИНН"))
    second = f"<w:tr>{typed.format(cell(SCHOOL[0]))}{inn}</w:tr>"

    values = read(table(HEADS, second))["rows"][0]["values"]
    assert (values["name"], values["inn"]) == ("ГБОУ школа № 5", "")


def test_a_document_without_tables_is_read_line_by_line() -> None:
    answer = read(paragraph("7А класс"), paragraph("1. Орлова Ада"), profile="class_list")

    assert answer["source"]["kind"] == "docx"
    assert answer["rows"][-1]["values"]["family_name"] == "Орлова"


@pytest.mark.parametrize("space", ["http://purl.oclc.org/ooxml/wordprocessingml/main"])
def test_a_document_of_the_strict_kind_is_read_too(space: str) -> None:
    body = table(HEADS, SCHOOL).replace("<w:tbl>", f'<w:tbl xmlns:w="{space}">')

    assert names(read(body)) == ["ГБОУ школа № 5"]


def test_a_document_saved_in_a_browser_names_its_part_otherwise() -> None:
    data = document(table(HEADS, SCHOOL), name="word/document2.xml")

    assert names(from_bytes(data, "organisations")) == ["ГБОУ школа № 5"]


LINK = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" TargetMode="External" Type="http://schemas.openxmlformats.org/'
    b'officeDocument/2006/relationships/attachedTemplate" Target="http://127.0.0.1:9/x.dotm"/>'
    b"</Relationships>"
)


@pytest.mark.parametrize(
    "parts",
    [
        {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(2000)},
        {"word/_rels/document.xml.rels": LINK},
        {"word/embeddings/oleObject1.bin": bytes(2000)},
    ],
    ids=["macros", "a template from elsewhere", "an object"],
)
def test_what_a_document_carries_along_is_not_looked_at(parts: dict[str, bytes]) -> None:
    data = repacked(document(table(HEADS, SCHOOL)), parts)

    assert names(from_bytes(data, "organisations")) == ["ГБОУ школа № 5"]


def test_a_field_that_calls_is_not_even_text() -> None:
    name = cell(paragraph("<w:r><w:instrText>DDEAUTO cmd</w:instrText></w:r>", SCHOOL[0]))

    assert names(read(table(HEADS, [name, SCHOOL[1]]))) == ["ГБОУ школа № 5"]
