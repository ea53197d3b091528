"""What people are told of letters to members: notices with one button, emails with one link."""

from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zveno.correspondence.models.letters import Addressee, Circular
from zveno.people.models import Mail, Note, Notice, in_each_language, write_to


def mail_to(addressee: Addressee, files: list[int], *, again: bool = False) -> int:
    """Write to those who speak for a member; return to how many addresses."""
    circular = addressee.circular
    subject = _("Reminder: %(subject)s") if again else _("Letter: %(subject)s")
    mail = Mail(
        sender=circular.sender_id,
        about=addressee.about,
        page="correspondence:letter_by_link",
        opens=[
            ("correspondence.Addressee", addressee.pk),
            *(("documents.StoredFile", key) for key in files),
        ],
        subject=subject % {"subject": circular.subject},
        template="correspondence/mail/letter.txt",
        facts={"circular": circular, "again": again},
    )
    return write_to(addressee.organisation, mail)


@in_each_language
def is_written(addressee: Addressee) -> Note:
    """Tell a member of a letter; one that awaits an answer is to be decided."""
    return _note(addressee, _("Letter: %(subject)s"))


@in_each_language
def is_awaited(addressee: Addressee) -> Note:
    """Remind a member of a letter that is not answered."""
    return _note(addressee, _("Your answer is awaited: %(subject)s"))


@in_each_language
def has_answered(addressee: Addressee) -> Note:
    """Tell the house that wrote that a member has answered."""
    facts = {"name": addressee.organisation, "subject": addressee.circular.subject}
    said = [str(addressee.get_answer_display()) if addressee.answer else "", addressee.words]
    return Note(
        Notice.Kind.KNOWN,
        _("%(name)s has answered: %(subject)s") % facts,
        reverse("correspondence:letter", args=[addressee.circular.public_id]),
        _("Open the letter"),
        text=": ".join(filter(None, said)),
    )


def _note(addressee: Addressee, title: str) -> Note:
    circular = addressee.circular
    due = circular.due
    words = _("Answer by %(day)s.") % {"day": date_format(due, "d.m.Y")} if due else ""
    return Note(
        Notice.Kind.DECIDE if circular.awaits else Notice.Kind.KNOWN,
        title % {"subject": circular.subject},
        reverse("correspondence:received", args=[addressee.public_id]),
        _("Open the letter"),
        text=words,
        about=addressee.about,
        due=_end_of(circular),
    )


def _end_of(circular: Circular) -> datetime | None:
    if circular.due is None:
        return None
    midnight = datetime.combine(circular.due + timedelta(days=1), time.min)
    return timezone.make_aware(midnight)
