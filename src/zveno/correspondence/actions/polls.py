"""Verbs: members are asked for a day, answer, and are told what was chosen."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zveno.correspondence import rules
from zveno.correspondence.actions.letter_refusals import DayPassed, NobodyChosen
from zveno.correspondence.models.choosing import members_of
from zveno.correspondence.models.poll_notices import is_chosen, mail_to, title_of
from zveno.correspondence.models.polls import Poll, Slot, Vote, Voter
from zveno.correspondence.models.sides import role_in
from zveno.kernel import clock, outbox
from zveno.kernel.actions import action
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.kernel.walls import scoped
from zveno.network.models import Cluster
from zveno.people.actions import Assignment, give_task, settle_origin
from zveno.people.models import SPEAKING, notify

FEWEST_SLOTS, MOST_SLOTS = 2, 10
LONGEST = 24 * 60
"""How many minutes what is planned may last."""


class BadSlots(BadInput):
    """A poll offers a few moments, different ones, that are still to come."""

    code = "bad_slots"
    message = _("Offer from 2 to 10 different days and times that have not passed yet.")


class DueTooLate(BadInput):
    """Who answers after the first moment on offer cannot choose it any more."""

    code = "due_too_late"
    message = _("The first day on offer is %(day)s. Ask for answers by this day at the latest.")
    field = "due"


class PollClosed(DomainError):
    """What is chosen is chosen."""

    code = "poll_closed"
    message = _("This poll is closed: it takes no more answers.")


class VoteMissing(BadInput):
    """Whoever answers says of each moment whether it suits."""

    code = "vote_missing"
    message = _("Say of each day and time whether it suits you.")


class NoSuchSlot(BadInput):
    """What is chosen was on offer."""

    code = "no_such_slot"
    message = _("Choose one of the days and times of this poll.")
    field = "slot"


@dataclass(frozen=True, slots=True)
class Question:
    """What members (organisations, by public id) are asked: which of the moments suits them.

    ``key`` makes a form sent twice one poll.
    """

    key: UUID
    title: str
    starts: Sequence[datetime]
    minutes: int
    due: date
    members: Collection[UUID]
    text: str = ""


@action(rules.writes, on=Cluster)
def start_poll(actor: Actor, cluster: Cluster, *, question: Question) -> Poll:
    """Ask members of a cluster which moments suit them, by a task and an email with a link.

    Raises ``BadSlots``, ``DayPassed``, ``DueTooLate`` and ``NobodyChosen``.
    """
    _check(question)
    said = {name: getattr(question, name) for name in ("title", "text", "minutes", "due")}
    poll, new = Poll.objects.get_or_create(
        public_id=question.key,
        cluster=cluster,
        sender=cluster.base,
        defaults=said | {"made_by_id": actor.person},
    )
    if new:
        Slot.objects.bulk_create([Slot(poll=poll, starts_at=moment) for moment in question.starts])
        _ask(actor, poll, question)
    return poll


@action(rules.speaks_for_voter, on=Voter, lock=True)
def answer_poll(actor: Actor, voter: Voter, *, votes: Mapping[UUID, str]) -> Voter:
    """Say of each moment whether it suits a member; the last answer counts until it is closed.

    Raises ``PollClosed`` and ``VoteMissing``.
    """
    _require_open(voter)
    slots = list(voter.poll.slots.order_by("pk"))
    if {one.public_id for one in slots} != set(votes) or set(votes.values()) - {*Vote.Value}:
        raise VoteMissing
    Vote.objects.bulk_create(
        [Vote(voter=voter, slot=one, value=votes[one.public_id]) for one in slots],
        update_conflicts=True,
        unique_fields=["voter", "slot"],
        update_fields=["value"],
    )
    voter.answered_at, voter.answered_by_id = clock.now(), actor.person
    voter.save(update_fields=["answered_at", "answered_by"])
    settle_origin(actor, voter.organisation.public_id, origin=voter.origin)
    return voter


@action(rules.asked, on=Poll, lock=True)
def close_poll(actor: Actor, poll: Poll, *, slot: UUID | None = None) -> Poll:
    """Choose one of the moments, or none; all who were asked are told. Closed twice, once.

    Raises ``PollClosed`` if another was chosen, and ``NoSuchSlot``.
    """
    chosen = poll.slots.filter(public_id=slot).first() if slot else None
    if slot and chosen is None:
        raise NoSuchSlot
    if not poll.is_open:
        if poll.chosen != chosen:
            raise PollClosed
        return poll
    poll.closed_at, poll.chosen = clock.now(), chosen
    poll.save(update_fields=["closed_at", "chosen"])
    for voter in poll.voters.select_related("organisation").order_by("pk"):
        voter.poll = poll
        _tell_choice(actor, voter)
    return poll


def _check(question: Question) -> None:
    starts = set(question.starts)
    right = FEWEST_SLOTS <= len(starts) == len(question.starts) <= MOST_SLOTS
    if not right or min(starts) < clock.now():
        raise BadSlots
    if question.due < clock.today():
        raise DayPassed
    first = timezone.localdate(min(starts))
    if question.due > first:
        raise DueTooLate(day=f"{first:%d.%m.%Y}")


def _require_open(voter: Voter) -> None:
    """Keep the poll as it is until the answer is stored: it may be closed at this moment."""
    # Whoever answers may read the poll, only the house that asked may lock it.
    with scoped(SYSTEM):
        poll = Poll.objects.select_for_update(of=("self",)).get(pk=voter.poll_id)
    if not poll.is_open:
        raise PollClosed


def _ask(actor: Actor, poll: Poll, question: Question) -> None:
    wanted = {str(key) for key in question.members}
    rows = [one.organisation for one in members_of(poll.cluster)]
    chosen = [one for one in rows if str(one.public_id) in wanted]
    if not chosen or len(chosen) < len(wanted):
        raise NobodyChosen
    voters = [Voter(poll=poll, sender_id=poll.sender_id, organisation=one) for one in chosen]
    for voter in Voter.objects.bulk_create(voters):
        voter.mailed = mail_to(voter)
        give_task(actor, voter.organisation.public_id, task=_task(voter))
    Voter.objects.bulk_update(voters, ["mailed"])


def _task(voter: Voter) -> Assignment:
    return Assignment(
        text=title_of(voter.poll),
        due=voter.poll.due,
        role=role_in(voter.organisation),
        origin=voter.origin,
        url=reverse("correspondence:asked", args=[voter.public_id]),
        giver=voter.poll.sender,
    )


def _tell_choice(actor: Actor, voter: Voter) -> None:
    settle_origin(actor, voter.organisation.public_id, origin=voter.origin, dropped=True)
    outbox.take_back(voter.about)
    mail_to(voter)
    notify(actor, is_chosen(voter), [voter.organisation_id], SPEAKING)
