"""Hours of career guidance for programs: numbers of classes, no child."""

from decimal import Decimal
from typing import Annotated, ClassVar
from uuid import UUID

from ninja import Query, Schema
from pydantic import Field, StrictInt

from zveno.events import actions, rules
from zveno.events.forms.hours import years
from zveno.events.models import Hours, OutsideHours, classes_hours, level_of
from zveno.kernel.errors import NotFound
from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Endpoints, Given, Named, Shown
from zveno.organisations.models import Organisation
from zveno.ui.rest import Line200

router = Endpoints(tags=["career guidance"])
HoursSaid = Annotated[str, Field(pattern=r"^[0-9]{1,3}(\.[05])?$")]
Grade = Annotated[StrictInt, Field(ge=0, le=11)]
Class = Annotated[str, Field(max_length=30, pattern=r"^[^\x00-\x1f]*$")]
Code = Annotated[str, Field(max_length=30, pattern=r"^[a-z_]*$")]


class ClassHoursShown(Schema):
    """Hours of the children of a class; ``asked`` is null where no minimum is asked for."""

    grade: int
    letter: str
    children: int
    middle: Decimal
    least: Decimal
    asked: int | None
    reached: int


class CareerHoursShown(Schema):
    """Hours of this academic year of a school by class; ``level`` is empty until it is chosen."""

    year: int
    level: str
    classes: list[ClassHoursShown]


class OutsideShown(Shown):
    """Hours that a class had outside Zveno; an empty ``letter`` is the whole grade."""

    owner: Named
    year: int
    grade: int
    letter: str
    direction: str
    hours: Decimal
    basis: str


class OutsideHoursAsked(Asked):
    """Whose, of which academic year."""

    LOOKUPS: ClassVar = {"owner": "owner__public_id", "year": "year"}
    owner: UUID | None = None
    year: Annotated[int, Field(ge=2000, le=2200)] | None = None


class EventHoursGiven(Given):
    """Academic hours as text, whole or with a half; a direction of the national minimum."""

    hours: HoursSaid
    direction: Code


class LevelGiven(Given):
    """A level of the minimum: basic, main, advanced; empty for none."""

    level: Code


class OutsideGiven(Given):
    """Hours of a class in an academic year outside Zveno; the same once more replaces them."""

    year: Annotated[StrictInt, Field(ge=2000, le=2200)]
    grade: Grade
    letter: Class = ""
    direction: Code
    hours: HoursSaid
    basis: Line200

    def outside(self) -> actions.Outside:
        """Return it as the verb takes it."""
        return actions.Outside(**self.model_dump() | {"hours": Decimal(self.hours)})


@router.shows("/organisations/{uuid:key}/career-hours", CareerHoursShown)
def career_hours(request: Request, key: UUID) -> object:
    """Show hours of career guidance of your own school."""
    owner = Organisation.objects.visible_to(request.actor).pick(key)
    if not rules.counts_hours(request.actor, owner):
        raise NotFound
    year = years()[0]
    level = level_of(request.actor, owner.pk, year)
    classes = map(_told, classes_hours(request.actor, owner, year))
    return {"year": year, "level": level.code if level else "", "classes": list(classes)}


def _told(one: Hours) -> dict[str, object]:
    names = ("grade", "letter", "middle", "least", "asked", "reached")
    return {name: getattr(one, name) for name in names} | {"children": one.number}


@router.lists("/outside-hours", OutsideShown)
def outside_hours(request: Request, asked: Query[OutsideHoursAsked]) -> object:
    """List hours your organisations entered by hand."""
    rows = OutsideHours.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("owner"), asked.after, asked.limit)


@router.does(
    "/events/{uuid:key}",
    actions.change_hours,
    refuses=[actions.BadHours, actions.NoSuchDirection, actions.IsCancelled],
)
def change_hours(request: Request, key: UUID, body: EventHoursGiven) -> object:
    """Say how many academic hours an event counts for, and in which direction."""
    hours = Decimal(body.hours)
    return actions.change_hours(request.actor, key, hours=hours, direction=body.direction)


@router.does("/organisations/{uuid:key}", actions.choose_level, refuses=[actions.NoSuchLevel])
def choose_level(request: Request, key: UUID, body: LevelGiven) -> object:
    """Choose the level of the minimum."""
    return actions.choose_level(request.actor, key, level=body.level)


@router.does(
    "/organisations/{uuid:key}",
    actions.enter_hours,
    makes=True,
    refuses=[actions.BadOutsideHours, actions.NoSuchDirection, actions.NotOfThatYear],
)
def enter_hours(request: Request, key: UUID, body: OutsideGiven) -> object:
    """Enter hours a class had outside Zveno."""
    return actions.enter_hours(request.actor, key, outside=body.outside())


@router.does("/outside-hours/{uuid:key}", actions.drop_hours)
def drop_hours(request: Request, key: UUID) -> object:
    """Take hours entered by hand away."""
    return actions.drop_hours(request.actor, key)
