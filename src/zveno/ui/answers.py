"""Answers to a POST that are drawn and not redirected."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from zveno.kernel.http import Request, reading


def draw(
    request: Request, template: str, facts: dict[str, Any], *, status: int = 422
) -> HttpResponse:
    """Draw a page after the verb, in a read transaction of its own: by default a form refused."""
    with reading(request.actor):
        return render(request, template, facts, status=status)
