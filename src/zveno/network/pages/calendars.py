"""The academic calendar of a cluster."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.kernel.http import Request, by_method, reading
from zveno.network import actions
from zveno.network.forms.clusters import CalendarForm, seasons_in
from zveno.network.models import (
    Cluster,
    Season,
    Span,
    academic_year,
    calendar_of,
    usual_seasons,
)
from zveno.network.pages import differing
from zveno.network.pages.answers import draw_again
from zveno.network.pages.open import may, require_may
from zveno.ui.seen import Seen
from zveno.ui.toasts import tell

EDIT = "network/calendar_edit.html"


@require_safe
def calendar(request: Request, key: UUID) -> HttpResponse:
    """Show the terms and holidays of an academic year (``?year=2026``)."""
    shown, year = Cluster.objects.visible_to(request.actor).pick(key), _year(request)
    kept = _kept(request.actor, shown, year)
    shown_seasons: Sequence[Season | Span] = kept or list(usual_seasons(year))
    facts = {
        "cluster": shown,
        "years": [(word, f"{one}/{(one + 1) % 100:02}") for word, one in _years().items()],
        "year": year,
        "seasons": shown_seasons,
        "kept": bool(kept),
        "may_change": may(actions.keep_calendar, request.actor, shown),
    }
    return render(request, "network/calendar.html", facts)


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    facts = _own(request, key)
    kept = _kept(request.actor, facts["cluster"], facts["year"])
    given = [(one.kind, one.name, one.begins, one.ends) for one in kept]
    rows = given or list(usual_seasons(facts["year"]))
    initial = [dict(zip(("kind", "name", "begins", "ends"), row, strict=True)) for row in rows]
    facts["seen"] = Seen(calendar_of(facts["cluster"], facts["year"]))
    return render(request, EDIT, facts | {"rows": CalendarForm(initial=initial)})


@require_POST
def _keep(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _own(request, key)
    rows, seen, refused = CalendarForm(request.POST), Seen.sent(request.POST), ""
    if rows.is_valid():
        spans, year = seasons_in(rows.forms), facts["year"]
        try:
            with seen:
                actions.keep_calendar(request.actor, key, year=year, seasons=spans, seen=seen.words)
                tell(request, _("Calendar saved."))
                return redirect(_address(facts["cluster"], year))
        except BadInput as refusal:
            refused = str(refusal)
        differing.tell_seasons(seen)
    return draw_again(request, EDIT, facts | {"rows": rows, "refused": refused}, seen)


def _own(request: Request, key: UUID) -> dict[str, Any]:
    cluster, year = Cluster.objects.visible_to(request.actor).pick(key), _year(request)
    require_may(actions.keep_calendar, request.actor, cluster)
    return {"cluster": cluster, "year": year, "back": _address(cluster, year)}


def _kept(actor: Actor, cluster: Cluster, year: int) -> list[Season]:
    rows = Season.objects.visible_to(actor).filter(cluster=cluster, year=year)
    return list(rows.order_by("begins"))


def _years() -> dict[str, int]:
    """Offer this year, which needs no word in the address, the year before and the next."""
    now = academic_year(clock.today())
    return {str(now - 1): now - 1, "": now, str(now + 1): now + 1}


def _year(request: Request) -> int:
    return _years().get(request.GET.get("year", ""), academic_year(clock.today()))


def _address(cluster: Cluster, year: int) -> str:
    """Say where the calendar of a year is shown."""
    word = next(word for word, known in _years().items() if known == year)
    page = reverse("network:calendar", args=[cluster.public_id])
    return f"{page}?year={word}" if word else page


edit_calendar = by_method(get=_ask, post=_keep)
