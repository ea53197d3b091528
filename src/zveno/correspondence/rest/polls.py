"""Polls of dates, for programs."""

from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID, uuid4

from ninja import Query
from pydantic import Field, StrictInt

from zveno.correspondence import actions
from zveno.correspondence.models import Poll, Slot, Vote, Voter
from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Day, Endpoints, Given, Moment, Named, OneOf, Shown
from zveno.ui.rest import Line

router = Endpoints(tags=["polls"])


class PollShown(Shown):
    """What members are asked a day for; closed, ``chosen`` is a moment or nothing."""

    cluster: Named
    sender: Named
    title: str
    text: str
    minutes: int
    due: date
    closed_at: datetime | None
    chosen: Shown | None


class SlotShown(Shown):
    """A moment on offer."""

    poll: Shown
    starts_at: datetime


class VoterShown(Shown):
    """A member that is asked."""

    poll: Shown
    organisation: Named
    mailed: int
    answered_at: datetime | None


class VoteShown(Shown):
    """Whether a moment suits a member."""

    voter: Shown
    slot: Shown
    value: Annotated[str, OneOf(Vote.Value)]


class PollsAsked(Asked):
    """Which polls."""

    LOOKUPS: ClassVar = {"cluster": "cluster__public_id"}
    cluster: UUID | None = None


class OfPollAsked(Asked):
    """Of which poll."""

    LOOKUPS: ClassVar = {"poll": "poll__public_id"}
    poll: UUID | None = None


class VotesAsked(Asked):
    """Whose votes."""

    LOOKUPS: ClassVar = {"voter": "voter__public_id"}
    voter: UUID | None = None


class QuestionGiven(Given):
    """What members (organisations) are asked: which of the moments suits them."""

    title: Annotated[str, Line(150)]
    text: Annotated[str, Field(max_length=1000, pattern=r"^[^\x00]*$")] = ""
    starts: Annotated[list[Moment], Field(max_length=20)]
    minutes: Annotated[StrictInt, Field(ge=1, le=actions.LONGEST)] = 60
    due: Day
    members: Annotated[list[UUID], Field(min_length=1, max_length=500)]


class VoteGiven(Given):
    """Whether a moment suits."""

    slot: UUID
    value: Annotated[str, OneOf(Vote.Value)]


class VotesGiven(Given):
    """An answer to each moment on offer."""

    votes: Annotated[list[VoteGiven], Field(max_length=20)]


class ChoiceGiven(Given):
    """The moment that is chosen; nothing closes the poll without a choice."""

    slot: UUID | None = None


@router.lists("/polls", PollShown)
def polls(request: Request, asked: Query[PollsAsked]) -> object:
    """List polls you started and polls you are asked in."""
    rows = Poll.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("cluster", "sender", "chosen"), asked.after, asked.limit)


@router.lists("/slots", SlotShown)
def slots(request: Request, asked: Query[OfPollAsked]) -> object:
    """List moments on offer."""
    rows = Slot.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("poll"), asked.after, asked.limit)


@router.lists("/voters", VoterShown)
def voters(request: Request, asked: Query[OfPollAsked]) -> object:
    """List members that are asked: of your own polls, all."""
    rows = Voter.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("poll", "organisation"), asked.after, asked.limit)


@router.lists("/votes", VoteShown)
def votes(request: Request, asked: Query[VotesAsked]) -> object:
    """List what suits whom: of your own polls, all."""
    rows = Vote.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("voter", "slot"), asked.after, asked.limit)


@router.does(
    "/clusters/{uuid:key}",
    actions.start_poll,
    makes=True,
    refuses=[actions.BadSlots, actions.DayPassed, actions.DueTooLate, actions.NobodyChosen],
)
def start_poll(request: Request, key: UUID, body: QuestionGiven) -> object:
    """Ask members of a cluster which moments suit them."""
    question = actions.Question(key=uuid4(), **body.model_dump())
    return actions.start_poll(request.actor, key, question=question)


@router.does(
    "/voters/{uuid:key}",
    actions.answer_poll,
    makes=True,
    refuses=[actions.PollClosed, actions.VoteMissing],
)
def answer_poll(request: Request, key: UUID, body: VotesGiven) -> object:
    """Say of each moment whether it suits your organisation; the last answer counts."""
    votes = {one.slot: one.value for one in body.votes}
    return actions.answer_poll(request.actor, key, votes=votes)


@router.does(
    "/polls/{uuid:key}",
    actions.close_poll,
    makes=True,
    refuses=[actions.PollClosed, actions.NoSuchSlot],
)
def close_poll(request: Request, key: UUID, body: ChoiceGiven) -> object:
    """Choose one of the moments, or none: the poll closes, all who were asked are told."""
    return actions.close_poll(request.actor, key, slot=body.slot)
