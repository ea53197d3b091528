"""How many adults go with a group of children, by age."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import ceil

from django.utils.translation import get_language

from zveno.codes.models import DATA, SOURCE


@dataclass(frozen=True, slots=True)
class Ratio:
    """So many ``adults`` for so many ``children`` from a grade on; grade 0 is the kindergarten."""

    code: str
    grade_from: int
    adults: int
    children: int
    names: dict[str, str]

    @property
    def name(self) -> str:
        """Whom it is for, in the reader's language."""
        return self.names.get(get_language() or "", self.names["ru"])


@dataclass(frozen=True, slots=True)
class Escorting:
    """The ratios that hold now, from the youngest on: their ``version`` and ``source``."""

    version: str
    source: str
    ratios: tuple[Ratio, ...]

    def of(self, grade: int) -> Ratio:
        """Return the ratio for children of a grade."""
        return [one for one in self.ratios if one.grade_from <= grade][-1]

    def needed(self, grades: Iterable[int]) -> int:
        """Count the adults who have to go with children of these grades, rounded up once."""
        shares = (self.of(grade) for grade in grades)
        return ceil(sum(Fraction(one.adults, one.children) for one in shares))


@cache
def escorting() -> Escorting:
    """Return how many adults go along by the latest version of the list."""
    path = max((DATA / "escorts").glob("*.txt"))
    lines = path.read_text(encoding="utf-8").splitlines()
    source = next(line.removeprefix(SOURCE) for line in lines if line.startswith(SOURCE))
    rows = [line.split(" | ") for line in lines if not line.startswith("#")]
    ratios = (
        Ratio(code, int(grade), int(adults), int(children), {"ru": ru, "en": en})
        for code, grade, adults, children, ru, en in rows
    )
    return Escorting(path.stem, source, tuple(sorted(ratios, key=lambda one: one.grade_from)))
