"""Units of an organisation: entered, put right, removed."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.organisations import actions
from zveno.organisations.forms.units import UnitForm
from zveno.organisations.models import Organisation, Unit
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell, warn

MOST = 500


@require_safe
def _ask_new(request: Request, key: UUID) -> HttpResponse:
    found, others = _beginning(request.actor, key)
    initial = {"above": request.GET.get("above", "")}
    return _draw(request, {"organisation": found, "form": UnitForm(others, initial=initial)})


@require_POST
def _add(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        found, others = _beginning(request.actor, key)
    form = UnitForm(others, request.POST)
    if form.is_valid():
        chosen = form.cleaned_data.get("above", "")
        above = next((one for one in others if str(one.public_id) == chosen), None)
        try:
            actions.add_unit(request.actor, key, facts=form.facts(), above=above)
        except BadInput as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            tell(request, _("The unit is on the card."))
            return redirect("organisations:card", key)
    with reading(request.actor):
        return _draw(request, {"organisation": found, "form": form})


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    unit = _unit(request.actor, key)
    initial = {"kind": unit.kind, "name": unit.name, "address": unit.address}
    facts = {"organisation": unit.organisation, "unit": unit}
    return _draw(request, facts | {"form": UnitForm(None, initial=initial)})


@require_POST
def _change(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        unit = _unit(request.actor, key)
    form = UnitForm(None, request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            actions.change_unit(request.actor, key, facts=form.facts())
            tell(request, _("The unit is put right."))
            return redirect("organisations:card", unit.organisation.public_id)
    with reading(request.actor):
        return _draw(request, {"organisation": unit.organisation, "unit": unit, "form": form})


@require_POST
def remove(request: Request, key: UUID) -> HttpResponse:
    """Remove a unit that nothing stands on."""
    with reading(request.actor):
        unit = _unit(request.actor, key)
    try:
        actions.remove_unit(request.actor, key)
    except actions.HasParts as refusal:
        warn(request, str(refusal))
    else:
        tell(request, _("The unit is removed."))
    return redirect("organisations:card", unit.organisation.public_id)


def _draw(request: Request, facts: dict[str, Any]) -> HttpResponse:
    status = 422 if facts["form"].errors else 200
    return render(request, "organisations/unit.html", facts, status=status)


def _beginning(actor: Actor, key: UUID) -> tuple[Organisation, list[Unit]]:
    found = Organisation.objects.visible_to(actor).pick(key)
    if not actions.add_unit.allowed(actor, found):
        raise NotAllowed
    units = Unit.objects.visible_to(actor).filter(organisation=found)
    return found, list(units.order_by("name")[:MOST])


def _unit(actor: Actor, key: UUID) -> Unit:
    unit = Unit.objects.visible_to(actor).select_related("organisation").pick(key)
    if not actions.change_unit.allowed(actor, unit):
        raise NotAllowed
    return unit


add = by_method(get=_ask_new, post=_add)
change = by_method(get=_ask, post=_change)
