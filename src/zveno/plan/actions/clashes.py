"""A clash of the plan is left as it is."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import DomainError
from zveno.network.models import require_open
from zveno.plan import rules
from zveno.plan.models import LeftClash, PlanItem, clashes_of_plan


class ClashGone(DomainError):
    """What is settled is what was read."""

    code = "clash_gone"
    message = _("The plan has changed since you opened it. Open the clashes again.")


@action(rules.plans_item, on=PlanItem, lock=True)
def leave_clash(
    actor: Actor, item: PlanItem, *, kind: str, other: UUID | None = None, left: bool = True
) -> None:
    """Leave a clash of an item as it is, or not any more.

    It comes back by itself when the item gets another day. Raises ``ClusterClosed`` and
    ``ClashGone``.
    """
    require_open(item.plan.cluster)
    clash = clashes_of_plan(item.plan).clash_of(item, kind, str(other or ""))
    if clash is None:
        raise ClashGone
    facts: dict[str, Any] = {"kind": clash.kind, "other_id": clash.other, "day": item.day}
    if left:
        LeftClash.objects.get_or_create(item=item, **facts)
    else:
        LeftClash.objects.filter(item=item, **facts).delete()
