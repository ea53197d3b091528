"""The page of a region: what its authority asks any morning, in numbers."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from zveno.codes.models import sectors
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request
from zveno.network.models import (
    FEWEST_TOLD,
    Agreement,
    Heard,
    academic_year,
    clusters_in,
    heard_in,
    silent,
)
from zveno.network.models.regions import Led
from zveno.network.pages import faces
from zveno.network.rules import overseeing
from zveno.organisations.models import KINDS, Organisation, Territory
from zveno.ui.faces import Face
from zveno.ui.sheets import TYPES, attached

State = Agreement.State
SHOWN = 7
HEADS = (
    _("Cluster"),
    _("Sector"),
    _("Base"),
    _("Organisations"),
    _("Agreements in force"),
    _("Events"),
    _("Visits of children"),
    _("Silent members"),
)


@require_safe
def region(request: Request) -> HttpResponse:
    """Show the region of one's authority: organisations, clusters, agreements, who is silent."""
    facts = facts_of(request.actor)
    if not facts:
        raise NotAllowed
    return render(request, "network/region.html", {"region": facts})


def facts_of(actor: Actor) -> dict[str, Any]:
    """Read what is shown of the region of one's authority; nothing for whoever is of none."""
    place = _place(actor)
    if place is None:
        return {}
    places = _within(actor, place)
    year = academic_year(clock.today())
    clusters = clusters_in(places, year)
    quiet = silent(heard_in([one.pk for one in clusters]))
    agreements = sum((one.agreements for one in clusters), Counter[str]())
    kinds = _kinds(actor, places)
    return {
        "place": place,
        "places": places,
        "year": f"{year}/{year + 1}",
        "organisations": sum(number for _kind, _label, number in kinds),
        "kinds": kinds,
        "rows": [_row(one, quiet) for one in clusters],
        "in_force": agreements[State.IN_FORCE],
        "states": [(faces.STATES[state], agreements[state]) for state in State],
        "events": sum(one.events for one in clusters),
        "silent": quiet[:SHOWN],
        "number_silent": len(quiet),
        "more_silent": len(quiet[SHOWN:]),
        "silent_days": settings.ZVENO_SILENT_DAYS,
    }


@require_safe
def export(request: Request, kind: str) -> HttpResponse:
    """Hand over the clusters of the region. Raises ``Http404`` for another kind of file."""
    place = _place(request.actor)
    if place is None:
        raise NotAllowed
    if kind not in TYPES:
        raise Http404
    clusters = clusters_in(_within(request.actor, place), academic_year(clock.today()))
    quiet = silent(heard_in([one.pk for one in clusters]))
    return attached("region", kind, HEADS, (_cells(_row(one, quiet)) for one in clusters))


def _cells(row: dict[str, Any]) -> tuple[object, ...]:
    one: Led = row["cluster"]
    visits = gettext("fewer than 5") if row["visits"] is None else row["visits"]
    in_force = one.agreements[State.IN_FORCE]
    return (
        *(one.name, row["sector"], one.base, one.members, in_force, one.events),
        *(visits, row["silent"]),
    )


def _place(actor: Actor) -> Territory | None:
    """Return the place the actor's authority looks after, if there is one."""
    own = overseeing(actor)
    if not own:
        return None
    rows = Organisation.objects.visible_to(actor).filter(pk__in=own).exclude(territory=None)
    house = rows.select_related("territory").order_by("pk").first()
    return house.territory if house else None


def _within(actor: Actor, place: Territory) -> set[int]:
    """Return the keys of a place and of all inside it."""
    return {one.pk for one in Territory.objects.visible_to(actor).within(place.public_id)}


def _kinds(actor: Actor, places: set[int]) -> list[tuple[str, str, int]]:
    """Count the organisations of each kind there are, the most first."""
    rows = Organisation.objects.visible_to(actor).filter(territory__in=places, closed_on=None)
    counted = rows.values_list("kind").annotate(number=Count("pk")).order_by("-number", "kind")
    return [(kind, str(KINDS[Organisation.Kind(kind)]), number) for kind, number in counted]


def _row(one: Led, quiet: list[Heard]) -> dict[str, Any]:
    """Say of a cluster what the table shows."""
    states: list[tuple[Face, int]] = [
        (faces.STATES[state], one.agreements[state]) for state in State if one.agreements[state]
    ]
    return {
        "cluster": one,
        "sector": sectors().name(one.sector) if one.sector else "",
        "states": states,
        "visits": one.visits if one.visits >= FEWEST_TOLD or not one.events else None,
        "silent": sum(heard.cluster == one.key for heard in quiet),
    }
