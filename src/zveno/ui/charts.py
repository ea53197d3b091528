"""Lines over time, placed on the server: they print, need no script and have a table beside."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter

from django.utils.formats import get_format
from django.utils.translation import gettext as _

from zveno.ui.faces import Face

TICKS = 4
LEAST = 1e-6
NICE = (1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10)


@dataclass(frozen=True, slots=True)
class Line:
    """A series: a number or nothing for every moment of the chart."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Chart:
    """One or two lines over the same moments; ``unit`` is said after every number."""

    title: str
    moments: Sequence[str]
    lines: Sequence[Line]
    unit: str = ""

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        """The table beside the picture: a row for a moment."""
        return [
            (moment, [number(line.values[n]) for line in self.lines])
            for n, moment in enumerate(self.moments)
        ]

    @property
    def words(self) -> str:
        """What the picture shows, for who does not see it."""
        return "; ".join(filter(None, (self._said(line) for line in self.lines)))

    def _said(self, line: Line) -> str:
        known = [value for value in line.values if value is not None]
        if not known:
            return ""
        facts = {"name": line.name, "first": number(known[0]), "last": number(known[-1])}
        words = _("%(name)s: from %(first)s to %(last)s") % facts
        return f"{words} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class Indicator:
    """A number with its goal, its verdict in a word, and how it came to be."""

    name: str
    value: str
    unit: str
    goal: str
    verdict: Face
    values: Sequence[float | None] = ()
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """How large a picture of lines is and what its margins hold."""

    width: int
    height: int
    labels: int
    left: int = 44
    right: int = 14
    top: int = 22
    bottom: int = 30

    def x(self, place: int, count: int) -> float:
        """Say where a moment stands."""
        room = self.width - self.left - self.right
        return round(self.left + room * (place / max(count - 1, 1)), 1)

    def y(self, value: float, most: float) -> float:
        """Say where a number stands."""
        room = self.height - self.top - self.bottom
        return round(self.height - self.bottom - room * value / most, 1)


WIDE = Frame(640, 280, labels=8)
NARROW = Frame(320, 240, labels=4)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a template draws of a line: the path, its last point, its name above or below it."""

    number: int
    name: str
    path: str
    x: float
    y: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything a template needs to draw a chart at one size."""

    frame: Frame
    style: str
    ticks: list[tuple[float, str]]
    labels: list[tuple[float, str, str]]
    lines: list[Drawn]


def pictures(chart: Chart) -> list[Picture]:
    """Draw a chart for a wide screen and for a phone."""
    return [_picture(chart, WIDE, "d-only"), _picture(chart, NARROW, "m-only")]


def _picture(chart: Chart, frame: Frame, style: str) -> Picture:
    step = step_of(
        max((v for line in chart.lines for v in line.values if v is not None), default=0)
    )
    most = step * TICKS
    count = len(chart.moments)
    every = math.ceil(count / frame.labels) or 1
    shown = [
        (frame.x(n, count), words, "end" if n == count - 1 > 0 else "middle")
        for n, words in enumerate(chart.moments)
        if n % every == 0
    ]
    drawn = [_drawn(frame, n, line, most) for n, line in enumerate(chart.lines, start=1)]
    ticks = [(frame.y(step * n, most), number(step * n)) for n in range(TICKS + 1)]
    return Picture(frame, style, ticks, shown, _apart([one for one in drawn if one.path]))


def step_of(most: float) -> float:
    """Return a round step so that ``TICKS`` of them reach ``most``."""
    if most < LEAST:
        return 1
    raw = most / TICKS
    power = 10.0 ** math.floor(math.log10(raw))
    return next(nice * power for nice in NICE if nice * power >= raw * (1 - 1e-9))


def _drawn(frame: Frame, place: int, line: Line, most: float) -> Drawn:
    count = len(line.values)
    points = [
        None if value is None else (frame.x(n, count), frame.y(value, most))
        for n, value in enumerate(line.values)
    ]
    path = path_of(points)
    x, y = next((point for point in reversed(points) if point), (0.0, 0.0))
    return Drawn(place, line.name, path, x, y, y - 10)


def path_of(points: Sequence[tuple[float, float] | None]) -> str:
    """Join points; a gap where one is missing, a dot for one alone."""
    parts = []
    for before, point in pairwise([None, *points]):
        if point:
            parts.append(f"{'L' if before else 'M'}{point[0]:g} {point[1]:g}")
    return "".join(parts)


def _apart(lines: list[Drawn]) -> list[Drawn]:
    """Write the name of the lower of two lines below it, so that names never meet."""
    if not lines:
        return lines
    *others, lowest = sorted(lines, key=attrgetter("y"))
    return [*others, replace(lowest, label_y=lowest.y + 22) if others else lowest]


def number(value: float | None) -> str:
    """Write a number as short as it is; a dash for nothing."""
    if value is None:
        return "—"
    return f"{value:.1f}".removesuffix(".0").replace(".", get_format("DECIMAL_SEPARATOR"))


def spark(values: Sequence[float | None], target: float | None = None) -> tuple[str, str]:
    """Return the path of a small line without axes, and the height of its target, if any."""
    known = [value for value in (*values, target) if value is not None]
    low, high = min(known, default=0), max(known, default=0)
    room = (high - low) or 1

    def y(value: float) -> float:
        return round(31 - 28 * (value - low) / room, 1)

    count = max(len(values) - 1, 1)
    points = [
        None if v is None else (round(100 * n / count, 1), y(v)) for n, v in enumerate(values)
    ]
    return path_of(points), "" if target is None else f"{y(target):g}"
