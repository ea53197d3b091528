"""What a clash is, said once more in the plainest way, and whether a proposal is one."""

from collections.abc import Sequence
from datetime import date, timedelta

from zveno.plan.models.clashing import Calendar, Clash, Entry, Kind, Proposal


def meet(one: Entry, two: Entry) -> set[Kind]:
    """Return in which ways two items are in each other's way."""
    same_day, same_place = one.day == two.day, (one.host, one.venue) == (two.host, two.venue)
    kinds = set()
    if same_day and same_place:
        kinds.add(Kind.PLACE)
    if same_day and not same_place and one.people & two.people:
        kinds.add(Kind.PERSON)
    if one.day.isocalendar()[:2] == two.day.isocalendar()[:2] and one.audience & two.audience:
        kinds.add(Kind.AUDIENCE)
    return kinds


def stopped(entry: Entry, calendar: Calendar) -> set[Kind]:
    """Return what the day of an item is that keeps it from being used."""
    if entry.day in calendar.off:
        return {Kind.DAY_OFF}
    holidays = any(one <= entry.day <= last for one, last in calendar.holidays)
    return {Kind.HOLIDAYS} if holidays and entry.for_children else set()


def expected(entries: Sequence[Entry], calendar: Calendar) -> set[Clash]:
    """Look at each pair: of two that meet the later gives way, to the first it meets."""
    clashes = set()
    ordered = sorted(entries, key=lambda one: (not one.fixed, one.day, one.key))
    for place, entry in enumerate(ordered):
        if entry.day < calendar.first:
            continue
        for kind in Kind:
            met = [one for one in ordered[:place] if kind in meet(one, entry)]
            clashes |= {Clash(kind, entry.key, one.key) for one in met[:1]}
        if not entry.fixed:
            clashes |= {Clash(kind, entry.key) for kind in stopped(entry, calendar)}
    return clashes


def faults(
    clash: Clash, proposal: Proposal, entries: Sequence[Entry], calendar: Calendar
) -> list[str]:
    """Say what is wrong with a proposal, item by item."""
    entry = next(one for one in entries if one.key == clash.key)
    others = [one for one in entries if one.key != clash.key]
    moved = Entry(
        entry.key,
        proposal.day,
        entry.host,
        proposal.venue or entry.venue,
        entry.people,
        entry.audience,
        entry.for_children,
        entry.fixed,
    )
    found = [f"meets {one.key}" for one in others if meet(moved, one)]
    found += [f"is {kind}" for kind in stopped(moved, calendar)]
    if not calendar.first <= proposal.day <= calendar.last:
        found.append("outside")
    if moved == entry or entry.fixed:
        found.append("no move")
    return found


def free_days(clash: Clash, entries: Sequence[Entry], calendar: Calendar) -> list[date]:
    """Try every day of the calendar; return those on which nothing is wrong."""
    days = (calendar.last - calendar.first).days + 1
    tried = [Proposal(calendar.first + timedelta(days=number)) for number in range(days)]
    return [one.day for one in tried if not faults(clash, one, entries, calendar)]
