"""Verbs: a meeting of the working group is called, changed, cancelled; the invited answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zveno.correspondence import rules
from zveno.correspondence.models import Invited, Item, Meeting
from zveno.correspondence.models.meeting_notices import is_called, is_cancelled, is_moved, mail_to
from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.kernel.meanwhile import Words, guarding
from zveno.network.models import Cluster, Membership
from zveno.people.models import SPEAKING, Account, Post, notify, settle, tell_person
from zveno.people.models.notices import Telling

LONGEST = timedelta(days=3)


class MeetingOver(DomainError):
    """What has begun, or is cancelled, is neither changed nor answered."""

    code = "meeting_over"
    message = _("This meeting has begun or is cancelled. Write its minutes or call another one.")


class BadTime(BadInput):
    """A meeting begins in the future and ends later, within three days."""

    code = "bad_meeting_time"
    message = _("A meeting begins later than now and ends after that. Choose another time.")
    field = "begins"


class NobodyCalled(BadInput):
    """Somebody besides the base organisation comes to a meeting."""

    code = "nobody_called"
    message = _("Choose at least one member or person to invite.")
    field = "members"


class NoAgenda(BadInput):
    """A meeting is about something."""

    code = "no_agenda"
    message = _("Enter at least one item of the agenda.")


@dataclass(frozen=True, slots=True)
class Point:
    """An item of an agenda and who reports on it."""

    text: str
    reporter: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """What a meeting is about, when and where, and who is invited.

    ``members`` are organisations of the cluster, ``people`` posts of its base organisation;
    ``guests`` come from elsewhere. ``key`` makes a form sent twice one meeting.
    """

    key: UUID
    subject: str
    begins_at: datetime
    ends_at: datetime
    place: str
    members: Sequence[UUID]
    agenda: Sequence[Point]
    people: Sequence[UUID] = ()
    guests: str = ""


MOVES = ("begins_at", "ends_at", "place")
FACTS = ("subject", "guests", *MOVES)
Whom = tuple[int, int | None]
"""An organisation and, where a person is invited, the post."""


@action(rules.calls_meetings, on=Cluster, lock=True)
def call_meeting(actor: Actor, cluster: Cluster, *, call: Call) -> Meeting:
    """Invite members and people to a meeting; they are asked whether they come.

    Raises ``BadTime``, ``NobodyCalled`` and ``NoAgenda``.
    """
    _check(call)
    whom = _whom(cluster, call)
    if not whom:
        raise NobodyCalled
    facts = {name: getattr(call, name) for name in FACTS}
    meeting, new = Meeting.objects.get_or_create(
        public_id=call.key, cluster=cluster, defaults=facts
    )
    if new:
        _set_agenda(meeting, call.agenda)
        _invite(actor, meeting, whom)
    return meeting


@action(rules.leads_meeting, on=Meeting, lock=True)
def change_meeting(
    actor: Actor, meeting: Meeting, *, call: Call, seen: Words | None = None
) -> None:
    """Say anew what a meeting is about, when and where; invite others as well.

    Whoever is invited stays so. At another time or in another place they are asked anew. Raises
    ``MeetingOver``, ``BadTime``, ``NoAgenda`` and ``ChangedMeanwhile``.
    """
    _require_awaited(meeting)
    _check(call)
    moved = any(getattr(meeting, name) != getattr(call, name) for name in MOVES)
    if moved or _differs(meeting, call):
        with guarding(seen, meeting.facts):
            for name in FACTS:
                setattr(meeting, name, getattr(call, name))
            meeting.changes += 1
            meeting.save(update_fields=[*FACTS, "changes"])
            _set_agenda(meeting, call.agenda)
    if moved:
        _ask_anew(actor, meeting)
    known = {(one.organisation_id, one.post_id) for one in meeting.invited.in_order()}
    _invite(actor, meeting, [one for one in _whom(meeting.cluster, call) if one not in known])


@action(rules.leads_meeting, on=Meeting, lock=True)
def cancel_meeting(actor: Actor, meeting: Meeting, *, reason: str) -> None:
    """Say that a meeting does not take place and why; cancelled twice, it keeps its first reason.

    Raises ``MeetingOver`` if it has begun.
    """
    if meeting.cancelled_at:
        return
    _require_awaited(meeting)
    meeting.cancelled_at, meeting.cancel_reason = clock.now(), reason
    meeting.changes += 1
    meeting.save(update_fields=["cancelled_at", "cancel_reason", "changes"])
    for invited in meeting.invited.in_order():
        settle(invited.about)
        _tell(actor, invited, is_cancelled(meeting))
        _write(invited, "cancelled")


@action(rules.answers_invitation, on=Invited, lock=True)
def answer_invitation(actor: Actor, invited: Invited, *, comes: bool, note: str = "") -> None:
    """Say whether somebody comes; said anew, it takes the place of what was said.

    Raises ``MeetingOver``.
    """
    _require_awaited(invited.meeting)
    said = Invited.Answer.COMING if comes else Invited.Answer.NOT_COMING
    if (invited.answer, invited.note) == (said, note):
        return
    invited.answer, invited.note, invited.answered_at = said, note, clock.now()
    invited.save(update_fields=["answer", "note", "answered_at"])
    settle(invited.about)


def _require_awaited(meeting: Meeting) -> None:
    if not meeting.is_awaited:
        raise MeetingOver


def _check(call: Call) -> None:
    if not clock.now() < call.begins_at < call.ends_at <= call.begins_at + LONGEST:
        raise BadTime
    if not call.agenda:
        raise NoAgenda


def _whom(cluster: Cluster, call: Call) -> list[Whom]:
    """Return who is invited: members of the cluster of today, people of its base organisation."""
    members = Membership.objects.live().filter(
        cluster=cluster, organisation__public_id__in=call.members
    )
    houses = members.exclude(organisation=cluster.base_id).order_by("pk")
    posts = Post.objects.live().filter(organisation=cluster.base_id, public_id__in=call.people)
    whom: list[Whom] = [(key, None) for key in houses.values_list("organisation", flat=True)]
    whom += [(cluster.base_id, key) for key in posts.order_by("pk").values_list("pk", flat=True)]
    return whom


def _differs(meeting: Meeting, call: Call) -> bool:
    agenda = [Point(item.text, item.reporter) for item in meeting.items.all()]
    facts = (meeting.subject, meeting.guests)
    return (call.subject, call.guests) != facts or agenda != list(call.agenda)


def _set_agenda(meeting: Meeting, agenda: Sequence[Point]) -> None:
    meeting.items.all().delete()
    Item.objects.bulk_create(
        Item(meeting=meeting, place=place, text=point.text, reporter=point.reporter)
        for place, point in enumerate(agenda, start=1)
    )


def _invite(actor: Actor, meeting: Meeting, whom: Sequence[Whom]) -> None:
    rows = [Invited(meeting=meeting, organisation_id=house, post_id=post) for house, post in whom]
    made = [one.pk for one in Invited.objects.bulk_create(rows)]
    for invited in Invited.objects.filter(pk__in=made).in_order():
        _tell(actor, invited, is_called(invited))
        _write(invited, "called")


def _ask_anew(actor: Actor, meeting: Meeting) -> None:
    meeting.invited.update(answer="", note="", answered_at=None)
    for invited in meeting.invited.in_order():
        invited.meeting = meeting
        settle(invited.about)
        _tell(actor, invited, is_moved(invited))
        _write(invited, "moved")


def _tell(actor: Actor, invited: Invited, telling: Telling) -> None:
    """Tell whoever speaks for an organisation, or the person who is invited."""
    post = invited.post
    if post is None:
        notify(actor, telling, [invited.organisation_id], SPEAKING)
    elif post.person_id != actor.person:
        tell_person(post.person_id, telling)


def _write(invited: Invited, what: str) -> None:
    """Write to an organisation in which nobody can sign in."""
    if invited.post is None and not _signs_in(invited):
        mail_to(invited, what)


def _signs_in(invited: Invited) -> bool:
    posts = Post.objects.live().filter(organisation=invited.organisation_id)
    return Account.objects.filter(is_active=True, person__in=posts.values("person")).exists()
