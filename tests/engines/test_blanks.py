"""Paper forms: a page each whatever their texts, and back from a photograph to the code."""

import base64
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from tests.photos import bomb, pages_of, photo, scan
from zveno.engines import Refusal
from zveno.engines.blanks import draw, read, read_form, solve

TEXT = "Какие данные: фамилия, имя, отчество, класс или группа, образовательная организация. "


def form(**changes: Any) -> dict[str, Any]:
    """Make a form of somebody invented."""
    fields: dict[str, Any] = {
        "title": "Согласие на участие",
        "about": "Иванова Арина, 6 «Б», школа № 5 (пример)",
        "code": "ZVENO1:8E62304723CF41F4A52D1B3C8ADD8A1A",
        "short": "8E62-3047",
        "text": [TEXT * 3] * 6,
        "blanks": ["Адрес"],
        "answers": ["Согласие даю", "Согласия не даю"],
        "signatures": ["Родитель или иной законный представитель", "Ребёнок"],
        "footer": "Редакция 2026-11",
    }
    return fields | changes


def pdf_of(*forms: dict[str, Any]) -> bytes:
    return draw([read_form(each) for each in forms])


@settings(max_examples=8, deadline=None)
@given(st.integers(1, 9), st.integers(1, 12), st.integers(1, 60))
def test_a_form_is_one_page_whatever_its_texts(long: int, many: int, named: int) -> None:
    pdf = pdf_of(form(text=[TEXT * long] * many, about="Школа " * named), form())

    pages = PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == 2
    assert "Согласия не даю" in pages[0].extract_text()


def test_it_is_tagged_has_its_letters_and_stays_the_same() -> None:
    pdf = pdf_of(form())

    root: Any = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert b"FontFile" in pdf
    assert pdf == pdf_of(form())


@pytest.mark.parametrize("turned", [0, 3, 97, 180, 265])
def test_a_photograph_says_the_code_and_stands_upright(turned: float) -> None:
    taken = photo(pages_of(pdf_of(form()))[0], turned=turned)

    page = read(taken)[0]

    assert page.codes == (form()["code"],)
    with Image.open(io.BytesIO(page.image)) as kept:
        assert kept.height > kept.width
        assert max(kept.size) <= 2000
        assert not kept.getexif()
    assert b"Natalia" in taken
    assert b"Natalia" not in page.image


def test_a_copier_makes_many_pages_of_one_file() -> None:
    codes = [f"ZVENO1:{number:032X}" for number in (1, 2)]
    drawn = pages_of(pdf_of(*(form(code=code) for code in codes)))
    blank = Image.new("RGB", drawn[0].size, "white")

    pages = read(scan([drawn[0], blank, drawn[1].rotate(180)]))

    assert [page.codes for page in pages] == [(codes[0],), (), (codes[1],)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "unreadable"),
        (b"GIF89a", "unreadable"),
        (b"\x89PNG\r\n\x1a\nnothing more", "unreadable"),
        (b"\xff\xd8\xff" + bytes(100), "unreadable"),
        (b"%PDF-1.7 nothing more", "unreadable"),
        (bomb(), "too_large"),
    ],
    ids=["empty", "gif", "png", "jpeg", "pdf", "bomb"],
)
def test_what_is_no_scan_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(data)
    assert refused.value.code == code


def test_a_book_is_refused() -> None:
    tiny = Image.new("L", (9, 9), "white")
    with pytest.raises(Refusal) as refused:
        read(scan([tiny] * 101))
    assert refused.value.code == "too_many_pages"


def test_in_plain_data() -> None:
    pdf = solve({"draw": [form()]})["pdf"]

    pages = solve({"read": pdf})["pages"]

    assert list(pages[0]["codes"]) == [form()["code"]]
    assert base64.b64decode(pages[0]["image"]).startswith(b"\xff\xd8\xff")
    with pytest.raises(Refusal):
        solve({"draw": [form(more="")]})
    with pytest.raises(Refusal):
        solve({"draw": []})
