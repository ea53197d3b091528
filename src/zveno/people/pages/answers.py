"""Answers to a POST that are drawn and not redirected."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from zveno.kernel import clock
from zveno.kernel.http import Request, reading
from zveno.people.models import late_words


def draw(
    request: Request, template: str, facts: dict[str, Any], *, status: int = 422
) -> HttpResponse:
    """Draw a page after the verb, in a read transaction of its own: by default a form refused."""
    with reading(request.actor):
        return render(request, template, facts, status=status)


def draw_late(
    request: Request, template: str, facts: dict[str, Any], again: datetime
) -> HttpResponse:
    """Say in the form when to come back after too many attempts."""
    facts["form"].add_error(None, late_words(again))
    answer = draw(request, template, facts, status=429)
    answer["Retry-After"] = str(max(1, int((again - clock.now()).total_seconds())))
    return answer
