"""The card and the history of an organisation for programs."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from ninja import Schema
from pydantic import AfterValidator, Field

from zveno.kernel.actor import Actor
from zveno.kernel.http import Request
from zveno.kernel.meanwhile import ChangedMeanwhile
from zveno.kernel.rest import Day, Email, Endpoints, Given, Key, Named, OneOf
from zveno.organisations import actions
from zveno.organisations.models import (
    Organisation,
    Stretch,
    Succession,
    Territory,
    heirs,
    life_of,
    on,
)
from zveno.ui.rest import Line300, Maybe100, Maybe300, Maybe400

router = Endpoints(tags=["history of organisations"])


def _is_address(value: str) -> str:
    try:
        URLValidator(schemes=["http", "https"])(value)
    except ValidationError as error:
        raise ValueError("no address of a site") from error
    return value


Site = Annotated[
    str,
    Field(max_length=200, json_schema_extra={"format": "uri"}),
    AfterValidator(_is_address),
]
Phone = Annotated[str, Field(max_length=60, pattern=r"^[-+0-9() .,добвнутр]*$")]
Inn = Annotated[str, Field(pattern=r"^(\d{10}|\d{12})?$")]
Kpp = Annotated[str, Field(pattern=r"^([0-9]{4}[0-9A-Z]{2}[0-9]{3})?$")]
Ogrn = Annotated[str, Field(pattern=r"^([0-9]{13}|[0-9]{15})?$")]


class StretchShown(Schema):
    """What an organisation was from ``since`` until the day before ``until``; null: without end."""

    since: date | None
    until: date | None
    kind: Annotated[str, OneOf(Organisation.Kind)]
    name: str
    territory: Named | None
    exists: bool


class SuccessionShown(Schema):
    """That on a day ``after`` took the place of ``before`` or of a part of it."""

    day: date
    how: Annotated[str, OneOf(Succession.How)]
    before: Named
    after: Named


class HistoryShown(Schema):
    """The life of an organisation, stretch by stretch, and who took the place of whom."""

    stretches: list[StretchShown]
    successions: list[SuccessionShown]


class ThenShown(StretchShown):
    """What an organisation was on a day; ``heirs`` stood in its place, itself while it existed."""

    heirs: list[Named]


class CardGiven(Given):
    """All that the card of an organisation says; what is left out is empty."""

    kind: Annotated[str, OneOf(Organisation.Kind)]
    name: Line300
    short_name: Maybe100 = ""
    inn: Inn = ""
    kpp: Kpp = ""
    ogrn: Ogrn = ""
    email: Email | Literal[""] = ""
    phone: Phone = ""
    site: Site | Literal[""] = ""
    address: Maybe400 = ""


class ChangedCardGiven(CardGiven):
    """All that the card says; ``seen``: what you read of it, so that nobody's change is lost."""

    seen: CardGiven | None = None


class TurnGiven(Given):
    """What happened on a day, and what that needs: a name, a kind, a territory, successors."""

    what: Annotated[str, OneOf(actions.Turn.What)]
    day: Day
    name: Maybe300 = ""
    kind: Annotated[str, OneOf(Organisation.Kind, blank=True)] = ""
    territory: Key | None = None
    successors: Annotated[list[Key], Field(max_length=20)] = []


class DayGiven(Given):
    """A day."""

    day: Day


@router.shows("/organisations/{uuid:key}/history", HistoryShown)
def history(request: Request, key: UUID) -> object:
    """Show the life of an organisation."""
    found = Organisation.objects.visible_to(request.actor).pick(key)
    successions = Succession.objects.visible_to(request.actor).about(found)
    return {
        "stretches": _stretches(request.actor, life_of(found)),
        "successions": list(successions),
    }


@router.shows("/organisations/{uuid:key}/as-of", ThenShown)
def as_of(request: Request, key: UUID, day: Day) -> object:
    """Show what an organisation was on a day, and who stood in its place."""
    found = Organisation.objects.visible_to(request.actor).pick(key)
    [then] = _stretches(request.actor, [on(life_of(found), day)])
    others = Organisation.objects.visible_to(request.actor).filter(pk__in=heirs(found, day))
    return then | {"heirs": list(others)}


def _stretches(actor: Actor, life: Sequence[Stretch]) -> list[dict[str, Any]]:
    keys = {one.territory for one in life if one.territory}
    places = {one.pk: one for one in Territory.objects.visible_to(actor).filter(pk__in=keys)}
    return [
        one.facts()
        | {
            "since": one.since,
            "until": one.until,
            "territory": places.get(one.territory or 0),
        }
        for one in life
    ]


@router.does(
    "/organisations/{uuid:key}", actions.change_card, refuses=[actions.InnTaken, ChangedMeanwhile]
)
def change_card(request: Request, key: UUID, body: ChangedCardGiven) -> object:
    """Put the card of an organisation right; what changed from a day on is a turn."""
    card = actions.Card(**body.model_dump(include=set(CardGiven.model_fields)))
    seen = body.seen.told() if body.seen else {}
    return actions.change_card(request.actor, key, card=card, seen=seen)


@router.does(
    "/organisations/{uuid:key}",
    actions.note_turn,
    refuses=[
        *(actions.NotYet, actions.NotThere, actions.NothingChanges),
        *(actions.BadDay, actions.BadSuccessors, actions.Untold),
    ],
)
def note_turn(request: Request, key: UUID, body: TurnGiven) -> object:
    """Note what happened to an organisation on a day, today or before."""
    territories = Territory.objects.visible_to(request.actor)
    others = Organisation.objects.visible_to(request.actor)
    turn = actions.Turn(
        what=body.what,
        day=body.day,
        name=body.name,
        kind=body.kind,
        territory=territories.pick(body.territory) if body.territory else None,
        successors=[others.pick(one) for one in dict.fromkeys(body.successors)],
    )
    return actions.note_turn(request.actor, key, turn=turn)


@router.does("/organisations/{uuid:key}", actions.take_turn_back, refuses=[actions.NothingChanges])
def take_turn_back(request: Request, key: UUID, body: DayGiven) -> object:
    """Let nothing have happened to an organisation on a day."""
    return actions.take_turn_back(request.actor, key, day=body.day)
