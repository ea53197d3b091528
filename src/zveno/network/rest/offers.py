"""What programs see of offers and requests, and do with them."""

from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID, uuid4

from ninja import Query
from pydantic import Field, StrictInt

from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Day, Endpoints, Given, Named, OneOf, Shown
from zveno.network import actions
from zveno.network.actions.offers import MOST
from zveno.network.models import Interest, Obligation, Offer
from zveno.ui.rest import Line200, Maybe100, Maybe300

router = Endpoints(tags=["offers"])
Amount = Annotated[StrictInt, Field(ge=1, le=MOST)]


class OfferShown(Shown):
    """Something a member of a cluster offers or asks for; ``taken`` units are agreed on."""

    cluster: Named
    organisation: Named
    way: Annotated[str, OneOf(Offer.Way)]
    kind: Annotated[str, OneOf(Offer.Kind)]
    text: str
    audience: str
    quantity: int
    taken: int
    unit: Annotated[str, OneOf(Obligation.Unit)]
    begins: date
    ends: date
    withdrawn_at: datetime | None


class InterestShown(Shown):
    """A response to an offer or a request; agreed on, it is an obligation."""

    offer: Shown
    organisation: Named
    amount: int
    note: str
    at: datetime
    withdrawn_at: datetime | None
    obligation: Shown | None


class OffersAsked(Asked):
    """Which offers."""

    LOOKUPS: ClassVar = {"cluster": "cluster__public_id", "way": "way"}
    cluster: UUID | None = None
    way: Annotated[str, OneOf(Offer.Way)] | None = None


class InterestsAsked(Asked):
    """Which responses."""

    LOOKUPS: ClassVar = {"offer": "offer__public_id"}
    offer: UUID | None = None


class OfferGiven(Given):
    """What is offered or asked for, how much of it, from when to when."""

    way: Annotated[str, OneOf(Offer.Way)]
    kind: Annotated[str, OneOf(Offer.Kind)]
    text: Line200
    audience: Maybe100 = ""
    quantity: Amount
    unit: Annotated[str, OneOf(Obligation.Unit)]
    begins: Day
    ends: Day


class InterestGiven(Given):
    """How much of it, and a few words."""

    amount: Amount
    note: Maybe300 = ""


@router.lists("/offers", OfferShown)
def offers(request: Request, asked: Query[OffersAsked]) -> object:
    """List offers and requests of the clusters your organisation is in."""
    rows = Offer.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("cluster", "organisation"), asked.after, asked.limit)


@router.lists("/interests", InterestShown)
def interests(request: Request, asked: Query[InterestsAsked]) -> object:
    """List responses of your organisation, and those to what it posted."""
    rows = Interest.objects.visible_to(request.actor).filter(**asked.chosen())
    rows = rows.select_related("offer", "organisation", "obligation")
    return part_of(rows, asked.after, asked.limit)


@router.does(
    "/memberships/{uuid:key}", actions.post_offer, makes=True, refuses=[actions.OfferLastsNoDay]
)
def post_offer(request: Request, key: UUID, body: OfferGiven) -> object:
    """Offer the members of a cluster something, or ask them for it."""
    wanted = actions.Wanted(uuid4(), **body.model_dump())
    return actions.post_offer(request.actor, key, wanted=wanted)


@router.does("/offers/{uuid:key}", actions.withdraw_offer)
def withdraw_offer(request: Request, key: UUID) -> object:
    """Let an offer stand no more."""
    return actions.withdraw_offer(request.actor, key)


@router.does(
    "/offers/{uuid:key}",
    actions.express_interest,
    makes=True,
    refuses=[actions.OfferOver, actions.OwnOffer, actions.NotEnoughLeft],
)
def express_interest(request: Request, key: UUID, body: InterestGiven) -> object:
    """Say that your organisation would take this much, or give it."""
    return actions.express_interest(request.actor, key, **body.model_dump())


@router.does("/interests/{uuid:key}", actions.withdraw_interest, refuses=[actions.InterestOver])
def withdraw_interest(request: Request, key: UUID) -> object:
    """Take a response back."""
    return actions.withdraw_interest(request.actor, key)


@router.does(
    "/interests/{uuid:key}",
    actions.agree_on,
    makes=True,
    refuses=[
        *(actions.InterestOver, actions.OfferOver, actions.NoAgreementBetween),
        *(actions.NotEnoughLeft, actions.AgreementNotInForce),
    ],
)
def agree_on(request: Request, key: UUID) -> object:
    """Agree to a response: it is owed under an agreement in force between both."""
    return actions.agree_on(request.actor, key)
