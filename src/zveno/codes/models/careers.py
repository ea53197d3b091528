"""The national minimum of career guidance: its levels, grades and directions, by version."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language

from zveno.codes.models import DATA, SOURCE, CodeList, code_list

GRADES, MINUTES = "# grades: ", "# minutes: "


@dataclass(frozen=True, slots=True)
class Level:
    """A level a school chooses: at least ``hours`` a year for each child."""

    code: str
    hours: int
    names: dict[str, str]

    @property
    def name(self) -> str:
        """What it is called, in the reader's language."""
        return self.names.get(get_language() or "", self.names["ru"])


@dataclass(frozen=True, slots=True)
class Minimum:
    """What is asked for of ``grades``, because of ``source``; an hour has ``minutes``."""

    version: str
    source: str
    grades: tuple[int, int]
    minutes: int
    levels: dict[str, Level]

    def covers(self, grade: int) -> bool:
        """Whether hours are asked for of a grade."""
        lowest, highest = self.grades
        return lowest <= grade <= highest

    def offered(self) -> Iterator[Level]:
        """Return the levels, the least first."""
        return iter(self.levels.values())


@cache
def career_minimum(year: int) -> Minimum:
    """Return what holds in the academic year that begins in ``year``; the first one before it."""
    paths = sorted((DATA / "career_minimum").glob("*.txt"))
    known = [path for path in paths if int(path.stem[:4]) <= year]
    path = (known or paths[:1])[-1]
    lines = path.read_text(encoding="utf-8").splitlines()

    def head(mark: str) -> str:
        return next(line.removeprefix(mark) for line in lines if line.startswith(mark))

    lowest, highest = map(int, head(GRADES).split("-"))
    rows = [line.split(" | ") for line in lines if not line.startswith("#")]
    levels = {code: Level(code, int(hours), {"ru": ru, "en": en}) for code, hours, ru, en in rows}
    return Minimum(path.stem, head(SOURCE), (lowest, highest), int(head(MINUTES)), levels)


def career_directions() -> CodeList:
    """Return the directions hours are counted in."""
    return code_list("career_directions")
