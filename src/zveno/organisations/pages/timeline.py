"""The life of an organisation in sentences."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zveno.organisations.models import Merger, Organisation, Stretch, Succession

How = Succession.How
GAVE = {
    How.MERGED: gettext_lazy("Joined another organisation"),
    How.SPLIT: gettext_lazy("Was split"),
    How.SPLIT_OFF: gettext_lazy("A part became a separate organisation"),
}
TOOK = {
    How.MERGED: gettext_lazy("Another organisation joined it"),
    How.SPLIT: gettext_lazy("Formed when another organisation was split"),
    How.SPLIT_OFF: gettext_lazy("Separated from another organisation"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What happened on a day; ``other`` is whom it had to do with, ``own`` may be taken back."""

    day: date
    title: str
    text: str = ""
    other: Organisation | None = None
    own: bool = True


def lines(
    organisation: Organisation,
    life: Sequence[Stretch],
    successions: Sequence[Succession],
    places: Mapping[int, str],
) -> list[Line]:
    """Tell what happened to an organisation; ``places`` names territories by their keys."""
    told = [_succession(organisation, one) for one in successions]
    ended = {
        one.day for one in successions if one.before == organisation and one.how != How.SPLIT_OFF
    }
    for before, after in pairwise(life):
        told += _changes(before, after, places, ended)
    return told


def by_day(told: Iterable[Line]) -> list[Line]:
    """Put the latest first."""
    return sorted(told, key=lambda line: line.day, reverse=True)


def merged(mergers: Iterable[Merger]) -> list[Line]:
    """Tell which rows of the register were found to be this organisation once more."""
    return [
        Line(
            localdate(one.merged_at),
            _("A duplicate was merged"),
            _("It was in the register as: %(name)s") % {"name": one.name},
            own=False,
        )
        for one in mergers
    ]


def _succession(organisation: Organisation, one: Succession) -> Line:
    gave = one.before == organisation
    words, other = (GAVE, one.after) if gave else (TOOK, one.before)
    return Line(one.day, str(words[How(one.how)]), other=other, own=gave)


def _changes(
    before: Stretch, after: Stretch, places: Mapping[int, str], ended: set[date]
) -> Iterator[Line]:
    """Tell what a new stretch differs in."""
    if after.since is None:
        return
    if before.exists != after.exists:
        yield from _existence(before, after, after.since, ended)
    if before.name != after.name:
        words = _("Before: %(name)s") % {"name": before.name}
        yield Line(after.since, _("Was renamed: %(name)s") % {"name": after.name}, words)
    if before.kind != after.kind:
        kinds = dict(Organisation.Kind.choices)
        yield Line(after.since, _("Kind: %(kind)s") % {"kind": kinds[after.kind]})
    if before.territory != after.territory:
        place = places.get(after.territory or 0, "—")
        yield Line(after.since, _("Place: %(place)s") % {"place": place})


def _existence(before: Stretch, after: Stretch, day: date, ended: set[date]) -> Iterator[Line]:
    if after.exists:
        yield Line(day, _("Was founded") if before.since is None else _("Was reopened"))
    elif day not in ended:
        yield Line(day, _("Was closed"))
