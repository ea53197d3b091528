"""An event is held several times; what was held before is held again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from zveno.codes.models.working_days import holiday, is_free
from zveno.events import actions, rules
from zveno.events.forms.sessions import ChosenItemsForm, ChosenTimesForm, TimesForm, said
from zveno.events.models import Event, before
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.people.models import Post
from zveno.plan.models import PlanItem
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

TIMES, AGAIN = "events/sessions.html", "events/again.html"
MOST_ITEMS, SUNDAY = 200, 7


@dataclass(frozen=True, slots=True)
class Time:
    """A proposed time: its value, whether it is a day off, there already or over, chosen."""

    at: datetime
    value: str
    off: str
    there: bool
    over: bool
    chosen: bool


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    facts = _facts(request, key)
    return draw(request, TIMES, facts, status=422 if facts["asked"].errors else 200)


@require_POST
def _add(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _facts(request, key, chosen=request.POST.getlist("starts"))
    zone = ZoneInfo(facts["event"].time_zone)
    form = ChosenTimesForm(zone, [one.at for one in facts["times"]], request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            made = actions.add_sessions(request.actor, key, starts=form.times())
            tell(request, _drafts(len(made)))
            return redirect("events:event", made[0].public_id if made else key)
    return draw(request, TIMES, facts | {"form": form})


@require_POST
def announce_all(request: Request, key: UUID) -> HttpResponse:
    """Open the registration of all drafts of a series."""
    with reading(request.actor):
        event = Event.objects.visible_to(request.actor).pick(key)
        drafts = Event.objects.visible_to(request.actor).drafts().filter(series=event.series)
        others = drafts.filter(series__isnull=False, host=event.host).exclude(pk=event.pk)
        keys = [key, *(one.public_id for one in others)]
    for one in keys:
        actions.announce(request.actor, one)
    number = len(keys)
    words = ngettext(
        "%(number)s event is published: schools can reserve seats.",
        "%(number)s events are published: schools can reserve seats.",
        number,
    )
    tell(request, words % {"number": number})
    return redirect("events:event", key)


def _facts(request: Request, key: UUID, chosen: Sequence[str] | None = None) -> dict[str, Any]:
    rows = Event.objects.visible_to(request.actor).select_related("cluster", "host")
    event = rows.pick(key)
    if not rules.hosts(request.actor, event):
        raise NotAllowed
    if event.state == Event.State.CANCELLED:
        raise actions.IsCancelled(title=event.title)
    asked = TimesForm(request.GET if "since" in request.GET else TimesForm.at_first(event))
    same = Event.objects.visible_to(request.actor).filter(host=event.host, title=event.title)
    taken = same.exclude(state=Event.State.CANCELLED).values_list("starts_at", flat=True)
    zone = ZoneInfo(event.time_zone)
    proposed = list(asked.proposed(zone)) if asked.is_valid() else []
    times = list(_times(proposed, set(taken), chosen))
    return {
        "event": event,
        "of_cluster": event.cluster,
        "asked": asked,
        "times": times,
        "anything": any(not one.there and not one.over for one in times),
    }


def _times(
    proposed: Sequence[datetime], taken: set[datetime], chosen: Sequence[str] | None
) -> Iterator[Time]:
    for at in proposed:
        day, value = at.date(), said(at)
        off = (holiday(day) or "-") if is_free(day) or day.isoweekday() == SUNDAY else ""
        there, over = at in taken, at <= clock.now()
        fits = not (off or there or over)
        yield Time(at, value, off, there, over, fits if chosen is None else value in chosen)


@require_safe
def _ask_again(request: Request) -> HttpResponse:
    return render(request, AGAIN, _season(request.actor))


@require_POST
def _again(request: Request) -> HttpResponse:
    with reading(request.actor):
        facts = _season(request.actor)
    form = ChosenItemsForm([str(item.public_id) for item, *_last in facts["rows"]], request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            for key in form.cleaned_data["items"]:
                actions.repeat_event(request.actor, UUID(key))
            tell(request, _drafts(len(form.cleaned_data["items"])))
            answer = redirect("events:list")
            answer["Location"] += "?state=draft"
            return answer
    facts["chosen"] = set(request.POST.getlist("items"))
    return draw(request, AGAIN, facts | {"form": form})


def _drafts(number: int) -> str:
    words = ngettext(
        "%(number)s draft is ready. Check and publish it.",
        "%(number)s drafts are ready. Check and publish them.",
        number,
    )
    return words % {"number": number} if number else _("All of them are there already.")


def _season(actor: Actor) -> dict[str, Any]:
    """Return the items to come that have no event, with the last event of their name."""
    own = [organisation for organisation, role in actor.roles if role == Post.Role.COORDINATOR]
    if not own:
        raise NotAllowed
    waiting = PlanItem.objects.visible_to(actor).select_related("plan__cluster")
    waiting = waiting.filter(host__in=own, kind=PlanItem.Kind.EVENT, by_event=False)
    waiting = waiting.filter(day__gte=clock.today()).exclude(state__in=PlanItem.OVER)
    items = waiting.order_by("day", "title", "pk")[:MOST_ITEMS]
    rows = [
        (item, last, localtime(last.starts_at, ZoneInfo(last.time_zone)))
        for item, last in before(items)
    ]
    return {"rows": rows, "chosen": {str(item.public_id) for item, *_last in rows}}


sessions = by_method(get=_ask, post=_add)
again = by_method(get=_ask_again, post=_again)
