"""What the sides of a plan are told: another has approved it, or it is not what they approved."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.people.models import Note, Notice, Post, in_each_language, notify
from zveno.plan.models.approvals import Approval, present_digest, sides_of
from zveno.plan.models.plans import Plan, offered_years

PLANNING = {
    Approval.Side.BASE.value: [Post.Role.COORDINATOR],
    Approval.Side.OPERATOR.value: [Post.Role.COORDINATOR, Post.Role.METHODIST],
}
"""Who makes the plan at each side."""


def tell_of_approval(actor: Actor, plan: Plan, sides: Collection[str], digest: str) -> None:
    """Tell the other side that one has approved; it may have done so before."""
    known = {one.side for one in plan.approvals.all() if one.digest == digest}
    for side, house in sides_of(plan.cluster).items():
        if side not in sides:
            telling = _is_approved(plan, min(sides), waits=side not in known)
            notify(actor, telling, [house.pk], PLANNING[side])


def tell_if_ended(actor: Actor, plan: Plan) -> None:
    """Tell both sides, once, that another word has ended what was approved of a plan."""
    lasting = list(plan.approvals.filter(ended_at=None).order_by("side"))
    if not lasting:
        return
    digest = present_digest(plan)
    ended = [one.pk for one in lasting if one.digest != digest]
    if plan.approvals.filter(pk__in=ended).update(ended_at=clock.now()):
        for side, house in sides_of(plan.cluster).items():
            notify(actor, _is_ended(plan), [house.pk], PLANNING[side])


@in_each_language
def _is_approved(plan: Plan, side: str, *, waits: bool) -> Note:
    words = _("The plan for %(year)s is approved: %(side)s")
    named = {"year": plan, "side": Approval.Side(side).label}
    return Note(
        Notice.Kind.DECIDE if waits else Notice.Kind.CHANGED,
        words % named,
        _address(plan),
        _("Read and approve") if waits else _("Open the approval"),
        text=plan.cluster.name,
    )


@in_each_language
def _is_ended(plan: Plan) -> Note:
    return Note(
        Notice.Kind.CHANGED,
        _("The plan for %(year)s has changed: it has to be approved again") % {"year": plan},
        _address(plan),
        _("Open the approval"),
        text=plan.cluster.name,
    )


def _address(plan: Plan) -> str:
    page = reverse("plan:approval", args=[plan.cluster.public_id])
    word = next((word for word, year in offered_years().items() if year == plan.year), "")
    return f"{page}?year={word}" if word else page
