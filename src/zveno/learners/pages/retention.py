"""How long what is kept, what would go tonight, and what is held."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.codes.models import retention as terms
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.kernel.registry import operates
from zveno.learners import actions, rules
from zveno.learners.forms.retention import EVERYWHERE, HoldForm
from zveno.learners.models import Hold, Tombstone, due_for
from zveno.organisations.models import Organisation
from zveno.people.models import Post
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

SHOWN = 20
TEMPLATE = "learners/retention.html"


@require_safe
def _show(request: Request) -> HttpResponse:
    return render(request, TEMPLATE, _page(request.actor, _form(request.actor)))


@require_POST
def _hold(request: Request) -> HttpResponse:
    actor = request.actor
    with reading(actor):
        form = _form(actor, request.POST)
        valid = form.is_valid()
    if valid:
        said = form.cleaned_data
        everywhere = said["whose"] == EVERYWHERE
        stay = actions.Stay(said["reason"], said["until"], said["category"], everywhere=everywhere)
        with RefusalsIn(form):
            actions.hold_erasure(actor, _target(actor, said["whose"]), stay=stay)
            tell(request, _("Erasure is stopped until the day you chose."))
            return redirect("learners:retention")
    with reading(actor):
        page = _page(actor, form)
    return draw(request, TEMPLATE, page)


def _target(actor: Actor, whose: str) -> UUID:
    """Return the organisation in whose name it is said: the operator's for all."""
    if whose != EVERYWHERE:
        return UUID(whose)
    keys = {key for key, role in actor.roles if role == Post.Role.OPERATOR}
    with reading(actor):
        return (
            Organisation.objects.visible_to(actor).filter(pk__in=keys).order_by("pk")[0].public_id
        )


def _form(actor: Actor, data: Any = None) -> HoldForm:
    if not rules.keeps_terms(actor):
        raise NotAllowed
    return HoldForm(_mine(actor), data, everywhere=operates(actor))


def _mine(actor: Actor) -> Any:
    keys = {key for key, role in actor.roles if role in rules.ANSWER}
    return Organisation.objects.visible_to(actor).filter(pk__in=keys).order_by("name", "pk")


def _page(actor: Actor, form: HoldForm) -> dict[str, Any]:
    holds = Hold.objects.visible_to(actor).live().in_order()
    return {
        "form": form,
        "rows": due_for(None if operates(actor) else [one.pk for one in _mine(actor)]),
        "holds": [(hold, rules.lifts_hold(actor, hold)) for hold in holds],
        "erased": list(Tombstone.objects.visible_to(actor).latest_first()[:SHOWN]),
        "schools": list(_mine(actor)),
        "terms": terms(),
        "operates": operates(actor),
    }


retention = by_method(get=_show, post=_hold)
