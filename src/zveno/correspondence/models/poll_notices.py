"""What people are told of polls: emails with one link, a notice of what was chosen."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zveno.correspondence.models.polls import Poll, Voter
from zveno.people.models import Mail, Note, Notice, in_each_language, write_to


def mail_to(voter: Voter) -> int:
    """Write to those who speak for a member: that it is asked, or what was chosen."""
    poll = voter.poll
    with translation.override(settings.LANGUAGE_CODE):
        subject = title_of(poll)
    mail = Mail(
        sender=poll.sender_id,
        about=voter.about,
        page="correspondence:poll_by_link",
        opens=[("correspondence.Voter", voter.pk)],
        subject=subject,
        template="correspondence/mail/poll.txt",
        facts={"poll": poll, "moment": moment_of(poll)},
    )
    return write_to(voter.organisation, mail)


@in_each_language
def is_chosen(voter: Voter) -> Note:
    """Tell a member what was chosen."""
    return Note(
        Notice.Kind.CHANGED,
        title_of(voter.poll),
        reverse("correspondence:asked", args=[voter.public_id]),
        _("Open the poll"),
        text=moment_of(voter.poll),
    )


def title_of(poll: Poll) -> str:
    """Say what a poll is about and how it stands."""
    words = _("When does it suit you: %(title)s")
    if poll.chosen:
        words = _("The day is chosen: %(title)s")
    elif poll.closed_at:
        words = _("The poll is closed without a choice: %(title)s")
    return words % {"title": poll.title}


def moment_of(poll: Poll) -> str:
    """Say which moment was chosen; nothing if none is."""
    if poll.chosen is None:
        return ""
    return date_format(timezone.localtime(poll.chosen.starts_at), "j E Y, H:i")
