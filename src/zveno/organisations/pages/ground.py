"""Regions and districts: those in the list, and one more where it is needed."""

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.organisations import actions
from zveno.organisations.forms.ground import DistrictForm
from zveno.organisations.models import Territory
from zveno.ui.toasts import tell

Kind = Territory.Kind


@require_safe
def _show(request: Request) -> HttpResponse:
    return _page(request, None)


@require_POST
def _add(request: Request) -> HttpResponse:
    with reading(request.actor):
        form = DistrictForm(_regions(request.actor), request.POST)
        if not form.is_valid():
            return _page(request, form)
    given = form.cleaned_data
    region: Territory = given.pop("region")
    try:
        added = actions.add_territory(request.actor, region.public_id, kind=Kind.DISTRICT, **given)
    except BadInput as refusal:
        form.add_error(refusal.field or None, str(refusal))
        with reading(request.actor):
            return _page(request, form)
    tell(request, _("“%(name)s” is in the list now.") % {"name": added.name})
    return redirect(f"{reverse('organisations:territories')}?region={region.public_id}")


def _page(request: Request, form: DistrictForm | None) -> HttpResponse:
    places = Territory.objects.visible_to(request.actor)
    if not actions.add_territory.allowed(request.actor, places.get(kind=Kind.COUNTRY)):
        raise NotAllowed
    regions = _regions(request.actor)
    chosen = _chosen(request.GET.get("region", ""), regions)
    facts = {
        "region": chosen,
        "rows": places.filter(above=chosen).order_by("name") if chosen else regions,
        "form": form or DistrictForm(regions, initial={"region": chosen}),
    }
    return render(request, "organisations/territories.html", facts, status=422 if form else 200)


def _regions(actor: Actor) -> "QuerySet[Territory]":
    regions = Territory.objects.visible_to(actor).filter(kind=Kind.REGION)
    return regions.annotate(districts=Count("below")).order_by("name")


def _chosen(key: str, regions: "QuerySet[Territory]") -> Territory | None:
    return next((one for one in regions if str(one.public_id) == key), None)


territories = by_method(get=_show, post=_add)
