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
from zveno.events.models import CertificateDesign

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


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("accent", certificates.ACCENTS)
def test_colours_are_readable(accent: str) -> None:
    line, soft = certificates.ACCENTS[accent]
    assert contrast(line, "#ffffff") >= 5.5
    assert contrast(line, soft) >= 4.5
    assert contrast("#3d4d49", soft) >= 7


def test_organisations_choose_among_what_is_drawn() -> None:
    assert set(CertificateDesign.Look.values) == set(certificates.DESIGNS)
    assert set(CertificateDesign.Accent.values) == set(certificates.ACCENTS)


LOOKS = [(design, way) for design in certificates.DESIGNS for way in ("", "1")]


@pytest.mark.parametrize(("design", "portrait"), LOOKS)
def test_every_design_says_all_words_on_one_page(design: str, portrait: str) -> None:
    look = {"design": design, "portrait": portrait, "award": "1-е место", "words": "За победу"}
    (page,) = pages(pdf(SHEET | look))
    flat = page.replace(" ", "").lower()
    said = SHEET | look
    kept = [text for key, text in said.items() if key not in {"design", "portrait", "address"}]
    assert [text for text in kept if text.replace(" ", "").lower() not in flat] == []


@pytest.mark.parametrize(("design", "portrait"), LOOKS)
def test_every_design_is_tagged_and_brings_its_fonts(design: str, portrait: str) -> None:
    data = pdf(SHEET | {"design": design, "portrait": portrait})
    reader = pypdf.PdfReader(io.BytesIO(data))
    marked: Any = reader.root_object["/MarkInfo"]
    assert marked["/Marked"]
    kinds = tags(reader.root_object["/StructTreeRoot"])
    assert {"/H1", "/P", "/Figure"} <= kinds
    assert fonts(reader)
    assert all(fonts(reader))
    width, height = reader.pages[0].mediabox[2:]
    assert (height > width) == bool(portrait)


def tags(node: Any) -> set[str]:
    """Name the kinds of elements under one of the tree."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if not isinstance(node, dict):
        return set()
    inside = node.get("/K", [])
    inside = inside if isinstance(inside, list) else [inside]
    own = {str(node["/S"])} if "/S" in node else set()
    return own.union(*(tags(one) for one in inside))


def fonts(reader: pypdf.PdfReader) -> list[bool]:
    """Say of each font of the first page whether its letters are in the file."""
    named: Any = reader.pages[0]["/Resources"]
    found = []
    for font in named["/Font"].values():
        below = font.get_object()["/DescendantFonts"][0].get_object()
        told = below["/FontDescriptor"].get_object()
        found.append(bool({"/FontFile", "/FontFile2", "/FontFile3"} & set(told)))
    return found


@pytest.mark.parametrize("wrong", [{"design": "gold"}, {"accent": "red"}])
def test_looks_that_are_not_drawn_are_refused(wrong: dict[str, str]) -> None:
    assert refusal(SHEET | wrong)[0] == "no_such_design"


def test_picture_has_no_text_no_style_and_no_code() -> None:
    drawn = certificates.solve({"sheets": [SHEET], "picture": True})["svg"]
    assert drawn.startswith("<svg ")
    assert not [
        word for word in ("<text", "style", "<image", "<script", 'href="http') if word in drawn
    ]


def test_sheets_apart_are_files_in_their_order() -> None:
    drawn = certificates.solve({"sheets": [SHEET, SHEET | {"name": "Белов"}], "apart": True})
    found = [pages(base64.b64decode(one))[0] for one in drawn["pdfs"]]
    assert ["Белов" in page for page in found] == [False, True]
