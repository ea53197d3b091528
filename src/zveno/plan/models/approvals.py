"""Who has approved a plan, and the plan as a paper.

An approval names the **digest** of what was planned: sections, items, for whom, in which month, who
hosts. It holds as long as the plan is the same: a change of these words ends it by itself. When an
item is dated, moved, cancelled or reported, the plan is carried out, not changed.
"""

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from zveno.documents.models import Paper
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Questions, Record
from zveno.network.models import Cluster, Membership, Role, joined_by
from zveno.organisations.models import Organisation
from zveno.plan.models.items import PlanItem
from zveno.plan.models.plans import Plan, Section


class ApprovalQuerySet(Questions["Approval"]):
    """Questions about approvals."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the plans the actor sees."""
        return self.filter(joined_by(actor, "plan__cluster__"))

    def of_year(self, cluster: Cluster, year: int) -> Self:
        """Keep those of the plan of an academic year, the base first."""
        rows = self.filter(plan__cluster=cluster, plan__year=year)
        return rows.select_related("organisation").order_by("side")


class Approval(Record):
    """What one side has approved, and when: the base, or the methodical operator.

    ``ended_at`` is when the sides were told that the plan is another.
    """

    class Side(models.TextChoices):
        BASE = "base", _("base organisation")
        OPERATOR = "operator", _("methodical operator")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="approvals")
    side = models.CharField(max_length=20, choices=Side)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    given_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    objects = ApprovalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "side"], name="side_approves_a_plan_once"),
        ]

    def __str__(self) -> str:
        """Name the side."""
        return str(self.get_side_display())

    def home(self) -> int | None:
        """Return whose approval it is."""
        return self.organisation_id


class PrintedPlanQuerySet(Questions["PrintedPlan"]):
    """Questions about printed plans."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the plans the actor sees."""
        return self.filter(joined_by(actor, "plan__cluster__"))


class PrintedPlan(Record):
    """The plan as it stood, with its notes on execution, when it was drawn up."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="printed")
    paper = models.OneToOneField(Paper, models.PROTECT, related_name="+")
    printed_at = models.DateTimeField(default=clock.now)
    objects = PrintedPlanQuerySet.as_manager()

    def __str__(self) -> str:
        """Name the plan."""
        return str(self.plan)

    def home(self) -> int | None:
        """Return the base organisation."""
        return self.plan.home()


def digest_of(sections: Iterable[Section], items: Iterable[PlanItem]) -> str:
    """Return what stands for the words of a plan: another word, another digest."""
    names = {one.pk: one.name for one in sections}
    lines = sorted(
        [
            *(names.get(one.section_id or 0, ""), one.title, one.month, one.host_id),
            *(one.audience, one.venue, one.responsible, one.note),
            *([one.kind] if one.is_course else []),
        ]
        for one in items
    )
    told = json.dumps([list(names.values()), lines], ensure_ascii=False)
    return sha256(told.encode()).hexdigest()


def present_digest(plan: Plan) -> str:
    """Return the digest of a plan as it stands."""
    sections = Section.objects.filter(plan=plan).order_by("place", "pk")
    return digest_of(sections, PlanItem.objects.filter(plan=plan))


def sides_of(cluster: Cluster) -> dict[str, Organisation]:
    """Return who approves the plan of a cluster: the base and, if there is one, the operator."""
    live = Membership.objects.live().filter(cluster=cluster, role=Role.METHODICAL_OPERATOR)
    operator = live.select_related("organisation").first()
    sides = {Approval.Side.BASE.value: cluster.base}
    return sides | ({Approval.Side.OPERATOR.value: operator.organisation} if operator else {})


def agreed(sides: Iterable[str], approvals: Sequence[Approval], digest: str) -> bool:
    """Whether all sides have approved this very plan."""
    holding = {one.side for one in approvals if one.digest == digest}
    return holding >= set(sides)
