"""Events somebody looks for."""

from django.db.models import QuerySet

from zveno.events.models.events import Event
from zveno.kernel.actor import Actor
from zveno.kernel.finding import Wanted


def events_found(actor: Actor, wanted: Wanted) -> QuerySet[Event]:
    """Return events of such a title that the actor sees, the latest first."""
    rows = Event.objects.visible_to(actor).filter(wanted.said("title"))
    return rows.order_by("-starts_at", "pk")


def events_resembling(actor: Actor, wanted: Wanted) -> QuerySet[Event]:
    """Return events with a title that is like the words, for who mistyped."""
    rows = Event.objects.visible_to(actor).filter(wanted.resembles("title"))
    return rows.order_by(wanted.resemblance("title").desc(), "-starts_at", "pk")
