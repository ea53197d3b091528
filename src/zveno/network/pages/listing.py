"""The list of clusters: chosen by its address, in parts, taken away as a table."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.http import Request
from zveno.network.forms.listing import ClustersForm
from zveno.network.models import Cluster
from zveno.network.models.listing import counted, places_with_clusters, sorted_from
from zveno.ui.sheets import TYPES, attached

SHOWN = 50
NIL = UUID(int=0)
HEADS = (
    *(_("Cluster"), _("Kind"), _("Sector"), _("Region"), _("District"), _("Base")),
    *(_("Organisations"), _("Founded"), pgettext_lazy("a cluster", "Closed")),
)


@require_safe
def clusters(request: Request) -> HttpResponse:
    """Show fifty clusters from ``?after=`` on, of those the address asks for."""
    form = _form(request)
    chosen, day = form.which().chosen(request.actor), _day(form)
    last = _last(request.actor, request.GET.get("after", ""), day)
    rows = list(sorted_from(counted(chosen, day), form.order, last)[: SHOWN + 1])
    facts = {
        "form": form,
        "chosen": list(form.chosen()),
        "rows": rows[:SHOWN],
        "number": form.which().number(request.actor),
        "more": str(rows[SHOWN - 1].public_id) if len(rows) > SHOWN else "",
        "query": _without_cursor(request),
    }
    return render(request, "network/clusters.html", facts)


@require_safe
def export(request: Request, kind: str) -> HttpResponse:
    """Hand over the clusters the address asks for. Raises ``Http404`` for another kind of file."""
    if kind not in TYPES:
        raise Http404
    form = _form(request)
    rows = counted(form.which().chosen(request.actor), _day(form))
    return attached("clusters", kind, HEADS, map(_cells, sorted_from(rows, form.order, None)))


def _form(request: Request) -> ClustersForm:
    asked = _key(request.GET.get("territory", ""))
    return ClustersForm(places_with_clusters(request.actor, asked), request.GET)


def _day(form: ClustersForm) -> date:
    return form.which().day or clock.today()


def _last(actor: Actor, key: str, day: date) -> Cluster | None:
    rows = Cluster.objects.visible_to(actor).filter(public_id=_key(key) or NIL)
    return next(iter(counted(rows, day)), None) if key else None


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _without_cursor(request: Request) -> str:
    query = request.GET.copy()
    query.pop("after", None)
    return query.urlencode()


def _cells(one: Any) -> tuple[object, ...]:
    places = {place.kind: place.name for place in one.territory.path()}
    return (
        *(one.name, one.get_kind_display(), one.sector_name if one.sector else ""),
        *(places.get("region", ""), places.get("district", ""), one.base.name, one.members),
        *(date_format(day, "d.m.Y") if day else "" for day in (one.founded_on, one.closed_on)),
    )
