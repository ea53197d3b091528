"""Letters to families: what, when, where, how many, and the address of the ticket."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zveno.events.models.events import Event
from zveno.events.models.letters import Words
from zveno.events.models.visits import Visit


def address_of_ticket(visit: Visit) -> str:
    """Return where a ticket is."""
    return settings.ADDRESS + reverse("events:ticket", args=[visit.token])


def is_here(event: Event, visit: Visit) -> Words:
    """Send the ticket."""
    text = _(
        "Your ticket:\n%(address)s\n\n%(facts)s\n\nShow the code on that page at the entrance. "
        "There you also add the event to your calendar or return the ticket if you cannot come.\n\n"
        "If you have not registered, return the ticket: somebody else is waiting for the seats.\n"
    ) % {"facts": _facts(event, visit), "address": address_of_ticket(visit)}
    return Words(_("Your ticket: %(title)s") % {"title": event.title}, text)


def is_cancelled(event: Event, visit: Visit) -> Words:
    """Tell a family that there is nothing to come to, and why."""
    text = _(
        "The event will not take place.\n\n%(facts)s\n\nReason: %(why)s\n\n"
        "You need not return the ticket.\n"
    ) % {"facts": _facts(event, visit), "why": event.cancelled_why}
    return Words(_("Event cancelled: %(title)s") % {"title": event.title}, text)


def is_moved(event: Event, visit: Visit) -> Words:
    """Tell a family of the new time or place, and why; the ticket holds."""
    text = _(
        "The event takes place at another time or in another place.\n\n%(facts)s\n\n"
        "It was to begin on %(was)s. Reason: %(why)s\n\n"
        "Your ticket is valid for the new time. If you cannot come, return it:\n%(address)s\n"
    ) % {
        "facts": _facts(event, visit),
        "was": event.in_words(event.moved_from or event.starts_at),
        "why": event.moved_why,
        "address": address_of_ticket(visit),
    }
    return Words(_("Another time: %(title)s") % {"title": event.title}, text)


def _facts(event: Event, visit: Visit) -> str:
    seats = ngettext("%(count)s seat", "%(count)s seats", visit.people) % {"count": visit.people}
    return f"{event.title}\n{event.in_words(event.starts_at)}\n{event.venue}\n{seats}"
