"""What a consent or a disclosure is for, and the text a guardian agrees to."""

import hashlib
from functools import cache
from pathlib import Path

from django.db import models
from django.utils.translation import gettext_lazy as _

_TEXTS = Path(__file__).parents[1] / "data"


class Purpose(models.TextChoices):
    """What a consent or a disclosure is for: one document for each."""

    PARTICIPATION = "participation", _("taking part in events")
    PUBLICATION = "publication", _("publication of photographs")


CONSENT_TEXTS = {Purpose.PARTICIPATION: "participation.2026-09.ru.txt"}


@cache
def consent_text(purpose: Purpose) -> str:
    """Return the text a guardian agrees to, as it stands now; its file name carries its version."""
    return (_TEXTS / CONSENT_TEXTS[purpose]).read_text(encoding="utf-8")


@cache
def consent_hash(purpose: Purpose) -> str:
    """Return the SHA-256 of the text a guardian agrees to now."""
    return hashlib.sha256(consent_text(purpose).encode()).hexdigest()
