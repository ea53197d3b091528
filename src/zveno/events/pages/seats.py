"""Seats: reserved without names, waited for, given back."""

from collections.abc import Mapping
from uuid import UUID

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from zveno.events import actions, rules
from zveno.events.forms import STEPS, SeatsForm, SeatsWish
from zveno.events.models import Event, Group, groups_beside
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.organisations.models import Organisation
from zveno.ui.toasts import tell, tell_with_undo

IN_FORM = (
    *(actions.BadSeats, actions.TooManyOfOne, actions.SendsNoChildren, actions.SeatsAreFree),
    *(actions.NotOpenYet, actions.MembersFirst),
)

MOMENT = 1  # a second
ASKED = (
    *("title", "state", "capacity", "taken", "kept", "most"),
    *("opens_at", "closes_at", "ends_at"),
)


@require_safe
def show_register(request: Request, key: UUID) -> HttpResponse:
    """Ask how many seats to hold; lead to the group that the school has already."""
    event = Event.objects.visible_to(request.actor).select_related("host", "cluster").pick(key)
    if not actions.reserve_seats.allowed(request.actor, event):
        raise NotAllowed
    own = _own(request.actor, event)
    if own:
        return redirect("events:group", own.public_id)
    if not event.expects_groups:
        return redirect("events:event", key)
    return _draw(request, event, _senders(request.actor))


def nothing_left(request: Request, key: UUID) -> HttpResponse | None:
    """Refuse at once where no seat is left, whoever asks: in the hour of enrolment most do."""
    wish = SeatsWish(request.POST)
    if "wait" in request.POST or not wish.is_valid():
        return None
    title, most = _full(request.actor, key)
    seats = wish.cleaned_data["seats"]
    if not 1 <= seats <= most:
        return None
    refusal = actions.EventFull(title=title, free=0, seats=seats)
    facts = {"refusal": refusal, "wish": wish.cleaned_data, "key": key}
    return render(request, "events/full.html", facts, status=refusal.status)


def _full(actor: Actor, key: UUID) -> tuple[str, int]:
    """Return the title of an event without a free seat and how many one may ask for there.

    It is believed for a moment; for one with seats that is "" and 0.
    """
    about = f"events.full:{key}"
    told: tuple[str, int] | None = cache.get(about)
    if told is None:
        told = _read_full(actor, key)
        cache.set(about, told, MOMENT)
    return told


def _read_full(actor: Actor, key: UUID) -> tuple[str, int]:
    event = Event.objects.visible_to(actor).only(*ASKED).filter(public_id=key).first()
    if event is None or not event.takes_groups or event.free or event.kept:
        return "", 0
    return event.title, event.most or event.capacity


@require_POST
def take(request: Request, key: UUID) -> HttpResponse:
    """Reserve seats, or join the waiting list if that was the button."""
    wish, words, field = SeatsWish(request.POST), "", ""
    if wish.is_valid():
        try:
            return _reserved(request, key, **wish.cleaned_data)
        except actions.EventFull as refusal:
            facts = {"refusal": refusal, "wish": wish.cleaned_data, "key": key}
            return render(request, "events/full.html", facts, status=refusal.status)
        except (*IN_FORM, actions.BadLeast) as refusal:
            words, field = str(refusal), getattr(refusal, "field", "")
        except actions.AlreadyRegistered:
            return redirect("events:register", key)
    with reading(request.actor):
        event = Event.objects.visible_to(request.actor).select_related("host", "cluster").pick(key)
        if not actions.reserve_seats.allowed(request.actor, event):
            raise NotAllowed
        refused = {"least" if field == "least" else "seats": words} if words else {}
        return _draw(request, event, _senders(request.actor), refused)


def _reserved(
    request: Request, key: UUID, *, sender: UUID, seats: int, least: int | None
) -> HttpResponse:
    if "wait" in request.POST:
        group = actions.join_waiting_list(
            request.actor, key, sender=sender, seats=seats, least=least
        )
        tell(request, _("You are on the waiting list. You will get an email when seats are free."))
    else:
        group = actions.reserve_seats(request.actor, key, sender=sender, seats=seats)
        words = ngettext("%(count)s seat is reserved.", "%(count)s seats are reserved.", seats)
        undo = reverse("events:give_back", args=[group.public_id])
        tell_with_undo(request, words % {"count": seats}, undo)
    return redirect("events:group", group.public_id)


@require_POST
def give_back(request: Request, key: UUID) -> HttpResponse:
    """Give back the seats of a group."""
    actions.give_back(request.actor, key)
    tell(request, _("The seats are released to those who wait."))
    return redirect("events:group", key)


def _draw(
    request: Request,
    event: Event,
    senders: list[Organisation],
    refused: Mapping[str, str] | None = None,
) -> HttpResponse:
    form = SeatsForm(senders) if refused is None else SeatsForm(senders, request.POST)
    for name, words in (refused or {}).items():
        form.add_error(name, words)
    facts = {
        "event": event,
        "of_cluster": event.cluster,
        "form": form,
        "steps": STEPS,
        "room": event.free or event.kept,
        "terms": list(event.terms()),
        "beside": groups_beside(request.actor, event, [sender.pk for sender in senders]),
    }
    return render(request, "events/register.html", facts, status=422 if form.errors else 200)


def _own(actor: Actor, event: Event) -> Group | None:
    groups = Group.objects.visible_to(actor).sent_by(actor).live().filter(event=event)
    return next((group for group in groups if rules.sends_group(actor, group)), None)


def _senders(actor: Actor) -> list[Organisation]:
    """Return the organisations whose children the actor may send."""
    found = Organisation.objects.visible_to(actor).represented_by(actor).order_by("pk")
    return [one for one in found if one.takes_children and rules.sends_for(actor, one.pk)]


register = by_method(get=show_register, post=take, alike=nothing_left)
