"""Subscriptions, deliveries, and how the one becomes the other."""

from zveno.webhooks.models.deliveries import DELAYS, Delivery, Reading, forget_old
from zveno.webhooks.models.happenings import Kind
from zveno.webhooks.models.publishing import publish
from zveno.webhooks.models.sending import MARK, send_due, sign
from zveno.webhooks.models.subscriptions import LONGEST, Subscription

__all__ = [
    "DELAYS",
    "LONGEST",
    "MARK",
    "Delivery",
    "Kind",
    "Reading",
    "Subscription",
    "forget_old",
    "publish",
    "send_due",
    "sign",
]
