"""A plan is approved by the base and the methodical operator, and drawn up for signature."""

import base64

from django.utils.translation import gettext_lazy as _

from zveno.documents.actions import Upload, store_file, take_numbers
from zveno.documents.models import Book, Paper
from zveno.kernel import clock, engines
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.network.models import require_open
from zveno.plan import rules
from zveno.plan.models import (
    Approval,
    Plan,
    PrintedPlan,
    agreed,
    paper_of,
    present_digest,
    sides_of,
    tell_of_approval,
)

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class PlanChanged(DomainError):
    """Nobody approves what they have not read."""

    code = "plan_changed"
    message = _("The plan was changed since you opened it. Read it and approve again.")


class NothingToApprove(DomainError):
    """An empty plan is not approved."""

    code = "nothing_to_approve"
    message = _("The plan has no items yet. Add them first.")


class PlanUnprintable(BadInput):
    """The plan holds a sign that no printed paper can."""

    code = "plan_unprintable"
    message = _(
        "The plan has a character that cannot be printed, such as an emoji. Find it and remove it."
    )


@action(rules.approves, on=Plan, lock=True)
def approve_plan(actor: Actor, plan: Plan, *, digest: str) -> None:
    """Approve the plan that was read (``digest``), for every side one speaks for.

    With the last approval the plan takes its number from the book of plans of the base; it keeps
    that when it is changed and approved again. Raises ``ClusterClosed``, ``NothingToApprove`` and
    ``PlanChanged``.
    """
    require_open(plan.cluster)
    if not plan.items.exists():
        raise NothingToApprove
    if digest != present_digest(plan):
        raise PlanChanged
    sides = rules.sides_approved_by(actor, plan.cluster)
    for side in sides:
        given = {"organisation": sides_of(plan.cluster)[side], "digest": digest}
        given |= {"given_at": clock.now(), "ended_at": None}
        Approval.objects.update_or_create(plan=plan, side=side, defaults=given)
    _number_when_agreed(actor, plan, digest)
    tell_of_approval(actor, plan, sides, digest)


def _number_when_agreed(actor: Actor, plan: Plan, digest: str) -> None:
    """Take the number of a plan once all sides have approved it."""
    if plan.number or not agreed(sides_of(plan.cluster), list(plan.approvals.all()), digest):
        return
    [plan.number] = take_numbers(
        actor,
        plan.cluster.base.public_id,
        kind=Book.Kind.PLANS,
        year=clock.today().year,
        subjects=[f"План работы кластера «{plan.cluster.name}», {plan}"[:200]],
    )
    plan.save(update_fields=["number"])


@action(rules.plans_year, on=Plan, lock=True)
def print_plan(actor: Actor, plan: Plan) -> PrintedPlan:
    """Draw PDF and DOCX of the plan as it stands, with notes on execution; members may read them.

    Where nothing is another than in the last one, that is returned. Raises ``PlanUnprintable``.
    """
    digest = present_digest(plan)
    holding = [one for one in plan.approvals.order_by("side") if one.digest == digest]
    draw = paper_of(plan, sides_of(plan.cluster), holding)
    last = plan.printed.select_related("paper").order_by("-pk").first()
    if last and last.paper.content == {"draw": draw}:
        return last
    return PrintedPlan.objects.create(plan=plan, paper=_drawn(actor, plan, draw))


def _drawn(actor: Actor, plan: Plan, draw: dict[str, object]) -> Paper:
    try:
        drawn = engines.run("papers", {"draw": draw, "formats": list(TYPES)})
    except engines.EngineRefused as refusal:
        raise PlanUnprintable from refusal
    base, members = plan.cluster.base, plan.cluster.memberships.live()
    readers = members.exclude(organisation=base).values_list("organisation", flat=True)
    title = f"{draw['title']} {plan}".replace("/", "-")
    kept = {
        kind: store_file(
            actor,
            base.public_id,
            upload=Upload(f"{title}.{kind}", media_type, base64.b64decode(drawn[kind])),
            readers=list(readers),
        )
        for kind, media_type in TYPES.items()
    }
    return Paper.objects.create(owner=base, content={"draw": draw}, **kept)
