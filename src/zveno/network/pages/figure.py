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
    """How large a figure and its capsules are, and how many letters a capsule holds."""

    width: int
    height: int
    reach: tuple[int, int]
    capsule: tuple[int, int]
    hub: tuple[int, int]
    letters: int


WIDE = Size(760, 470, reach=(290, 185), capsule=(146, 46), hub=(206, 70), letters=18)
NARROW = Size(380, 470, reach=(138, 195), capsule=(92, 36), hub=(172, 60), letters=11)


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
        """Where the second, smaller line stands."""
        return self.y + 15


@dataclass(frozen=True, slots=True)
class Figure:
    """Everything a template needs to draw the network at one size."""

    size: Size
    style: str
    hub: Capsule
    around: tuple[Capsule, ...]


def figures(base: Organisation, members: Sequence[Membership]) -> list[Figure]:
    """Place the members around the base, for a wide screen and for a phone."""
    around = [member.organisation for member in members if member.role != Role.BASE][:MOST_AROUND]
    return [_figure(WIDE, "d-only", base, around), _figure(NARROW, "m-only", base, around)]


def _figure(size: Size, style: str, base: Organisation, around: Sequence[Organisation]) -> Figure:
    capsules = (_capsule(size, item, n / len(around)) for n, item in enumerate(around))
    return Figure(size, style, _hub(size, base), tuple(capsules))


def _hub(size: Size, base: Organisation) -> Capsule:
    x, y = size.width // 2, size.height // 2
    lines = _broken(str(base))
    first = y + 5 - 9 * (len(lines) - 1)
    placed = tuple((first + 18 * n, line) for n, line in enumerate(lines))
    return Capsule(x, y, size.hub, "n--hub", base.name, placed)


def _capsule(size: Size, item: Organisation, turn: float) -> Capsule:
    angle = 2 * math.pi * turn - math.pi / 2
    kind = Kind(item.kind)
    words = _WORDS.get(kind, kind.label) if size is WIDE else ""
    y = round(size.height / 2 + size.reach[1] * math.sin(angle))
    return Capsule(
        x=round(size.width / 2 + size.reach[0] * math.cos(angle)),
        y=y,
        size=size.capsule,
        style=_STYLES.get(kind, "n--school"),
        title=item.name,
        lines=((y - 1 if words else y + 5, _fitting(item, size.letters)),),
        words=words,
    )


def _fitting(item: Organisation, letters: int) -> str:
    """Cut a name to so many letters, keeping its number if it has one."""
    name = str(item)
    number, brief = re.search(r"№\s*(\d+)", name), _BRIEF.get(Kind(item.kind))
    if len(name) <= letters:
        return name
    if number and brief:
        return f"{brief} {number[1]}"[:letters]
    return f"{name[: letters - 1].rstrip()}…"


def _broken(name: str, *, letters: int = 22) -> list[str]:
    """Break a name into two lines at most."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + len(word) >= letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word[:letters]}".strip()
    kept = lines[:2]
    return [*kept[:-1], f"{kept[-1]}…"] if len(lines) > len(kept) else kept
