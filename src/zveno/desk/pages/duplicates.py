"""Organisations that stand in the register twice: found, compared, made one, made two again."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zveno.desk import rules
from zveno.desk.forms import TwinForm
from zveno.desk.models.moved import mend, words
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request
from zveno.organisations import actions as register
from zveno.organisations.models import (
    Apart,
    Merger,
    Organisation,
    Part,
    Suspicion,
    parts_of,
    suspected,
)
from zveno.ui.toasts import tell, tell_with_undo, warn

SHOWN = 100
FACTS = (
    (gettext_lazy("Kind"), "get_kind_display"),
    (gettext_lazy("INN"), "inn"),
    (gettext_lazy("KPP"), "kpp"),
    (gettext_lazy("OGRN"), "ogrn"),
    (gettext_lazy("Area"), "territory"),
    (gettext_lazy("Telephone"), "telephone"),
    (gettext_lazy("E-mail"), "email"),
    (gettext_lazy("Address"), "address"),
)


@dataclass(frozen=True, slots=True)
class Twins:
    """Two organisations that may be one, and why."""

    one: Organisation
    other: Organisation
    reasons: str


@require_safe
def duplicates(request: Request) -> HttpResponse:
    """Show the operator which organisations are probably in the register twice."""
    actor = _operator(request)
    found = suspected(actor)
    page = {
        "number": len(found),
        "rows": _twins(actor, found[:SHOWN]),
        "mergers": list(Merger.objects.visible_to(actor).standing()[:SHOWN]),
        "apart": list(
            Apart.objects.visible_to(actor).select_related("one", "other").order_by("-pk")[:SHOWN]
        ),
    }
    return render(request, "desk/duplicates.html", page)


@require_safe
def choose(request: Request, key: UUID) -> HttpResponse:
    """Ask which organisation (``?other=``) is this one once more."""
    actor = _operator(request)
    stays = Organisation.objects.visible_to(actor).pick(key)
    form = TwinForm(actor, request.GET if "other" in request.GET else None)
    if form.is_valid():
        return redirect("desk:compare", key, form.cleaned_data["other"].public_id)
    status = 422 if form.is_bound else 200
    facts = {"stays": stays, "form": form}
    return render(request, "desk/twin.html", facts, status=status)


@require_safe
def compare(request: Request, key: UUID, other: UUID) -> HttpResponse:
    """Show two organisations side by side, and what moves if they become one."""
    actor = _operator(request)
    rows = Organisation.objects.visible_to(actor).select_related("territory")
    stays, goes = rows.pick(key), rows.pick(other)
    if stays == goes:
        return redirect("desk:choose_twin", key)
    parts = parts_of(goes, stays)
    page = {
        "stays": stays,
        "goes": goes,
        "facts": _facts(stays, goes),
        "parts": sorted((_told(part) for part in parts), key=lambda one: str(one["words"])),
        "clashes": [_told(part) for part in parts if part.clashing],
        "apart": Apart.objects.visible_to(actor).of(stays, goes).exists(),
    }
    return render(request, "desk/compare.html", page)


@require_POST
def merge(request: Request, key: UUID, other: UUID) -> HttpResponse:
    """Make one of two, and offer to undo it; what was one already leads to its card."""
    rows = Organisation.objects.visible_to(_operator(request))
    if not rows.filter(public_id=other).exists():
        return redirect("organisations:card", other)
    gone = rows.pick(other)
    try:
        merger = register.merge(request.actor, key, gone=gone)
    except (register.Clashing, register.SameRow) as refusal:
        warn(request, str(refusal))
        return redirect("desk:compare", key, other)
    undo = reverse("desk:undo_merger", args=[merger.public_id])
    tell_with_undo(request, _("Merged: %(name)s.") % {"name": gone.name}, undo)
    return redirect("organisations:card", key)


@require_POST
def undo(request: Request, key: UUID) -> HttpResponse:
    """Make two of one again, or say what has changed since."""
    try:
        again = register.take_merger_back(request.actor, key)
    except register.ChangedSince as refusal:
        changed = ", ".join(sorted(map(words, refusal.facts.get("relations", []))))  # type: ignore[call-overload]
        warn(request, " ".join(filter(None, [str(refusal), changed and _changed(changed)])))
    except register.AlreadyTwo as refusal:
        warn(request, str(refusal))
    else:
        tell(request, _("Two organisations again: %(name)s is back.") % {"name": again.name})
    return redirect("desk:duplicates")


@require_POST
def tell_apart(request: Request, key: UUID, other: UUID) -> HttpResponse:
    """Remember that two organisations are two."""
    two = Organisation.objects.visible_to(request.actor).pick(other)
    try:
        register.tell_apart(request.actor, key, other=two)
    except register.SameRow as refusal:
        warn(request, str(refusal))
    else:
        again = reverse("desk:suspect_again", args=[key, other])
        tell_with_undo(request, _("They will not be offered as duplicates any more."), again)
    return redirect("desk:duplicates")


@require_POST
def suspect_again(request: Request, key: UUID, other: UUID) -> HttpResponse:
    """Forget that two organisations were told apart."""
    two = Organisation.objects.visible_to(request.actor).pick(other)
    register.suspect_again(request.actor, key, other=two)
    tell(request, _("The mark is removed."))
    return redirect("desk:duplicates")


def _operator(request: Request) -> Actor:
    if not rules.looks_after(request.actor):
        raise NotAllowed
    return request.actor


def _changed(what: str) -> str:
    return _("Changed: %(what)s.") % {"what": what}


def _twins(actor: Actor, found: list[Suspicion]) -> list[Twins]:
    keys = {key for one in found for key in (one.one, one.other)}
    rows = Organisation.objects.visible_to(actor).filter(pk__in=keys).select_related("territory")
    known = {one.pk: one for one in rows}
    return [
        Twins(known[one.one], known[one.other], ", ".join(str(why.label) for why in one.reasons))
        for one in found
        if {one.one, one.other} <= known.keys()
    ]


def _facts(stays: Organisation, goes: Organisation) -> list[dict[str, Any]]:
    """Set what either says side by side."""
    told = [(label, _value(stays, name), _value(goes, name)) for label, name in FACTS]
    return [
        {"label": label, "stays": mine, "goes": theirs, "differs": bool(theirs) and mine != theirs}
        for label, mine, theirs in told
        if mine or theirs
    ]


def _value(organisation: Organisation, name: str) -> str:
    value = getattr(organisation, name)
    return str((value() if callable(value) else value) or "")


def _told(part: Part) -> dict[str, Any]:
    name = str(part.relation)
    return {
        "words": words(name),
        "mend": mend(name),
        "moving": part.moving,
        "aside": len(part.aside),
        "clashing": len(part.clashing),
    }
