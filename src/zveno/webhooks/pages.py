"""Webhooks of one's own posts: made, their secret shown once, switched, ended, sent again."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.kernel.http import Request, by_method, reading
from zveno.kernel.outside import judged
from zveno.people.models import Post
from zveno.ui.faces import Face
from zveno.ui.toasts import tell
from zveno.webhooks import actions
from zveno.webhooks.forms import SubscribeForm
from zveno.webhooks.models import Delivery, Subscription

MOST, SHOWN = 100, 50
ENDED = Face(gettext_lazy("Has ended"), "", "x")
OFF = Face(gettext_lazy("Switched off"), "warn", "clock")
FAILS = Face(gettext_lazy("Not responding"), "bad", "warn")
WORKS = Face(gettext_lazy("Working"), "ok", "check")
DELIVERED = Face(gettext_lazy("Delivered"), "ok", "check")
GIVEN_UP = Face(gettext_lazy("Not delivered"), "bad", "warn")
AGAIN = Face(gettext_lazy("Will be retried"), "warn", "clock")
WAITS = Face(gettext_lazy("Queued"), "info", "clock")


@require_safe
def _ask(request: Request) -> HttpResponse:
    return _list_page(request, None)


@require_POST
def _subscribe(request: Request) -> HttpResponse:
    with reading(request.actor):
        form = SubscribeForm(_posts(request.actor), request.POST)
    if form.is_valid():
        given = form.cleaned_data
        post, place = UUID(given.pop("post")), judged(given.pop("address"))
        try:
            made = actions.subscribe(request.actor, post, place=place, **given)
        except BadInput as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            with reading(request.actor):
                return render(request, "webhooks/made.html", {"subscription": made})
    with reading(request.actor):
        return _list_page(request, form)


def _list_page(request: Request, form: SubscribeForm | None) -> HttpResponse:
    own = Subscription.objects.visible_to(request.actor).live().newest()[:MOST]
    facts = {
        "rows": [{"subscription": one, "face": _face(one)} for one in own],
        "form": form or SubscribeForm(_posts(request.actor)),
        "are_off": not settings.WEBHOOKS_TO,
    }
    return render(request, "webhooks/webhooks.html", facts, status=422 if form else 200)


def _posts(actor: Actor) -> list[Post]:
    own = Post.objects.visible_to(actor).filter(person=actor.person).live()
    return list(own.select_related("organisation").order_by("pk"))


def _face(one: Subscription) -> Face:
    if one.ended_at:
        return ENDED
    if one.off_at:
        return OFF
    return FAILS if one.failing_at else WORKS


@require_safe
def subscription(request: Request, key: UUID) -> HttpResponse:
    """Show where something is told, what, and what came of the last deliveries."""
    own = Subscription.objects.visible_to(request.actor)
    shown, is_live = own.newest().pick(key), own.live().filter(public_id=key).exists()
    last = Delivery.objects.visible_to(request.actor).filter(subscription=shown).newest()[:SHOWN]
    facts: dict[str, Any] = {
        "subscription": shown,
        "face": _face(shown) if is_live else ENDED,
        "rows": [{"delivery": one, "face": _progress(one)} for one in last],
        "are_off": not settings.WEBHOOKS_TO,
    }
    return render(request, "webhooks/subscription.html", facts)


def _progress(one: Delivery) -> Face:
    if one.delivered_at:
        return DELIVERED
    if one.given_up_at:
        return GIVEN_UP
    return AGAIN if one.tries else WAITS


@require_POST
def switch_off(request: Request, key: UUID) -> HttpResponse:
    """Tell nothing for a while."""
    actions.switch_off(request.actor, key)
    tell(request, _("Nothing is sent there until you switch it on."))
    return redirect("webhooks:subscription", key)


@require_POST
def switch_on(request: Request, key: UUID) -> HttpResponse:
    """Tell again."""
    actions.switch_on(request.actor, key)
    tell(request, _("Messages are being sent again."))
    return redirect("webhooks:subscription", key)


@require_POST
def end(request: Request, key: UUID) -> HttpResponse:
    """Tell nothing any more."""
    actions.end_subscription(request.actor, key)
    tell(request, _("Nothing is sent there any more."))
    return redirect("webhooks:webhooks")


@require_POST
def redeliver(request: Request, key: UUID) -> HttpResponse:
    """Send a delivery again."""
    with reading(request.actor):
        rows = Delivery.objects.visible_to(request.actor).select_related("subscription")
        subscription = rows.pick(key).subscription.public_id
    actions.redeliver(request.actor, key)
    tell(request, _("It will be sent again within a few seconds."))
    return redirect("webhooks:subscription", subscription)


webhooks = by_method(get=_ask, post=_subscribe)
