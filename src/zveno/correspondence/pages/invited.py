"""An invitation to a meeting, answered by the link of the email."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from zveno.correspondence import actions
from zveno.correspondence.forms.meetings import AnswerForm
from zveno.correspondence.models import Invited, Item
from zveno.correspondence.pages.meeting import ANSWERS, calendar_of
from zveno.kernel.actor import Actor
from zveno.kernel.http import Request, by_method, reading
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

PAGE, DEAD = "correspondence/invited_by_link.html", "correspondence/link_dead.html"


@require_safe
def _show(request: Request, token: str) -> HttpResponse:
    one = _linked(request.actor)
    if one is None:
        return render(request, DEAD, status=404)
    return render(request, PAGE, _facts(request.actor, one, token))


@require_POST
def _answer(request: Request, token: str) -> HttpResponse:
    with reading(request.actor):
        one = _linked(request.actor)
    if one is None:
        return draw(request, DEAD, {}, status=404)
    form = AnswerForm(request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            actions.answer_invitation(request.actor, one.public_id, **form.cleaned_data)
            tell(
                request,
                gettext("Your answer is noted. You can change it until the meeting begins."),
            )
            return redirect("correspondence:meeting_by_link", token)
    with reading(request.actor):
        facts = _facts(request.actor, one, token)
    return draw(request, PAGE, facts | {"form": form})


@login_not_required
@require_safe
def calendar_by_link(request: Request, token: str) -> HttpResponse:
    """Hand the meeting over as a file for calendars."""
    one = _linked(request.actor)
    if one is None:
        return render(request, DEAD, status=404)
    url = settings.ADDRESS + reverse("correspondence:meeting_by_link", args=[token])
    return calendar_of(request.actor, one.meeting, url)


def _linked(actor: Actor) -> Invited | None:
    """Return the one invitation a link lists."""
    listed = actor.listed("correspondence.Invited")
    rows = Invited.objects.visible_to(actor).filter(pk__in=listed)
    return rows.select_related("organisation", "meeting__cluster__base").first()


def _facts(actor: Actor, one: Invited, token: str) -> dict[str, Any]:
    items = Item.objects.visible_to(actor).filter(meeting=one.meeting_id).order_by("place")
    return {
        "one": one,
        "meeting": one.meeting,
        "items": items,
        "face": ANSWERS[Invited.Answer(one.answer)],
        "form": AnswerForm(initial={"note": one.note}),
        "token": token,
    }


meeting_by_link = login_not_required(by_method(get=_show, post=_answer))
