"""Polls of dates: the list, a new one, the table of what suits whom, the choice."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from zveno.correspondence import actions
from zveno.correspondence.forms.polls import PollForm
from zveno.correspondence.models import Poll, Slot, Vote, Voter, spoken_for, tallied
from zveno.correspondence.pages.faces import VOTES, face_of_poll, face_of_voter
from zveno.correspondence.pages.letters import cluster_of
from zveno.kernel import outbox
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network.models import Cluster
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

SHOWN = 200
FORM = "correspondence/poll_form.html"


@require_safe
def polls(request: Request, key: UUID) -> HttpResponse:
    """Show a coordinator what was asked, a member what it was asked."""
    cluster = cluster_of(request.actor, key)
    asks = actions.start_poll.allowed(request.actor, cluster)
    facts: dict[str, Any] = {"cluster": cluster, "asks": asks}
    if asks:
        rows = Poll.objects.visible_to(request.actor).filter(
            cluster=cluster, sender=cluster.base_id
        )
        rows = rows.select_related("chosen").counted().newest()
        facts["asked"] = [(one, face_of_poll(one)) for one in rows[:SHOWN]]
    facts["received"] = _received(request.actor, cluster)
    return render(request, "correspondence/polls.html", facts)


def _received(actor: Actor, cluster: Cluster) -> list[tuple[Voter, Any]]:
    rows = Voter.objects.visible_to(actor).filter(poll__cluster=cluster)
    rows = rows.filter(organisation__in=spoken_for(actor)).order_by("-poll__made_at", "pk")
    shown = rows.select_related("poll__chosen", "organisation")[:SHOWN]
    return [(one, face_of_voter(one)) for one in shown]


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    cluster = _asking(request.actor, key)
    form = PollForm(cluster)
    form.initial = PollForm.at_first()
    return render(request, FORM, {"cluster": cluster, "form": form})


@require_POST
def _start(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        cluster = _asking(request.actor, key)
        form = PollForm(cluster, request.POST)
        good = form.is_valid()
    if good:
        with RefusalsIn(form):
            made = actions.start_poll(request.actor, key, question=form.question())
            tell(request, gettext("Sent: you see here what suits whom."))
            return redirect("correspondence:poll", made.public_id)
    return draw(request, FORM, {"cluster": cluster, "form": form})


def _asking(actor: Actor, key: UUID) -> Cluster:
    cluster = Cluster.objects.visible_to(actor).pick(key)
    if not actions.start_poll.allowed(actor, cluster):
        raise NotAllowed
    return cluster


@require_safe
def poll(request: Request, key: UUID) -> HttpResponse:
    """Show what suits whom to whoever asked."""
    actor = request.actor
    rows = Poll.objects.visible_to(actor).select_related("cluster", "sender", "made_by", "chosen")
    one = rows.pick(key)
    if not actions.close_poll.allowed(actor, one):
        raise NotAllowed
    slots = slots_of(actor, one)
    votes = list(Vote.objects.visible_to(actor).filter(slot__poll=one))
    voters = Voter.objects.visible_to(actor).filter(poll=one).select_related("organisation")
    asked = list(voters.order_by("organisation__name", "pk"))
    said = {(vote.voter_id, vote.slot_id): VOTES[Vote.Value(vote.value)] for vote in votes}
    facts = {
        "poll": one,
        "face": face_of_poll(one),
        "tallies": tallied(slots, votes),
        "slots": slots,
        "lines": [(who, [(said.get((who.pk, slot.pk)), slot) for slot in slots]) for who in asked],
        "answered": sum(who.answered_at is not None for who in asked),
        "calls": bool(one.chosen) and actions.call_meeting.allowed(actor, one.cluster),
        "returned": outbox.given_up([who.about for who in asked]),
    }
    return render(request, "correspondence/poll.html", facts)


def slots_of(actor: Actor, one: Poll) -> list[Slot]:
    """Return the moments a poll offers, the earliest first."""
    found = list(Slot.objects.visible_to(actor).filter(poll=one).order_by("starts_at"))
    for slot in found:
        slot.poll = one
    return found


@require_POST
def close(request: Request, key: UUID) -> HttpResponse:
    """Choose the moment that was pressed, or none."""
    slot = _slot(request.POST.get("slot", ""))
    actions.close_poll(request.actor, key, slot=slot)
    tell(request, gettext("The poll is closed, all who were asked are told."))
    return redirect("correspondence:poll", key)


def _slot(text: str) -> UUID | None:
    """Return the key that was sent; nothing for none. Raises ``NoSuchSlot``."""
    try:
        return UUID(text) if text else None
    except ValueError:
        raise actions.NoSuchSlot from None


new_poll = by_method(get=_ask, post=_start)
