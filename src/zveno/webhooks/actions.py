"""Verbs: addresses are told of things, switched off and on, ended; deliveries are sent again."""

import base64
import binascii
import secrets
from collections.abc import Collection

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor, Means
from zveno.kernel.errors import BadInput, DomainError
from zveno.kernel.outside import Judged, Why
from zveno.people.models import Post, settle
from zveno.people.models.seals import sealed
from zveno.webhooks import rules
from zveno.webhooks.models import LONGEST, MARK, Delivery, Kind, Subscription

MOST = 10
SHORTEST_KEY, LONGEST_KEY = 24, 64
REASONS: dict[Why, Promise] = {
    Why.NO_ADDRESS: _(
        "This is not a valid address. It must start with https:// and contain no user name."
    ),
    Why.NOT_PERMITTED: _(
        "Zveno is not allowed to send to this host. Ask the operator to allow it."
    ),
    Why.NO_HOST: _("There is no such host. Check the address."),
    Why.SLOW: _("The name of this host could not be looked up in time. Try again in a minute."),
    Why.INNER: _(
        "This host leads to an internal network. Only public addresses can receive messages."
    ),
}


class WebhooksOff(DomainError):
    """Nothing leaves for other hosts unless the operator permits it."""

    code = "webhooks_off"
    message = _("This Zveno sends nothing to other hosts. Ask the operator to allow the host.")


class BadAddress(BadInput):
    """An address is https, its host is permitted and public: ``facts`` say what is wrong."""

    code = "bad_address"
    field = "address"

    def __str__(self) -> str:
        """Say what is wrong."""
        return str(REASONS[Why(str(self.facts["why"]))])


class BadSecret(BadInput):
    """A secret is ``whsec_`` with 24 to 64 bytes in base64."""

    code = "bad_secret"
    message = _("A secret is whsec_ followed by 24 to 64 bytes in base64.")
    field = "secret"


class NothingChosen(BadInput):
    """A subscription hears of something that there is."""

    code = "nothing_chosen"
    message = _("Choose what to tell the program about.")
    field = "kinds"


class TooManySubscriptions(DomainError):
    """A post has a bounded number of subscriptions."""

    code = "too_many_subscriptions"
    message = _("This post already has %(most)s webhooks. End one of them.")


@action(rules.holds, on=Post, lock=True)
def subscribe(
    actor: Actor, post: Post, *, place: Judged, kinds: Collection[str], secret: str = ""
) -> Subscription:
    """Tell ``place`` of ``kinds`` of happenings that the holder of ``post`` sees, from now on.

    Without a ``secret`` one is made; it is ``shown`` in what is returned and never again. Raises
    ``WebhooksOff``, ``BadAddress``, ``BadSecret``, ``NothingChosen``, ``TooManySubscriptions``.
    """
    if not settings.WEBHOOKS_TO:
        raise WebhooksOff
    if not kinds or not {*kinds} <= {*Kind.values}:
        raise NothingChosen
    if place.why or len(place.address) > LONGEST:
        raise BadAddress(why=place.why or Why.NO_ADDRESS)
    shown = _sound(secret) if secret else _new_secret()
    if Subscription.objects.live().filter(post=post).count() >= MOST:
        raise TooManySubscriptions(most=MOST)
    made = Subscription.objects.create(
        post=post,
        token_id=actor.credential if actor.means is Means.TOKEN else None,
        address=place.address,
        kinds=[kind for kind in Kind.values if kind in kinds],
        secret=sealed(shown.encode()),
    )
    made.shown = shown
    return made


@action(rules.owns, on=Subscription, lock=True)
def switch_off(actor: Actor, subscription: Subscription) -> None:
    """Tell nothing for a while: what happens meanwhile is not told later."""
    if subscription.off_at is None:
        subscription.off_at = clock.now()
        subscription.save(update_fields=["off_at"])


@action(rules.owns, on=Subscription, lock=True)
def switch_on(actor: Actor, subscription: Subscription) -> None:
    """Tell again, and send what was waiting."""
    subscription.off_at = None
    subscription.save(update_fields=["off_at"])


@action(rules.owns, on=Subscription, lock=True)
def end_subscription(actor: Actor, subscription: Subscription) -> None:
    """Tell nothing any more; ending twice changes nothing."""
    if subscription.ended_at is None:
        subscription.ended_at = clock.now()
        subscription.save(update_fields=["ended_at"])
        settle(subscription.about)


@action(rules.owns_delivery, on=Delivery, lock=True)
def redeliver(actor: Actor, delivery: Delivery) -> None:
    """Send a delivery again, under the same id, as if it had never been tried."""
    Delivery.objects.filter(pk=delivery.pk).update(
        next_at=clock.now(), tries=0, held_until=None, delivered_at=None, given_up_at=None
    )


def _sound(secret: str) -> str:
    try:
        key = base64.b64decode(secret.removeprefix(MARK), validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadSecret from error
    if not secret.startswith(MARK) or not SHORTEST_KEY <= len(key) <= LONGEST_KEY:
        raise BadSecret
    return secret


def _new_secret() -> str:
    return MARK + base64.b64encode(secrets.token_bytes(32)).decode()
