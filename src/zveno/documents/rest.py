"""Files, books, words in cases and verification for programs."""

import base64
from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from ninja import Path, Query, Schema
from pydantic import Field

from zveno.documents import actions
from zveno.documents.models import (
    CASES,
    Book,
    Declension,
    Number,
    StoredFile,
    Verification,
)
from zveno.documents.models.books import LONGEST_PATTERN
from zveno.kernel.errors import NotFound
from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Day, Endpoints, Given, Named, OneOf, Shown
from zveno.ui.rest import Line100, Line200, Line300, Line400, Maybe400

router = Endpoints(tags=["documents"])
Code = Annotated[str, Path(pattern="^[2-9A-HJ-NP-Z]{26}$")]


class FileShown(Named):
    """A file; ``sha256`` names its bytes for ever."""

    owner: Named
    media_type: str
    size: int
    sha256: str
    stored_at: datetime


class FileContent(Shown):
    """The bytes of a file."""

    media_type: str
    sha256: str
    data: Annotated[str, Field(json_schema_extra={"contentEncoding": "base64"})]


class VerificationShown(Schema):
    """What the public page of a document says: initials only."""

    code: str
    title: str
    initials: str
    issuer: str
    number: str
    issued_on: date
    voided_at: datetime | None


class FilesAsked(Asked):
    """Which files."""

    LOOKUPS: ClassVar = {"owner": "owner__public_id"}
    owner: UUID | None = None


@router.lists("/files", FileShown)
def files(request: Request, asked: Query[FilesAsked]) -> object:
    """List the files you may read, without their bytes."""
    rows = StoredFile.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.without_bytes().select_related("owner"), asked.after, asked.limit)


@router.shows("/files/{uuid:key}", FileShown)
def file(request: Request, key: UUID) -> object:
    """Show one file, without its bytes."""
    rows = StoredFile.objects.visible_to(request.actor)
    return rows.without_bytes().select_related("owner").pick(key)


@router.shows("/files/{uuid:key}/content", FileContent)
def file_content(request: Request, key: UUID) -> object:
    """Send the bytes of a file, in base64."""
    stored = StoredFile.objects.visible_to(request.actor).pick(key)
    return {
        "public_id": stored.public_id,
        "media_type": stored.media_type,
        "sha256": stored.sha256,
        "data": base64.b64encode(stored.data).decode(),
    }


@router.shows("/verifications/{code}", VerificationShown, to_anybody=True)
def verification(request: Request, code: Code) -> object:
    """Say what is known of a document with this code. Whoever has the code may ask."""
    claim = Verification.objects.visible_to(request.actor).with_code(code).first()
    if claim is None:
        raise NotFound
    return claim


routers = (router,)


class DeclensionShown(Shown):
    """How words are written in cases; an empty case is left to Zveno."""

    owner: Named
    kind: Annotated[str, OneOf(Declension.Kind)]
    text: str
    genitive: str
    dative: str
    instrumental: str
    said_at: datetime


class DeclensionsAsked(Asked):
    """Whose words, and of which kind."""

    LOOKUPS: ClassVar = {"owner": "owner__public_id", "kind": "kind"}
    owner: UUID | None = None
    kind: Annotated[str, OneOf(Declension.Kind)] | None = None


class DeclensionGiven(Given):
    """Words in the nominative, and in one case at least; what is left out stays as it was."""

    kind: Annotated[str, OneOf(Declension.Kind)]
    text: Line400
    genitive: Maybe400 | None = None
    dative: Maybe400 | None = None
    instrumental: Maybe400 | None = None


@router.lists("/declensions", DeclensionShown)
def declensions(request: Request, asked: Query[DeclensionsAsked]) -> object:
    """List the words written otherwise than Zveno would."""
    rows = Declension.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("owner"), asked.after, asked.limit)


@router.shows("/declensions/{uuid:key}", DeclensionShown)
def declension(request: Request, key: UUID) -> object:
    """Show how some words are written."""
    return Declension.objects.visible_to(request.actor).select_related("owner").pick(key)


