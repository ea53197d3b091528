"""Children who come, for programs: full names to whoever answers for them, else as at the door."""

from datetime import datetime, timedelta
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from ninja import Query
from pydantic import Field, StrictBool, StrictInt

from zveno.events import actions
from zveno.events.models import Place
from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Computed, Endpoints, Given, Key, Moment, Shown
from zveno.learners import actions as learners
from zveno.learners.models import Child
from zveno.ui.rest import Line100, Maybe100

router = Endpoints(tags=["children"])
YEARS = 20 * 366 * 24 * 3600
"""Seconds: a clock whose battery is empty may stand in the year it was built."""
PLACE = ("event", "group", "learner")
Class = Annotated[str, Field(max_length=30, pattern=r"^[^\x00-\x1f]*$")]


class PlaceShown(Computed):
    """A child's place; ``name`` in full for whoever answers for the child, else as at the door."""

    event: Shown
    group: Shown
    name: str
    school_class: str
    consented: bool
    came_at: datetime | None
    left_at: datetime | None

    @staticmethod
    def resolve_name(place: Place, context: Any) -> str:
        """Return as much of the name as the pages show."""
        child = place.learner
        own = child.owner_id in context["request"].actor.scope
        return child.full_name if own else child.door_name

    @staticmethod
    def resolve_school_class(place: Place) -> str:
        """Return grade and letter."""
        return place.learner.class_label


class PlacesAsked(Asked):
    """Which places."""

    LOOKUPS: ClassVar = {"event": "event__public_id", "group": "group__public_id"}
    event: UUID | None = None
    group: UUID | None = None


class ChildGiven(Given):
    """A child of the list; ``same`` names the child it is known to be, ``new`` says: none known."""

    family_name: Line100
    given_name: Line100
    patronymic: Maybe100 = ""
    grade: Annotated[StrictInt, Field(ge=0, le=11)]
    letter: Class = ""
    same: Key | None = None
    new: StrictBool = False


class ListGiven(Given):
    """Who comes; a later list replaces an earlier one."""

    children: Annotated[list[ChildGiven], Field(min_length=1, max_length=5000)]


class PlacesGiven(Given):
    """For whom the school keeps a consent on paper."""

    places: Annotated[list[Key], Field(min_length=1, max_length=5000)]


class MarkGiven(Given):
    """A tap: ``at`` by the clock of the device, ``of`` is the mark that is taken back."""

    key: UUID
    place: Key
    kind: Literal["came", "left", "taken_back"]
    at: Moment
    of: UUID | None = None


class MarksGiven(Given):
    """Taps of a device; ``ahead``: seconds its clock was ahead when it took the list."""

    device: UUID
    ahead: Annotated[float, Field(ge=-YEARS, le=YEARS, allow_inf_nan=False)] = 0
    marks: Annotated[list[MarkGiven], Field(min_length=1, max_length=actions.MOST_MARKS)]


@router.lists("/places", PlaceShown)
def places(request: Request, asked: Query[PlacesAsked]) -> object:
    """List the places of the children you may read."""
    rows = Place.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related(*PLACE), asked.after, asked.limit)


@router.shows("/places/{uuid:key}", PlaceShown)
def place(request: Request, key: UUID) -> object:
    """Show one place."""
    return Place.objects.visible_to(request.actor).select_related(*PLACE).pick(key)


@router.does(
    "/groups/{uuid:key}",
    actions.list_children,
    refuses=[
        *(actions.NoSeatsHeld, actions.NobodyListed, actions.TooManyChildren),
        *(actions.GradeDoesNotFit, actions.SomeCame),
        *(learners.Namesakes, learners.NameMissing, learners.NoSuchClass),
    ],
)
def list_children(request: Request, key: UUID, body: ListGiven) -> object:
    """Say who comes; a later list replaces an earlier one."""
    children = [Child(**child.model_dump()) for child in body.children]
    return actions.list_children(request.actor, key, children=children)


@router.does(
    "/groups/{uuid:key}",
    actions.keep_consents,
    refuses=[actions.NoSeatsHeld, learners.WayOff],
)
def keep_consents(request: Request, key: UUID, body: PlacesGiven) -> object:
    """Note that the consents for these places are kept at the school."""
    return actions.keep_consents(request.actor, key, places=body.places)


@router.does("/places/{uuid:key}", actions.withdraw_consent)
def withdraw_consent(request: Request, key: UUID) -> object:
    """Note that a guardian takes the consent back: no host sees the child from now on."""
    return actions.withdraw_consent(request.actor, key)


@router.does("/places/{uuid:key}", actions.check_in, refuses=[actions.NoConsent])
def check_in(request: Request, key: UUID) -> object:
    """Mark that the child came; a second mark changes nothing."""
    return actions.check_in(request.actor, key)


@router.does("/places/{uuid:key}", actions.leave_early, refuses=[actions.NotHere])
def leave_early(request: Request, key: UUID) -> object:
    """Mark that a child who came left before the end."""
    return actions.leave_early(request.actor, key)


@router.does("/events/{uuid:key}", actions.send_marks, refuses=[actions.TooManyMarks])
def send_marks(request: Request, key: UUID, body: MarksGiven) -> object:
    """Keep what a device noted without a network; a mark that is known changes nothing.

    Children whom the host may not meet any more are left out: the list of places says who is here.
    """
    taps = [actions.Tap(**one.model_dump()) for one in body.marks]
    noted = actions.Noted(body.device, taps, timedelta(seconds=body.ahead))
    return actions.send_marks(request.actor, key, noted=noted)


@router.does("/places/{uuid:key}", actions.undo_check_in)
def undo_check_in(request: Request, key: UUID) -> object:
    """Take the mark back; without one nothing changes."""
    return actions.undo_check_in(request.actor, key)
