"""How letters and answers stand, in words, tones and icons."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.correspondence.models import Addressee, Circular, Poll, Vote, Voter
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


OPEN = Face(pgettext_lazy("poll", "Open"), "info", "clock")
CHOSEN = Face(_("The day is chosen"), "ok", "check")
CLOSED = Face(_("Closed without a choice"), "", "x")
NO_VOTE = Face(_("Waits for your answer"), "warn", "clock")
VOTED = Face(_("Your answer is noted"), "ok", "check")
VOTES = {
    Vote.Value.YES: Face(capfirst(Vote.Value.YES.label), "ok", "check"),
    Vote.Value.MAYBE: Face(capfirst(Vote.Value.MAYBE.label), "warn", "q"),
    Vote.Value.NO: Face(capfirst(Vote.Value.NO.label), "bad", "x"),
}


def face_of_poll(poll: Poll) -> Face:
    """Say how a poll stands."""
    if poll.is_open:
        return OPEN
    return CHOSEN if poll.chosen else CLOSED


def face_of_voter(voter: Voter) -> Face:
    """Say how a poll stands for a member."""
    if not voter.poll.is_open:
        return face_of_poll(voter.poll)
    return VOTED if voter.answered_at else NO_VOTE
