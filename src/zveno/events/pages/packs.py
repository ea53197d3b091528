"""The papers of a trip, drawn when asked for and kept nowhere: they name children."""

import base64
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zveno.events.models import day_of, declined, pack_of, paper_of
from zveno.events.models.packs import CASES
from zveno.events.pages.trips import _group
from zveno.kernel import engines
from zveno.kernel.engines import EngineRefused
from zveno.kernel.http import Request
from zveno.ui.toasts import warn

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {"pdf": "application/pdf", "docx": DOCX}


@require_safe
def pack_pdf(request: Request, key: UUID) -> HttpResponse:
    """Hand over all papers of a trip as a PDF."""
    return _draw(request, key, "pdf")


@require_safe
def pack_docx(request: Request, key: UUID) -> HttpResponse:
    """Hand over all papers of a trip as a DOCX, to change and fill in."""
    return _draw(request, key, "docx")


def _draw(request: Request, key: UUID, kind: str) -> HttpResponse:
    group = _group(request.actor, key)
    if not group.travels:
        return redirect("events:trip", key)
    pack = pack_of(request.actor, group)
    try:
        answers = _declined(pack.names)
        paper = paper_of(pack, declined(group, pack.names, answers))
        drawn = engines.run("papers", {"draw": paper, "formats": [kind]})
    except EngineRefused as refusal:
        letters = refusal.facts.get("characters") or refusal.facts.get("character") or _("a sign")
        words = _("The papers cannot be drawn: %(letters)s cannot be printed. Correct the words.")
        warn(request, words % {"letters": letters})
        return redirect("events:trip", key)
    answer = HttpResponse(base64.b64decode(drawn[kind]), content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="trip-{day_of(group.event)}.{kind}"'
    return answer


def _declined(names: list[dict[str, str]]) -> list[dict[str, object]]:
    found = engines.run("names", {"items": names, "cases": list(CASES)}) if names else {"items": []}
    return list(found["items"])
