"""The figure of a network: its base in the middle, the members around it, drawn as SVG."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import pgettext_lazy

from zveno.network.models import Membership, Role
from zveno.organisations.models import Organisation

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

MOST_AROUND = 14
Kind = Organisation.Kind
_STYLES = {Kind.METHODICAL_CENTRE: "n--imc", Kind.PRESCHOOL: "n--kg", Kind.EMPLOYER: "n--emp"}
_BRIEF = {
    Kind.SCHOOL: pgettext_lazy("before a number", "Sch."),
    Kind.PRESCHOOL: pgettext_lazy("before a number", "Kg."),
    Kind.COLLEGE: pgettext_lazy("before a number", "Coll."),
}
_WORDS: dict[str, "str | StrPromise"] = {
    Kind.EXTRACURRICULAR_CENTRE: pgettext_lazy("in the figure", "after-school learning"),
    Kind.METHODICAL_CENTRE: pgettext_lazy("in the figure", "methodical centre"),
    Kind.EDUCATION_AUTHORITY: pgettext_lazy("in the figure", "authority"),
    Kind.OTHER: "",
}


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
    """An organisation in the figure: ``lines`` is what fits, ``title`` all of it."""

    x: int
    y: int
    size: tuple[int, int]
    style: str
    title: str
    lines: tuple[tuple[int, str], ...]
    words: "str | StrPromise" = ""

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


@dataclass(frozen=True, slots=True)
class Figure:
    """Everything a template needs to draw the network at one size."""

    size: Size
    style: str
    hub: Capsule
    around: tuple[Capsule, ...]


@dataclass(frozen=True, slots=True)
class Legend:
    """What a colour of the figure means."""

    style: str
    words: "str | StrPromise"


LEGEND = (
    Legend("sw--imc", pgettext_lazy("legend", "Methodical centre")),
    Legend("", pgettext_lazy("legend", "Schools and after-school centres")),
    Legend("sw--kg", pgettext_lazy("legend", "Kindergartens")),
    Legend("sw--emp", pgettext_lazy("legend", "Employers")),
)


def legend(members: Sequence[Membership]) -> list[Legend]:
    """Explain the colours that are in the figure."""
    around = [one.organisation.kind for one in members if one.role != Role.BASE]
    used = {_STYLES.get(Kind(kind), "").replace("n--", "sw--") for kind in around}
    return [one for one in LEGEND if one.style in used]


def figures(base: Organisation, members: Sequence[Membership]) -> list[Figure]:
    """Place the members around the base, for a wide screen and for a phone."""
    around = [member.organisation for member in members if member.role != Role.BASE][:MOST_AROUND]
    return [_figure(WIDE, "d-only", base, around), _figure(NARROW, "m-only", base, around)]


def _figure(size: Size, style: str, base: Organisation, around: Sequence[Organisation]) -> Figure:
    capsules = (_capsule(size, item, n / len(around)) for n, item in enumerate(around))
    return Figure(size, style, _hub(size, base), tuple(capsules))


def _hub(size: Size, base: Organisation) -> Capsule:
    x, y = size.width // 2, size.height // 2
    lines = _placed(y, _broken(str(base), *size.hub_text))
    return Capsule(x, y, size.hub, "n--hub", base.name, lines)


def _capsule(size: Size, item: Organisation, turn: float) -> Capsule:
    angle = 2 * math.pi * turn - math.pi / 2
    y = round(size.height / 2 + size.reach[1] * math.sin(angle))
    lines = _lines(size, item)
    words = _WORDS.get(item.kind, Kind(item.kind).label) if size is WIDE else ""
    return Capsule(
        x=round(size.width / 2 + size.reach[0] * math.cos(angle)),
        y=y,
        size=size.capsule,
        style=_STYLES.get(Kind(item.kind), "n--school"),
        title=item.name,
        lines=_placed(y, lines) if len(lines) > 1 or not words else ((y - 1, lines[0]),),
        words=words if len(lines) == 1 else "",
    )


def _placed(middle: int, lines: Sequence[str]) -> tuple[tuple[int, str], ...]:
    first = middle + 5 - 9 * (len(lines) - 1)
    return tuple((first + 18 * n, line) for n, line in enumerate(lines))


def _lines(size: Size, item: Organisation) -> list[str]:
    """Fit a name into a capsule: as it is, by its initials, by its number, or broken in two."""
    name = str(item)
    number, brief = re.search(r"№\s*(\d+)", name), _BRIEF.get(Kind(item.kind))
    if len(name) <= size.letters:
        return [name]
    if item.kind == Kind.METHODICAL_CENTRE and (initials := _initials(name)):
        return [initials]
    if number and brief:
        return [f"{brief} {number[1]}"[: size.letters]]
    return _broken(name, size.letters) if size is WIDE else [_cut(name, size.letters)]


def _initials(name: str) -> str:
    """Shorten «Информационно-методический центр …» to «ИМЦ»."""
    centre = re.match(r"(.*?\bцентр)\b", name, re.IGNORECASE)
    words = re.findall(r"\w+", centre[1]) if centre else []
    return "".join(word[0].upper() for word in words)


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
