"""What a child needs on the day is said by its school."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from zveno.events import rules
from zveno.events.models import CareNote, Place
from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError


class NoSuchNeed(BadInput):
    """What a host does for a child is one of a closed list."""

    code = "no_such_need"
    message = _("Choose from the list.")
    field = "needs"


class EventIsOver(DomainError):
    """What is needed on the day is said before its end."""

    code = "event_is_over"
    message = _("“%(title)s” is over: nothing can be noted for its day any more.")


@action(rules.sends_place, on=Place, lock=True)
def note_care(actor: Actor, place: Place, *, needs: Collection[str]) -> None:
    """Say what the child needs at this event; said again, it takes the place of what was said.

    Raises ``NoSuchNeed`` and ``EventIsOver``.
    """
    if not set(needs) <= set(CareNote.Need.values):
        raise NoSuchNeed
    if place.event.ends_at <= clock.now():
        raise EventIsOver(title=place.event.title)
    CareNote.objects.filter(place=place).exclude(need__in=needs).delete()
    CareNote.objects.bulk_create(
        [CareNote(place=place, need=need) for need in dict.fromkeys(needs)], ignore_conflicts=True
    )
