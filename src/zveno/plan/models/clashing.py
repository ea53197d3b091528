"""What gets in each other's way in a plan, and one way out of it: plain values, no questions.

Of two items that meet, the one that gives way is the later in ``order``: what has an event stays,
then what comes first. So every item has at most one clash of a kind, with the first it meets.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

A_DAY = timedelta(days=1)
FAR = 60
"""How many days away from its own a day is looked for."""


class Kind(StrEnum):
    """What is wrong: two at one place, one person at two, a day, two for the same in a week."""

    PLACE = "place"
    PERSON = "person"
    DAY_OFF = "day_off"
    HOLIDAYS = "holidays"
    AUDIENCE = "audience"


@dataclass(frozen=True, slots=True)
class Entry:
    """An item with a day; names are folded. ``fixed``: its day is not set in the plan."""

    key: int
    day: date
    host: int
    venue: str = ""
    people: frozenset[str] = frozenset()
    audience: frozenset[str] = frozenset()
    for_children: bool = True
    fixed: bool = False

    @property
    def place(self) -> tuple[int, str]:
        """Where it is."""
        return self.host, self.venue

    @property
    def order(self) -> tuple[bool, date, int]:
        """Who gives way: the last."""
        return not self.fixed, self.day, self.key


@dataclass(frozen=True, slots=True)
class Calendar:
    """From which day to which one may plan, and on which days not."""

    first: date
    last: date
    off: frozenset[date] = frozenset()
    holidays: tuple[tuple[date, date], ...] = ()

    def stops(self, entry: Entry) -> Kind | None:
        """Say what is wrong with its day: it is off, or in the holidays of the children."""
        if entry.day in self.off:
            return Kind.DAY_OFF
        if entry.for_children and any(one <= entry.day <= last for one, last in self.holidays):
            return Kind.HOLIDAYS
        return None


@dataclass(frozen=True, slots=True)
class Clash:
    """An item that had better give way, and to which; a day stands in the way by itself."""

    kind: Kind
    key: int
    other: int | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where an item would be in nobody's way: on another day or, with none free, elsewhere."""

    day: date
    venue: str = ""


class Meetings:
    """Finds what an item meets among others, without looking at each of them."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.at: defaultdict[tuple[Kind, object, object], list[Entry]] = defaultdict(list)
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Let it be met from now on."""
        for kind, when, what in _touched(entry):
            self.at[kind, when, what].append(entry)

    def of(self, entry: Entry) -> Iterator[tuple[Kind, Entry]]:
        """Yield what it meets, what was added first coming first at each place."""
        for key in _touched(entry):
            kind = key[0]
            for other in self.at.get(key, ()):
                if other.key != entry.key and not (
                    kind is Kind.PERSON and other.place == entry.place
                ):
                    yield kind, other


def found(entries: Iterable[Entry], calendar: Calendar) -> list[Clash]:
    """Return the clashes of what is still to come, by day."""
    before, clashes = Meetings(), []
    for entry in sorted(entries, key=lambda one: one.order):
        if entry.day >= calendar.first:
            clashes += _of(entry, before, calendar)
        before.add(entry)
    days = {one.key: one.day for one in entries}
    return sorted(clashes, key=lambda one: (days[one.key], one.key, [*Kind].index(one.kind)))


def proposed(
    clash: Clash,
    entries: Sequence[Entry],
    calendar: Calendar,
    venues: Mapping[int, Sequence[tuple[str, str]]],
) -> Proposal | None:
    """Return the nearest day on which the item meets nothing, in its month if there is one.

    A day is carried out, another place is another plan: a place (``venues``: folded and as it is
    called, by host) is proposed only when two are at one and no day is free. What an event sets is
    moved there: then nothing is proposed.
    """
    entry = next(one for one in entries if one.key == clash.key)
    if entry.fixed:
        return None
    meetings = Meetings(entries)
    days = (replace(entry, day=day) for day in _days_near(entry.day, calendar))
    if free := next((one for one in days if _is_free(one, meetings, calendar)), None):
        return Proposal(free.day)
    for folded, name in venues.get(entry.host, ()) if clash.kind is Kind.PLACE else ():
        if folded and _is_free(replace(entry, venue=folded), meetings, calendar):
            return Proposal(entry.day, name)
    return None


def _of(entry: Entry, before: Meetings, calendar: Calendar) -> list[Clash]:
    """Return what an item meets; the day of an event was chosen there, with its reasons."""
    firsts: dict[Kind, Entry] = {}
    for kind, other in before.of(entry):
        if kind not in firsts or other.order < firsts[kind].order:
            firsts[kind] = other
    clashes = [Clash(kind, entry.key, other.key) for kind, other in firsts.items()]
    stops = calendar.stops(entry) if not entry.fixed else None
    return [*clashes, Clash(stops, entry.key)] if stops else clashes


def _touched(entry: Entry) -> Iterator[tuple[Kind, object, object]]:
    yield Kind.PLACE, entry.day, entry.place
    for person in entry.people:
        yield Kind.PERSON, entry.day, person
    week = entry.day - A_DAY * entry.day.weekday()
    for part in entry.audience:
        yield Kind.AUDIENCE, week, part


def _days_near(day: date, calendar: Calendar) -> list[date]:
    near = (day + A_DAY * step for step in range(-FAR, FAR + 1) if step)
    inside = [one for one in near if calendar.first <= one <= calendar.last]
    return sorted(inside, key=lambda one: (one.month != day.month, abs(one - day), one < day))


def _is_free(entry: Entry, meetings: Meetings, calendar: Calendar) -> bool:
    return calendar.stops(entry) is None and next(meetings.of(entry), None) is None
