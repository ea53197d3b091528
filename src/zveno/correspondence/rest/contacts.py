"""Contacts with employers for programs."""

from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID, uuid4

from ninja import Query

from zveno.correspondence import actions
from zveno.correspondence.models import Contact
from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Day, Endpoints, Given, Key, Named, OneOf, Shown
from zveno.ui.rest import Line, Line400, Maybe200, Maybe300

router = Endpoints(tags=["contacts"])
Maybe1000 = Annotated[str, Line(1000, blank=True)]
REFUSALS = (
    *(actions.OneEmployer, actions.NotAnEmployer, actions.ContactAhead),
    actions.StepForNobody,
)


class ContactShown(Shown):
    """A talk with an employer: of the register, or known by ``name`` alone."""

    keeper: Named
    employer: Named | None
    name: str
    day: date
    kind: Annotated[str, OneOf(Contact.Kind)]
    post: Shown | None
    whom: str
    about: str
    agreed: str
    next_step: str
    next_due: date | None
    next_post: Shown | None
    noted_at: datetime


class ContactsAsked(Asked):
    """Which contacts."""

    LOOKUPS: ClassVar = {"employer": "employer__public_id", "kind": "kind"}
    employer: UUID | None = None
    kind: Annotated[str, OneOf(Contact.Kind)] | None = None


class TalkGiven(Given):
    """What was said with whom; ``next_post`` of your organisation does the next step."""

    day: Day
    kind: Annotated[str, OneOf(Contact.Kind)]
    about: Line400
    employer: Key | None = None
    name: Maybe300 = ""
    post: Key | None = None
    whom: Maybe200 = ""
    agreed: Maybe1000 = ""
    next_step: Maybe300 = ""
    next_due: Day | None = None
    next_post: Key | None = None

    def talk(self) -> actions.Talk:
        """Return it as the verbs take it."""
        return actions.Talk(uuid4(), **self.model_dump())


@router.lists("/contacts", ContactShown)
def contacts(request: Request, asked: Query[ContactsAsked]) -> object:
    """List contacts with employers that your organisation keeps."""
    rows = Contact.objects.visible_to(request.actor).filter(**asked.chosen())
    rows = rows.select_related("keeper", "employer", "post", "next_post")
    return part_of(rows, asked.after, asked.limit)


@router.does("/organisations/{uuid:key}", actions.note_contact, makes=True, refuses=[*REFUSALS])
def note_contact(request: Request, key: UUID, body: TalkGiven) -> object:
    """Note a contact with an employer; its next step becomes a task."""
    return actions.note_contact(request.actor, key, talk=body.talk())


@router.does("/contacts/{uuid:key}", actions.change_contact, refuses=[*REFUSALS])
def change_contact(request: Request, key: UUID, body: TalkGiven) -> object:
    """Put a contact right; its task follows."""
    return actions.change_contact(request.actor, key, talk=body.talk())


@router.does("/contacts/{uuid:key}", actions.remove_contact)
def remove_contact(request: Request, key: UUID) -> object:
    """Remove a contact for good, and its task with it."""
    return actions.remove_contact(request.actor, key)
