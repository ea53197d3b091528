"""A letter as a page: the same words, its one address a button."""

import re
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _


def as_page(subject: str, text: str) -> str | None:
    """Return a letter as HTML whose button does or opens its job; nothing if it has no one job.

    The button says what the line before the address says, if that ends with a colon.
    """
    ours = re.compile(rf"^{re.escape(settings.ADDRESS)}/\S*$", re.MULTILINE)
    found = list(ours.finditer(text))
    if len(found) != 1:
        return None
    before = _paragraphs(text[: found[0].start()])
    with translation.override(settings.LANGUAGE_CODE):
        words = _("Open in Zveno")
        if before and before[-1].endswith(":"):
            before[-1], _line, last = before[-1].rpartition("\n")
            words = last.removesuffix(":")
        facts: dict[str, Any] = {
            "subject": subject,
            "before": list(filter(None, before)),
            "after": _paragraphs(text[found[0].end() :]),
            "address": found[0].group(),
            "words": words,
        }
        return render_to_string("kernel/letter.html", facts)


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]
