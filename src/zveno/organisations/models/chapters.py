"""What an organisation was when: its life in chapters, and who took the place of whom."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions
from zveno.organisations.models.register import (
    Organisation,
    Territory,
    name_key,
    shortened,
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What an organisation is from the day ``since`` until the day before ``until``.

    ``None`` in their place: from ever, for good. ``territory`` is a key.
    """

    since: date | None
    until: date | None
    kind: str
    name: str
    territory: int | None
    exists: bool = True

    def holds_on(self, day: date) -> bool:
        """Whether ``day`` is in it."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )

    def facts(self) -> dict[str, Any]:
        """Return what it says, without its days."""
        return {name: getattr(self, name) for name in TOLD}


TOLD = ("kind", "name", "territory", "exists")
Life = Sequence[Stretch]


def on(life: Life, day: date) -> Stretch:
    """Return the stretch of a life that ``day`` is in."""
    return next(one for one in life if one.holds_on(day))


def rewritten(life: Life, day: date, changes: Mapping[str, Any]) -> list[Stretch]:
    """Let ``changes`` hold from ``day`` on, each until the day its field changed next."""
    parts = _cut(life, day)
    for name, value in changes.items():
        before = getattr(on(parts, day), name)
        parts = _replaced(parts, lambda one: one.since is not None and one.since >= day, name,
                          before, value)  # fmt: skip
    return _joined(parts)


def taken_back(life: Life, day: date) -> list[Stretch]:
    """Let what changed on ``day`` not have changed then: what held before goes on."""
    before, after = on(life, day - timedelta(days=1)), on(life, day)
    if before.since is None and not before.exists:
        return _joined([replace(before, exists=True), *life[1:]])
    return rewritten(life, day, _differing(before, after))


def begun(life: Life, day: date) -> list[Stretch]:
    """Let the life begin on ``day``: before, there was nothing."""
    parts = _cut(life, day)
    return _joined(
        [one if one.since and one.since >= day else replace(one, exists=False) for one in parts]
    )


def corrected(life: Life, day: date, changes: Mapping[str, Any]) -> list[Stretch]:
    """Put right what holds on ``day``, in all the time for which it was said so."""
    parts = list(life)
    for name, value in changes.items():
        here = parts.index(on(parts, day))
        wrong = getattr(parts[here], name)
        first = last = here
        while first and getattr(parts[first - 1], name) == wrong:
            first -= 1
        while last + 1 < len(parts) and getattr(parts[last + 1], name) == wrong:
            last += 1
        for place in range(first, last + 1):
            parts[place] = _saying(parts[place], name, value)
    return _joined(parts)


def _differing(before: Stretch, after: Stretch) -> dict[str, Any]:
    return {name: value for name, value in before.facts().items() if getattr(after, name) != value}


def _cut(life: Life, day: date) -> list[Stretch]:
    """Let a stretch begin on ``day``."""
    parts: list[Stretch] = []
    for one in life:
        if one.holds_on(day) and one.since != day:
            parts += [replace(one, until=day), replace(one, since=day)]
        else:
            parts.append(one)
    return parts


def _replaced(
    parts: Life, behind: Callable[[Stretch], bool], name: str, before: object, value: object
) -> list[Stretch]:
    """Put ``value`` in the place of ``before`` from a stretch on, until there is another."""
    made, going = [], True
    for one in parts:
        if behind(one):
            going = going and getattr(one, name) == before
        made.append(_saying(one, name, value) if going and behind(one) else one)
    return made


def _saying(one: Stretch, name: str, value: object) -> Stretch:
    changed: dict[str, Any] = {name: value}
    return replace(one, **changed)


def _joined(parts: Life) -> list[Stretch]:
    """Make one of neighbours that say the same."""
    made: list[Stretch] = []
    for one in parts:
        if made and made[-1].facts() == one.facts():
            made[-1] = replace(made[-1], until=one.until)
        else:
            made.append(one)
    return made


class ChapterQuerySet(Questions["Chapter"]):
    """Questions about chapters."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep all for whoever works in the network, as the register is."""
        return self.all() if actor.scope or actor.is_system() else self.none()

    def on(self, day: date) -> Self:
        """Keep those that ``day`` is in: one an organisation that has any."""
        return self.filter(span__contains=day)


