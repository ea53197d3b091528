"""The papers engine: one model, and files whose words are the same."""

import base64
import hashlib
import io
import json
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.reading import docx_text, folded, pdf_text, same_words
from zveno.engines import Refusal, papers
from zveno.engines.printing import print_pdf

ROOT = Path(__file__).parents[2]
COOPERATION = json.loads(
    (ROOT / "src/zveno/network/data/cooperation.json").read_text(encoding="utf-8")
)
MEMBERS = [
    ("base", "Санкт-Петербургское ГБПОУ «Колледж»", "Директор", "Соколов Андрей Викторович"),
    ("methodical_operator", "Методический центр района", "Директор", "Орлова Мария Сергеевна"),
    ("member", "ГБОУ школа № 900 (пример)", "директор", "Ёлкина Наталья Юрьевна"),
    ("member", "ГБОУ гимназия № 901 (пример)", "Директор", "Ким Ен Ук"),
    ("member", "ГБОУ СОШ № 902 (пример)", "Директор", "Салтыков-Щедрин Пётр Ильич"),
    ("member", "ГБДОУ детский сад № 910 (пример)", "Заведующий", "Черных Ольга Павловна"),
    ("member", "ГБДОУ детский сад № 911 (пример)", "Заведующая", "Шевчук Анна Андреевна"),
    ("member", "ГБДОУ детский сад № 912 (пример)", "и.о. заведующего", "Мамедов Рашид оглы"),
    ("member", "ГБУ ДО Дом детского творчества (пример)", "Директор", "О Сергей Иванович"),
]
NASTY = [
    "#set page(fill: red) $x^2$ *звезда* _линия_ `код` @ссылка <метка> \\ // /* */ = заголовок",
    "{{7*7}} ${x} {Имя} { } {} %s %(a)s",
    "<b>жирно</b> &amp; <script>alert(1)</script>",
    "«ёлочки» „лапки“ \"прямые\" 'одинарные' ’ — – -",
    "- пункт\n+ пункт\n1. пункт",
    "Ә ө ү җ ң һ Ӏ ҡ ғ é ß ł ₽ × ² ½ …",
]


def party(role: str, organisation: str, post: str, person: str) -> dict[str, Any]:
    return {
        "organisation": organisation,
        **COOPERATION["roles"][role],
        "post": post,
        "person": person,
        "basis": "Устав",
        "requisites": ["ИНН 0010007005", "г. Санкт-Петербург, ул. Примерная, д. 1"],
    }


def agreement(**fields: Any) -> dict[str, Any]:
    """Return the cooperation agreement of nine parties."""
    paper: dict[str, Any] = json.loads(json.dumps(COOPERATION["paper"]))
    paper["parties"] = [party(*member) for member in MEMBERS]
    paper["fields"] |= {
        "cluster_name": "Робототехника и инженерное дело",
        "city": "Санкт-Петербург",
        "date_words": "20 мая 2025 г.",
        "valid_until": "20 мая 2028 г.",
    }
    for role, rows in COOPERATION["obligations"].items():
        paper["fields"][f"{role}_obligations"] = [
            row["text"].replace("{planned}", str(row["planned"])) for row in rows
        ]
    paper["fields"] |= fields
    return paper


def simple(*clauses: str, **fields: Any) -> dict[str, Any]:
    """Return a paper of one section."""
    section = {"title": "Предмет", "clauses": [{"text": text} for text in clauses]}
    return {"title": "Договор", "sections": [section], "fields": fields}


def drawn(paper: dict[str, Any]) -> papers.Drawn:
    return papers.draw(papers.read_paper(paper))


def text_of(paper: dict[str, Any]) -> str:
    answer: str = papers.solve({"draw": paper, "formats": ["text"]})["text"]
    return answer.replace("\u00a0", " ")


def refusal(paper: dict[str, Any]) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refusal) as refused:
        drawn(paper)
    return refused.value.code, refused.value.facts


