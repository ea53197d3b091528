"""The regions and districts of Russia that Zveno is shipped with."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

NOUNS = {"район": "района", "округ": "округа", "город": "города"}
ADJECTIVE = re.compile("(?<=[бвгджзклмнпрстфхцчшщ])(?:ий|ый|ой)$")
DATA = Path(__file__).parents[1] / "data"


class Region(NamedTuple):
    """A subject of the Federation: its name, and «Ленинградской области»."""

    name: str
    genitive: str


class District(NamedTuple):
    """A district that lies in a region: its name, and «Петроградского района»."""

    region: str
    name: str
    genitive: str


def regions() -> list[Region]:
    """Return the regions in the order of the Constitution."""
    return [Region(*parts) for parts in _lines("regions.txt")]


def districts() -> list[District]:
    """Return the districts that are shipped."""
    return [District(*parts) for parts in _lines("districts.txt")]


def in_genitive(name: str) -> str:
    """Put the name of a district into the genitive; words it does not know stay as they are.

    «Невский муниципальный район» becomes «Невского муниципального района», «город Пушкин»
    becomes «города Пушкин», as papers write it.
    """
    words = name.split()
    at = next((place for place, word in enumerate(words) if word in NOUNS), None)
    if at is None:
        return name
    before = [ADJECTIVE.sub("ого", word) for word in words[:at]]
    return " ".join([*before, NOUNS[words[at]], *words[at + 1 :]])


def _lines(name: str) -> Iterator[list[str]]:
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split(" | ")
