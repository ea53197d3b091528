"""Letters to members, for programs."""

import base64
import binascii
from datetime import date, datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID, uuid4

from ninja import Query
from pydantic import Field

from zveno.correspondence import actions
from zveno.correspondence.models import Addressee, Circular
from zveno.documents import actions as documents
from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Day, Endpoints, Given, Named, OneOf, Shown
from zveno.ui.rest import Cell, File, Line

router = Endpoints(tags=["letters"])
Text = Annotated[str, Field(min_length=1, max_length=5000, pattern=r"^[^\x00]*$")]
Words = Annotated[str, Field(max_length=1000, pattern=r"^[^\x00]*$")]
LETTER = [
    *(actions.NobodyChosen, actions.DayPassed, actions.NothingToAnswer, actions.TooManyFiles),
    *(documents.NotAttachable, documents.FileTooLarge, documents.FileEmpty),
]


class LetterShown(Shown):
    """A letter of a cluster to some of its members; a draft has not been sent."""

    cluster: Named
    sender: Named
    subject: str
    text: str
    asks: Annotated[str, OneOf(Circular.Asks)]
    due: date | None
    sent_at: datetime | None
    reminded: date | None


class AddresseeShown(Shown):
    """A member that a letter goes to: when it was opened there, and what was answered."""

    circular: Shown
    organisation: Named
    mailed: int
    read_at: datetime | None
    answer: Annotated[str, OneOf(Addressee.Answer, blank=True)]
    words: str
    answered_at: datetime | None


class LettersAsked(Asked):
    """Which letters."""

    LOOKUPS: ClassVar = {"cluster": "cluster__public_id"}
    cluster: UUID | None = None


class AddresseesAsked(Asked):
    """Which members, of which letter."""

    LOOKUPS: ClassVar = {"letter": "circular__public_id"}
    letter: UUID | None = None


class FileGiven(Given):
    """A file to attach: its name and its bytes in base64."""

    name: Cell
    data: File


class LetterGiven(Given):
    """A letter: whom to (organisations), what about, what is awaited until which day."""

    subject: Annotated[str, Line(150)]
    text: Text
    members: Annotated[list[UUID], Field(min_length=1, max_length=500)]
    asks: Annotated[str, OneOf(Circular.Asks)] = Circular.Asks.NOTHING
    due: Day | None = None
    files: Annotated[list[FileGiven], Field(max_length=actions.MOST_FILES)] = []

    def draft(self, **others: Any) -> actions.Draft:
        """Return it as the verbs take it. Raises ``NotAttachable``."""
        said = self.model_dump(include={"subject", "text", "members", "asks", "due"})
        return actions.Draft(
            key=uuid4(), files=[_upload(one) for one in self.files], **said, **others
        )


class LetterChanged(LetterGiven):
    """A draft as it is to be; ``kept`` are attachments that stay, all unless said."""

    kept: list[UUID] | None = None


class AnswerGiven(Given):
    """What is answered: as the letter asks, or in a few words."""

    answer: Annotated[str, OneOf(Addressee.Answer, blank=True)] = ""
    words: Words = ""


def _upload(given: FileGiven) -> documents.Upload:
    try:
        data = base64.b64decode(given.data, validate=True)
    except binascii.Error as error:
        raise documents.NotAttachable(name=given.name[-60:]) from error
    return documents.Upload(given.name, "", data)


@router.lists("/letters", LetterShown)
def letters(request: Request, asked: Query[LettersAsked]) -> object:
    """List letters you wrote and letters you were sent."""
    rows = Circular.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("cluster", "sender"), asked.after, asked.limit)


@router.shows("/letters/{uuid:key}", LetterShown)
def letter(request: Request, key: UUID) -> object:
    """Show one letter."""
    rows = Circular.objects.visible_to(request.actor)
    return rows.select_related("cluster", "sender").pick(key)


@router.lists("/addressees", AddresseeShown)
def addressees(request: Request, asked: Query[AddresseesAsked]) -> object:
    """List whom letters went to and what became of them: of your own letters, all."""
    rows = Addressee.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("circular", "organisation"), asked.after, asked.limit)


@router.does("/clusters/{uuid:key}", actions.write_letter, makes=True, refuses=LETTER)
def write_letter(request: Request, key: UUID, body: LetterGiven) -> object:
    """Write a letter to members of a cluster: a draft until it is sent."""
    return actions.write_letter(request.actor, key, draft=body.draft())


@router.does(
    "/letters/{uuid:key}",
    actions.change_letter,
    makes=True,
    refuses=[actions.LetterSent, *LETTER],
)
def change_letter(request: Request, key: UUID, body: LetterChanged) -> object:
    """Change a draft."""
    return actions.change_letter(request.actor, key, draft=body.draft(kept=body.kept))


@router.does("/letters/{uuid:key}", actions.drop_letter, refuses=[actions.LetterSent])
def drop_letter(request: Request, key: UUID) -> object:
    """Delete a draft."""
    return actions.drop_letter(request.actor, key)


@router.does(
    "/letters/{uuid:key}",
    actions.send_letter,
    makes=True,
    refuses=[actions.DayPassed, actions.NobodyChosen],
)
def send_letter(request: Request, key: UUID) -> object:
    """Send a letter to all its members; sent again, it goes once."""
    return actions.send_letter(request.actor, key)


@router.does(
    "/letters/{uuid:key}",
    actions.remind_of_letter,
    refuses=[actions.RemindedToday, actions.NobodyToRemind],
)
def remind_of_letter(request: Request, key: UUID) -> object:
    """Remind who has not answered, or not opened what needs no answer."""
    return actions.remind_of_letter(request.actor, key)


@router.does(
    "/addressees/{uuid:key}", actions.answer_letter, makes=True, refuses=[actions.NotAnAnswer]
)
def answer_letter(request: Request, key: UUID, body: AnswerGiven) -> object:
    """Answer a letter for your organisation; the last answer counts."""
    return actions.answer_letter(request.actor, key, **body.model_dump())