@router.does(
    "/organisations/{uuid:key}", actions.remember_form, makes=True, refuses=[actions.NothingSaid]
)
def remember_form(request: Request, key: UUID, body: DeclensionGiven) -> object:
    """Remember how words are written in cases, for all papers to come."""
    forms = body.model_dump(include=set(CASES), exclude_none=True)
    return actions.remember_form(request.actor, key, kind=body.kind, text=body.text, forms=forms)


@router.does("/declensions/{uuid:key}", actions.forget_form)
def forget_form(request: Request, key: UUID) -> object:
    """Leave words to Zveno again."""
    return actions.forget_form(request.actor, key)


class BookShown(Shown):
    """A year's book of an office; `last` is the last number taken."""

    organisation: Named
    kind: Annotated[str, OneOf(Book.Kind)]
    year: int
    last: int


class NumberShown(Shown):
    """A line of a book: a number as it is printed, what it is for, whether it is void.

    One given on paper has the day it bears, ``dated``, and why it was given outside Zveno.
    """

    number: int
    printed: str
    subject: str
    taken_at: datetime
    dated: date | None
    hand_reason: str
    voided_at: datetime | None
    void_reason: str


class BooksAsked(Asked):
    """Whose books, of which kind and year."""

    LOOKUPS: ClassVar = {"organisation": "organisation__public_id", "kind": "kind", "year": "year"}
    organisation: UUID | None = None
    kind: Annotated[str, OneOf(Book.Kind)] | None = None
    year: Annotated[int, Field(ge=2000, le=2100)] | None = None


class NumbersAsked(Asked):
    """Of which book."""

    LOOKUPS: ClassVar = {"book": "book__public_id"}
    book: UUID | None = None


class NumberingGiven(Given):
    """How numbers are written: `#` is a digit, `{год}` the year."""

    kind: Annotated[str, OneOf(Book.Kind)]
    pattern: Annotated[Line100, Field(max_length=LONGEST_PATTERN)]


@router.lists("/books", BookShown)
def books(request: Request, asked: Query[BooksAsked]) -> object:
    """List the books of the offices you act for."""
    rows = Book.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("organisation"), asked.after, asked.limit)


@router.lists("/numbers", NumberShown)
def numbers(request: Request, asked: Query[NumbersAsked]) -> object:
    """List the lines of books."""
    rows = Number.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("book"), asked.after, asked.limit)


@router.does(
    "/organisations/{uuid:key}",
    actions.set_numbering,
    refuses=[actions.BadPattern, actions.PatternRepeats],
)
def set_numbering(request: Request, key: UUID, body: NumberingGiven) -> object:
    """Say how the numbers of the next books are written."""
    return actions.set_numbering(request.actor, key, kind=body.kind, pattern=body.pattern)


class PaperNumberGiven(Given):
    """A number that was given on paper, the day the paper bears, what it is for, and why."""

    kind: Annotated[str, OneOf(Book.Kind)]
    number: Annotated[int, Field(ge=1, le=actions.LARGEST_NUMBER)]
    dated: Day
    subject: Line300
    reason: Line200


class CancelGiven(Given):
    """Why a number is cancelled."""

    reason: Line200


@router.does(
    "/organisations/{uuid:key}",
    actions.register_number,
    makes=True,
    refuses=[actions.NumberTaken, actions.NotGivenYet],
)
def register_number(request: Request, key: UUID, body: PaperNumberGiven) -> object:
    """Enter a number given on paper into the book of its year; Zveno never gives it again."""
    told = body.model_dump()
    kind = told.pop("kind")
    return actions.register_number(request.actor, key, kind=kind, given=actions.Given(**told))


@router.does("/numbers/{uuid:key}", actions.cancel_number, refuses=[actions.NotByHand])
def cancel_number(request: Request, key: UUID, body: CancelGiven) -> object:
    """Cancel a number entered by hand: it stays in the book and is never given again."""
    return actions.cancel_number(request.actor, key, reason=body.reason)
