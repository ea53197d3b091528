"""Consents of an organisation's children: who has given, who is missing, what to do about it."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from segno import make as make_qr

from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, reading
from zveno.learners import actions, rules
from zveno.learners.models import Consent, ConsentOrder, Guardian, Learner, Method, Purpose
from zveno.learners.models.letters import family_address
from zveno.learners.models.registry import Line, lines_of
from zveno.organisations.models import Organisation
from zveno.ui.answers import draw
from zveno.ui.toasts import tell, warn

MOST = 1000
"""So many children a page shows: a class has forty, a school is looked at by classes."""


@require_safe
def own_consents(request: Request) -> HttpResponse:
    """Lead to the consents of the organisation one answers for."""
    houses = Organisation.objects.visible_to(request.actor).filter(pk__in=request.actor.scope)
    for house in houses.order_by("name"):
        if rules.answers_for_children(request.actor, house):
            return redirect("learners:consents", house.public_id)
    raise NotAllowed


@require_safe
def consents(request: Request, key: UUID) -> HttpResponse:
    """Show a class, or all, with what has been answered."""
    house = house_of(request.actor, key)
    return render(request, "learners/consents.html", _facts(request, house))


@require_POST
def keep(request: Request, key: UUID) -> HttpResponse:
    """Note that the consents of the chosen children to one purpose are kept on paper."""
    purpose = next((one for one in Purpose if one == request.POST.get("purpose")), None)
    with reading(request.actor):
        chosen = [child.pk for child in chosen_children(request, key)]
    if purpose is None or not chosen:
        return nobody(request, key)
    try:
        noted = actions.keep_consents(request.actor, key, learners=chosen, purpose=purpose)
    except actions.WayOff as refusal:
        warn(request, str(refusal))
        return back(request, key)
    words = ngettext("%(count)s consent recorded.", "%(count)s consents recorded.", noted)
    tell(request, words % {"count": noted} if noted else _("All of them are recorded already."))
    return back(request, key)


@require_POST
def remind(request: Request, key: UUID) -> HttpResponse:
    """Write to the guardians of the chosen children who have not decided on taking part."""
    with reading(request.actor):
        chosen = [child.public_id for child in chosen_children(request, key)]
    if not chosen:
        return nobody(request, key)
    written = actions.remind_families(request.actor, key, learners=chosen)
    words = ngettext("%(count)s email sent.", "%(count)s emails sent.", written)
    silent = _("Nobody to write to: no e-mail, or all have answered. Print the codes instead.")
    tell(request, words % {"count": written}) if written else warn(request, silent)
    return back(request, key)


@require_POST
def codes(request: Request, key: UUID) -> HttpResponse:
    """Make a link for each chosen child and show them this once, as codes to print and cut."""
    with reading(request.actor):
        children = {child.public_id: child for child in chosen_children(request, key)}
    if not children:
        return nobody(request, key)
    opened = actions.invite_families(request.actor, key, learners=list(children))
    with reading(request.actor):
        house = Organisation.objects.visible_to(request.actor).pick(key)
    cards = [
        {"child": children[one.learner], "code": _code(family_address(one.token))} for one in opened
    ]
    facts = {"house": house, "cards": cards}
    return draw(request, "learners/family_codes.html", facts, status=200)


def _code(address: str) -> SafeString:
    drawn = make_qr(address, error="m").svg_inline(border=2, omitsize=True, svgclass="qr__code")
    return SafeString(drawn)


def house_of(actor: Actor, key: UUID) -> Organisation:
    """Return an organisation for whom answers for its children."""
    house = Organisation.objects.visible_to(actor).pick(key)
    if not rules.answers_for_children(actor, house):
        raise NotAllowed
    return house


def _facts(request: Request, house: Organisation) -> dict[str, Any]:
    actor = request.actor
    own = Learner.objects.visible_to(actor).filter(owner=house)
    classes = _classes(actor, house)
    chosen = request.GET.get("class", "")
    if chosen not in classes:
        chosen = next(iter(classes), "")
    first_year, letter = classes.get(chosen, (None, ""))
    children = list(own.filter(first_year=first_year, letter=letter).order_by("name_key")[:MOST])
    lines = _lines(actor, children)
    if request.GET.get("who") == "missing":
        lines = [line for line in lines if not line.is_founded]
    taken = ConsentOrder.objects.visible_to(actor).ways_of(house)
    return {
        "house": house,
        "lines": lines,
        "classes": list(classes),
        "chosen": chosen,
        "only_missing": request.GET.get("who") == "missing",
        "founded": sum(line.is_founded for line in lines),
        "missing": sum(not line.is_founded for line in lines),
        "photographed": sum(line.learner.photographed for line in lines),
        "to_confirm": Guardian.objects.visible_to(actor)
        .filter(owner=house, named_at__isnull=False, confirmed_at=None, restricted_at=None)
        .select_related("learner"),
        "kept": Method.KEPT in taken,
        "by_link": Method.LINK in taken,
        "purposes": Purpose.choices,
    }


def _lines(actor: Actor, children: list[Learner]) -> list[Line]:
    keys = [child.pk for child in children]
    answers = Consent.objects.visible_to(actor).standing().filter(learner__in=keys)
    guardians = Guardian.objects.visible_to(actor).filter(learner__in=keys).order_by("pk")
    return lines_of(children, answers, guardians)


def _classes(actor: Actor, house: Organisation) -> dict[str, tuple[int | None, str]]:
    """Return the classes there are, the youngest first, as they are called today."""
    rows = Learner.objects.visible_to(actor).filter(owner=house)
    found = rows.order_by("-first_year", "letter").values_list("first_year", "letter").distinct()
    return {
        Learner(first_year=first_year, letter=letter).class_label: (first_year, letter)
        for first_year, letter in found
    }


def chosen_children(request: Request, key: UUID) -> list[Learner]:
    """Return the children ticked, for who answers for them."""
    house_of(request.actor, key)
    keys = [one for one in map(_key, request.POST.getlist("rows")) if one]
    own = Learner.objects.visible_to(request.actor).filter(owner__public_id=key)
    return list(own.filter(public_id__in=keys))


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def nobody(request: Request, key: UUID) -> HttpResponse:
    """Say that somebody has to be ticked."""
    warn(request, _("Tick at least one child."))
    return back(request, key)


def back(request: Request, key: UUID) -> HttpResponse:
    """Return to the class somebody came from."""
    answer = redirect("learners:consents", key)
    if chosen := request.POST.get("class"):
        answer["Location"] += "?" + urlencode({"class": chosen[:60]})
    return answer
