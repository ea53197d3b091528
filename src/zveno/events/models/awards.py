"""What may be given after an event: certificates, diplomas, letters of thanks."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AwardKind(models.TextChoices):
    """What a sheet is: a child has one of each at an event, letters of thanks are for adults."""

    CERTIFICATE = "certificate", _("Certificate of participation")
    DIPLOMA = "diploma", _("Diploma")
    THANKS = "thanks", _("Letter of thanks")


class Award(models.TextChoices):
    """What a diploma is given for."""

    FIRST = "first", _("1st place")
    SECOND = "second", _("2nd place")
    THIRD = "third", _("3rd place")
    WINNER = "winner", _("Winner")
    LAUREATE = "laureate", _("Laureate")


def kind_in_words(kind: str, award: str = "") -> str:
    """Say what a sheet is, and what it is given for: «Диплом, I место»."""
    words = [AwardKind(kind).label, Award(award).label if award else ""]
    return ", ".join(str(word) for word in words if word)
