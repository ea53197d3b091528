"""Diplomas and letters of thanks: chosen one by one, issued at once."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from zveno.events import actions
from zveno.events.forms.awarding import DiplomasForm, ThanksForm, choices_of
from zveno.events.models import UNDO, AwardKind, Batch, Escort, Event, Group, Place, without
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.people.models import Post
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell_with_undo

DIPLOMAS, THANKS = "events/diplomas.html", "events/thanks.html"
SHOWN = 200
MEETS = [Post.Role.TEACHER, Post.Role.LAB_HEAD, Post.Role.METHODIST, Post.Role.COORDINATOR]


@require_safe
def _ask_diplomas(request: Request, event: UUID) -> HttpResponse:
    found = _event(request.actor, event)
    places = _places(request, found)
    return render(request, DIPLOMAS, _diplomas(request, found, DiplomasForm(places), places))


@require_POST
def _issue_diplomas(request: Request, event: UUID) -> HttpResponse:
    with reading(request.actor):
        found = _event(request.actor, event)
        places = _places(request, found)
    form = DiplomasForm(places, request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            batch = actions.issue_diplomas(request.actor, event, awards=form.awards())
            return _told(request, event, batch)
    with reading(request.actor):
        facts = _diplomas(request, found, form, places)
    return draw(request, DIPLOMAS, facts)


def _diplomas(
    request: Request, event: Event, form: DiplomasForm, places: list[Place]
) -> dict[str, Any]:
    groups = _came(request.actor, event)
    return _about(event) | {
        "form": form,
        "rows": [(place, form[f"award-{place.public_id}"]) for place in places],
        "groups": [(str(one.public_id), one.sender.name) for one in groups if len(groups) > 1],
        "chosen": request.GET.get("group", ""),
        "shortened": len(places) == SHOWN,
    }


def _places(request: Request, event: Event) -> list[Place]:
    """Return the children who came and have no diploma, of the group the address names."""
    rows = Place.objects.visible_to(request.actor).filter(
        without(AwardKind.DIPLOMA), event=event, came_at__isnull=False
    )
    keys = {str(one.public_id): one.pk for one in _came(request.actor, event)}
    group = keys.get(request.GET.get("group", ""))
    if group:
        rows = rows.filter(group=group)
    return list(rows.select_related("learner", "group__sender").by_name()[:SHOWN])


@require_safe
def _ask_thanks(request: Request, event: UUID) -> HttpResponse:
    found = _event(request.actor, event)
    form = ThanksForm(_whom(request.actor, found))
    return render(request, THANKS, _about(found) | {"form": form})


@require_POST
def _issue_thanks(request: Request, event: UUID) -> HttpResponse:
    with reading(request.actor):
        found = _event(request.actor, event)
        choices = _whom(request.actor, found)
    form = ThanksForm(choices, request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            batch = actions.issue_thanks(request.actor, event, thanked=form.thanked())
            return _told(request, event, batch)
    return draw(request, THANKS, _about(found) | {"form": form})


def _whom(actor: Actor, event: Event) -> Any:
    """Return whom the event knows: who led its groups, the people of its host, the senders."""
    groups = _came(actor, event)
    leaders = Escort.objects.visible_to(actor).filter(leads=True, group__in=groups)
    posts = Post.objects.visible_to(actor).live().filter(organisation=event.host, role__in=MEETS)
    return choices_of(
        leaders.select_related("group__sender").order_by("pk"),
        posts.exclude(person=actor.person).select_related("person").order_by("pk"),
        groups,
    )


def _event(actor: Actor, key: UUID) -> Event:
    found = Event.objects.visible_to(actor).select_related("host", "cluster").pick(key)
    if not actions.issue_certificates.allowed(actor, found):
        raise NotAllowed
    return found


def _came(actor: Actor, event: Event) -> list[Group]:
    rows = Group.objects.visible_to(actor).filter(event=event, came__gt=0)
    return list(rows.select_related("sender").order_by("pk"))


def _about(event: Event) -> dict[str, Any]:
    over = event.state == Event.State.HELD or event.ends_at <= clock.now()
    return {"event": event, "of_cluster": event.cluster, "is_over": over}


def _told(request: Request, event: UUID, batch: Batch) -> HttpResponseRedirect:
    if batch.kind == AwardKind.DIPLOMA:
        words = ngettext(
            "%(count)s diploma issued. Emails go out in %(minutes)s minutes.",
            "%(count)s diplomas issued. Emails go out in %(minutes)s minutes.",
            batch.size,
        )
    else:
        words = ngettext(
            "%(count)s letter of thanks issued. Emails go out in %(minutes)s minutes.",
            "%(count)s letters of thanks issued. Emails go out in %(minutes)s minutes.",
            batch.size,
        )
    undo_at = reverse("events:undo_certificates", args=[event, batch.public_id])
    facts = {"count": batch.size, "minutes": UNDO.seconds // 60}
    tell_with_undo(request, words % facts, undo_at)
    return redirect("events:certificates", event)


diplomas = by_method(get=_ask_diplomas, post=_issue_diplomas)
thanks = by_method(get=_ask_thanks, post=_issue_thanks)
