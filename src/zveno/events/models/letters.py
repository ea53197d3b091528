"""Letters about groups, to the addresses of organisations: facts and a link, no child's name."""

from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zveno.events.models.events import Event
from zveno.events.models.groups import Group


class Words(NamedTuple):
    """What a letter says."""

    subject: str
    text: str


def seats_are_held(event: Event, group: Group) -> Words:
    """Tell the sender that its seats are held and what comes next."""
    subject = _("Seats reserved: %(title)s") % {"title": event.title}
    return Words(
        subject, _to_sender(event, group, _("The seats are yours. Now send the class list."))
    )


def seats_came_free(event: Event, group: Group) -> Words:
    """Tell the first who waited that seats are held for it now."""
    subject = _("Seats available: %(title)s") % {"title": event.title}
    until = event.in_words(group.offered_until or event.starts_at)
    opening = _("Your turn on the waiting list has come. Take the seats before %(until)s.")
    return Words(subject, _to_sender(event, group, opening % {"until": until}))


def list_is_due(event: Event, group: Group) -> Words:
    """Remind the sender of its list, and say what happens without it."""
    due = event.in_words(group.list_due or event.starts_at)
    opening = _("The class list is due before %(due)s. Without it the seats pass to others.")
    subject = _("The list is due: %(title)s") % {"title": event.title}
    return Words(subject, _to_sender(event, group, opening % {"due": due}))


def group_is_coming(event: Event, group: Group) -> Words:
    """Tell the host who reserved how many seats."""
    return _to_host(event, group, _("New group: %(title)s"))


def group_is_not_coming(event: Event, group: Group) -> Words:
    """Tell the host who gave back how many seats."""
    return _to_host(event, group, _("Seats released: %(title)s"))


def event_is_cancelled(event: Event, group: Group) -> Words:
    """Tell the sender that there is nothing to come to, and why."""
    text = _(
        "The event will not take place.\n\n%(facts)s\n\nReason: %(why)s\n\n"
        "The children’s list is no longer shown to the host. Let the host know that you have read "
        "this:\n%(address)s\n"
    ) % {
        "facts": _facts(event, group),
        "why": event.cancelled_why,
        "address": settings.ADDRESS + reverse("events:done", args=[group.public_id]),
    }
    return Words(_("Event cancelled: %(title)s") % {"title": event.title}, text)


def event_is_moved(event: Event, group: Group) -> Words:
    """Tell the sender of the new time, why, and where to say whether the group comes."""
    was = event.moved_from or event.starts_at
    text = _(
        "The event takes place at another time or in another place.\n\n%(facts)s\n\n"
        "It was to begin on %(was)s. Reason: %(why)s\n\n"
        "Your seats stay yours. Say whether you come, about a minute:\n%(address)s\n"
    ) % {
        "facts": _facts(event, group),
        "was": date_format(localtime(was), "j E Y, H:i"),
        "why": event.moved_why,
        "address": settings.ADDRESS + reverse("events:done", args=[group.public_id]),
    }
    return Words(_("Another time: %(title)s") % {"title": event.title}, text)


def _to_sender(event: Event, group: Group, opening: str) -> str:
    return _(
        "%(opening)s\n\n%(facts)s\n\nClass list and consents, about a minute:\n%(address)s\n"
    ) % {
        "opening": opening,
        "facts": _facts(event, group),
        "address": settings.ADDRESS + reverse("events:group", args=[group.public_id]),
    }


def _to_host(event: Event, group: Group, subject: str) -> Words:
    text = _("%(facts)s\nOrganisation: %(sender)s\n\nAll groups:\n%(address)s\n") % {
        "facts": _facts(event, group),
        "sender": group.sender.name,
        "address": settings.ADDRESS + reverse("events:event", args=[event.public_id]),
    }
    return Words(subject % {"title": event.title}, text)


def _facts(event: Event, group: Group) -> str:
    seats = ngettext("%(count)s seat", "%(count)s seats", group.seats) % {"count": group.seats}
    day = date_format(localtime(event.starts_at), "j E Y, H:i")
    return f"{event.title}\n{day}\n{event.venue}\n{seats}"
