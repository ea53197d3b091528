"""A slot at an employer: it names whom it sends, or says why nobody."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.events import actions
from zveno.events.forms.engineers import DeclineForm, PersonForm
from zveno.events.models import Engineer, Slot
from zveno.events.models.engineer_letters import when
from zveno.events.pages.slots import Row, face_of, face_of_engineer
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.ui.answers import draw
from zveno.ui.faces import Face
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell, warn

PAGE = "events/slot.html"


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    return render(request, PAGE, _facts(request.actor, key))


@require_POST
def _name(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        _facts(request.actor, key)
    form = PersonForm(request.POST)
    if form.is_valid():
        try:
            with RefusalsIn(form):
                actions.name_engineer(request.actor, key, person=form.person())
                tell(request, _("The letter is on its way. You and the host see the answer."))
                return redirect("events:slot", key)
        except actions.SlotGone as refusal:
            warn(request, str(refusal))
            return redirect("events:slot", key)
    with reading(request.actor):
        facts = _facts(request.actor, key)
    return draw(request, PAGE, facts | {"form": form})


@require_POST
def decline(request: Request, key: UUID) -> HttpResponse:
    """Send nobody, and say why."""
    with reading(request.actor):
        _facts(request.actor, key)
    form = DeclineForm(request.POST)
    if form.is_valid():
        try:
            actions.decline_slot(request.actor, key, **form.cleaned_data)
            tell(request, _("The host is told that you send nobody."))
        except (actions.SlotGone, actions.HoursCounted) as refusal:
            warn(request, str(refusal))
        return redirect("events:slot", key)
    with reading(request.actor):
        facts = _facts(request.actor, key)
    return draw(request, PAGE, facts | {"declining": form, "refused": form})


@require_POST
def remove(request: Request, key: UUID) -> HttpResponse:
    """Send somebody else."""
    with reading(request.actor):
        found = Engineer.objects.visible_to(request.actor).select_related("slot").pick(key)
        if not actions.remove_engineer.allowed(request.actor, found):
            raise NotAllowed
        slot = found.slot.public_id
    try:
        actions.remove_engineer(request.actor, key)
    except actions.HoursCounted as refusal:
        warn(request, str(refusal))
    else:
        tell(request, _("Removed. Name somebody else, or decline the offer."))
    return redirect("events:slot", slot)


def _facts(actor: Actor, key: UUID) -> dict[str, object]:
    along = ("event__host", "event__cluster", "employer", "obligation")
    slot = Slot.objects.visible_to(actor).select_related(*along).pick(key)
    if not actions.name_engineer.allowed(actor, slot):
        raise NotAllowed
    slot.named = list(Engineer.objects.visible_to(actor).filter(slot=slot).order_by("pk"))
    awaited = {Engineer.State.ASKED, Engineer.State.CONFIRMED}
    free = slot.people - sum(one.state in awaited for one in slot.named)
    return {
        "slot": slot,
        "event": slot.event,
        "of_cluster": slot.event.cluster,
        "when": when(slot),
        "face": _face(slot, free),
        "rows": [Row(one, face_of_engineer(one)) for one in slot.named],
        "free": free if slot.is_open else 0,
        "form": PersonForm(),
        "declining": DeclineForm(),
    }


def _face(slot: Slot, free: int) -> Face:
    if slot.is_open and free:
        return Face(_("Name whom you send"), "warn", "clock")
    return face_of(slot)


slot = by_method(get=_show, post=_name)
