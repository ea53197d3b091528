"""What forms and tables let through can be printed: no name waits for its paper for ever."""

import re
import unicodedata

import pytest

from tests.engines.tables_kit import children
from zveno.engines import Refusal, certificates
from zveno.engines.papers.model import Block, Kind
from zveno.engines.papers.pdf import draw_pdf
from zveno.engines.tables import paper
from zveno.ui import inputs

SHEET = dict.fromkeys(
    ["heading", "name", "event", "issuer", "signatory", "signatory_post", "number", "issued"], "а"
)
NO_FONT = "\u072f " + " ".join(map(chr, range(0x738, 0x74B))) + " \u0758"


def printed(words: str) -> None:
    """Print words in both kinds of document, or say what is in the way."""
    certificates.solve({"sheets": [SHEET | {"event": words, "address": "https://zveno.example/"}]})
    draw_pdf([Block(Kind.PARAGRAPH, (words,))], "Бумага", "")


def test_forms_and_tables_let_the_same_through() -> None:
    assert paper.PRINTED == inputs.PRINTED


def test_all_of_it_has_a_letter_in_our_fonts() -> None:
    let_through = re.compile(f"[{paper.PRINTED}]")
    signs = [chr(code) for code in range(0x21, 0x10000) if let_through.match(chr(code))]

    printed(" ".join(sign for sign in signs if unicodedata.category(sign) != "Cf"))


@pytest.mark.parametrize("words", ["漢", "😀", NO_FONT])
def test_what_breaks_the_press_is_refused(words: str) -> None:
    with pytest.raises(Refusal):
        printed(words)


@pytest.mark.parametrize("name", ["王 Анна", "ივანოვი ანა"])
def test_a_child_with_such_a_name_is_held_whoever_insists(name: str) -> None:
    insisted = {"1": ["row", "family_name", "given_name"]}

    (row,) = children(f"ФИО\tКласс\n{name}\t6А", insist=insisted)["rows"]

    assert row["verdict"] == "hold"
    assert "control_characters" in {problem["code"] for problem in row["problems"]}
