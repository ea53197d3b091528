"""The register of organisations: found by name or number, in parts, shared by its address."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.http import Request
from zveno.organisations import rules
from zveno.organisations.forms.choosing import (
    OrganisationField,
    TerritoryField,
    as_choice,
    as_place,
)
from zveno.organisations.models import KINDS, Organisation, Territory
from zveno.ui.sheets import TYPES, attached

SHOWN = 50
LONGEST = 200
HEADS = (
    _("Organisation"),
    _("Kind"),
    _("INN"),
    _("KPP"),
    _("OGRN"),
    _("E-mail"),
    _("Area"),
)


@require_safe
def organisations(request: Request) -> HttpResponse:
    """Show fifty organisations from ``after`` on, of a kind, of a place, with words in the name."""
    actor = request.actor
    last = _last(actor, request.GET.get("after", ""))
    rows = list(
        Organisation.objects.visible_to(actor)
        .filter(**_conditions(request))
        .found_by(_words(request))
        .after(last)
        .select_related("territory")[: SHOWN + 1]
    )
    return render(
        request,
        "organisations/organisations.html",
        {
            "rows": rows[:SHOWN],
            "more": str(rows[SHOWN - 1].public_id) if len(rows) > SHOWN else "",
            "kinds": KINDS.items(),
            "place": _place(actor, request.GET.get("territory", "")),
            "query": _without_cursor(request),
            "may_merge": any(role == rules.KEEPING for _key, role in actor.roles),
            "may_bring": any(role in rules.BRINGING for _key, role in actor.roles),
        },
    )


@require_safe
def options(request: Request) -> HttpResponse:
    """List the ten organisations that words (``?q=``) mean, for a field that chooses one."""
    rows = Organisation.objects.visible_to(request.actor).matching(_words(request))
    found = [as_choice(row) for row in rows[: OrganisationField.most]]
    return render(request, "organisations/options.html", {"rows": found})


@require_safe
def places(request: Request) -> HttpResponse:
    """List the ten regions and districts that words (``?q=``) mean, for a field that asks."""
    rows = Territory.objects.visible_to(request.actor).matching(_words(request))
    found = [as_place(row) for row in rows[: TerritoryField.most]]
    return render(request, "organisations/options.html", {"rows": found})


@require_safe
def export(request: Request, kind: str) -> HttpResponse:
    """Hand over what the filters leave of the register. Raises ``Http404`` for another kind."""
    if kind not in TYPES:
        raise Http404
    rows = (
        Organisation.objects.visible_to(request.actor)
        .filter(**_conditions(request))
        .found_by(_words(request))
        .after(None)
        .select_related("territory")
    )
    cells = (
        (one.name, one.get_kind_display(), one.inn, one.kpp, one.ogrn, one.email, _name(one))
        for one in rows
    )
    return attached("organisations", kind, HEADS, cells)


def _name(organisation: Organisation) -> str:
    return organisation.territory.name if organisation.territory else ""


def _conditions(request: Request) -> dict[str, Any]:
    """Return what the address filters by; what it cannot mean filters nothing."""
    chosen: dict[str, Any] = {}
    kind, territory = request.GET.get("kind", ""), _key(request.GET.get("territory", ""))
    steward = _key(request.GET.get("steward", ""))
    if kind in KINDS:
        chosen["kind"] = kind
    if territory:
        chosen["territory__in"] = Territory.objects.visible_to(request.actor).within(territory)
    if steward:
        chosen["steward__public_id"] = steward
    return chosen


def _words(request: Request) -> str:
    return request.GET.get("q", "")[:LONGEST]


def _last(actor: Actor, key: str) -> Organisation | None:
    known = _key(key)
    rows = Organisation.objects.visible_to(actor)
    return next(iter(rows.filter(public_id=known)[:1]), None) if known else None


def _place(actor: Actor, key: str) -> Territory | None:
    known = _key(key)
    rows = Territory.objects.visible_to(actor)
    return next(iter(rows.filter(public_id=known)[:1]), None) if known else None


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _without_cursor(request: Request) -> str:
    query = request.GET.copy()
    query.pop("after", None)
    return query.urlencode()
