"""What the one who is signed in did for children: a page, a table and a sheet to hand in."""

import base64

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from zveno.events.models import Portfolio, portfolio_of, portfolio_paper
from zveno.kernel import engines
from zveno.kernel.engines import EngineRefused
from zveno.kernel.http import Request
from zveno.people.models import Person
from zveno.ui.sheets import TYPES, attached
from zveno.ui.toasts import warn

HEADS = (
    gettext_lazy("Day"),
    gettext_lazy("What was done"),
    gettext_lazy("Event"),
    gettext_lazy("Hours"),
    gettext_lazy("Children"),
    gettext_lazy("Number"),
)


@require_safe
def portfolio(request: Request) -> HttpResponse:
    """Show it."""
    own = _own(request)
    return render(request, "events/portfolio.html", {"own": own, "totals": own.totals})


@require_safe
def table(request: Request, kind: str) -> HttpResponse:
    """Hand it over as a table. Raises ``Http404`` for another kind."""
    if kind not in TYPES:
        raise Http404
    return attached("portfolio", kind, HEADS, (deed.cells for deed in _own(request).deeds))


@require_safe
def pdf(request: Request) -> HttpResponse:
    """Hand it over as a sheet of paper."""
    own = _own(request)
    if not own.deeds:
        return redirect("events:portfolio")
    paper = portfolio_paper(own, tuple(str(head) for head in HEADS))
    try:
        drawn = engines.run("papers", {"draw": paper, "formats": ["pdf"]})
    except EngineRefused:
        warn(request, _("The sheet cannot be drawn: some characters cannot be printed."))
        return redirect("events:portfolio")
    answer = HttpResponse(base64.b64decode(drawn["pdf"]), content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="portfolio.pdf"'
    return answer


def _own(request: Request) -> Portfolio:
    actor = request.actor
    person = Person.objects.visible_to(actor).filter(pk=actor.person or 0).first()
    if person is None:
        raise Http404
    return portfolio_of(actor, person)
