"""Letters to engineers, each with a link that opens one slot, and notices about them, nameless."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zveno.events.models.engineers import ENGINEER, Engineer, Slot
from zveno.events.models.events import Event
from zveno.events.models.sheets import day_of
from zveno.kernel import clock, outbox
from zveno.people.models import Link, Note, Notice, hashed, in_each_language, new_token

LINK_LASTS = timedelta(days=30)
"""How long after the event the page of an engineer may be opened."""


def invite(engineer: Engineer, issuer: int) -> None:
    """Ask an engineer to come."""
    opening = _("You are invited to an event for children. Please confirm that you come.")
    subject = _("Please confirm: %(title)s")
    _write(engineer, subject, opening, _address(engineer, issuer))


def ask_again(engineer: Engineer, issuer: int) -> None:
    """Tell an engineer of the new time or place, and ask again."""
    opening = _("The event is moved: %(why)s\n\nPlease say whether you come at the new time.")
    words = opening % {"why": engineer.slot.event.moved_why}
    _write(engineer, _("Another time: %(title)s"), words, _address(engineer, issuer))


def call_off(engineer: Engineer, why: str) -> None:
    """Tell an engineer that nobody waits for them, and why, unless the invitation has not left."""
    if outbox.take_back(engineer.about) and engineer.asked == 1:
        return
    opening = _("You are not expected at the event any more. Reason: %(why)s") % {"why": why}
    _write(engineer, _("You are not expected: %(title)s"), opening, "")


def thank(engineer: Engineer, issuer: int) -> None:
    """Send the letter of thanks."""
    subject = _("Thank you: %(title)s") % {"title": engineer.slot.event}
    closing = _("This letter is also on your page:") + f"\n{_address(engineer, issuer)}\n"
    text = f"{thanks(engineer)}\n\n{closing}"
    outbox.post(engineer.email, subject, text, about=engineer.about)


def thanks(engineer: Engineer) -> str:
    """Write thanks from facts, in the language of the house: for what, when, for how long."""
    with translation.override(settings.LANGUAGE_CODE):
        return "\n\n".join(filter(None, _thanks(engineer)))


def _thanks(engineer: Engineer) -> Iterator[str]:
    slot, event = engineer.slot, engineer.slot.event
    hours = engineer.hours or slot.hours
    given = ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    yield _("%(name)s, thank you for your part in the event.") % {"name": engineer.name}
    yield f"{event}, {date_format(day_of(event), 'j E Y')}"
    facts = {"role": slot.get_role_display(), "hours": given}
    yield _("What you did: %(role)s. Time given to the children: %(hours)s.") % facts
    if event.came:
        came = ngettext("%(count)s child", "%(count)s children", event.came)
        yield _("%(children)s came to the event.") % {"children": came % {"count": event.came}}
    yield _("With gratitude, %(host)s") % {"host": event.host.name}


def when(slot: Slot) -> str:
    """Say on which day and from when until when, by the clock of the place."""
    end = slot.ends_at.astimezone(ZoneInfo(slot.event.time_zone))
    return f"{slot.event.in_words(slot.starts_at)}–{date_format(end, 'H:i')}"


def _write(engineer: Engineer, subject: str, opening: str, address: str) -> None:
    slot, event = engineer.slot, engineer.slot.event
    lines = [event.title, when(slot), event.venue, slot.get_role_display(), slot.topic]
    parts = [engineer.name, opening, "\n".join(filter(None, lines))]
    if address:
        parts += [_("Confirm, decline or add it to your calendar:") + f"\n{address}"]
    parts += [_("The host is %(host)s.") % {"host": _contacts(event)}]
    text = "\n\n".join(parts) + "\n"
    outbox.post(engineer.email, subject % {"title": event}, text, about=engineer.about)


def _contacts(event: Event) -> str:
    return ", ".join(filter(None, [event.host.name, event.host.phone, event.host.email]))


def _address(engineer: Engineer, issuer: int) -> str:
    """Give out a link in the name of ``issuer``; those of earlier letters open the page, too."""
    token, until = new_token(), max(engineer.slot.ends_at, clock.now()) + LINK_LASTS
    opens = [[ENGINEER, engineer.pk]]
    Link.objects.create(issuer_id=issuer, token_hash=hashed(token), opens=opens, until=until)
    return settings.ADDRESS + reverse("events:engineer", args=[token])


def end_links(engineer: Engineer) -> None:
    """Let no letter open the page of an engineer any more."""
    opens = [[ENGINEER, engineer.pk]]
    Link.objects.live().filter(opens=opens).update(ended_at=clock.now())


@in_each_language
def is_answered(engineer: Engineer) -> Note:
    """Tell the host whether somebody comes; who it is stands on the page."""
    slot = engineer.slot
    comes = engineer.state == Engineer.State.CONFIRMED
    words = _("An engineer comes: %(title)s") if comes else _("An engineer cannot come: %(title)s")
    return _of_host(slot, words, str(slot.employer))


@in_each_language
def is_declined(slot: Slot) -> Note:
    """Tell the host that an employer sends nobody, and why."""
    return _of_host(slot, _("The employer sends nobody: %(title)s"), f"{slot.employer}: {slot.why}")


@in_each_language
def is_withdrawn(slot: Slot) -> Note:
    """Tell the employer that nobody is needed any more."""
    return Note(
        Notice.Kind.CHANGED,
        _("Nobody is needed any more: %(title)s") % {"title": slot.event},
        reverse("events:slot", args=[slot.public_id]),
        _("View the offer"),
        text=when(slot),
    )


@in_each_language
def is_shifted(slot: Slot) -> Note:
    """Tell the employer of the new time; its engineers are asked by letter."""
    return Note(
        Notice.Kind.CHANGED,
        _("Another time: %(title)s") % {"title": slot.event},
        reverse("events:slot", args=[slot.public_id]),
        _("View the offer"),
        text=f"{when(slot)}, {slot.event.venue}. {slot.event.moved_why}",
    )


def _of_host(slot: Slot, words: str, text: str) -> Note:
    return Note(
        Notice.Kind.CHANGED,
        words % {"title": slot.event},
        reverse("events:engineers", args=[slot.event.public_id]),
        _("View engineers"),
        text=text,
    )
