"""Answers to a POST that are drawn: what the kit does not know by itself."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from zveno.kernel.http import Request, reading
from zveno.people.models import doer_of
from zveno.ui.seen import Seen


def draw_again(request: Request, template: str, facts: dict[str, Any], seen: Seen) -> HttpResponse:
    """Draw a form that was refused, perhaps because somebody else has saved meanwhile."""
    with reading(request.actor):
        doer = doer_of(request.actor, seen.entry) if seen.entry else ""
        facts = facts | {"seen": seen, "doer": doer}
        return render(request, template, facts, status=seen.status)
