"""A schematic map: places as boxes with what stands in each, laid out on the server, no tiles."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from zveno.ui.networks import Mark

GAP, HEAD, ROW, CELL, LETTER = 12, 40, 26, 220, 8


@dataclass(frozen=True, slots=True)
class Spot:
    """What stands in a place: its ``name``, what people call it, its colour as in a network."""

    name: str
    short: str = ""
    kind: str = "school"


@dataclass(frozen=True, slots=True)
class Area:
    """A place and what stands in it."""

    name: str
    spots: Sequence[Spot]


@dataclass(frozen=True, slots=True)
class Plan:
    """All places; ``title`` says it in words, ``marks`` explain colours."""

    title: str
    areas: Sequence[Area]
    marks: Sequence[Mark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Dot:
    """A spot on the map: ``line`` is what fits of its name."""

    spot: Spot
    x: int
    y: int
    line: str

    @property
    def text_x(self) -> int:
        """Where its name begins."""
        return self.x + 14

    @property
    def text_y(self) -> int:
        """The line its name stands on."""
        return self.y + 5


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the map."""

    x: int
    y: int
    width: int
    height: int
    name: str
    dots: tuple[Dot, ...]

    @property
    def text_x(self) -> int:
        """Where its name begins."""
        return self.x + 16

    @property
    def text_y(self) -> int:
        """The line its name stands on."""
        return self.y + 26


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a template needs to draw the map at one size."""

    width: int
    height: int
    style: str
    boxes: tuple[Box, ...]


def sheets(plan: Plan) -> list[Sheet]:
    """Lay a map out for a wide screen and for a phone."""
    return [_sheet(760, 3, "d-only", plan), _sheet(360, 1, "m-only", plan)]


def _sheet(width: int, most: int, style: str, plan: Plan) -> Sheet:
    columns = max(1, min(most, len(plan.areas)))
    boxes = tuple(_boxes(plan.areas, (width - GAP * (columns - 1)) // columns, columns))
    bottom = max((box.y + box.height for box in boxes), default=0)
    return Sheet(width, bottom, style, boxes)


def _boxes(areas: Sequence[Area], width: int, columns: int) -> Iterator[Box]:
    """Put each place below the shortest column so far."""
    below = [0] * columns
    across = max(1, width // CELL)
    for area in areas:
        column = below.index(min(below))
        height = HEAD + ROW * -(-len(area.spots) // across) + GAP
        x, y = column * (width + GAP), below[column]
        name = _cut(area.name, (width - 32) // LETTER)
        yield Box(x, y, width, height, name, tuple(_dots(area.spots, (x, y), width, across)))
        below[column] += height + GAP


def _dots(spots: Sequence[Spot], corner: tuple[int, int], width: int, across: int) -> Iterator[Dot]:
    cell = width // across
    for number, spot in enumerate(spots):
        row, place = divmod(number, across)
        x, y = corner[0] + 22 + place * cell, corner[1] + HEAD + ROW * row + ROW // 2
        yield Dot(spot, x, y, _cut(spot.short or spot.name, (cell - 44) // LETTER))


def _cut(line: str, letters: int) -> str:
    return line if len(line) <= letters else f"{line[: letters - 1].rstrip()}…"