class Chapter(models.Model):
    """What an organisation was in a span of days; its chapters follow each other without a gap.

    Whoever never changed has none: the register says what it has always been.
    """

    DATA: ClassVar = dict.fromkeys(["span", "kind", "name", "exists"], Data.PUBLIC)

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="chapters")
    span = DateRangeField()
    kind = models.CharField(max_length=30, choices=Organisation.Kind)
    name = models.CharField(max_length=300)
    territory = models.ForeignKey(Territory, models.PROTECT, null=True, related_name="+")
    exists = models.BooleanField(default=True)
    objects = ChapterQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="organisation_is_one_thing_a_day",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("span", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(span__isempty=False), name="chapter_lasts_a_day_at_least"
            ),
        ]

    def __str__(self) -> str:
        """Return the name of that time."""
        return self.name

    def stretch(self) -> Stretch:
        """Return it as the arithmetic takes it."""
        return Stretch(
            self.span.lower, self.span.upper, self.kind, self.name, self.territory_id, self.exists
        )


class SuccessionQuerySet(Questions["Succession"]):
    """Questions about who took the place of whom."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep all for whoever works in the network, as the register is."""
        return self.all() if actor.scope or actor.is_system() else self.none()

    def about(self, organisation: Organisation) -> Self:
        """Keep those an organisation gave or took part in, in their order."""
        mine = self.filter(Q(before=organisation) | Q(after=organisation))
        return mine.select_related("before", "after").order_by("day", "pk")


class Succession(models.Model):
    """That on a day ``after`` took the place of ``before``, or a part of it."""

    DATA: ClassVar = dict.fromkeys(["before", "after", "day", "how"], Data.PUBLIC)

    class How(models.TextChoices):
        MERGED = "merged", _("joined another one")
        SPLIT = "split", _("was split")
        SPLIT_OFF = "split_off", _("a part became an organisation of its own")

    before = models.ForeignKey(Organisation, models.CASCADE, related_name="successions")
    after = models.ForeignKey(Organisation, models.CASCADE, related_name="origins")
    day = models.DateField()
    how = models.CharField(max_length=20, choices=How)
    objects = SuccessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["before", "after", "day"], name="succession_is_said_once"
            ),
            models.CheckConstraint(condition=~Q(before=F("after")), name="nobody_succeeds_itself"),
        ]

    def __str__(self) -> str:
        """Say in what way."""
        return str(self.get_how_display())


def life_of(organisation: Organisation) -> list[Stretch]:
    """Return the whole life of an organisation, stretch by stretch."""
    chapters = [one.stretch() for one in organisation.chapters.order_by("span")]
    now = organisation
    return chapters or [Stretch(None, None, now.kind, now.name, now.territory_id)]


def write_life(organisation: Organisation, life: Life) -> None:
    """Store the life of an organisation; its own row says what holds today."""
    Chapter.objects.filter(organisation=organisation).delete()
    Chapter.objects.bulk_create(
        Chapter(
            organisation=organisation,
            span=DateRange(one.since, one.until),
            kind=one.kind,
            name=one.name,
            territory_id=one.territory,
            exists=one.exists,
        )
        for one in life
        if len(life) > 1
    )
    today = clock.today()
    now = on(life, today)
    if organisation.name != now.name:
        organisation.short_name = shortened(now.name)
    organisation.name, organisation.name_key = now.name, name_key(now.name)
    organisation.kind, organisation.territory_id = now.kind, now.territory
    organisation.closed_on = ended_on(life, today)
    organisation.save(
        update_fields=["name", "name_key", "short_name", "kind", "territory", "closed_on"]
    )


def ended_on(life: Life, day: date) -> date | None:
    """Return since when, on ``day``, it has not existed any more; nothing while it exists."""
    since = None
    for one in life:
        if one.since and one.since > day:
            break
        since = None if one.exists else since or one.since
    return since


def as_of(organisation: Organisation, day: date) -> Stretch:
    """Return what an organisation was on a day."""
    return on(life_of(organisation), day)


def heirs(organisation: Organisation, day: date) -> set[int]:
    """Return the keys of those that stood on ``day`` where this organisation had been.

    That is the organisation itself while it exists, else who took its place when it ended, or
    who took theirs; nobody if it was just closed.
    """
    found: set[int] = set()
    seen: set[int] = set()
    asked = {organisation.pk}
    while asked:
        seen |= asked
        closed = _closed_since(asked, day)
        found |= asked - closed.keys()
        ended = Q()
        for key, since in closed.items():
            ended |= Q(before=key, day=since)
        ending = Succession.objects.filter(ended, how__in=ENDING) if closed else None
        asked = ({*ending.values_list("after", flat=True)} - seen) if ending is not None else set()
    return found


ENDING = (Succession.How.MERGED, Succession.How.SPLIT)


def _closed_since(keys: set[int], day: date) -> dict[int, date | None]:
    """Return which of these did not exist on ``day``, and since when."""
    lives: dict[int, list[Stretch]] = {}
    for chapter in Chapter.objects.filter(organisation__in=keys).order_by("span"):
        lives.setdefault(chapter.organisation_id, []).append(chapter.stretch())
    return {key: ended_on(life, day) for key, life in lives.items() if not on(life, day).exists}
