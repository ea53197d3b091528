"""What the columns of a list of children hold: as understood, or as a person says."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

FIELDS = {
    "": _("Ignore"),
    "number": _("Number"),
    "full_name": _("Full name"),
    "family_name": _("Family name"),
    "given_name": _("Given name"),
    "patronymic": _("Patronymic"),
    "class": _("Class"),
    "letter": _("Class letter"),
    "birth_date": _("Date of birth, used to tell namesakes apart and not kept"),
}
_CHOICE = re.compile(r"column-([0-9]{1,3})")
_SAMPLES = 3
_SHORT = 40


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the page shows it; ``said`` if a person chose what it holds."""

    index: int
    header: str
    field: str
    sure: bool
    said: bool
    samples: str

    @property
    def title(self) -> str:
        """Its heading, or its number where it has none."""
        return self.header or gettext("Column %(number)s") % {"number": self.index + 1}

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """What it may hold: value, words, whether that is chosen."""
        return [(name, str(words), name == self.field) for name, words in FIELDS.items()]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person says of columns in a form that was sent.

    ``column-0`` is what a column holds, ``was-0`` what the page showed, ``said-0`` stands where
    that was a person's word already. ``headed`` says that the first line holds the headings.
    """

    posted: Mapping[str, str]

    @property
    def headed(self) -> bool:
        """Whether a person says that the first line holds the headings."""
        return "headed" in self.posted

    @property
    def mapping(self) -> dict[str, str | None]:
        """Return column to field, for columns of which a person ever said anything."""
        said = self._said()
        chosen = {n: value for n, value in said.items() if self._is_chosen(n, value)}
        return {number: value or None for number, value in chosen.items()}

    @property
    def is_new(self) -> bool:
        """Whether a person has just chosen otherwise than the page showed."""
        shown = "was-headed" in self.posted
        turned = shown and self.headed != bool(self.posted["was-headed"])
        return turned or any(self._is_new(number, value) for number, value in self._said().items())

    def meanings(self, columns: Iterable[Column]) -> dict[str, str | None]:
        """Return heading to field, where a person has just said it."""
        if not self.is_new:
            return {}
        return {one.header: one.field or None for one in columns if one.header and one.said}

    def _said(self) -> dict[str, str]:
        found = ((_CHOICE.fullmatch(name), value) for name, value in self.posted.items())
        return {match[1]: value for match, value in found if match and value in FIELDS}

    def _is_chosen(self, number: str, value: str) -> bool:
        return self.headed or f"said-{number}" in self.posted or self._is_new(number, value)

    def _is_new(self, number: str, value: str) -> bool:
        return value != self.posted.get(f"was-{number}", value)


def columns_of(answer: Mapping[str, Any], said: Mapping[str, Any]) -> list[Column]:
    """Return the columns of a table; those of several sheets stand for each other."""
    columns = {one["index"]: one for one in reversed(answer["columns"])}
    return [
        Column(
            index,
            columns[index]["header"],
            columns[index]["field"] or "",
            columns[index]["sure"],
            str(index) in said,
            _samples(answer["rows"], index),
        )
        for index in sorted(columns)
    ]


def _samples(rows: Iterable[Mapping[str, Any]], index: int) -> str:
    cells = (row["raw"][index] for row in rows if index < len(row["raw"]))
    return "; ".join([cell[:_SHORT] for cell in cells if cell and cell.strip()][:_SAMPLES])
