"""The money of a programme is edited; it is said who takes part in it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network import actions
from zveno.network.forms.programmes import (
    LastDayForm,
    MoneyForm,
    ParticipantField,
    ParticipantForm,
)
from zveno.network.models import MoneyLine, Participation, Programme
from zveno.network.models.money import budget_of
from zveno.network.pages.answers import draw_again
from zveno.network.pages.programmes import held
from zveno.ui.answers import draw
from zveno.ui.choosing import LONGEST
from zveno.ui.refusals import RefusalsIn
from zveno.ui.seen import Seen
from zveno.ui.toasts import tell

MONEY, WHO, END = (
    "network/programme_money.html",
    "network/participant_new.html",
    "network/participation.html",
)


@require_safe
def _ask_money(request: Request, key: UUID) -> HttpResponse:
    one = held(request.actor, key)
    lines = _money(request.actor, one)
    facts = {"programme": one, "form": MoneyForm(one, lines)}
    return render(request, MONEY, facts | {"seen": Seen(budget_of(one.years, lines))})


@require_POST
def _keep_money(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        one = held(request.actor, key)
        form = MoneyForm(one, _money(request.actor, one), request.POST)
    seen = Seen.sent(request.POST)
    if form.is_valid():
        with RefusalsIn(form), seen:
            actions.keep_money(request.actor, key, lines=form.lines(), seen=seen.words)
            tell(request, _("The money of the programme is saved."))
            return redirect("network:programme", key)
        seen.follow(form)
    return draw_again(request, MONEY, {"programme": one, "form": form}, seen)


def _money(actor: Actor, one: Programme) -> list[MoneyLine]:
    return list(MoneyLine.objects.visible_to(actor).filter(programme=one))


@require_safe
def participant_options(request: Request) -> HttpResponse:
    """List the clusters and organisations that words (``?q=``) mean, for the field that asks."""
    words = "".join(filter(str.isprintable, request.GET.get("q", "")))[:LONGEST].strip()
    rows = ParticipantField(request.actor).find(words) if words else []
    return render(request, "network/options.html", {"rows": rows})


@require_safe
def _ask_who(request: Request, key: UUID) -> HttpResponse:
    one = held(request.actor, key)
    day = min(max(clock.today(), one.begins), one.ends)
    form = ParticipantForm(request.actor, initial={"day": day})
    return render(request, WHO, {"programme": one, "form": form})


@require_POST
def _let_take_part(request: Request, key: UUID) -> HttpResponse:
    form = ParticipantForm(request.actor, request.POST)
    with reading(request.actor):
        one = held(request.actor, key)
        good = form.is_valid()
    if good:
        with RefusalsIn(form):
            actions.let_take_part(request.actor, key, **form.cleaned_data)
            words = _("“%(who)s” takes part in the programme.")
            tell(request, words % {"who": form.cleaned_data["who"]})
            return redirect("network:programme", key)
    return draw(request, WHO, {"programme": one, "form": form})


@require_safe
def _ask_end(request: Request, key: UUID) -> HttpResponse:
    part = _participation(request.actor, key)
    form = LastDayForm(initial={"day": part.last_day or clock.today()})
    return render(request, END, _facts(part, form))


@require_POST
def _end(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        part = _participation(request.actor, key)
    form = LastDayForm(request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            actions.end_participation(request.actor, key, **form.cleaned_data)
            tell(request, _("The last day is recorded. What happened before stays in the history."))
            return redirect("network:programme", part.programme.public_id)
    return draw(request, END, _facts(part, form))


def _facts(part: Participation, form: LastDayForm) -> dict[str, Any]:
    return {"part": part, "programme": part.programme, "form": form}


def _participation(actor: Actor, key: UUID) -> Participation:
    rows = Participation.objects.visible_to(actor)
    part = rows.select_related("programme__holder", "cluster", "organisation").pick(key)
    if not actions.end_participation.allowed(actor, part):
        raise NotAllowed
    return part


edit_money = by_method(get=_ask_money, post=_keep_money)
add_participant = by_method(get=_ask_who, post=_let_take_part)
end_participation = by_method(get=_ask_end, post=_end)
