"""The timetable: files of certificates that are owed are drawn, registration is tended."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from procrastinate.contrib.django import app

from zveno.events import actions
from zveno.events.models import Batch, Event, Group
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.http import reading

PATIENCE = timedelta(minutes=10)
"""How long the job of the issue itself has for it."""
REMINDED = timedelta(days=2)
"""How long before a list is due its sender is reminded."""


@app.periodic(cron="*/10 * * * *")
@app.task(name="zveno.events.draw_batches", queueing_lock="batches")
def draw_batches(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells the time
    """Draw what nobody has drawn: a file goes when somebody in it is erased."""
    with reading(SYSTEM):
        owed = Batch.objects.undrawn().filter(issued_at__lt=clock.now() - PATIENCE)
        keys = list(owed.values_list("public_id", flat=True))
    for key in keys:
        actions.draw_batch(SYSTEM, key)


@app.periodic(cron="*/5 * * * *")
@app.task(name="zveno.events.tend_registration", queueing_lock="registration")
def tend_registration(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells the time
    """Let moments of registration take effect: what is due, over, or nobody's any more."""
    for verb, keys in _due():
        for key in keys:
            verb(SYSTEM, key)


def _due() -> list[tuple[Any, list[UUID]]]:
    now = clock.now()
    with reading(SYSTEM):
        ended = Event.objects.filter(kept__gt=0, members_until__lte=now).order_by("pk")
        owing = Group.objects.owing_list(now + REMINDED).filter(reminded_at=None)
        return [
            (actions.end_members_first, _keys(ended)),
            (actions.end_offer, _keys(Group.objects.unanswered())),
            (actions.remind_of_list, _keys(owing)),
            (actions.release_late, _keys(Group.objects.owing_list(now))),
        ]


def _keys(rows: "QuerySet[Any]") -> list[UUID]:
    return list(rows.values_list("public_id", flat=True))
