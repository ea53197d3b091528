"""Answers to a POST that are drawn: what the kit does not know by itself."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse

from zveno.kernel import clock
from zveno.kernel.http import Request
from zveno.people.models import late_words
from zveno.ui.answers import draw


def draw_late(
    request: Request, template: str, facts: dict[str, Any], again: datetime
) -> HttpResponse:
    """Say in the form when to come back after too many attempts."""
    facts["form"].add_error(None, late_words(again))
    answer = draw(request, template, facts, status=429)
    answer["Retry-After"] = str(max(1, int((again - clock.now()).total_seconds())))
    return answer
