"""What waits for whoever meets the children at the door."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from zveno.desk.models import Todo
from zveno.events.models import Event
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.people.models import Post

SHOWN = 10


def waits(actor: Actor) -> Iterator[Todo]:
    """Tell a teacher of the host about the events whose day has come; a coordinator knows."""
    led = {key for key, role in actor.roles if role == Post.Role.COORDINATOR}
    taught = {key for key, role in actor.roles if role == Post.Role.TEACHER} - led
    if not taught:
        return
    open_events = Event.objects.visible_to(actor).filter(host__in=taught, state=Event.State.OPEN)
    for event in open_events.order_by("starts_at")[:SHOWN]:
        if has_come(event):
            yield check_in(event)


def has_come(event: Event) -> bool:
    """Whether it is the day of ``event``, or past it."""
    return localtime(event.starts_at).date() <= clock.today()


def check_in(event: Event) -> Todo:
    """Ask to mark who comes."""
    day = date_format(localtime(event.starts_at), "j E")
    return Todo(
        "check_in",
        _("Check in: %(title)s") % {"title": event},
        _("%(day)s. %(came)s of %(taken)s checked in.")
        % {"day": day, "came": event.came, "taken": event.taken},
        reverse("events:phone", args=[event.public_id]),
        _("Open the list"),
        "check",
        burns=True,
    )
