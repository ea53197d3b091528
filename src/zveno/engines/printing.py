"""What every engine that prints shares: clean words, no-break spaces, and typst."""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import typst

from zveno.engines import Refusal

_DROPPED = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_SPACES = re.compile("[\t\n\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
_BOUND = re.compile(
    r"(?<=№) "
    r"| (?=[–—])"
    r"|(?<=\b[А-ЯЁA-Z]\.) (?=[А-ЯЁA-Z])"
    r"|(?<=\bг\.) (?=[А-ЯЁ])|(?<=\bул\.) |(?<=\bд\.) (?=\d)|(?<=\bп\.) (?=\d)|(?<=\bст\.) (?=\d)"
    r"|(?<=\d) (?=«.»)"
    r"|(?<=\d) (?=г\.|год|лет|мес|дн|час|чел|руб|обуч|кален|рабоч)"
    r"|(?<=\d) (?=янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)"
)
_LONG_WORD = re.compile(r"[^\s\-–—/]{30,}")
_PIECE = 15
_UNPRINTABLE = re.compile(r'the text `"(.*)"` could not be displayed')


def clean(text: str, where: str) -> str:
    """Compose letters and fold spaces; refuses (``bad_character``) what no paper can hold."""
    composed = unicodedata.normalize("NFC", _DROPPED.sub("", text))
    folded = _SPACES.sub(" ", composed).strip(" ")
    for letter in folded:
        if unicodedata.category(letter) in _REFUSED_CATEGORIES:
            raise Refusal("bad_character", where=where, character=f"U+{ord(letter):04X}")
    return folded


def bind(text: str) -> str:
    """Keep together on a line what a printer keeps together: «№ 5», «А. В. Соколов», « –»."""
    return _BOUND.sub("\u00a0", text)


def breakable(text: str) -> str:
    """Let a word longer than any Russian one break between lines instead of leaving the page."""

    def pieces(match: re.Match[str]) -> str:
        word = match.group()
        return "\u200b".join(word[i : i + _PIECE] for i in range(0, len(word), _PIECE))

    return _LONG_WORD.sub(pieces, text)


def print_pdf(template: Path, data: Any, *, fonts: Path | None = None) -> bytes:
    """Draw ``template`` with ``data`` as a tagged PDF (PDF/UA-1); the same data, the same bytes.

    Texts travel as JSON and never become typst markup; fonts are typst's own and those in the
    folder ``fonts``. Refuses (``unprintable``) a letter that none of them has,
    and letters that typst itself breaks at.
    """
    return _printed(template, data, fonts, pdf_standards=["ua-1"])


def print_svg(template: Path, data: Any, *, fonts: Path | None = None) -> str:
    """Draw the first page of ``template`` with ``data`` as SVG, its letters as curves."""
    return _printed(template, data, fonts, format="svg").decode()


def _printed(template: Path, data: Any, fonts: Path | None, **how: Any) -> bytes:
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        drawn = _compiler(template.parent, fonts).compile(template, sys_inputs=inputs, **how)
    except typst.TypstError as error:
        unprintable = _UNPRINTABLE.search(error.message)
        if unprintable is None:
            raise
        raise Refusal("unprintable", characters=unprintable[1]) from error
    except BaseException as panic:
        # A panic of Rust is no Exception, and its class has no address to import it from.
        if type(panic).__name__ != "PanicException":
            raise
        raise Refusal("unprintable", characters="") from panic
    return bytes(drawn)


@cache
def _compiler(folder: Path, fonts: Path | None) -> Any:
    paths = [fonts] if fonts else []
    return typst.Compiler(root=folder, font_paths=paths, ignore_system_fonts=True)
