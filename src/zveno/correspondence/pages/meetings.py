"""Meetings of a cluster: the list of them, one that is called or changed."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from zveno.correspondence import actions
from zveno.correspondence.forms.meetings import AgendaForm, MeetingForm, points_in
from zveno.correspondence.models import Invited, Item, Meeting, Poll, Voter
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network.models import Cluster, Membership
from zveno.network.pages.answers import draw_again
from zveno.people.models import Post
from zveno.ui.answers import draw
from zveno.ui.faces import Face
from zveno.ui.refusals import RefusalsIn
from zveno.ui.seen import Seen
from zveno.ui.toasts import tell

SHOWN = 100
COMES = Face(_("to come"), "info", "cal")
LASTS = Face(_("going on"), "ok", "clock")
HELD = Face(pgettext_lazy("meeting", "held"), "ok", "check")
UNWRITTEN = Face(_("no minutes yet"), "warn", "pen")
CANCELLED = Face(pgettext_lazy("meeting", "cancelled"), "", "x")
NEW = "correspondence/meeting_new.html"
Forms = tuple[MeetingForm, Any]


def face_of(meeting: Meeting, *, written: bool) -> Face:
    """Say how a meeting stands."""
    if meeting.cancelled_at:
        return CANCELLED
    if not meeting.has_begun:
        return COMES
    if meeting.is_going_on:
        return LASTS
    return HELD if written else UNWRITTEN


@require_safe
def meetings(request: Request, key: UUID) -> HttpResponse:
    """Show the meetings of a cluster the reader leads or is invited to."""
    cluster = Cluster.objects.visible_to(request.actor).pick(key)
    if not Cluster.objects.visible_to(request.actor).joined_by(request.actor).contains(cluster):
        raise NotAllowed
    rows = Meeting.objects.visible_to(request.actor).filter(cluster=cluster).counted()
    found = rows.order_by("-begins_at", "-pk")[:SHOWN]
    facts = {
        "cluster": cluster,
        "rows": [(one, face_of(one, written=bool(one.versions))) for one in found],
        "calls": actions.call_meeting.allowed(request.actor, cluster),
    }
    return render(request, "correspondence/meetings.html", facts)


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    cluster = _led(request.actor, key)
    members, posts = _to_invite(request.actor, cluster)
    first = MeetingForm.at_first(members) | _polled(request.actor, request.GET.get("poll", ""))
    form = MeetingForm(members, posts, initial=first)
    return render(request, NEW, {"cluster": cluster, "form": form, "agenda": AgendaForm()})


def _polled(actor: Actor, key: str) -> dict[str, Any]:
    """Return what a poll of dates has found out already; nothing without one."""
    try:
        rows = Poll.objects.visible_to(actor).filter(public_id=UUID(key))
    except ValueError:
        return {}
    poll = rows.select_related("chosen").first()
    if poll is None:
        return {}
    asked = Voter.objects.visible_to(actor).filter(poll=poll).select_related("organisation")
    return MeetingForm.chosen_by(poll, [one.organisation for one in asked])


@require_POST
def _call(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        cluster = _led(request.actor, key)
        form = MeetingForm(*_to_invite(request.actor, cluster), request.POST)
    agenda = AgendaForm(request.POST)
    if _are_good(form, agenda):
        with RefusalsIn(form):
            call = form.call(points_in(agenda))
            made = actions.call_meeting(request.actor, key, call=call)
            tell(request, gettext("The meeting is called: those invited are told."))
            return redirect("correspondence:meeting", made.public_id)
    return draw(request, NEW, {"cluster": cluster, "form": form, "agenda": agenda})


@require_safe
def _ask_change(request: Request, key: UUID) -> HttpResponse:
    meeting = _changing(request.actor, key)
    items = Item.objects.visible_to(request.actor).filter(meeting=meeting).order_by("place")
    form = MeetingForm(
        *_to_invite(request.actor, meeting.cluster, meeting), initial=MeetingForm.filled(meeting)
    )
    agenda = AgendaForm(initial=[{"text": one.text, "reporter": one.reporter} for one in items])
    return render(request, NEW, _facts(meeting, form, agenda) | {"seen": Seen(meeting.facts())})


@require_POST
def _change(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        meeting = _changing(request.actor, key)
        form = MeetingForm(*_to_invite(request.actor, meeting.cluster, meeting), request.POST)
    agenda, seen = AgendaForm(request.POST), Seen.sent(request.POST)
    if _are_good(form, agenda):
        call = form.call(points_in(agenda))
        with RefusalsIn(form), seen:
            actions.change_meeting(request.actor, key, call=call, seen=seen.words)
            tell(request, gettext("The meeting is changed."))
            return redirect("correspondence:meeting", key)
        seen.follow(form)
        _tell_agenda(seen)
    return draw_again(request, NEW, _facts(meeting, form, agenda), seen)


def _tell_agenda(seen: Seen) -> None:
    """Tell how somebody else has changed the agenda, a line an item."""
    for change in seen.changes:
        if change.field == "agenda":
            seen.tell(change, gettext("Agenda"), str)


def _facts(meeting: Meeting, form: MeetingForm, agenda: Any) -> dict[str, Any]:
    return {"cluster": meeting.cluster, "meeting": meeting, "form": form, "agenda": agenda}


def _are_good(form: MeetingForm, agenda: Any) -> bool:
    """Look at both, so that all that is wrong is said at once."""
    both = [form.is_valid(), agenda.is_valid()]
    return all(both)


def _led(actor: Actor, key: UUID) -> Cluster:
    cluster = Cluster.objects.visible_to(actor).select_related("base").pick(key)
    if not actions.call_meeting.allowed(actor, cluster):
        raise NotAllowed
    return cluster


def _changing(actor: Actor, key: UUID) -> Meeting:
    meeting = Meeting.objects.visible_to(actor).select_related("cluster__base").pick(key)
    if not actions.change_meeting.allowed(actor, meeting):
        raise NotAllowed
    return meeting


def _to_invite(
    actor: Actor, cluster: Cluster, meeting: Meeting | None = None
) -> tuple[list[Membership], list[Post]]:
    """Return the members and the colleagues who may be invited, without those who are."""
    members = Membership.objects.visible_to(actor).live().filter(cluster=cluster)
    posts = Post.objects.visible_to(actor).live().filter(organisation=cluster.base_id)
    if meeting:
        asked = Invited.objects.visible_to(actor).filter(meeting=meeting)
        members = members.exclude(organisation__in=asked.filter(post=None).values("organisation"))
        posts = posts.exclude(pk__in=asked.filter(post__isnull=False).values("post"))
    members = members.exclude(organisation=cluster.base_id).base_first()
    posts = posts.select_related("person").order_by("person__family_name", "pk")
    return list(members.select_related("organisation")), list(posts[:SHOWN])


new_meeting = by_method(get=_ask, post=_call)
edit_meeting = by_method(get=_ask_change, post=_change)