def assert_same_text(files: papers.Drawn) -> None:
    assert files.pdf
    assert files.docx
    assert files.text
    assert docx_text(files.docx) == folded(files.text)
    assert same_words(pdf_text(files.pdf), folded(files.text))


def test_texts_of_both_files_agree_for_nine_parties() -> None:
    assert_same_text(drawn(agreement()))


@pytest.mark.slow
def test_texts_agree_for_twelve_parties_and_twenty_pages() -> None:
    paper = agreement(directions=[f"направление № {n}: " + "дело " * 40 for n in range(210)])
    paper["parties"] += [
        party("partner", f"ООО «Завод № {n}»", "генеральный директор", "Белый Иван Петрович")
        for n in range(3)
    ]
    files = drawn(paper)
    assert_same_text(files)
    assert files.pdf
    assert len(pypdf.PdfReader(io.BytesIO(files.pdf)).pages) >= 20


@pytest.mark.parametrize("nasty", NASTY)
def test_nasty_texts_come_out_as_they_went_in(nasty: str) -> None:
    files = drawn(simple(nasty, "{value}", value=nasty))
    assert_same_text(files)
    assert files.text
    assert folded(files.text).count(folded(nasty)) == 2


def test_a_word_longer_than_a_line_stays_on_the_page_whole() -> None:
    word = "Ъ" * 400
    files = drawn(simple(word))
    assert files.pdf
    assert files.docx
    assert word in docx_text(files.docx)
    bare = pdf_text(files.pdf).replace(" ", "").replace("\x00", "")
    assert word in bare


def test_letters_in_two_code_points_are_composed() -> None:
    assert "Ёлкин, Гайдай" in text_of(simple("Е\u0308лкин, Гаи\u0306даи\u0306"))
    assert unicodedata.is_normalized("NFC", text_of(simple("Е\u0308лкин")))


@pytest.mark.parametrize(
    "character", ["\x00", "\x0b", "\x1b", "\x7f", "\ufffe", "\ud800", "\u202e"]
)
def test_a_character_no_file_can_hold_is_refused_by_name(character: str) -> None:
    code, facts = refusal(simple("Слово {value}", value=f"до{character}после"))
    assert (code, facts["where"]) == ("bad_character", "1.1")
    assert facts["character"] == f"U+{ord(character):04X}"


def test_a_letter_no_font_has_is_refused() -> None:
    assert refusal(simple("漢"))[0] == "unprintable"


def test_a_fault_of_a_template_is_no_refusal(tmp_path: Path) -> None:
    template = tmp_path / "broken.typ"
    template.write_text("#nothing")
    with pytest.raises(typst.TypstError, match="unknown variable"):
        print_pdf(template, {})


def test_invisible_spaces_and_breaks_become_plain_ones() -> None:
    assert "1.1. Одно слово и другое" in text_of(simple("Одно\u200b\t слово\u00a0и\n\nдругое"))


def test_a_missing_field_is_named_with_its_place() -> None:
    assert refusal(simple("Город {city}")) == ("missing_field", {"field": "city", "where": "1.1"})


def test_values_are_never_filled_in_again() -> None:
    assert "{city} {{7*7}}" in text_of(simple("{name}", name="{city} {{7*7}}", city="Псков"))


def test_doubled_and_foreign_braces_stay() -> None:
    assert "{{city}} {City} {1}" in text_of(simple("{{city}} {City} {1}"))


def test_a_list_in_the_middle_of_a_text_is_refused() -> None:
    assert refusal(simple("Всё: {rows}.", rows=["а"]))[0] == "list_in_text"


def test_a_full_stop_of_a_value_is_not_doubled() -> None:
    assert "до 20 мая 2028 г.\n" in text_of(simple("Действует до {day}.", day="20 мая 2028 г."))


