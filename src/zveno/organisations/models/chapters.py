"""What an organisation was when: its life in chapters, and who took the place of whom."""

from datetime import date
from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.finding import Said
from zveno.kernel.models import Data, Questions
from zveno.organisations.models.lives import Life, Stretch, ended_on, on
from zveno.organisations.models.mergers import Double
from zveno.organisations.models.register import (
    Organisation,
    Territory,
    name_key,
    shortened,
)


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
    DOUBLE: ClassVar = Double.ASIDE

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
        indexes = [GinIndex(Said("name"), name="chapter_said")]

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
    DOUBLE: ClassVar = Double.YIELDS

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
