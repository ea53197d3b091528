"""The plan of last year becomes that of the next."""

from collections.abc import Sequence
from uuid import UUID

from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.network.models import Agreement, Cluster, Membership, require_open
from zveno.organisations.models import name_key
from zveno.plan import rules
from zveno.plan.models import Plan, PlanItem, made_plan, sections_called, tell_if_ended
from zveno.plan.models.copying import Copy, copies_of

State = PlanItem.State


@action(rules.plans, on=Cluster, lock=True)
def copy_plan(actor: Actor, cluster: Cluster, *, year: int, items: Sequence[UUID]) -> int:
    """Copy chosen items of the year before into the plan of ``year``; return how many came.

    Weekdays stay, days off are skipped. What was cancelled, and what the plan has already, is not
    copied: doing it twice adds nothing. A host that has left gives way to the base. Raises
    ``ClusterClosed``.
    """
    require_open(cluster)
    plan = made_plan(cluster, year)
    there = plan.items.values_list("title", "month")
    asked = PlanItem.objects.to_copy(cluster, year).filter(public_id__in=items)
    copies = [one for one in copies_of(asked, there, []) if not one.there]
    names = [one.item.section.name for one in copies if one.item.section]
    sections = sections_called(plan, names)
    inside = Membership.objects.live().filter(cluster=cluster)
    members = set(inside.values_list("organisation", flat=True))
    made = [_copied(plan, one, members) for one in copies]
    for item, one in zip(made, copies, strict=True):
        item.section = sections[name_key(one.item.section.name)] if one.item.section else None
    PlanItem.objects.bulk_create(made)
    tell_if_ended(actor, plan)
    return len(made)


def _copied(plan: Plan, copy: Copy, members: set[int]) -> PlanItem:
    item, base = copy.item, plan.cluster.base_id
    owed = item.obligation
    holds = owed is not None and owed.agreement.state == Agreement.State.IN_FORCE
    return PlanItem(
        plan=plan,
        obligation=owed if holds else None,
        host_id=item.host_id if item.host_id in members else base,
        kind=item.kind,
        title=item.title,
        audience=item.audience,
        venue=item.venue,
        responsible=item.responsible,
        note=item.note,
        month=copy.month,
        day=copy.day,
        original_day=copy.day,
        state=State.DATED if copy.day else State.PLANNED,
    )
