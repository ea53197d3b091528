"""How letters and answers stand, in words, tones and icons."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.correspondence.models import Addressee, Circular
from zveno.ui.faces import Face

DRAFT = Face(pgettext_lazy("letter", "Draft"), "", "pen")
SENT = Face(pgettext_lazy("letter", "Sent"), "ok", "check")
ANSWERS = {
    Addressee.Answer.NOTED: Face(_("Noted"), "ok", "check"),
    Addressee.Answer.AGREES: Face(_("Agrees"), "ok", "check"),
    Addressee.Answer.OBJECTS: Face(_("Does not agree"), "bad", "x"),
}
ANSWERED = Face(pgettext_lazy("letter", "Answered"), "ok", "check")
LATE = Face(_("No answer in time"), "bad", "clock")
AWAITED = Face(_("Opened, no answer yet"), "warn", "clock")
UNREAD = Face(_("Not opened"), "warn", "clock")
READ = Face(pgettext_lazy("letter", "Opened"), "ok", "check")


def face_of(circular: Circular) -> Face:
    """Say whether a letter has been sent."""
    return DRAFT if circular.is_draft else SENT


def face_at(addressee: Addressee) -> Face:
    """Say what has become of a letter at a member."""
    if addressee.answered_at:
        return ANSWERS[Addressee.Answer(addressee.answer)] if addressee.answer else ANSWERED
    if addressee.circular.is_late:
        return LATE
    if addressee.read_at is None:
        return UNREAD
    return AWAITED if addressee.circular.awaits else READ
