"""Deliveries leave: signed, tried again with growing delays, given up after three days.

Exactly once over HTTP is impossible: a crash between the receiver's answer and our note sends a
delivery again, with the same id. None is lost.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from zveno.kernel import clock, outside
from zveno.kernel.actor import SYSTEM
from zveno.kernel.outside import Unreachable
from zveno.kernel.walls import scoped
from zveno.people.models import Notice
from zveno.people.models.seals import unsealed
from zveno.webhooks.models.deliveries import Delivery
from zveno.webhooks.models.subscriptions import Subscription

MARK = "whsec_"
"""What a secret begins with, so that scanners of secrets find it."""
HOLD = timedelta(minutes=5)
AT_ONCE, LINES = 20, 8
"""Deliveries of one subscription in a round, and receivers spoken to at once."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a try."""

    delivery: Delivery
    status: int | None = None
    fault: str = ""


def send_due() -> int:
    """Send what is due; return how many were accepted. Several workers may do so at once.

    A receiver that fails is left in peace until the next round.
    """
    accepted = 0
    held = _hold() if settings.WEBHOOKS_TO else []
    with ThreadPoolExecutor(LINES) as pool:
        for rows, answers in zip(held, pool.map(_carry, held), strict=True):
            for answer in answers:
                accepted += _note(answer)
            _release(rows[len(answers) :])
    return accepted


def sign(secret: str, message: str, moment: int, body: bytes) -> str:
    """Return the signature of a message (Standard Webhooks, v1): HMAC-SHA256 in base64."""
    key = base64.b64decode(secret.removeprefix(MARK), validate=True)
    signed = f"{message}.{moment}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def _hold() -> list[list[Delivery]]:
    """Take what is due, by subscription, long enough for a round however slow they are."""
    held = []
    with transaction.atomic(), scoped(SYSTEM):
        waiting = Exists(Delivery.objects.due().filter(subscription=OuterRef("pk")))
        for subscription in Subscription.objects.hearing().filter(waiting):
            due = Delivery.objects.due().filter(subscription=subscription)
            rows = list(due.select_for_update(skip_locked=True)[:AT_ONCE])
            keys = [row.pk for row in rows]
            Delivery.objects.filter(pk__in=keys).update(held_until=clock.now() + HOLD)
            for row in rows:
                row.subscription = subscription
            held.append(rows)
    return held


def _carry(rows: Sequence[Delivery]) -> list[Answer]:
    """Send one after another until one fails. This runs beside others and asks no database."""
    answers = []
    for row in rows:
        answers.append(_send(row))
        if answers[-1].fault:
            break
    return answers


def _send(row: Delivery) -> Answer:
    secret = unsealed(row.subscription.secret)
    if secret is None:
        return Answer(row, fault=Delivery.Fault.NO_SECRET)
    body = json.dumps(row.message(), separators=(",", ":")).encode()
    message, moment = str(row.public_id), int(clock.now().timestamp())
    headers = {
        "Content-Type": "application/json",
        "webhook-id": message,
        "webhook-timestamp": str(moment),
        "webhook-signature": sign(secret.decode(), message, moment, body),
    }
    try:
        status = outside.post(row.subscription.address, body, headers)
    except Unreachable as error:
        return Answer(row, fault=error.why)
    fine = HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES
    return Answer(row, status, "" if fine else Delivery.Fault.STATUS)


def _note(answer: Answer) -> bool:
    """Note what came of a try; return whether it was accepted."""
    row, moment = answer.delivery, clock.now()
    changes = {"tried_at": moment, "tries": row.tries + 1, "held_until": None}
    changes |= {"status": answer.status, "fault": answer.fault}
    again = row.after_failure()
    if not answer.fault:
        changes["delivered_at"] = moment
    elif again:
        changes["next_at"] = again
    else:
        changes["given_up_at"] = moment
    with transaction.atomic(), scoped(SYSTEM):
        Delivery.objects.filter(pk=row.pk).update(**changes)
        if not answer.fault:
            Subscription.objects.filter(pk=row.subscription_id).update(failing_at=None)
        elif not again:
            _tell_owner(row.subscription)
    return not answer.fault


def _release(rows: Sequence[Delivery]) -> None:
    if rows:
        with transaction.atomic(), scoped(SYSTEM):
            Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(held_until=None)


def _tell_owner(subscription: Subscription) -> None:
    """Tell the owner once that an address does not answer, until it does again."""
    working = Subscription.objects.filter(pk=subscription.pk, failing_at=None)
    if not working.update(failing_at=clock.now()):
        return
    with translation.override(settings.LANGUAGE_CODE):
        Notice.objects.create(
            person_id=subscription.post.person_id,
            kind=Notice.Kind.CHANGED,
            title=gettext("A program does not accept messages from Zveno"),
            text=gettext(
                "All attempts over three days have failed. Check the address and send again."
            ),
            url=reverse("webhooks:subscription", args=[subscription.public_id]),
            button=gettext("View deliveries"),
            about=subscription.about,
        )
