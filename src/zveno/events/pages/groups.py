"""A group: its list, its consents, what it looks like when all is there."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from zveno.events import actions
from zveno.events.forms import STEPS, PasteForm, Roll
from zveno.events.models import Group, Place
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError, NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.learners.models import Learner, Purpose, consent_text
from zveno.organisations.models import Organisation
from zveno.ui.toasts import tell

ROWS_REFUSED = (BadInput, actions.SomeCame, actions.NoSeatsHeld)


@require_safe
def group(request: Request, key: UUID) -> HttpResponse:
    """Show the next step of a group: the list, the consents, or that all is there."""
    found = _group(request.actor, key)
    if not actions.list_children.allowed(request.actor, found):
        return redirect("events:event", found.event.public_id)
    if found.state == Group.State.RESERVED:
        return _draw_list(request, found, PasteForm())
    if found.state == Group.State.LISTED and found.missing:
        return _draw_consents(request, found)
    return _draw_done(request, found)


@require_safe
def show_list(request: Request, key: UUID) -> HttpResponse:
    """Ask for the list, the first or another one."""
    found = _group(request.actor, key)
    if not actions.list_children.allowed(request.actor, found):
        raise NotAllowed
    return _draw_list(request, found, PasteForm())


@require_POST
def take_list(request: Request, key: UUID) -> HttpResponse:
    """Recognise a pasted list; accept it when nothing is left to mend."""
    with reading(request.actor):
        found = _group(request.actor, key)
    if not actions.list_children.allowed(request.actor, found):
        raise NotAllowed
    accepting = "accept" in request.POST
    form = PasteForm(request.POST)
    if not accepting and not form.is_valid():
        with reading(request.actor):
            return _draw_list(request, _group(request.actor, key), form)
    roll = _roll(request, found, accepting=accepting)
    if accepting and roll.rows and not roll.bad:
        try:
            actions.list_children(request.actor, key, children=roll.children())
        except ROWS_REFUSED as refusal:
            return _again(request, key, roll, refusal)
        words = ngettext(
            "%(count)s child is listed.", "%(count)s children are listed.", len(roll.taken)
        )
        tell(request, words % {"count": len(roll.taken)})
        return redirect("events:group", key)
    return _again(request, key, roll)


def _roll(request: Request, group: Group, *, accepting: bool) -> Roll:
    text, label = ("text", "text_label") if accepting else ("paste", "label")
    roll = Roll(
        event=group.event,
        kindergarten=group.sender.kind == Organisation.Kind.PRESCHOOL,
        text=request.POST.get(text, ""),
        label=request.POST.get(label, "")[:10],
        posted=request.POST.dict() if accepting else {},
    )
    with reading(request.actor):
        known = Learner.objects.visible_to(request.actor).filter(owner=group.sender)
        roll.match(known.called(roll.keys()))
    return roll


def _again(
    request: Request, key: UUID, roll: Roll, refusal: DomainError | None = None
) -> HttpResponse:
    with reading(request.actor):
        found = _group(request.actor, key)
        if not roll.rows:
            form = PasteForm({"paste": roll.text, "label": roll.label})
            form.add_error("paste", roll.refused)
            return _draw_list(request, found, form)
        facts = {"roll": roll, "refusal": refusal, "pressed": "accept" in request.POST}
        return _draw_list(request, found, PasteForm(), facts)


@require_safe
def show_consents(request: Request, key: UUID) -> HttpResponse:
    """Ask whose consents are kept at the school."""
    found = _group(request.actor, key)
    if not actions.keep_consents.allowed(request.actor, found):
        raise NotAllowed
    return _draw_consents(request, found)


@require_POST
def take_consents(request: Request, key: UUID) -> HttpResponse:
    """Note whose consents are kept at the school."""
    places = [UUID(one) for one in request.POST.getlist("place") if _is_key(one)]
    if places:
        noted = actions.keep_consents(request.actor, key, places=places)
        words = ngettext(
            "%(count)s consent is noted: the host sees the child.",
            "%(count)s consents are noted: the host sees the children.",
            noted,
        )
        if noted:
            tell(request, words % {"count": noted})
        return redirect("events:done", key)
    with reading(request.actor):
        found = _group(request.actor, key)
        if not actions.keep_consents.allowed(request.actor, found):
            raise NotAllowed
        return _draw_consents(request, found, nobody=True)


@require_safe
def done(request: Request, key: UUID) -> HttpResponse:
    """Show the group as it stands."""
    found = _group(request.actor, key)
    if not actions.list_children.allowed(request.actor, found):
        raise NotAllowed
    return _draw_done(request, found)


@require_POST
def withdraw(request: Request, key: UUID, place: UUID) -> HttpResponse:
    """Note that a guardian takes the consent back."""
    with reading(request.actor):
        Place.objects.visible_to(request.actor).filter(group__public_id=key).pick(place)
    actions.withdraw_consent(request.actor, place)
    tell(request, _("The consent is withdrawn: the host no longer sees the child."))
    return redirect("events:done", key)


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _group(actor: Actor, key: UUID) -> Group:
    return Group.objects.visible_to(actor).select_related("event__host", "sender").pick(key)


def _places(actor: Actor, group: Group) -> list[Place]:
    return list(
        Place.objects.visible_to(actor).filter(group=group).by_name().select_related("learner")
    )


def _draw_list(
    request: Request, group: Group, form: PasteForm, facts: Mapping[str, object] | None = None
) -> HttpResponse:
    frame = {"group": group, "event": group.event, "form": form, "steps": STEPS}
    status = 422 if form.errors else 200
    return render(request, "events/group_list.html", {**frame, **(facts or {})}, status=status)


def _draw_consents(request: Request, group: Group, *, nobody: bool = False) -> HttpResponse:
    facts = {
        "group": group,
        "event": group.event,
        "places": _places(request.actor, group),
        "text": consent_text(Purpose.PARTICIPATION),
        "nobody": nobody,
        "steps": STEPS,
    }
    status = 422 if nobody else 200
    return render(request, "events/group_consents.html", facts, status=status)


def _draw_done(request: Request, group: Group) -> HttpResponse:
    facts = {"group": group, "event": group.event, "places": _places(request.actor, group)}
    return render(request, "events/group.html", facts)


roll = by_method(get=show_list, post=take_list)
consents = by_method(get=show_consents, post=take_consents)
