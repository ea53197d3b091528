"""Who lets programs be told of things."""

from zveno.kernel.actor import Actor, Means
from zveno.people.models import Post
from zveno.webhooks.models import Delivery, Subscription

OWN = (Means.ACCOUNT, Means.TOKEN)


def holds(actor: Actor, post: Post) -> bool:
    """Whether ``actor`` holds the post now, in person or by a token of that post."""
    mine = actor.means in OWN and post.person_id == actor.person
    return mine and actor.holds(post.role, post.organisation_id)


def owns(actor: Actor, subscription: Subscription) -> bool:
    """Whether the subscription is of a post that ``actor`` holds."""
    return holds(actor, subscription.post)


def owns_delivery(actor: Actor, delivery: Delivery) -> bool:
    """Whether the delivery is of such a subscription."""
    return owns(actor, delivery.subscription)
