"""The guide for users cannot lie: its links, pictures and the texts it quotes from the screen."""

import re
from functools import cache
from pathlib import Path

import polib
import pytest

from tests.live import ROOT

GUIDE, PICTURES = ROOT / "docs" / "guide", ROOT / "docs" / "pictures"
PAGES = sorted(path.name for path in (GUIDE / "ru").glob("*.md"))
TEXTS = sorted({*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")})
ENOUGH = 3 * 1024 * 1024
QUOTED = {
    "ru": re.compile(r"«((?:[^«»]|«[^«»]*»)+)»"),
    "en": re.compile("“([^“”]+)”"),
}
HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|srcset|href)=\"([^\"]+)\"")
PLACE = re.compile(r"%\(\w+\)s")


def page(language: str, name: str) -> str:
    return (GUIDE / language / name).read_text(encoding="utf-8")


@cache
def said() -> dict[str, list[tuple[re.Pattern[str], str]]]:
    """Return what the interface says in each language, as patterns, with the message it is."""
    found: dict[str, list[tuple[re.Pattern[str], str]]] = {"ru": [], "en": []}
    for file in (ROOT / "src/zveno").glob("*/locale/ru/LC_MESSAGES/django.po"):
        for entry in polib.pofile(str(file)):
            russian = [entry.msgstr, *entry.msgstr_plural.values()]
            english = [entry.msgid, entry.msgid_plural]
            found["ru"] += [(_pattern(words), entry.msgid) for words in russian if _speaks(words)]
            found["en"] += [(_pattern(words), entry.msgid) for words in english if _speaks(words)]
    return found


def _speaks(words: str) -> bool:
    """Whether anything is said besides of what is filled in."""
    return bool(re.search(r"\w", PLACE.sub("", words)))


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile("[^ ]+".join(re.escape(part) for part in PLACE.split(words)))


def labels(language: str, quoted: str) -> set[str]:
    """Return the messages of the interface that a quotation may be."""
    return {label for pattern, label in said()[language] if pattern.fullmatch(quoted)}


def quotations(language: str, name: str) -> list[str]:
    return [" ".join(each.split()) for each in QUOTED[language].findall(page(language, name))]


def anchors(text: str) -> set[str]:
    """Return the names under which headings are found."""
    titles = [title.lower() for _marks, title in HEADING.findall(text)]
    return {re.sub(r"[^\w\- ]", "", title).replace(" ", "-") for title in titles}


def links(path: Path) -> list[str]:
    found = LINK.findall(path.read_text(encoding="utf-8"))
    return [first or second for first, second in found]


def test_both_languages_have_the_same_pages() -> None:
    assert sorted(path.name for path in (GUIDE / "en").glob("*.md")) == PAGES


@pytest.mark.parametrize("name", PAGES)
def test_page_has_the_same_headings_links_and_pictures_in_both_languages(name: str) -> None:
    bones = []
    for language in ("ru", "en"):
        led = [link.partition("#")[0] for link in links(GUIDE / language / name)]
        levels = [len(marks) for marks, _title in HEADING.findall(page(language, name))]
        bones.append((levels, [link.replace(f"/{language}/", "/") for link in led]))

    assert bones[0] == bones[1]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_is_quoted_stands_on_the_screen(language: str, name: str) -> None:
    assert [each for each in quotations(language, name) if not labels(language, each)] == []


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_quote_the_same(name: str) -> None:
    pairs = zip(quotations("ru", name), quotations("en", name), strict=True)

    assert [pair for pair in pairs if not labels("ru", pair[0]) & labels("en", pair[1])] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    lost = []
    for link in links(path):
        where, _, anchor = link.partition("#")
        target = (path.parent / where).resolve() if where else path
        if "://" in link or link.startswith("mailto:"):
            continue
        if not target.exists() or (anchor and anchor not in anchors(target.read_text("utf-8"))):
            lost.append(link)

    assert lost == []


def test_every_picture_is_shown_and_there_in_both_languages() -> None:
    shown = {
        (path.parent / link).resolve()
        for path in TEXTS
        for link in links(path)
        if "pictures/" in link
    }
    names: dict[str, set[str]] = {language: set() for language in ("ru", "en")}
    for picture in shown:
        names[picture.parent.name].add(picture.name)

    assert shown == {path for path in PICTURES.rglob("*") if path.is_file()}
    assert names["ru"] == names["en"]


def test_pictures_are_small() -> None:
    assert sum(path.stat().st_size for path in PICTURES.rglob("*") if path.is_file()) <= ENOUGH


def test_quotations_of_what_is_not_there_would_be_noticed() -> None:
    assert labels("ru", "Принять 9 организаций")
    assert not labels("ru", "Принять девять организаций сразу")
    assert not labels("en", "Press here")
