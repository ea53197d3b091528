"""Lists of codes: whole, versioned, in both languages."""

from pathlib import Path

import pytest
from django.utils import translation

from zveno.codes import models
from zveno.codes.models import code_list, retention, sectors


def test_sectors_have_a_version_a_source_and_a_name_in_both_languages() -> None:
    listed = sectors()

    assert listed.version == "2026-11"
    assert listed.source
    assert len(set(listed.codes)) == len(listed.codes) > 20
    assert all(names["ru"] and names["en"] for names in listed.names.values())


@pytest.mark.parametrize(("language", "name"), [("ru", "Машиностроение"), ("en", "Machinery")])
def test_a_name_is_in_the_language_of_the_reader(language: str, name: str) -> None:
    with translation.override(language):
        assert sectors().name("machinery") == name
        assert ("machinery", name) in sectors().choices()


def test_what_a_later_version_leaves_out_keeps_its_name_and_is_not_offered(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "colours"
    folder.mkdir()
    (folder / "2025-01.txt").write_text("# source: a\nred | Красный | Red\nblue | Синий | Blue\n")
    (folder / "2026-01.txt").write_text("# source: b\nred | Алый | Scarlet\n")
    monkeypatch.setattr(models, "DATA", tmp_path)

    colours = code_list("colours")

    assert (colours.version, colours.source, colours.codes) == ("2026-01", "b", ("red",))
    with translation.override("ru"):
        assert [colours.name(code) for code in ("red", "blue", "x")] == ["Алый", "Синий", "x"]
    assert "blue" not in colours


def test_each_term_of_keeping_says_what_how_long_from_when_and_why() -> None:
    terms = retention()

    assert (terms.version, bool(terms.source)) == ("2026-11", True)
    assert all(term.days > 0 and term.source for term in terms.by_code.values())
    with translation.override("ru"):
        russian = [(term.name, term.begins) for term in terms.by_code.values()]
    with translation.override("en"):
        english = [(term.name, term.begins) for term in terms.by_code.values()]
    assert not [words for pair in russian for words in pair if words.isascii()]
    assert all(words.isascii() for pair in english for words in pair)
