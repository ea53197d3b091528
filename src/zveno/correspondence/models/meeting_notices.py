"""What the invited are told of a meeting."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from zveno.correspondence.models.meetings import INVITED, Invited, Meeting
from zveno.correspondence.models.minutes import Minutes
from zveno.people.models import Mail, Note, Notice, in_each_language, write_to


def when(meeting: Meeting) -> str:
    """Say when a meeting begins."""
    return date_format(localtime(meeting.begins_at), "d.m.Y, H:i")


@in_each_language
def is_called(invited: Invited) -> Note:
    """Ask whether somebody comes."""
    return _asking(invited, _("You are invited: %(subject)s, %(when)s"))


@in_each_language
def is_moved(invited: Invited) -> Note:
    """Ask anew: it is at another time or in another place."""
    return _asking(invited, _("The meeting has been moved: %(subject)s, %(when)s"))


@in_each_language
def is_cancelled(meeting: Meeting) -> Note:
    """Tell that it does not take place, and why."""
    return Note(
        Notice.Kind.CHANGED,
        _named(meeting, _("The meeting is cancelled: %(subject)s, %(when)s")),
        _address(meeting),
        _("Open the meeting"),
        text=meeting.cancel_reason,
    )


@in_each_language
def is_written(minutes: Minutes) -> Note:
    """Tell that there are minutes, or that they were corrected and why."""
    first = minutes.version == 1
    title = _("Minutes are ready: %(subject)s, %(when)s")
    title = title if first else _("Minutes are corrected: %(subject)s, %(when)s")
    return Note(
        Notice.Kind.CHANGED,
        _named(minutes.meeting, title),
        _address(minutes.meeting),
        _("Open the minutes"),
        text=minutes.reason,
    )


def mail_to(invited: Invited, what: str) -> int:
    """Write to those who speak for who is invited, with a link that answers for them."""
    meeting = invited.meeting
    with translation.override(settings.LANGUAGE_CODE):
        subject = _named(meeting, _("Meeting: %(subject)s, %(when)s"))
    mail = Mail(
        sender=meeting.cluster.base_id,
        about=invited.about,
        page="correspondence:meeting_by_link",
        opens=[(INVITED, invited.pk)],
        subject=subject,
        template="correspondence/mail/meeting.txt",
        facts={"meeting": meeting, "items": list(meeting.items.all()), "what": what},
        until=meeting.ends_at,
    )
    return write_to(invited.organisation, mail)


def _asking(invited: Invited, title: str) -> Note:
    meeting = invited.meeting
    return Note(
        Notice.Kind.DECIDE,
        _named(meeting, title),
        _address(meeting),
        _("Answer the invitation"),
        text=meeting.place,
        about=invited.about,
        due=meeting.begins_at,
    )


def _named(meeting: Meeting, title: str) -> str:
    return title % {"subject": meeting.subject, "when": when(meeting)}


def _address(meeting: Meeting) -> str:
    return reverse("correspondence:meeting", args=[meeting.public_id])
