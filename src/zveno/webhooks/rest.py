"""Webhooks for programs: a program subscribes, looks at its deliveries, asks for them again."""

from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

from ninja import Query
from pydantic import Field

from zveno.kernel.http import Request
from zveno.kernel.outside import judged
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Endpoints, Given, OneOf, Shown
from zveno.webhooks import actions
from zveno.webhooks.models import LONGEST, Delivery, Kind, Subscription

router = Endpoints(tags=["webhooks"])


class SubscriptionShown(Shown):
    """An address that is told of things; nobody is shown its secret."""

    post: Shown
    address: str
    kinds: list[Annotated[str, OneOf(Kind)]]
    made_at: datetime
    off_at: datetime | None
    ended_at: datetime | None
    failing_at: datetime | None


class DeliveryShown(Shown):
    """A happening on its way: `public_id` is the `webhook-id` it is sent with."""

    subscription: Shown
    kind: Annotated[str, OneOf(Kind)]
    subject: UUID
    happened_at: datetime
    tries: int
    tried_at: datetime | None
    next_at: datetime
    status: int | None
    fault: Annotated[str, OneOf(Delivery.Fault, blank=True)]
    delivered_at: datetime | None
    given_up_at: datetime | None


class SubscriptionGiven(Given):
    """Where to send what; the program chooses the `secret` (whsec_…) that signs what is sent."""

    address: Annotated[str, Field(min_length=1, max_length=LONGEST, pattern="^https?://[!-~]+$")]
    kinds: Annotated[list[Annotated[str, OneOf(Kind)]], Field(min_length=1, max_length=len(Kind))]
    secret: Annotated[str, Field(pattern="^whsec_[A-Za-z0-9+/]{32,88}={0,2}$")]


class DeliveriesAsked(Asked):
    """Which deliveries."""

    LOOKUPS: ClassVar = {"subscription": "subscription__public_id", "kind": "kind"}
    subscription: UUID | None = None
    kind: Annotated[str, OneOf(Kind)] | None = None


@router.lists("/subscriptions", SubscriptionShown)
def subscriptions(request: Request, asked: Query[Asked]) -> object:
    """List the subscriptions of the token's post."""
    rows = Subscription.objects.visible_to(request.actor).select_related("post")
    return part_of(rows, asked.after, asked.limit)


@router.shows("/subscriptions/{uuid:key}", SubscriptionShown)
def subscription(request: Request, key: UUID) -> object:
    """Show one subscription."""
    return Subscription.objects.visible_to(request.actor).select_related("post").pick(key)


@router.lists("/deliveries", DeliveryShown)
def deliveries(request: Request, asked: Query[DeliveriesAsked]) -> object:
    """List what was sent, or is to be sent, to the subscriptions of the token's post."""
    rows = Delivery.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("subscription"), asked.after, asked.limit)


@router.shows("/deliveries/{uuid:key}", DeliveryShown)
def delivery(request: Request, key: UUID) -> object:
    """Show what came of one delivery."""
    return Delivery.objects.visible_to(request.actor).select_related("subscription").pick(key)


@router.does(
    "/posts/{uuid:key}",
    actions.subscribe,
    makes=True,
    refuses=[
        *(actions.WebhooksOff, actions.BadAddress, actions.BadSecret, actions.NothingChosen),
        actions.TooManySubscriptions,
    ],
)
def subscribe(request: Request, key: UUID, body: SubscriptionGiven) -> object:
    """Be told of things from now on; this ends with the token and with its post."""
    given = body.model_dump()
    place = judged(given.pop("address"))
    return actions.subscribe(request.actor, key, place=place, **given)


@router.does("/subscriptions/{uuid:key}", actions.switch_off)
def switch_off(request: Request, key: UUID) -> object:
    """Be told nothing for a while."""
    return actions.switch_off(request.actor, key)


@router.does("/subscriptions/{uuid:key}", actions.switch_on)
def switch_on(request: Request, key: UUID) -> object:
    """Be told again, and get what was waiting."""
    return actions.switch_on(request.actor, key)


@router.does("/subscriptions/{uuid:key}", actions.end_subscription)
def end_subscription(request: Request, key: UUID) -> object:
    """Be told nothing any more."""
    return actions.end_subscription(request.actor, key)


@router.does("/deliveries/{uuid:key}", actions.redeliver)
def redeliver(request: Request, key: UUID) -> object:
    """Get a delivery again, under the same id."""
    return actions.redeliver(request.actor, key)


routers = (router,)
