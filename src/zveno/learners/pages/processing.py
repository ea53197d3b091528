"""The register of processing: whose data are kept, what for, how long, where."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.http import Request
from zveno.learners import rules
from zveno.learners.models import heads, register
from zveno.ui.sheets import TYPES, attached


@require_safe
def processing(request: Request) -> HttpResponse:
    """Show the register."""
    if not rules.reads_register(request.actor):
        raise NotAllowed
    return render(request, "learners/processing.html", {"lines": register()})


@require_safe
def processing_table(request: Request, kind: str) -> HttpResponse:
    """Hand the register over as a table."""
    if not rules.reads_register(request.actor):
        raise NotAllowed
    if kind not in TYPES:
        raise NotFound
    return attached("processing", kind, heads(), [line.cells() for line in register()])
