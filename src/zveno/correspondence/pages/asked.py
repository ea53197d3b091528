"""A poll at a member: each moment is answered; signed in, or by the link of the email."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from zveno.correspondence import actions
from zveno.correspondence.forms.polls import VoteForm
from zveno.correspondence.models import Vote, Voter
from zveno.correspondence.pages.faces import face_of_voter
from zveno.correspondence.pages.polls import slots_of
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

PAGE, LINKED = "correspondence/asked.html", "correspondence/asked_by_link.html"
DEAD = "correspondence/link_dead.html"
WITH = ("poll__cluster", "poll__sender", "poll__chosen", "organisation", "answered_by")


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    return render(request, PAGE, _facts(request.actor, _got(request.actor, key)))


@require_POST
def _answer(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        one = _got(request.actor, key)
    facts = _answered(request, one)
    return draw(request, PAGE, facts) if facts else redirect("correspondence:asked", key)


@require_safe
def _show_linked(request: Request, token: str) -> HttpResponse:  # noqa: ARG001 - by it the actor came
    one = _linked(request.actor)
    if one is None:
        return render(request, DEAD, status=404)
    return render(request, LINKED, _facts(request.actor, one))


@require_POST
def _answer_linked(request: Request, token: str) -> HttpResponse:
    with reading(request.actor):
        one = _linked(request.actor)
    if one is None:
        return draw(request, DEAD, {}, status=404)
    facts = _answered(request, one)
    return draw(request, LINKED, facts) if facts else redirect("correspondence:poll_by_link", token)


def _answered(request: Request, one: Voter) -> dict[str, Any]:
    """Answer; return the facts of the page to draw again, nothing if all is well."""
    with reading(request.actor):
        facts = _facts(request.actor, one)
    form = VoteForm(facts["slots"], request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            actions.answer_poll(request.actor, one.public_id, votes=form.votes())
            tell(request, gettext("Your answer is noted. You can change it until the poll closes."))
            return {}
    return facts | {"form": form}


def _got(actor: Actor, key: UUID) -> Voter:
    one = Voter.objects.visible_to(actor).select_related(*WITH).pick(key)
    if not actions.answer_poll.allowed(actor, one):
        raise NotAllowed
    return one


def _linked(actor: Actor) -> Voter | None:
    """Return the one place a link lists."""
    listed = actor.listed("correspondence.Voter")
    return Voter.objects.visible_to(actor).filter(pk__in=listed).select_related(*WITH).first()


def _facts(actor: Actor, one: Voter) -> dict[str, Any]:
    slots = slots_of(actor, one.poll)
    votes = Vote.objects.visible_to(actor).filter(voter=one).select_related("slot")
    form = VoteForm(slots)
    form.initial = {str(vote.slot.public_id): vote.value for vote in votes}
    return {
        "one": one,
        "poll": one.poll,
        "slots": slots,
        "form": form,
        "face": face_of_voter(one),
    }


asked = by_method(get=_show, post=_answer)
poll_by_link = login_not_required(by_method(get=_show_linked, post=_answer_linked))
