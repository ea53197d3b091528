"""Who has read that an event was moved or will not take place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from zveno.events.models import notices
from zveno.events.models.events import Event
from zveno.events.models.groups import Group
from zveno.kernel.actor import Actor
from zveno.people.models import told_about


@dataclass(frozen=True, slots=True)
class Heard:
    """A group that was told: ``by_notice`` where somebody of the sender can sign in.

    ``read_at`` is when the first of them opened the notice or answered.
    """

    group: Group
    by_notice: bool
    read_at: datetime | None


def heard(actor: Actor, event: Event) -> list[Heard]:
    """Return which of the groups that ``actor`` reads were told the last news, and who read it.

    Empty for an event of which there is none.
    """
    rows = Group.objects.visible_to(actor).filter(event=event).select_related("sender")
    if event.state == Event.State.CANCELLED:
        return _heard(rows.filter(called_off=True).order_by("pk"), event.cancelled_at)
    return _heard(rows.live().filter(asked_at__lt=event.moved_at), event.moved_at)


def _heard(groups: Iterable[Group], since: datetime | None) -> list[Heard]:
    if since is None:
        return []
    names = {group: notices.about_news(group) for group in groups}
    told = told_about(names.values(), since)
    return [Heard(group, about in told, told.get(about)) for group, about in names.items()]
