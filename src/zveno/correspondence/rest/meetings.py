"""Meetings, who comes, minutes and decisions for programs."""

from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID, uuid4

from ninja import Query
from pydantic import Field, StrictBool, StrictInt

from zveno.correspondence import actions
from zveno.correspondence.models import Decision, Invited, Meeting, Minutes
from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Day, Endpoints, Given, Key, Moment, Named, OneOf, Shown
from zveno.network import actions as network
from zveno.ui.rest import Line, Line200, Line300, Line400, Maybe200, Maybe300, Maybe400

router = Endpoints(tags=["meetings"])
MOST_ITEMS, MOST_DECISIONS, MOST_INVITED = 15, 12, 500
Maybe2000 = Annotated[str, Line(2000, blank=True)]


class MeetingShown(Shown):
    """A meeting of the working group of a cluster."""

    cluster: Named
    subject: str
    begins_at: datetime
    ends_at: datetime
    place: str
    guests: str
    cancelled_at: datetime | None
    cancel_reason: str


class InvitedShown(Shown):
    """An organisation, or a person by their post there, that is invited to a meeting."""

    meeting: Shown
    organisation: Named
    post: Shown | None
    answer: Annotated[str, OneOf(Invited.Answer)]
    note: str
    answered_at: datetime | None


class MinutesShown(Shown):
    """A version of the minutes of a meeting; ``reason`` says why it was corrected."""

    meeting: Shown
    version: int
    reason: str
    written_at: datetime


class DecisionShown(Shown):
    """A decision; who holds the post carries it out."""

    meeting: Shown
    item: Shown
    text: str
    post: Shown | None
    due: date | None
    withdrawn_at: datetime | None


class MeetingsAsked(Asked):
    """Which meetings."""

    LOOKUPS: ClassVar = {"cluster": "cluster__public_id"}
    cluster: UUID | None = None


class OfMeetingAsked(Asked):
    """Of which meeting."""

    LOOKUPS: ClassVar = {"meeting": "meeting__public_id"}
    meeting: UUID | None = None


class PointGiven(Given):
    """An item of an agenda and who reports on it."""

    text: Line300
    reporter: Maybe200 = ""


class CallGiven(Given):
    """What a meeting is about, when and where; ``members`` are organisations, ``people`` posts."""

    subject: Line200
    begins_at: Moment
    ends_at: Moment
    place: Line300
    members: Annotated[list[Key], Field(max_length=MOST_INVITED)] = []
    people: Annotated[list[Key], Field(max_length=MOST_INVITED)] = []
    guests: Maybe400 = ""
    agenda: Annotated[list[PointGiven], Field(min_length=1, max_length=MOST_ITEMS)]

    def call(self) -> actions.Call:
        """Return it as the verbs take it."""
        agenda = [actions.Point(one.text, one.reporter) for one in self.agenda]
        given = {name: getattr(self, name) for name in CallGiven.model_fields if name != "agenda"}
        return actions.Call(uuid4(), **given, agenda=agenda)


class CalledOffGiven(Given):
    """Why a meeting does not take place."""

    reason: Line300


class ComingGiven(Given):
    """Whether somebody comes, and a few words."""

    comes: StrictBool
    note: Maybe300 = ""


class DecidedGiven(Given):
    """A decision; ``key`` is that of one that stands, else a new one of yours."""

    key: Key
    text: Line400
    post: Key | None = None
    due: Day | None = None


class HeardGiven(Given):
    """What was heard on an item of the agenda, and what was decided."""

    item: Key
    heard: Maybe2000 = ""
    decisions: Annotated[list[DecidedGiven], Field(max_length=MOST_DECISIONS)] = []

    def as_heard(self) -> actions.Heard:
        """Return it as the verb takes it."""
        decisions = [actions.Decided(**one.model_dump()) for one in self.decisions]
        return actions.Heard(self.item, self.heard, decisions)


