"""The tree of the country: regions, districts, organisations, units, with counts."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.http import Request
from zveno.organisations.models import KINDS, Organisation, Place, Territory, Unit, below, counted
from zveno.ui.sheets import TYPES, attached

HEADS = (
    _("Region"),
    _("District"),
    _("Organisation"),
    _("Kind"),
    _("INN"),
    _("Unit"),
    _("Kind of unit"),
)
MOST = 300


@require_safe
def show(request: Request) -> HttpResponse:
    """Show a place (``?place=``): what lies in it, with counts, of a kind or of all."""
    actor, kind = request.actor, _kind(request)
    place = _place(actor, request.GET.get("place", ""))
    places = [one for one in counted(actor, place) if _number(one, kind)]
    chosen = {"kind": kind} if kind else {}
    here = Organisation.objects.visible_to(actor).filter(territory=place, closed_on=None, **chosen)
    facts = {
        "place": place,
        "path": _path(place),
        "rows": [_row(one, kind) for one in places],
        "houses": list(here.order_by("name_key", "pk")[:MOST]),
        "kinds": KINDS.items(),
        "kind": kind,
        "query": request.GET.urlencode(),
    }
    return render(request, "organisations/tree.html", facts)


@require_safe
def export(request: Request, kind: str) -> HttpResponse:
    """Hand over all below a place, a line a unit. Raises ``Http404`` for another kind of file."""
    if kind not in TYPES:
        raise Http404
    place = _place(request.actor, request.GET.get("place", ""))
    kinds, units = dict(Organisation.Kind.choices), dict(Unit.Kind.choices)
    cells = (
        (
            *node[:3],
            kinds[node.kind],
            node.inn,
            node.unit or "",
            units.get(node.unit_kind or "", ""),
        )
        for node in below(request.actor, place, _kind(request))
    )
    return attached("tree", kind, HEADS, cells)


def _path(place: Territory) -> list[tuple[str, str]]:
    """Return the names and addresses of all that a place lies in."""
    here = reverse("organisations:tree")
    return [(one.name, f"{here}?place={one.public_id}") for one in place.path()[:-1]]


def _row(place: Place, kind: str) -> dict[str, Any]:
    kinds = [(words, place.kinds[one]) for one, words in KINDS.items() if place.kinds[one]]
    return {"place": place, "number": _number(place, kind), "kinds": kinds}


def _number(place: Place, kind: str) -> int:
    return place.kinds[kind] if kind else place.kinds.total()


def _kind(request: Request) -> str:
    kind = request.GET.get("kind", "")
    return kind if kind in Organisation.Kind else ""


def _place(actor: Actor, key: str) -> Territory:
    """Return the place with this key, else the country."""
    rows = Territory.objects.visible_to(actor).select_related("above__above")
    try:
        return rows.pick(UUID(key))
    except ValueError:
        return rows.filter(above=None).earliest("pk")
