"""What members wish for the plan of a year: asked by a link, answered until a day, decided on."""

from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.network.models import Cluster, Membership, Role
from zveno.organisations.models import Organisation
from zveno.plan.models.items import PlanItem
from zveno.plan.models.plans import month_label, year_label
from zveno.ui.faces import Face

LINKED = "plan.Wisher"
REMINDED = timedelta(days=3)
"""How long before the last day those are reminded who have said nothing."""
MOST_WISHES = 20
"""How many wishes a member has."""


def of_planners(actor: Actor, path: str = "") -> Q:
    """Say which clusters the scope leads or operates, of rows whose cluster is at ``path``."""
    live = Membership.objects.live().filter(organisation__in=actor.scope)
    operated = live.filter(role=Role.METHODICAL_OPERATOR).values("cluster")
    return Q(**{f"{path}base__in": actor.scope}) | Q(**{f"{path}pk__in": operated})


class WishRoundQuerySet(Questions["WishRound"]):
    """Questions about rounds of wishes."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of whoever plans, and those one was asked in."""
        if actor.is_system():
            return self.all()
        asked = Wisher.objects.visible_to(actor).values("round")
        return self.filter(of_planners(actor, "cluster__") | Q(pk__in=asked))

    def to_remind(self) -> Self:
        """Keep those that end soon, with somebody who has said nothing and was not reminded."""
        today = clock.today()
        soon = self.filter(until__gte=today, until__lte=today + REMINDED)
        return soon.filter(pk__in=Wisher.objects.silent().values("round")).order_by("pk")


class WishRound(Record):
    """Members of a cluster are asked for wishes for a year's plan, until the end of a day."""

    DATA: ClassVar = {"text": Data.PUBLIC}

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="wish_rounds")
    year = models.PositiveSmallIntegerField()
    until = models.DateField()
    text = models.CharField(max_length=400, blank=True)
    opened_at = models.DateTimeField(default=clock.now)
    objects = WishRoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cluster", "year"], name="one_round_of_wishes_a_year"),
        ]

    def __str__(self) -> str:
        """Name the academic year."""
        return year_label(self.year)

    def home(self) -> int | None:
        """Return the base organisation."""
        return self.cluster.base_id

    @property
    def is_open(self) -> bool:
        """Whether wishes are taken."""
        return clock.today() <= self.until and not self.cluster.is_closed


class WisherQuerySet(Questions["Wisher"]):
    """Questions about who was asked."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the one a link lists, one's own, and all for whoever plans."""
        if actor.is_system():
            return self.all()
        if actor.keys:
            return self.filter(pk__in=actor.listed(LINKED))
        own = Q(organisation__in=actor.scope)
        return self.filter(own | of_planners(actor, "round__cluster__"))

    def counted(self) -> Self:
        """Tell as ``said`` how many wishes each has, by name."""
        return self.annotate(said=Count("wishes")).order_by("organisation__name", "pk")

    def silent(self) -> Self:
        """Keep who has wished nothing and was not reminded yet."""
        return self.filter(wishes=None, reminded_at=None, mailed__gt=0)


class Wisher(Record):
    """A member that is asked; ``mailed`` is how many addresses it was written to, and when."""

    round = models.ForeignKey(WishRound, models.CASCADE, related_name="wishers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    mailed = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    said: int
    objects = WisherQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organisation"], name="member_is_asked_for_wishes_once"
            ),
        ]

    def __str__(self) -> str:
        """Name the organisation."""
        return str(self.organisation)

    def home(self) -> int | None:
        """Return who is asked."""
        return self.organisation_id

    @property
    def about(self) -> str:
        """Name it for letters, so that they can be taken back."""
        return f"wisher:{self.public_id}"


class WishQuerySet(Questions["Wish"]):
    """Questions about wishes."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of whom one sees."""
        return self.filter(wisher__in=Wisher.objects.visible_to(actor).values("pk"))

    def of_year(self, cluster: Cluster, year: int) -> Self:
        """Keep those for the plan of a year, by member and in the order they were said."""
        rows = self.filter(wisher__round__cluster=cluster, wisher__round__year=year)
        return rows.order_by("wisher__organisation__name", "pk")

    def narrowed(self, said: Mapping[str, str]) -> Self:
        """Keep those of a ``member`` (public id) and in a ``state``, where that is said."""
        rows = self.in_state(said["state"]) if "state" in said else self
        return (
            rows.filter(wisher__organisation__public_id=said["member"])
            if "member" in said
            else rows
        )

    def in_state(self, state: str) -> Self:
        """Keep those with which this was done."""
        asked = {
            Wish.State.WAITING: Q(item=None, declined_why=""),
            Wish.State.PLANNED: Q(item__isnull=False),
            Wish.State.DECLINED: ~Q(declined_why=""),
        }
        return self.filter(asked[Wish.State(state)])


class Wish(Record):
    """What a member wishes: what, for whom, in which month, whether it hosts; what became of it."""

    DATA: ClassVar = {"title": Data.PUBLIC}

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("wish", "waiting")
        PLANNED = "planned", pgettext_lazy("wish", "in the plan")
        DECLINED = "declined", pgettext_lazy("wish", "declined")

    wisher = models.ForeignKey(Wisher, models.CASCADE, related_name="wishes")
    title = models.CharField(max_length=200)
    audience = models.CharField(max_length=200, blank=True)
    month = models.PositiveSmallIntegerField()
    hosts = models.BooleanField(default=False)
    note = models.CharField(max_length=400, blank=True)
    said_at = models.DateTimeField(default=clock.now)
    item = models.ForeignKey(PlanItem, models.SET_NULL, null=True, related_name="wishes")
    declined_why = models.CharField(max_length=400, blank=True)
    objects = WishQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(month__range=(1, 12)), name="wish_has_a_month"),
            models.CheckConstraint(
                condition=Q(item=None) | Q(declined_why=""), name="planned_wish_is_not_declined"
            ),
        ]

    def __str__(self) -> str:
        """Return what is wished."""
        return self.title

    def home(self) -> int | None:
        """Return who wishes."""
        return self.wisher.organisation_id

    @property
    def state(self) -> "Wish.State":
        """What became of it."""
        if self.item_id:
            return self.State.PLANNED
        return self.State.DECLINED if self.declined_why else self.State.WAITING

    @property
    def face(self) -> Face:
        """How its state looks."""
        return FACES[self.state]

    @property
    def cluster(self) -> Cluster:
        """Return the cluster that asked."""
        return self.wisher.round.cluster

    @property
    def year(self) -> int:
        """Return the academic year it is for."""
        return self.wisher.round.year

    @property
    def member(self) -> Organisation:
        """Return who wishes."""
        return self.wisher.organisation

    @property
    def when(self) -> str:
        """Name its month."""
        return month_label(self.month, self.year)


FACES = {
    Wish.State.WAITING: Face(pgettext_lazy("wish", "Waiting"), "", "clock"),
    Wish.State.PLANNED: Face(_("In the plan"), "ok", "check"),
    Wish.State.DECLINED: Face(pgettext_lazy("wish", "Declined"), "warn", "close"),
}
