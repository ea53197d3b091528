"""What a consent or a disclosure is for, and the text somebody agrees to."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.db import models
from django.utils.translation import gettext_lazy as _

from zveno.network.models import academic_year, days_of

_DATA = Path(__file__).parents[1] / "data"
_SHORT = 92
"""A consent given so few days before the end of an academic year is for the next one."""


class Purpose(models.TextChoices):
    """What a consent or a disclosure is for: one document for each."""

    PARTICIPATION = "participation", _("taking part in events")
    PUBLICATION = "publication", _("publication of photographs")
    TRIP = "trip", _("trips with a group")


@dataclass(frozen=True, slots=True)
class Term:
    """A line of the plain summary; what is promised ``not`` to be done is shown apart."""

    words: str
    denied: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A version of the document of a purpose; ``accepts`` names versions whose consents go on."""

    purpose: Purpose
    version: str
    accepts: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        """Return the text with a gap for whom the consent is given to."""
        return _read(self.purpose, self.version, "ru.txt")

    @property
    def sha256(self) -> str:
        """Return the SHA-256 a consent to it keeps."""
        return _hash(self.template)

    @property
    def accepted(self) -> frozenset[str]:
        """Return the hashes of all versions that are consents to this one."""
        before = (_hash(_read(self.purpose, version, "ru.txt")) for version in self.accepts)
        return frozenset([self.sha256, *before])

    @property
    def summary(self) -> list[Term]:
        """Return what the text says in plain words."""
        lines = self._summary.splitlines()
        return [Term(line[2:], denied=line.startswith("-")) for line in lines]

    @property
    def summary_sha256(self) -> str:
        """Return the SHA-256 of the plain summary that stood beside the text."""
        return _hash(self._summary)

    @property
    def _summary(self) -> str:
        return _read(self.purpose, self.version, "summary.ru.txt")

    def given_to(self, operator: str) -> str:
        """Return the text with the name of whom the consent is given to."""
        return self.template.replace("{operator}", operator)


CONSENT_TEXTS = {
    Purpose.PARTICIPATION: Text(Purpose.PARTICIPATION, "2026-11", accepts=("2026-09",)),
    Purpose.PUBLICATION: Text(Purpose.PUBLICATION, "2026-11"),
    Purpose.TRIP: Text(Purpose.TRIP, "2026-11"),
}
"""The version people agree to now; a file that was in a release is never edited."""


@cache
def _read(purpose: Purpose, version: str, ending: str) -> str:
    return (_DATA / f"{purpose}.{version}.{ending}").read_text(encoding="utf-8")


@cache
def _hash(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def consent_text(purpose: Purpose, operator: str) -> str:
    """Return the text of now, given to ``operator``."""
    return CONSENT_TEXTS[purpose].given_to(operator)


def consent_hash(purpose: Purpose) -> str:
    """Return the SHA-256 of the text of now, without the name of whom it is given to."""
    return CONSENT_TEXTS[purpose].sha256


def lasts_until(day: date) -> date:
    """Return the last day of a consent given on ``day``: the end of the academic year."""
    last = days_of(academic_year(day))[1]
    return last if (last - day).days >= _SHORT else days_of(academic_year(day) + 1)[1]
