"""A network as a figure: one in the middle, the others around it, placed on the server."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

MOST_AROUND = 14
WIDEST = 6


@dataclass(frozen=True, slots=True)
class Node:
    """One of a network: its ``name``, and ``brief``, what people call it where there is no room.

    ``kind`` is a colour (``imc``, ``kg``, ``emp``, else a school's) and ``words`` say the same;
    ``weight`` is how much it has in common with the middle, ``note`` says that; ``silent`` if
    nothing was heard of it for long. With ``url`` it is a link.
    """

    name: str
    short: str = ""
    brief: str = ""
    kind: str = "school"
    words: str = ""
    note: str = ""
    url: str = ""
    weight: int = 1
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """What a colour of the figure means."""

    style: str
    words: str


@dataclass(frozen=True, slots=True)
class Network:
    """A middle and what is around it; ``title`` says it in words, ``marks`` explain colours."""

    title: str
    hub: Node
    around: Sequence[Node]
    marks: Sequence[Mark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Size:
    """How large a figure and its capsules are, how many letters a capsule holds, lines the hub."""

    width: int
    height: int
    reach: tuple[int, int]
    capsule: tuple[int, int]
    hub: tuple[int, int]
    letters: int
    hub_text: tuple[int, int]


WIDE = Size(
    760, 470, reach=(292, 185), capsule=(160, 48), hub=(206, 70), letters=17, hub_text=(22, 2)
)
NARROW = Size(
    380, 470, reach=(140, 195), capsule=(96, 36), hub=(150, 78), letters=9, hub_text=(17, 3)
)


@dataclass(frozen=True, slots=True)
class Capsule:
    """A node in the figure: ``lines`` is what fits of its name."""

    node: Node
    x: int
    y: int
    size: tuple[int, int]
    lines: tuple[tuple[int, str], ...]
    words: str = ""

    @property
    def left(self) -> int:
        """The left edge."""
        return self.x - self.size[0] // 2

    @property
    def top(self) -> int:
        """The upper edge."""
        return self.y - self.size[1] // 2

    @property
    def radius(self) -> int:
        """The radius that makes a capsule of a rectangle."""
        return self.size[1] // 2

    @property
    def below(self) -> int:
        """Where the smaller line stands."""
        return self.y + 16

    @property
    def thick(self) -> int:
        """How thick the line to it is."""
        return min(1 + max(self.node.weight, 1), WIDEST)


@dataclass(frozen=True, slots=True)
class Figure:
    """Everything a template needs to draw the network at one size."""

    size: Size
    style: str
    hub: Capsule
    around: tuple[Capsule, ...]


def figures(network: Network) -> list[Figure]:
    """Place a network for a wide screen and for a phone; the table beside has all of it."""
    return [_figure(WIDE, "d-only", network), _figure(NARROW, "m-only", network)]


def _figure(size: Size, style: str, network: Network) -> Figure:
    around = network.around[:MOST_AROUND]
    capsules = (_capsule(size, node, n / len(around)) for n, node in enumerate(around))
    return Figure(size, style, _hub(size, network.hub), tuple(capsules))


def _hub(size: Size, node: Node) -> Capsule:
    x, y = size.width // 2, size.height // 2
    lines = _placed(y, _broken(node.short or node.name, *size.hub_text))
    return Capsule(node, x, y, size.hub, lines)


def _capsule(size: Size, node: Node, turn: float) -> Capsule:
    angle = 2 * math.pi * turn - math.pi / 2
    x = round(size.width / 2 + size.reach[0] * math.cos(angle))
    y = round(size.height / 2 + size.reach[1] * math.sin(angle))
    lines = _lines(size, node)
    words = (node.note or node.words) if size is WIDE and len(lines) == 1 else ""
    placed = ((y - 1, lines[0]),) if words else _placed(y, lines)
    return Capsule(node, x, y, size.capsule, placed, words)


def _placed(middle: int, lines: Sequence[str]) -> tuple[tuple[int, str], ...]:
    first = middle + 5 - 9 * (len(lines) - 1)
    return tuple((first + 18 * n, line) for n, line in enumerate(lines))


def _lines(size: Size, node: Node) -> list[str]:
    """Fit a name into a capsule: as it is, as people call it, or broken in two."""
    name = node.short or node.name
    if len(name) <= size.letters:
        return [name]
    if node.brief:
        return [node.brief[: size.letters]]
    return _broken(name, size.letters) if size is WIDE else [_cut(name, size.letters)]


def _broken(name: str, letters: int, most: int = 2) -> list[str]:
    """Break a name into so many lines at most."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + len(word) >= letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    kept = lines[:most]
    if len(lines) > len(kept):
        kept[-1] = f"{kept[-1]}…"
    return [_cut(line, letters) for line in kept]


def _cut(line: str, letters: int) -> str:
    return line if len(line) <= letters else f"{line[: letters - 1].rstrip()}…"
