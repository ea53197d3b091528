"""The August check: what each member says of itself once an academic year, and who has not yet."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.network.models.clusters import Membership, MembershipQuerySet, Role
from zveno.network.models.results import FEWEST_TOLD
from zveno.organisations.models import Double, Organisation
from zveno.people.models import Note, Notice, Person, Post, in_each_language

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

ASKED_FOR = timedelta(weeks=6)
"""How long Zveno asks by itself, from the day on; later only a coordinator does."""
ASKED_EVERY = timedelta(days=7)
MOST_COUNTED = 100_000


class Counts(NamedTuple):
    """Who is counted in an organisation: words for the form; empty for what it does not have."""

    learners: "StrPromise | str"
    teachers: "StrPromise | str"


_TEACHERS = pgettext_lazy("in an organisation", "How many teachers")
_CHILDREN = pgettext_lazy("in an organisation", "How many children")
_STUDENTS = pgettext_lazy("in an organisation", "How many students")
COUNTED = {
    Organisation.Kind.SCHOOL: Counts(
        pgettext_lazy("in an organisation", "How many pupils"), _TEACHERS
    ),
    Organisation.Kind.PRESCHOOL: Counts(
        _CHILDREN, pgettext_lazy("in an organisation", "How many kindergarten teachers")
    ),
    Organisation.Kind.EXTRACURRICULAR_CENTRE: Counts(_CHILDREN, _TEACHERS),
    Organisation.Kind.TECHNOPARK: Counts(_CHILDREN, _TEACHERS),
    Organisation.Kind.COLLEGE: Counts(_STUDENTS, _TEACHERS),
    Organisation.Kind.UNIVERSITY: Counts(_STUDENTS, _TEACHERS),
    Organisation.Kind.METHODICAL_CENTRE: Counts(
        "", pgettext_lazy("in an organisation", "How many methodists")
    ),
    Organisation.Kind.SECTOR_CENTRE: Counts("", _TEACHERS),
    Organisation.Kind.ADVANCED_TRAINING_CENTRE: Counts("", _TEACHERS),
}


def counted_in(organisation: Organisation) -> Counts:
    """Say who is counted in an organisation of its kind."""
    return COUNTED.get(Organisation.Kind(organisation.kind), Counts("", ""))


def check_day(year: int) -> date:
    """Return the day from which members are asked about the academic year begun in ``year``."""
    return date(year, *settings.ZVENO_CHECK_FROM)


def check_year(day: date) -> int:
    """Return the academic year members are asked about on ``day``: in August the coming one."""
    return day.year if day >= check_day(day.year) else day.year - 1


class CheckedYear(NamedTuple):
    """An academic year: how many were asked then, and how many confirmed."""

    year: int
    confirmed: int
    asked: int

    def __str__(self) -> str:
        """Name it."""
        return f"{self.year}/{self.year + 1}"


class YearCheckQuerySet(Questions["YearCheck"]):
    """Questions about August checks."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the scope and of the members of clusters the scope leads."""
        led = Membership.objects.live().filter(cluster__base__in=actor.scope)
        own = Q(organisation__in=actor.scope)
        return self.filter(own | Q(organisation__in=led.values("organisation")))

    def told_to(self, actor: Actor) -> Self:
        """Say as ``learners_told`` how many there are; to others, of fewer than five nothing."""
        own = When(organisation__in=actor.scope, then=F("learners"))
        few = When(learners__lt=FEWEST_TOLD, then=None)
        return self.annotate(learners_told=Case(own, few, default=F("learners")))

    def of_now(self) -> Self:
        """Keep those of the academic year members are asked about today."""
        return self.filter(year=check_year(clock.today()))

    def by_year(self) -> "list[CheckedYear]":
        """Count those asked and those confirmed in each academic year, the latest first."""
        counted = self.values("year").annotate(confirmed=Count("checked_at"), asked=Count("pk"))
        return [CheckedYear(**one) for one in counted.order_by("-year")]

    def waiting(self) -> Self:
        """Keep those asked about and not confirmed."""
        return self.filter(checked_at=None)

    def confirmed(self) -> Self:
        """Keep those confirmed, the latest year first."""
        return self.filter(checked_at__isnull=False).order_by("-year")


class YearCheck(Record):
    """What an organisation says of itself in an academic year: asked from August on, then said.

    Contacts, ``head`` (whose post it was), ``basis`` and head-counts are as they were confirmed
    at ``checked_at``; ``reminded_on`` is the last day on which somebody there was asked.
    """

    DATA: ClassVar = (
        dict.fromkeys(["phone", "email", "site", "address"], Data.PUBLIC)
        | dict.fromkeys(["year", "checked_at", "reminded_on"], Data.WORK)
        | dict.fromkeys(["basis", "learners", "teachers"], Data.WORK)
    )
    DOUBLE: ClassVar = Double.YIELDS

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="year_checks")
    year = models.PositiveSmallIntegerField()
    reminded_on = models.DateField(null=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    site = models.URLField(blank=True)
    address = models.CharField(max_length=400, blank=True)
    head = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    basis = models.CharField(max_length=200, blank=True)
    learners = models.PositiveIntegerField(null=True)
    teachers = models.PositiveIntegerField(null=True)
    objects = YearCheckQuerySet.as_manager()
    learners_told: int | None

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year"], name="one_check_of_an_organisation_a_year"
            ),
            models.CheckConstraint(
                condition=Q(checked_at=None) ^ ~Q(basis=""), name="who_checks_says_who_signs"
            ),
        ]

    def __str__(self) -> str:
        """Name the academic year."""
        return f"{self.year}/{self.year + 1}"

    def home(self) -> int | None:
        """Return the organisation."""
        return self.organisation_id

    @property
    def about(self) -> str:
        """Name it in notices."""
        return f"check:{self.public_id}"


def members_asked(cluster: int | None = None) -> MembershipQuerySet:
    """Return the members that are asked: all but the bases, of one cluster or of all."""
    members = Membership.objects.live().exclude(role=Role.BASE)
    return members if cluster is None else members.filter(cluster=cluster)


def members_due(day: date, cluster: int | None = None) -> MembershipQuerySet:
    """Return the members Zveno itself asks on ``day``: once a week, for six weeks from August on.

    Whoever joined since the day of the check has just said all this.
    """
    year = check_year(day)
    if day >= check_day(year) + ASKED_FOR:
        return Membership.objects.none()
    checks = YearCheck.objects.filter(organisation=OuterRef("organisation"), year=year)
    left_alone = checks.filter(Q(checked_at__isnull=False) | Q(reminded_on__gt=day - ASKED_EVERY))
    since = Membership.objects.on(check_day(year)).filter(
        cluster=OuterRef("cluster"), organisation=OuterRef("organisation")
    )
    return members_asked(cluster).filter(Exists(since), ~Exists(left_alone))


@in_each_language
def please_check(check: YearCheck) -> Note:
    """Ask those who represent an organisation to confirm what is known of it."""
    return Note(
        Notice.Kind.DECIDE,
        _("Check your data for the academic year %(year)s") % {"year": check},
        reverse("network:check", args=[check.organisation.public_id]),
        _("Check"),
        text=_("Contacts, who signs, head-counts: one screen, 2 minutes."),
        about=check.about,
    )
