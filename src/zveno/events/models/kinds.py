"""Kinds and states of events, grades in words."""

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from zveno.ui.faces import Face


class EventKind(models.TextChoices):
    """What an event is: it decides what it needs."""

    EXCURSION = "excursion", _("guided tour")
    MASTERCLASS = "masterclass", _("masterclass")
    PROFESSIONAL_TRIAL = "professional_trial", _("professional trial")
    OLYMPIAD = "olympiad", _("olympiad")
    CONTEST = "contest", _("contest")
    HACKATHON = "hackathon", _("hackathon")
    ENGINEERING_SHIFT = "engineering_shift", _("engineering shift")
    OPEN_DAY = "open_day", _("open day")
    LESSON_SERIES = "lesson_series", _("series of lessons")
    INTERNSHIP_VISIT = "internship_visit", _("internship of teachers")
    SEMINAR = "seminar", _("seminar")
    FORUM = "forum", _("forum")
    CONFERENCE = "conference", _("conference")


class TrialLevel(models.TextChoices):
    """How far a professional trial goes, by the recommendations of the ministry.

    An introductory one needs only what school teaches and goes step by step; an advanced one may
    ask for more than that and leaves the way to the participant.
    """

    INTRODUCTORY = "introductory", _("introductory: what school teaches is enough")
    ADVANCED = "advanced", _("advanced: for those who know more than school teaches")


class EventState(models.TextChoices):
    """How far an event is."""

    DRAFT = "draft", _("draft")
    OPEN = "open", _("registration is open")
    HELD = "held", _("held")
    CANCELLED = "cancelled", pgettext_lazy("event", "cancelled")


EVENT_FACES = {
    EventState.DRAFT: Face(_("Draft"), "", "pen"),
    EventState.OPEN: Face(_("Registration is open"), "ok", "check"),
    EventState.HELD: Face(_("Held"), "brand", "check"),
    EventState.CANCELLED: Face(pgettext_lazy("event", "Cancelled"), "bad", "x"),
}


def grades(lowest: int, highest: int) -> str:
    """Name a span of grades; 0 is the kindergarten."""
    if not highest:
        return gettext("kindergarten")
    if not lowest:
        return gettext("kindergarten to grade %(highest)s") % {"highest": highest}
    if lowest == highest:
        return gettext("grade %(grade)s") % {"grade": lowest}
    return gettext("grades %(lowest)s–%(highest)s") % {"lowest": lowest, "highest": highest}
