"""What a child needs on the day: asked of the school, shown to the host that day alone."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.events import actions, rules
from zveno.events.forms.care import CareForm
from zveno.events.models import CareNote, Place
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

TEMPLATE = "events/care.html"


@require_safe
def _show(request: Request, key: UUID, place: UUID) -> HttpResponse:
    found = _place(request.actor, key, place)
    noted = CareNote.objects.visible_to(request.actor).filter(place=found)
    form = CareForm(initial={"needs": list(noted.values_list("need", flat=True))})
    return render(request, TEMPLATE, _page(found, form))


@require_POST
def _note(request: Request, key: UUID, place: UUID) -> HttpResponse:
    with reading(request.actor):
        found = _place(request.actor, key, place)
    form = CareForm(request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            actions.note_care(request.actor, place, needs=form.cleaned_data["needs"])
            tell(request, _("Saved. The host sees it on the day of the event only."))
            return redirect("events:done", key)
    return draw(request, TEMPLATE, _page(found, form))


def _place(actor: Actor, key: UUID, place: UUID) -> Place:
    found = Place.objects.visible_to(actor).filter(group__public_id=key).pick(place)
    if not rules.sends_place(actor, found):
        raise NotAllowed
    return found


def _page(place: Place, form: CareForm) -> dict[str, object]:
    return {"place": place, "group": place.group, "event": place.event, "form": form}


care = by_method(get=_show, post=_note)
