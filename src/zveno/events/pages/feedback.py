"""How an event was: asked by a code on the wall, answered in one tap, read by host and schools."""

from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from segno import make as make_qr

from zveno.events import actions, rules
from zveno.events.forms.feedback import ReplyForm
from zveno.events.models import Event, Reply, asks_now, opinion_of
from zveno.events.models.feedback import FEEDBACK
from zveno.kernel.actor import Actor
from zveno.kernel.errors import DomainError, NotAllowed, NotFound
from zveno.kernel.http import Request, by_method, reading
from zveno.ui.answers import draw

PAGE, BOARD = "events/how_it_was.html", "events/feedback.html"


@require_safe
def _read(request: Request, key: UUID) -> HttpResponse:
    """Show what those who came say, and to the host the way to ask them."""
    return render(request, BOARD, _board(request.actor, key))


@require_POST
def _open(request: Request, key: UUID) -> HttpResponse:
    """Open the address of the question; show it as a code to hang up, and as a link."""
    token = actions.ask_how_it_was(request.actor, key)
    with reading(request.actor):
        facts = _board(request.actor, key)
    address = settings.ADDRESS + reverse("events:how_it_was", args=[token])
    code = make_qr(address, error="m").svg_inline(border=2, omitsize=True, svgclass="qr__code")
    return draw(request, BOARD, facts | {"address": address, "qr": SafeString(code)}, status=200)


def _board(actor: Actor, key: UUID) -> dict[str, object]:
    event = Event.objects.visible_to(actor).select_related("cluster").pick(key)
    if not rules.hears_opinion(actor, event):
        raise NotAllowed
    return {
        "event": event,
        "of_cluster": event.cluster,
        "hosts": rules.hosts(actor, event) and event.state in {"open", "held"},
        "opinion": opinion_of(actor, event),
    }


@login_not_required
@require_safe
def _ask(request: Request, token: str) -> HttpResponse:
    """Ask how it was: five faces."""
    return render(request, PAGE, _question(request.actor, token) | {"key": uuid4()})


@login_not_required
@require_POST
def _say(request: Request, token: str) -> HttpResponse:
    """Take the answer; then two more questions, and the next child."""
    with reading(request.actor):
        facts = _question(request.actor, token)
    form = ReplyForm(request.POST)
    event = facts["event"]
    if not form.is_valid() or not isinstance(event, Event):
        words = _("Choose one of the answers.")
        return draw(request, PAGE, facts | {"key": uuid4(), "refusal": words})
    said = actions.Said(**form.cleaned_data)
    try:
        actions.say_how_it_was(request.actor, event.public_id, said=said)
    except DomainError as refusal:
        return draw(
            request, PAGE, facts | {"key": uuid4(), "refusal": refusal}, status=refusal.status
        )
    return draw(request, PAGE, facts | {"said": said}, status=200)


def _question(actor: Actor, token: str) -> dict[str, object]:
    listed = Event.objects.visible_to(actor).filter(pk__in=actor.listed(FEEDBACK))
    event = listed.first()
    if event is None:
        raise NotFound
    return {
        "event": event,
        "token": token,
        "is_asked": asks_now(event),
        "faces": [(one.value, f"face{one.value}", one.label) for one in Reply.Liked],
        "words": Reply.Word.choices,
    }


feedback = by_method(get=_read, post=_open)
how_it_was = login_not_required(by_method(get=_ask, post=_say))
