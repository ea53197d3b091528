"""The certificates engine: a page a person, whatever the words, and a code that leads home."""

import base64
import io
import json
import re
import subprocess
import sys
from typing import Any

import pypdf
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from zveno.engines import Refusal, certificates
from zveno.engines.certificates.qr import qr_svg

SHEET = {
    "heading": "Сертификат участника",
    "name": "Абрамова Дарья Андреевна",
    "school_class": "ГБОУ школа № 900 (пример), 7 «А»",
    "event": "День лабораторий",
    "details": "Профессиональная проба, 14 ноября 2026 г., 3 часа",
    "cluster": "Робототехника и инженерное дело",
    "territory": "Петроградский район",
    "issuer": "Санкт-Петербургское ГБПОУ «Колледж автоматизации производства»",
    "signatory": "Соколов Андрей Викторович",
    "signatory_post": "Директор",
    "number": "12",
    "issued": "Выдан 23 ноября 2026 г.",
    "code": "7KQ2P-9XM4T",
    "address": "https://zveno.example/v/7KQ2P9XM4T/",
}


LEFT_OUT = {"code", "cluster", "territory", "school_class", "details"}


def pdf(*sheets: dict[str, str]) -> bytes:
    return base64.b64decode(certificates.solve({"sheets": sheets})["pdf"])


def pages(data: bytes) -> list[str]:
    """Return the words of every page."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def refusal(*sheets: dict[str, Any]) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refusal) as refused:
        certificates.solve({"sheets": sheets})
    return refused.value.code, refused.value.facts


def test_a_page_holds_all_words_of_its_sheet() -> None:
    (page,) = pages(pdf(SHEET))
    words = SHEET | {"heading": "СЕРТИФИКАТ УЧАСТНИКА", "address": "zveno.example/v/7KQ2P9XM4T/"}
    assert all(text in page for text in words.values())


def test_pages_come_in_the_order_of_the_sheets() -> None:
    people = ["Белов Артём", "Абрамова Дарья", "Ёлкина Яна"]
    found = pages(pdf(*(SHEET | {"name": name} for name in people)))
    assert [name in page for name, page in zip(people, found, strict=True)] == [True] * 3


def test_what_is_left_out_leaves_no_trace() -> None:
    bare = {key: SHEET[key] for key in SHEET if key not in LEFT_OUT}
    (page,) = pages(pdf(bare))
    assert "Код проверки" not in page
    assert "Кластер" not in page


def test_a_mark_stands_beside_the_heading() -> None:
    assert "СЕРТИФИКАТ УЧАСТНИКА (пример) Абрамова" in pages(pdf(SHEET | {"mark": "(пример)"}))[0]


def test_markup_comes_out_as_it_went_in() -> None:
    nasty = "#x $y$ *z* {{7*7}} <b> `к` @л \\ // [м]"
    assert pages(pdf(SHEET | {"words": nasty}))[0].count(nasty) == 1


@pytest.mark.parametrize("key", ["name", "event", "words", "school_class", "issuer", "details"])
def test_the_longest_words_stay_on_one_page(key: str) -> None:
    assert len(pages(pdf(SHEET | {key: "Ж" * 300}))) == 1
    assert len(pages(pdf(SHEET | {key: "слово " * 60}))) == 1


def test_no_sheets_are_refused() -> None:
    assert refusal() == ("no_sheets", {})


def test_wrong_keys_are_refused() -> None:
    wrong = {key: SHEET[key] for key in SHEET if key != "name"} | {"nmae": "Белов"}
    assert refusal(wrong) == ("wrong_keys", {"keys": ["name", "nmae"]})


def test_a_character_no_file_can_hold_is_refused() -> None:
    assert refusal(SHEET | {"name": "Белов\x00"}) == (
        "bad_character",
        {"where": "name", "character": "U+0000"},
    )


def test_a_letter_no_font_has_is_refused() -> None:
    assert refusal(SHEET | {"name": "漢"})[0] == "unprintable"


def test_letters_of_the_peoples_of_russia_are_printed() -> None:
    assert "Әминә Һҙҡғ Җүң Ӏ" in pages(pdf(SHEET | {"name": "Әминә Һҙҡғ Җүң Ӏ"}))[0]


def test_the_same_sheets_give_the_same_bytes() -> None:
    assert pdf(SHEET, SHEET) == pdf(SHEET, SHEET)


def test_the_file_is_tagged_russian_and_named() -> None:
    data = pdf(SHEET)
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert reader.root_object.raw_get("/Lang") == "ru-RU"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    assert reader.metadata
    assert reader.metadata.title == "Сертификат участника: День лабораторий"


@given(address=st.from_regex(r"https://[a-z]{1,20}\.example/v/[A-Z0-9]{1,40}/", fullmatch=True))
@settings(deadline=None)
def test_the_drawn_code_is_that_of_the_address(address: str) -> None:
    drawn = set()
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1", qr_svg(address)):
        drawn |= {(int(x) + step, int(y)) for step in range(int(width))}
    code = segno.make_qr(address, error="m", boost_error=False, mask=3)
    dark = {(x, y) for y, row in enumerate(code.matrix) for x, bit in enumerate(row) if bit}
    assert drawn == dark


@pytest.mark.slow
def test_the_child_process_draws() -> None:
    child = subprocess.run(
        [sys.executable, "-m", "zveno.engines", "certificates", "2048"],
        input=json.dumps({"sheets": [SHEET]}),
        capture_output=True,
        check=True,
        text=True,
    )
    assert base64.b64decode(json.loads(child.stdout)["pdf"]).startswith(b"%PDF-")
