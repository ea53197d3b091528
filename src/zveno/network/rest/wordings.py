"""The clauses of agreements for programs: versions of an organisation, and what is shipped."""

from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

from ninja import Query, Schema
from pydantic import Field

from zveno.kernel.errors import NotFound
from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Endpoints, Given, Named, OneOf, Shown
from zveno.network import actions
from zveno.network.models import Wording
from zveno.network.models.clause_text import LONGEST_TEXT
from zveno.network.models.kinds import Kind
from zveno.network.models.placeholders import Placeholder, placeholders, shipped_text

router = Endpoints(tags=["agreements"])
Code = Annotated[str, OneOf(Kind)]


class WordingShown(Shown):
    """A version of the clauses; the ``current`` one is what the next drafts are drawn with."""

    owner: Named
    kind: str
    number: int
    text: str
    current: bool
    saved_at: datetime


class WordingsAsked(Asked):
    """Whose wordings, and of which kind of agreement."""

    LOOKUPS: ClassVar = {"owner": "owner__public_id", "kind": "kind"}
    owner: UUID | None = None
    kind: Code | None = None


class PlaceholderShown(Schema):
    """A name in braces; a list stands on a line of its own."""

    name: str
    words: str
    is_list: bool
    example: str

    @staticmethod
    def resolve_words(shown: Placeholder) -> str:
        """Explain it in the reader's language."""
        return str(shown.words)


class ClausesShown(Schema):
    """Version 0 of a kind of agreement, and what may stand in braces."""

    kind: str
    text: str
    placeholders: list[PlaceholderShown]


class WordingGiven(Given):
    """The clauses as one text; ``seen``: the number of the version that was in use (0: shipped)."""

    kind: Code
    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT, pattern=r"^[^\x00]*$")]
    seen: Annotated[int, Field(ge=0, le=32767)]


class VersionGiven(Given):
    """A version that was saved before; 0 is what Zveno ships."""

    kind: Code
    number: Annotated[int, Field(ge=0, le=32767)]


@router.lists("/wordings", WordingShown)
def wordings(request: Request, asked: Query[WordingsAsked]) -> object:
    """List the versions of the clauses of the organisations you act for."""
    rows = Wording.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("owner"), asked.after, asked.limit)


@router.shows("/wordings/{uuid:key}", WordingShown)
def wording(request: Request, key: UUID) -> object:
    """Show a version."""
    return Wording.objects.visible_to(request.actor).select_related("owner").pick(key)


@router.shows("/clauses/{kind}", ClausesShown)
def clauses(request: Request, kind: str) -> object:  # noqa: ARG001 - the same for everybody
    """Show the clauses of a kind of agreement as shipped, and what may stand in braces."""
    if kind not in Kind:
        raise NotFound
    return {"kind": kind, "text": shipped_text(kind), "placeholders": placeholders(kind)}


@router.does(
    "/organisations/{uuid:key}",
    actions.save_wording,
    refuses=[actions.WordingUnclear, actions.WordingTooLong, actions.WordingMoved],
)
def save_wording(request: Request, key: UUID, body: WordingGiven) -> object:
    """Save the clauses of a kind of agreement as the next version; new drafts are drawn with it."""
    return actions.save_wording(request.actor, key, **body.model_dump())


@router.does("/organisations/{uuid:key}", actions.use_wording, refuses=[actions.NoSuchWording])
def use_wording(request: Request, key: UUID, body: VersionGiven) -> object:
    """Draw the next drafts with a version that was saved before, or with the shipped one, 0."""
    return actions.use_wording(request.actor, key, **body.model_dump())
