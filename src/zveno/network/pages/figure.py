"""The figure of a cluster: its base in the middle, the members around it."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import ngettext, pgettext_lazy

from zveno.network.models import Heard, Membership, Role
from zveno.organisations.models import Organisation
from zveno.ui.networks import Mark, Network, Node

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

FEWEST = 2
THICKEST = 5
"""The weight of nine events together and more."""
Kind = Organisation.Kind
_COLOURS = {Kind.METHODICAL_CENTRE: "imc", Kind.PRESCHOOL: "kg", Kind.EMPLOYER: "emp"}
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
_MARKS: dict[str, "StrPromise"] = {
    "hub": pgettext_lazy("legend", "Base organisation"),
    "imc": pgettext_lazy("legend", "Methodical centre"),
    "school": pgettext_lazy("legend", "Schools, colleges, centres"),
    "kg": pgettext_lazy("legend", "Kindergartens"),
    "emp": pgettext_lazy("legend", "Employers"),
}


def network_of(
    base: Organisation,
    members: Sequence[Membership],
    table: str = "",
    heard: Mapping[int, Heard] | None = None,
) -> Network:
    """Return a cluster as a figure shows it; with ``table`` members lead to their rows there.

    With ``heard``, by organisation, lines are as thick as there were events together, and the
    silent ones are shown.
    """
    told = heard or {}
    around = [
        _node(one.organisation, table, told.get(one.organisation_id))
        for one in members
        if one.role != Role.BASE
    ]
    used = {"hub", *(node.kind for node in around)}
    words = ngettext(
        "%(base)s in the centre, %(number)s member around it",
        "%(base)s in the centre, %(number)s members around it",
        len(around),
    )
    return Network(
        words % {"base": base.name, "number": len(around)},
        Node(base.name, str(base)),
        around,
        marks_of(used),
    )


def marks_of(kinds: Collection[str]) -> list[Mark]:
    """Explain the colours of these kinds of nodes."""
    return [Mark(kind, str(meaning)) for kind, meaning in _MARKS.items() if kind in kinds]


def colour_of(member: Membership) -> str:
    """Return the kind of node a member is."""
    if member.role == Role.BASE:
        return "hub"
    return _COLOURS.get(Kind(member.organisation.kind), "school")


def _node(item: Organisation, table: str, heard: Heard | None) -> Node:
    return Node(
        item.name,
        str(item),
        _brief(item),
        _COLOURS.get(Kind(item.kind), "school"),
        str(_WORDS.get(item.kind, Kind(item.kind).label)),
        note=_note(heard) if heard else "",
        url=f"{table}#{item.public_id}" if table else "",
        weight=min(THICKEST, (heard.events + 1) // 2) if heard else 1,
        silent=heard is not None and heard.is_silent,
    )


def _note(heard: Heard) -> str:
    """Say how much there was together, or for how long nothing was."""
    if heard.is_silent:
        days = heard.silent_for
        return ngettext("silent for %(days)s day", "silent for %(days)s days", days) % {
            "days": days
        }
    words = ngettext("%(number)s event", "%(number)s events", heard.events)
    return words % {"number": heard.events} if heard.events else ""


def _brief(item: Organisation) -> str:
    """Shorten a name by its initials or its number, as people do."""
    if item.kind == Kind.METHODICAL_CENTRE and (initials := _initials(str(item))):
        return initials
    number, before = re.search(r"№\s*(\d+)", str(item)), _BRIEF.get(Kind(item.kind))
    return f"{before} {number[1]}" if number and before else ""


def _initials(name: str) -> str:
    """Shorten «Информационно-методический центр …» to «ИМЦ»."""
    centre = re.match(r"(.*?\bцентр)\b", name, re.IGNORECASE)
    words = re.findall(r"\w+", centre[1]) if centre else []
    return "".join(word[0].upper() for word in words)
