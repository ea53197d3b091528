"""The page of a family: what is kept of a child, who saw it, consents; by a link, no account."""

import base64
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.desk.forms import NamedForm
from zveno.desk.models.decisions import Decision, decisions
from zveno.events.models import Certificate, Event, Place, child_hours, sheet
from zveno.events.models.entrance import Names, entrance_qr
from zveno.kernel import clock, engines
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotFound
from zveno.kernel.http import Request, by_method, reading
from zveno.kernel.reads import noted_by_its_verb
from zveno.learners import actions as learners
from zveno.learners.models import (
    Consent,
    ConsentOrder,
    Guardian,
    Learner,
    Method,
    Purpose,
    seen_by,
)
from zveno.network.models import academic_year
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell, warn

LOOKS, OFFERED = 10, 3


@require_safe
def _show(request: Request, token: str, key: UUID | None = None) -> HttpResponse:
    family = _family(request.actor)
    if not family:
        return render(request, "desk/family_dead.html", status=404)
    guardian = _chosen(family, key)
    return _drawn(request, token, guardian, family)


@require_POST
def _say_who(request: Request, token: str) -> HttpResponse:
    with reading(request.actor):
        family = _family(request.actor)
    if not family:
        return draw(request, "desk/family_dead.html", {}, status=404)
    form = NamedForm(request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            learners.name_guardian(request.actor, family[0].public_id, named=form.who())
            return redirect("desk:family", token)
    facts = {"form": form, "guardian": family[0], "token": token}
    return draw(request, "desk/family_claim.html", facts)


@login_not_required
@require_POST
def answer(request: Request, token: str, key: UUID) -> HttpResponse:
    """Take one answer to one document."""
    purpose = next((one for one in Purpose if one == request.POST.get("purpose")), None)
    said = request.POST.get("said")
    if purpose is None or said not in {"yes", "no"}:
        raise Http404
    try:
        learners.answer_consent(
            request.actor,
            key,
            purpose=purpose,
            agreed=said == "yes",
            text=request.POST.get("text", ""),
        )
    except learners.TextChanged as refusal:
        warn(request, str(refusal))
    return redirect(f"{_address(token, key)}#{purpose}")


@login_not_required
@require_POST
def refuse_all(request: Request, token: str, key: UUID) -> HttpResponse:
    """Take all consents back at once."""
    learners.refuse_all(request.actor, key)
    tell(request, _("All consents are withdrawn. Nobody but the school sees the child any more."))
    return redirect(_address(token, key))


@login_not_required
@noted_by_its_verb
@require_POST
def copy(request: Request, token: str, key: UUID) -> HttpResponse:  # noqa: ARG001 - the token made the actor
    """Hand over everything held about a child and the parent who asks."""
    with reading(request.actor):
        child = _confirmed(request.actor, key).learner.public_id
    packed = learners.subject_file(request.actor, child)
    sent = HttpResponse(packed, content_type="application/zip")
    sent["Content-Disposition"] = 'attachment; filename="child-data.zip"'
    return sent


@login_not_required
@require_safe
def certificate(request: Request, token: str, key: UUID) -> HttpResponse:  # noqa: ARG001 - as above
    """Draw a certificate of a child of the family."""
    own = Certificate.objects.visible_to(request.actor).valid().by_number()
    found = own.filter(learner__in=request.actor.listed("learners.Learner")).pick(key)
    drawn = engines.run("certificates", {"sheets": [sheet(found)]})
    sent = HttpResponse(base64.b64decode(drawn["pdf"]), content_type="application/pdf")
    number = found.verification.number
    sent["Content-Disposition"] = f'attachment; filename="certificate-{number}.pdf"'
    return sent


def _address(token: str, key: UUID) -> str:
    return reverse("desk:family_child", args=[token, key])


def _family(actor: Actor) -> list[Guardian]:
    """Return the guardian of the link, once for each child; the child only if it is confirmed."""
    own = Guardian.objects.visible_to(actor).filter(pk__in=actor.listed("learners.Guardian"))
    rows = list(own.select_related("owner", "link").order_by("pk"))
    shown = [one.learner_id for one in rows if one.confirmed_at]
    children = Learner.objects.visible_to(actor).in_bulk(shown)
    for one in rows:
        if one.learner_id in children:
            one.learner = children[one.learner_id]
    return rows


def _chosen(family: list[Guardian], key: UUID | None) -> Guardian:
    found = [one for one in family if key in {None, one.public_id}]
    if not found:
        raise NotFound
    return found[0]


def _confirmed(actor: Actor, key: UUID) -> Guardian:
    guardian = _chosen(_family(actor), key)
    if not guardian.confirmed_at:
        raise NotFound
    return guardian


def _drawn(
    request: Request, token: str, guardian: Guardian, family: list[Guardian]
) -> HttpResponse:
    frame = {"guardian": guardian, "token": token, "family": family}
    if not guardian.named_at:
        return render(request, "desk/family_claim.html", frame | {"form": NamedForm()})
    if not guardian.confirmed_at:
        return render(request, "desk/family_waits.html", frame)
    actor = request.actor
    facts = (
        frame
        | _held(actor, guardian)
        | {
            "decisions": _decisions(actor, guardian),
            "takes": _takes_by_link(actor, guardian),
            "looks": seen_by(guardian.learner, most=LOOKS),
            "offers": _offers(actor, guardian.learner),
        }
    )
    return render(request, "desk/family.html", facts)


def _held(actor: Actor, guardian: Guardian) -> dict[str, Any]:
    """Return what is kept of a child beside its name."""
    places = list(
        Place.objects.visible_to(actor)
        .filter(learner=guardian.learner_id)
        .select_related("event__host", "group")
        .order_by("event__starts_at")
    )
    certificates = Certificate.objects.visible_to(actor).valid().by_number()
    year = academic_year(clock.today())
    return {
        "child": guardian.learner,
        "school": guardian.owner,
        "coming": [(one, _code(one)) for one in places if one.event.ends_at > clock.now()],
        "hours": child_hours(actor, guardian.learner, year),
        "past": [one for one in places if one.came_at],
        "certificates": list(certificates.filter(learner=guardian.learner_id)),
    }


def _code(place: Place) -> SafeString | str:
    """Draw what the child shows at the door, once it may come."""
    return entrance_qr(place.event, Names.CHILD, place.public_id) if place.consented else ""


def _decisions(actor: Actor, guardian: Guardian) -> list[Decision]:
    rows = Consent.objects.visible_to(actor).standing().filter(learner=guardian.learner_id)
    return decisions(guardian, list(rows))


def _takes_by_link(actor: Actor, guardian: Guardian) -> bool:
    orders = ConsentOrder.objects.visible_to(actor).live()
    return orders.filter(organisation=guardian.owner_id, method=Method.LINK).exists()


def _offers(actor: Actor, child: Learner) -> list[Event]:
    """Return the next events for the child's grade."""
    grade = child.grade
    coming = Event.objects.visible_to(actor).coming().for_grades(grade, grade)
    return list(coming.select_related("host")[:OFFERED])


family = login_not_required(by_method(get=_show, post=_say_who))
family_child = login_not_required(_show)
