"""The posters engine: one page whatever the words, and a code that leads to the event."""

import base64
import io
from typing import Any

import pypdf
import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from zveno.engines import Refusal, posters

POSTER = {
    "kind": "Профессиональная проба",
    "title": "Робот-следопыт",
    "lede": "Собираем, программируем и уносим домой схему.",
    "facts": [["День", "28 ноября 2026 г., суббота"], ["Где", "Лаборатория мехатроники"]],
    "host": "Колледж автоматизации производства",
    "cluster": "Кластер «Робототехника»",
    "call": "Наведите камеру",
    "address": "https://zveno.example/p/e/0198b2c4-1111-7000-8000-000000000001/",
}
WORDS = ("title", "lede", "host", "cluster", "call", "kind")


def pdf(poster: dict[str, Any]) -> bytes:
    return base64.b64decode(posters.solve({"poster": poster})["pdf"])


def pages(data: bytes) -> list[str]:
    reader = pypdf.PdfReader(io.BytesIO(data))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_the_page_holds_all_words() -> None:
    (page,) = pages(pdf(POSTER))

    assert all(str(POSTER[name]) in page for name in WORDS)
    assert "28 ноября 2026 г., суббота" in page


def test_the_code_leads_to_the_event() -> None:
    image = pypdfium2.PdfDocument(pdf(POSTER))[0].render(scale=2).to_pil()

    (code,) = zxingcpp.read_barcodes(image)

    assert code.text == POSTER["address"]


@pytest.mark.parametrize("words", ["Ж" * 400, "слово " * 66])
@pytest.mark.parametrize("name", WORDS)
def test_the_longest_words_stay_on_one_page(name: str, words: str) -> None:
    assert len(pages(pdf(POSTER | {name: words}))) == 1


def test_long_words_and_the_code_do_not_stand_on_each_other() -> None:
    words = "Ж" * 200
    long = POSTER | dict.fromkeys(("title", "lede", "host", "cluster"), words)
    page = pypdfium2.PdfDocument(pdf(long | {"facts": [["Где", words]] * 4}))[0]

    (code,) = zxingcpp.read_barcodes(page.render(scale=2).to_pil())

    assert code.text == POSTER["address"]


def test_markup_comes_out_as_it_went_in() -> None:
    nasty = "#x $y$ *z* {{7*7}} <b> `к` @л // [м]"

    assert nasty in pages(pdf(POSTER | {"lede": nasty}))[0]


@pytest.mark.parametrize(
    ("poster", "code"),
    [
        (POSTER | {"colour": "red"}, "wrong_keys"),
        ({key: POSTER[key] for key in POSTER if key != "host"}, "wrong_keys"),
        (POSTER | {"title": " \u00a0"}, "no_title"),
        (POSTER | {"title": "a\x00b"}, "bad_character"),
        (POSTER | {"title": "Робот \U0001f916"}, "unprintable"),
    ],
)
def test_what_cannot_be_drawn_is_refused(poster: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        posters.solve({"poster": poster})

    assert refused.value.code == code


@settings(max_examples=10)
@given(st.dictionaries(st.sampled_from(WORDS), st.text("абв <#$*_\\/№«»", max_size=200)))
def test_any_words_make_one_page_the_same_every_time(words: dict[str, str]) -> None:
    poster = POSTER | words | {"title": "Робот " + words.get("title", "")}
    first = pdf(poster)

    assert len(pages(first)) == 1
    assert pdf(poster) == first
