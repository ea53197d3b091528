"""What people are told of events: notices with one button, no child's name."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from zveno.events.models.events import Event
from zveno.events.models.groups import Group
from zveno.people.models import Note, Notice, in_each_language

Kind = Notice.Kind


def about(group: Group) -> str:
    """Name a group in letters and notices, for taking them back."""
    return f"events.Group:{group.public_id}"


def about_news(group: Group) -> str:
    """Name what a group is told when its event is moved or called off."""
    return f"events.News:{group.public_id}"


@in_each_language
def seats_came_free(event: Event, group: Group) -> Note:
    """Ask whoever waited whether they take the seats."""
    return Note(
        Kind.DECIDE,
        _("Seats available: %(title)s") % {"title": event.title},
        reverse("events:group", args=[group.public_id]),
        _("Take the seats or decline"),
        text=_day(event),
        about=about(group),
        due=group.offered_until,
    )


@in_each_language
def offer_is_over(event: Event) -> Note:
    """Tell whoever waited and has not answered that the seats went on."""
    return Note(
        Kind.CHANGED,
        _("The seats passed to others: %(title)s") % {"title": event.title},
        reverse("events:event", args=[event.public_id]),
        _("View event"),
        text=_("Nobody took the offered seats in time. You may join the waiting list again."),
    )


@in_each_language
def list_is_due(event: Event, group: Group) -> Note:
    """Ask the sender for its list while there is time."""
    return Note(
        Kind.DECIDE,
        _("The list is due: %(title)s") % {"title": event.title},
        reverse("events:group", args=[group.public_id]),
        _("Send the list"),
        text=_("Without it the seats pass to others."),
        about=about(group),
        due=group.list_due,
    )


@in_each_language
def list_has_not_come(event: Event) -> Note:
    """Tell the sender that its seats were released, and why."""
    return Note(
        Kind.CHANGED,
        _("Seats released: %(title)s") % {"title": event.title},
        reverse("events:event", args=[event.public_id]),
        _("View event"),
        text=_("The class list did not come in time. You may register again."),
    )


@in_each_language
def seats_were_given_back(event: Event, group: Group) -> Note:
    """Tell the host that a group does not come."""
    return Note(
        Kind.CHANGED,
        _("Seats released: %(title)s") % {"title": event.title},
        reverse("events:event", args=[event.public_id]),
        _("See all groups"),
        text=str(group.sender),
    )


@in_each_language
def is_announced(event: Event) -> Note:
    """Tell the members of the cluster that children may be sent."""
    return Note(
        Kind.KNOWN,
        _("New event: %(title)s") % {"title": event.title},
        reverse("events:event", args=[event.public_id]),
        _("View event"),
        text=_day(event),
    )


@in_each_language
def is_cancelled(event: Event, group: Group | None = None) -> Note:
    """Tell a group that was coming, and, without one, whoever would have met it."""
    return Note(
        Kind.CHANGED,
        _("Event cancelled: %(title)s") % {"title": event.title},
        reverse("events:event", args=[event.public_id]),
        _("View event"),
        text=f"{_day(event)}. {event.cancelled_why}",
        about=about_news(group) if group else "",
    )


@in_each_language
def is_moved(event: Event, group: Group) -> Note:
    """Ask whoever was coming whether they come at the new time, too."""
    return Note(
        Kind.DECIDE,
        _("Another time: %(title)s") % {"title": event.title},
        reverse("events:done", args=[group.public_id]),
        _("Say whether you come"),
        text=_moved(event),
        about=about_news(group),
        due=event.starts_at,
    )


@in_each_language
def others_are_told(event: Event) -> Note:
    """Tell whoever meets the children of the new time."""
    return Note(
        Kind.CHANGED,
        _("Another time: %(title)s") % {"title": event.title},
        reverse("events:event", args=[event.public_id]),
        _("View event"),
        text=_moved(event),
    )


@in_each_language
def certificates_are_ready(event: Event, letters: str) -> Note:
    """Tell those who sent children that their certificates can be printed."""
    return Note(
        Kind.CHANGED,
        _("Certificates are ready: %(title)s") % {"title": event.title},
        reverse("events:certificates", args=[event.public_id]),
        _("Open certificates"),
        text=_day(event),
        about=letters,
    )


def _moved(event: Event) -> str:
    return f"{_day(event)}, {event.venue}. {event.moved_why}"


def _day(event: Event) -> str:
    return date_format(localtime(event.starts_at), "j E Y, H:i")
