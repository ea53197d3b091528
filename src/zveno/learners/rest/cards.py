"""Children and numbers of children of one's own, for programs."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from ninja import Query
from pydantic import Field, StrictBool, StrictInt

from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Computed, Endpoints, Given, Named
from zveno.learners import actions
from zveno.learners.models import Child, HeadCount, Learner
from zveno.ui.rest import Line100, Maybe100

router = Endpoints(tags=["children"])
Class = Annotated[str, Field(max_length=30, pattern=r"^[^\x00-\x1f]*$")]
Grade = Annotated[StrictInt, Field(ge=0, le=11)]


class ChildShown(Computed):
    """A child of one's own; ``unfounded`` while no consent to participation holds."""

    owner: Named
    family_name: str
    given_name: str
    patronymic: str
    school_class: str
    born_year: int | None
    born_on: date | None
    unfounded: bool

    @staticmethod
    def resolve_school_class(child: Learner) -> str:
        """Return grade and letter, or the group."""
        return child.class_label

    @staticmethod
    def resolve_unfounded(child: Learner) -> bool:
        """Whether only its own organisation sees the child."""
        return child.unfounded_since is not None


class HeadCountShown(Computed):
    """How many children are in a class of which no names are kept."""

    owner: Named
    school_class: str
    number: int

    @staticmethod
    def resolve_school_class(counted: HeadCount) -> str:
        """Return grade and letter, or the group."""
        return str(counted)


class OfOwner(Asked):
    """Whose."""

    LOOKUPS: ClassVar = {"owner": "owner__public_id"}
    owner: UUID | None = None


class ChildFacts(Given):
    """A child; grade 0 is a kindergarten. ``new`` says: another one of the same name."""

    family_name: Line100
    given_name: Line100
    patronymic: Maybe100 = ""
    grade: Grade
    letter: Class = ""
    born_year: StrictInt | None = None
    born_on: date | None = None
    new: StrictBool = False


class CountGiven(Given):
    """How many children a class has, without their names; 0 forgets the class."""

    grade: Grade
    letter: Class = ""
    number: Annotated[StrictInt, Field(ge=0, le=1000)]


@router.lists("/children", ChildShown)
def children(request: Request, asked: Query[OfOwner]) -> object:
    """List the children you answer for."""
    rows = Learner.objects.visible_to(request.actor).owned_by(request.actor)
    return part_of(rows.filter(**asked.chosen()).select_related("owner"), asked.after, asked.limit)


@router.shows("/children/{uuid:key}", ChildShown)
def child(request: Request, key: UUID) -> object:
    """Show a child you answer for."""
    rows = Learner.objects.visible_to(request.actor).owned_by(request.actor)
    return rows.select_related("owner").pick(key)


@router.lists("/head-counts", HeadCountShown)
def head_counts(request: Request, asked: Query[OfOwner]) -> object:
    """List the classes of your organisations of which only the number is kept."""
    rows = HeadCount.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("owner"), asked.after, asked.limit)


REFUSED = (actions.NameMissing, actions.NoSuchClass, actions.BadBirth)


@router.does(
    "/organisations/{uuid:key}",
    actions.add_child,
    makes=True,
    refuses=[actions.NamesakeThere, *REFUSED],
)
def add_child(request: Request, key: UUID, body: ChildFacts) -> object:
    """Enter a child."""
    return actions.add_child(request.actor, key, child=Child(**body.model_dump()))


@router.does("/children/{uuid:key}", actions.change_child, refuses=[*REFUSED])
def change_child(request: Request, key: UUID, body: ChildFacts) -> object:
    """Put the facts about a child right."""
    return actions.change_child(request.actor, key, child=Child(**body.model_dump()))


@router.does(
    "/organisations/{uuid:key}",
    actions.count_class,
    refuses=[actions.NoSuchClass, actions.BadNumber],
)
def count_class(request: Request, key: UUID, body: CountGiven) -> object:
    """Say how many children a class has of which no names are kept."""
    return actions.count_class(request.actor, key, **body.model_dump())
