"""Ready-made subscriptions and deliveries."""

from typing import Any
from uuid import uuid4

from zveno.kernel import clock, journal
from zveno.people.models import Account, Post
from zveno.people.models.seals import sealed
from zveno.people.tests import make as people
from zveno.webhooks.models import Delivery, Kind, Subscription, publish

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def post_of(account: Account) -> Post:
    """Return the account's first post."""
    return Post.objects.filter(person=account.person).earliest("pk")


def subscription(account: Account | None = None, **changes: Any) -> Subscription:
    """Make a subscription of the account's first post to everything."""
    fields = {
        "address": "https://hooks.example.org/zveno",
        "kinds": Kind.values,
        "secret": sealed(SECRET.encode()),
    }
    post = post_of(account or people.account())
    return Subscription.objects.create(post=post, **fields | changes)


def delivery(of: Subscription | None = None, **changes: Any) -> Delivery:
    """Make a delivery that is due."""
    fields = {
        "kind": Kind.EVENT_ANNOUNCED,
        "entry": uuid4(),
        "subject": uuid4(),
        "happened_at": clock.now(),
    }
    return Delivery.objects.create(subscription=of or subscription(), **fields | changes)


def published() -> list[Delivery]:
    """Seal the journal and read it; return the deliveries there are."""
    journal.seal()
    publish()
    return list(Delivery.objects.order_by("pk"))