def listed(rows: list[str], *, optional: bool) -> dict[str, Any]:
    clauses = [
        {"text": "Сторона обязуется:", "items": ["{rows}"], "optional": optional},
        {"text": "Далее."},
    ]
    section = {"title": "Дела", "clauses": clauses}
    return {"title": "Договор", "sections": [section], "fields": {"rows": rows}}


def test_rows_of_a_list_are_numbered_and_punctuated() -> None:
    text = text_of(listed(["первое", "второе;", "третье"], optional=False))
    assert "1.1.1. первое;\n1.1.2. второе;\n1.1.3. третье.\n1.2. Далее." in text


def test_sentences_of_a_list_end_in_full_stops() -> None:
    assert "1.1.1. Первое.\n1.1.2. Второе!" in text_of(
        listed(["Первое", "Второе!"], optional=False)
    )


def test_an_empty_list_is_refused() -> None:
    assert refusal(listed([], optional=False)) == ("empty_list", {"where": "1.1"})


def test_an_optional_clause_with_an_empty_list_leaves_no_gap_in_numbers() -> None:
    text = text_of(listed([], optional=True))
    assert "1.1. Далее." in text
    assert "обязуется" not in text


def with_table(rows: list[list[str]]) -> dict[str, Any]:
    table = {"header": ["Что", "Сколько"], "rows": rows, "widths": [3, 1]}
    section = {"title": "Объёмы", "clauses": [{"text": "Объёмы:", "table": table}]}
    return {"title": "Договор", "sections": [section]}


def test_a_table_is_the_same_in_both_files() -> None:
    files = drawn(with_table([["Лаборатории, {{часы}}", "24"], ["Экскурсии", "3"]]))
    assert_same_text(files)
    assert files.text
    assert "Экскурсии\t3" in files.text


def test_a_row_that_does_not_fit_its_header_is_refused() -> None:
    assert refusal(with_table([["Лаборатории"]])) == ("uneven_table", {"where": "1.1"})


def test_an_unknown_key_is_refused() -> None:
    assert refusal({"title": "Договор", "titel": ""}) == (
        "unknown_key",
        {"part": "Paper", "key": "titel"},
    )


def test_the_preamble_names_each_party_in_its_case_and_gender() -> None:
    text = text_of(agreement())
    assert (
        "Санкт-Петербургское ГБПОУ «Колледж» в лице директора Соколова Андрея Викторовича, "
        "действующего на основании Устава, именуемое в дальнейшем «Координатор»,\n"
        "Методический центр района в лице директора Орловой Марии Сергеевны, действующей "
        "на основании Устава, именуемый в дальнейшем «Методический оператор»,\n"
    ) in text
    assert "в лице директора Ким Ен Ука, действующего" in text
    assert "в лице и.о. заведующего Мамедова Рашида оглы, действующего" in text
    assert "О Сергея Ивановича, действующего на основании Устава, именуемые в дальнейшем" in text


def test_forms_put_right_by_a_person_win() -> None:
    paper = simple()
    paper["preamble"] = ["{parties_preamble}"]
    paper["parties"] = [
        party("base", "ГК «Мир»", "директор", "Ким Мария")
        | {
            "gender": "feminine",
            "forms": {
                "post_genitive": "директорки",
                "person_genitive": "Кимы Марии",
                "basis_genitive": "устава",
                "acting": "действовавшей",
                "signature": "Ким Мария",
                "post": "Директорка",
                "called": "",
            },
        }
    ]
    text = text_of(paper)
    assert (
        "ГК «Мир» в лице директорки Кимы Марии, действовавшей на основании устава, "
        "именуемая в дальнейшем «Координатор»,"
    ) in text
    assert "Директорка\n________________ Ким Мария\n" in text


def test_an_own_preamble_wins_over_the_built_one() -> None:
    paper = agreement(parties_preamble=["Все мы,"])
    assert "\nВсе мы,\nсовместно именуемые" in text_of(paper)


