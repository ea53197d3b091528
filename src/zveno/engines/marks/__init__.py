"""Marks made at a door by several devices, merged so that every order of arrival agrees.

A mark is a fact and never deleted. Taking back names the mark taken back, so whether a child
came depends on no clock. Clocks only choose which of several live marks gives the time: a
device's error is measured once, when it takes the list, and never by when its marks arrive.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """What a device noted: the child came, left, or a mark was made by mistake."""

    CAME = "came"
    LEFT = "left"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Mark:
    """One tap; ``at`` is the device's clock, ``of`` the mark that a taking back names."""

    key: UUID
    device: UUID
    place: UUID
    kind: Kind
    at: datetime
    of: UUID | None = None


@dataclass(frozen=True, slots=True)
class Presence:
    """What all live marks of a place say together; repeated ones are counted, not refused."""

    came_at: datetime | None
    left_at: datetime | None
    repeats: int


def merge(marks: Iterable[Mark], errors: Mapping[UUID, timedelta]) -> dict[UUID, Presence]:
    """Say who is here; ``errors`` is how far each device's clock ran ahead of the server's."""
    known = {mark.key: mark for mark in marks}
    taken_back = {mark.of for mark in known.values() if mark.kind is Kind.TAKEN_BACK}
    times: dict[UUID, dict[Kind, list[datetime]]] = {}
    for mark in known.values():
        if mark.kind is Kind.TAKEN_BACK:
            continue
        of_place = times.setdefault(mark.place, {Kind.CAME: [], Kind.LEFT: []})
        if mark.key not in taken_back:
            of_place[mark.kind].append(mark.at - errors[mark.device])
    return {place: _presence(of[Kind.CAME], of[Kind.LEFT]) for place, of in times.items()}


def _presence(came: list[datetime], left: list[datetime]) -> Presence:
    """Take the first coming and the last leaving."""
    return Presence(min(came, default=None), max(left, default=None), max(len(came) - 1, 0))
