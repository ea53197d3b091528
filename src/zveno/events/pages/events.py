"""Events: the list of them, and one with its seats, groups and preparation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from zveno.events import actions, rules
from zveno.events.forms.events import EventsForm
from zveno.events.models import Escort, Event, Group, Handout, Slot, heard
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.http import Request
from zveno.people.models import Post
from zveno.ui.sheets import TYPES, attached

PAGE, TAKEN = 50, 10_000
HEADS = (
    *(_lazy("Event"), _lazy("Kind"), _lazy("Day"), _lazy("Begins"), _lazy("Host")),
    *(_lazy("Cluster"), _lazy("Place"), _lazy("For whom"), _lazy("Seats"), _lazy("Taken")),
    *(_lazy("On the waiting list"), _lazy("Attended"), _lazy("State")),
)


@dataclass(frozen=True, slots=True)
class Step:
    """A point of the preparation: a moment or words for it, what happens, past, now or next."""

    when: datetime | str
    title: str
    state: str = ""


@require_safe
def events(request: Request) -> HttpResponse:
    """Show coming events, drafts or past ones, a page at a time."""
    state, form = request.GET.get("state", ""), EventsForm(request.GET)
    chosen = form.listed().chosen(request.actor, state, request.GET.get("after", ""))
    rows = list(chosen[: PAGE + 1])
    facts = {
        "form": form,
        "filtered": form.asks(),
        "more": form.errors or form.asks(form.MORE),
        "events": rows[:PAGE],
        "next_key": rows[PAGE - 1].cursor if len(rows) > PAGE else "",
        "state": state,
        "coordinates": any(role == "coordinator" for _, role in request.actor.roles),
    }
    return render(request, "events/events.html", facts)


@require_safe
def export(request: Request, kind: str) -> HttpResponse:
    """Hand over the events that the filters leave, the first 10,000. Raises ``Http404``."""
    if kind not in TYPES:
        raise Http404
    listed = EventsForm(request.GET).listed()
    rows = listed.chosen(request.actor, request.GET.get("state", ""))
    return attached("events", kind, HEADS, map(_cells, rows[:TAKEN]))


def _cells(event: Event) -> Sequence[object]:
    begins = event.starts_at.astimezone(ZoneInfo(event.time_zone))
    return (
        *(event.title, event.get_kind_display(), begins.date(), f"{begins:%H:%M}"),
        *(event.host, event.cluster, event.venue, event.grades),
        *(event.capacity, event.taken, event.queued, event.came, event.get_state_display()),
    )


@require_safe
def event(request: Request, key: UUID) -> HttpResponse:
    """Show an event to whoever works in the network; each sees the groups that concern them."""
    return render(request, "events/event.html", board(request.actor, key))


def board(actor: Actor, key: UUID) -> dict[str, object]:
    """Return what the page of an event shows to ``actor``."""
    event = Event.objects.visible_to(actor).select_related("host", "cluster", "plan_item").pick(key)
    groups = list(
        Group.objects.visible_to(actor).filter(event=event).live().select_related("sender")
    )
    hosts, cancelled = rules.hosts(actor, event), event.state == Event.State.CANCELLED
    leaders = Escort.objects.visible_to(actor).leaders(groups) if hosts and groups else {}
    for group in groups:
        group.event, group.leader = event, leaders.get(group.pk, "")
    news = heard(actor, event) if hosts and event.has_news else []
    sessions = _sessions(actor, event)
    return {
        "event": event,
        "now": clock.now(),
        "sessions": sessions,
        "drafts": sum(one.state == Event.State.DRAFT for one in sessions),
        "terms": list(event.terms()) if event.is_to_come else [],
        "of_cluster": event.cluster,
        "groups": groups,
        "own": next((group for group in groups if rules.sends_group(actor, group)), None),
        "hosts": hosts,
        "asked": _asked(actor, event),
        "news": news,
        "files": list(Handout.objects.visible_to(actor).filter(event=event).at_hand()),
        "meets": rules.meets(actor, event) and event.state in {Event.State.OPEN, Event.State.HELD},
        "may_reserve": event.is_open and actions.reserve_seats.allowed(actor, event),
        "steps": list(_steps(event, groups)) if hosts and not cancelled else [],
        "summary": _summary(groups),
    }


def _asked(actor: Actor, event: Event) -> list[Slot]:
    """Return what employers are asked for that ``actor`` represents."""
    employer = Post.Role.EMPLOYER_REPRESENTATIVE
    own = {house for house, role in actor.roles if role == employer}
    if not own:
        return []
    return list(Slot.objects.visible_to(actor).filter(event=event, employer__in=own).in_order())


def _sessions(actor: Actor, event: Event) -> list[Event]:
    """Return all sessions of the series that are not called off; the event alone without one."""
    if event.series is None or event.state == Event.State.CANCELLED:
        return [event]
    rows = Event.objects.visible_to(actor).filter(series=event.series)
    return list(rows.exclude(state=Event.State.CANCELLED).order_by("starts_at", "pk"))


def _summary(groups: Sequence[Group]) -> str:
    held = [group for group in groups if group.state in Group.HOLDING]
    children = sum(group.seats for group in held)
    if not held:
        return ""
    return ", ".join(
        [
            ngettext("%(count)s organisation", "%(count)s organisations", len(held))
            % {"count": len(held)},
            ngettext("%(count)s child", "%(count)s children", children) % {"count": children},
        ]
    )


def _steps(event: Event, groups: Sequence[Group]) -> Iterator[Step]:
    """Tell what was done, what is going on and what comes."""
    held = event.state == Event.State.HELD
    if event.announced_at is None:
        yield Step(_("Now"), _("Draft: schools do not see it yet"), "now")
    else:
        yield Step(event.announced_at, _("Published"))
    begun = held or bool(event.announced_at and clock.now() >= event.starts_at)
    waiting = "" if begun else "now" if event.announced_at else "next"
    yield Step(_("Before the event"), _consents(groups), waiting)
    meeting = "" if held else "now" if begun else "next"
    met = _("Checked in: %(came)s of %(taken)s") % {"came": event.came, "taken": event.taken}
    yield Step(event.starts_at, met, meeting)
    issued = held and event.certified >= event.came
    last = "" if issued else "now" if held else "next"
    yield Step(_("After the event"), _("Certificates for everyone who attended"), last)


def _consents(groups: Sequence[Group]) -> str:
    held = [group for group in groups if group.state in Group.HOLDING]
    seats = sum(group.seats for group in held)
    consented = sum(group.consented for group in held)
    return _("Lists and consents: %(count)s of %(seats)s") % {"count": consented, "seats": seats}