def test_signature_blocks_hold_requisites_post_and_initials() -> None:
    paper = simple()
    paper["parties"] = [party(*MEMBERS[4])]
    block = "Участник\nГБОУ СОШ № 902 (пример)\nИНН 0010007005\nг. Санкт-Петербург, ул. Примерная"
    text = text_of(paper)
    assert block in text
    assert "Директор\n________________ П. И. Салтыков-Щедрин\n" in text


def test_the_same_paper_gives_the_same_bytes() -> None:
    first, second = drawn(agreement()), drawn(agreement())
    assert first == second
    assert first.pdf
    assert first.docx
    script = """
import hashlib, json, sys
from zveno.engines import papers
files = papers.draw(papers.read_paper(json.load(sys.stdin)))
print(hashlib.sha256(files.pdf).hexdigest(), hashlib.sha256(files.docx).hexdigest())
"""
    child = subprocess.run(
        [sys.executable, "-c", script],
        input=json.dumps(agreement()),
        capture_output=True,
        check=True,
        text=True,
    )
    assert child.stdout.split() == [
        hashlib.sha256(first.pdf).hexdigest(),
        hashlib.sha256(first.docx).hexdigest(),
    ]


def test_the_pdf_is_tagged_russian_and_named() -> None:
    data = drawn(agreement()).pdf
    assert data
    reader = pypdf.PdfReader(io.BytesIO(data))
    catalogue = reader.root_object
    assert catalogue.raw_get("/Lang") == "ru-RU"
    assert "/StructTreeRoot" in catalogue
    assert b"/Marked true" in data
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    assert reader.metadata
    assert str(reader.metadata.title).startswith("Соглашение о сетевом взаимодействии")


def test_the_docx_has_real_styles_and_counts_its_pages() -> None:
    data = drawn(agreement()).docx
    assert data
    document = docx.Document(io.BytesIO(data))
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style]
    assert styles[:2] == ["Title", "Subtitle"]
    assert styles.count("Heading 1") == 10
    footer = document.sections[0].footer._element.xml
    assert 'w:instr="PAGE"' in footer
    assert 'w:instr="NUMPAGES"' in footer
    assert document.core_properties.language == "ru-RU"


def test_blocks_for_a_page_to_show() -> None:
    answer = papers.solve({"draw": simple("Слово."), "formats": ["blocks"]})
    assert json.loads(json.dumps(answer)) == {
        "version": papers.VERSION,
        "blocks": [
            {"kind": "title", "texts": ["Договор"], "rows": [], "widths": []},
            {"kind": "heading", "texts": ["1. Предмет"], "rows": [], "widths": []},
            {"kind": "clause", "texts": ["1.1. Слово."], "rows": [], "widths": []},
        ],
    }


@pytest.mark.slow
def test_the_child_process_draws_and_refuses() -> None:
    def child(paper: dict[str, Any]) -> dict[str, Any]:
        ran = subprocess.run(
            [sys.executable, "-m", "zveno.engines", "papers", "2048"],
            input=json.dumps({"draw": paper, "formats": ["pdf"]}),
            capture_output=True,
            check=True,
            text=True,
        )
        answer: dict[str, Any] = json.loads(ran.stdout)
        return answer

    assert base64.b64decode(child(simple("Слово."))["pdf"]).startswith(b"%PDF-")
    assert child(simple("{city}"))["refused"]["code"] == "missing_field"


TEXTS = st.text(
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя АБВЁЙ0123456789abcXYZ#$*_`@<>{}[]()\\/=+-~^&%'\"«»№—–.,:;!?",
    max_size=120,
)


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(clauses=st.lists(TEXTS, min_size=1, max_size=6), title=TEXTS)
def test_whatever_the_words_both_files_say_the_same(clauses: list[str], title: str) -> None:
    values = {f"text_{place}": text for place, text in enumerate(clauses)}
    paper = simple(*(f"{{{name}}}" for name in values), subtitle=title, **values)
    assert_same_text(drawn(paper | {"subtitle": "{subtitle}"}))