class ProtocolGiven(Given):
    """What minutes tell; ``came`` are rows of the invited, ``seen`` is the version corrected."""

    chair: Line200
    secretary: Line200
    came: Annotated[list[Key], Field(max_length=MOST_INVITED)] = []
    others: Maybe400 = ""
    heard: Annotated[list[HeardGiven], Field(max_length=MOST_ITEMS)]
    seen: Annotated[StrictInt, Field(ge=0, le=30_000)] = 0
    reason: Maybe300 = ""

    def protocol(self) -> actions.Protocol:
        """Return it as the verb takes it."""
        given = {name: getattr(self, name) for name in ProtocolGiven.model_fields}
        return actions.Protocol(**given | {"heard": [one.as_heard() for one in self.heard]})


@router.lists("/meetings", MeetingShown)
def meetings(request: Request, asked: Query[MeetingsAsked]) -> object:
    """List meetings of the clusters your organisation leads, and those it is invited to."""
    rows = Meeting.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("cluster"), asked.after, asked.limit)


@router.lists("/invited", InvitedShown)
def invited(request: Request, asked: Query[OfMeetingAsked]) -> object:
    """List who is invited to the meetings you see, and who comes."""
    rows = Invited.objects.visible_to(request.actor).filter(**asked.chosen())
    rows = rows.select_related("meeting", "organisation", "post")
    return part_of(rows, asked.after, asked.limit)


@router.lists("/minutes", MinutesShown)
def minutes(request: Request, asked: Query[OfMeetingAsked]) -> object:
    """List versions of the minutes of the meetings you see."""
    rows = Minutes.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("meeting"), asked.after, asked.limit)


@router.lists("/decisions", DecisionShown)
def decisions(request: Request, asked: Query[OfMeetingAsked]) -> object:
    """List decisions of the meetings you see, withdrawn ones too."""
    rows = Decision.objects.visible_to(request.actor).filter(**asked.chosen())
    rows = rows.select_related("meeting", "item", "post")
    return part_of(rows, asked.after, asked.limit)


@router.does(
    "/clusters/{uuid:key}",
    actions.call_meeting,
    makes=True,
    refuses=[actions.BadTime, actions.NobodyCalled, actions.NoAgenda],
)
def call_meeting(request: Request, key: UUID, body: CallGiven) -> object:
    """Invite members and people to a meeting."""
    return actions.call_meeting(request.actor, key, call=body.call())


@router.does(
    "/meetings/{uuid:key}",
    actions.change_meeting,
    refuses=[actions.MeetingOver, actions.BadTime, actions.NoAgenda],
)
def change_meeting(request: Request, key: UUID, body: CallGiven) -> object:
    """Say anew what a meeting is about, when and where; invite others as well."""
    return actions.change_meeting(request.actor, key, call=body.call())


@router.does("/meetings/{uuid:key}", actions.cancel_meeting, refuses=[actions.MeetingOver])
def cancel_meeting(request: Request, key: UUID, body: CalledOffGiven) -> object:
    """Say that a meeting does not take place and why."""
    return actions.cancel_meeting(request.actor, key, reason=body.reason)


@router.does("/invited/{uuid:key}", actions.answer_invitation, refuses=[actions.MeetingOver])
def answer_invitation(request: Request, key: UUID, body: ComingGiven) -> object:
    """Say whether your organisation comes to a meeting."""
    return actions.answer_invitation(request.actor, key, **body.model_dump())


@router.does(
    "/meetings/{uuid:key}",
    actions.write_minutes,
    makes=True,
    refuses=[
        *(actions.NotYetHeld, actions.MinutesChanged, actions.CorrectionUnexplained),
        *(actions.OtherAgenda, actions.NobodyCarriesOut, network.CannotBePrinted),
    ],
)
def write_minutes(request: Request, key: UUID, body: ProtocolGiven) -> object:
    """Write the minutes of a meeting, or a new version of them; decisions become tasks."""
    return actions.write_minutes(request.actor, key, protocol=body.protocol())
