"""The timetable: files of certificates that are owed are drawn."""

from datetime import timedelta

from procrastinate.contrib.django import app

from zveno.events import actions
from zveno.events.models import Batch
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.http import reading

PATIENCE = timedelta(minutes=10)
"""How long the job of the issue itself has for it."""


@app.periodic(cron="*/10 * * * *")
@app.task(name="zveno.events.draw_batches", queueing_lock="batches")
def draw_batches(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells the time
    """Draw what nobody has drawn: a file goes when somebody in it is erased."""
    with reading(SYSTEM):
        owed = Batch.objects.undrawn().filter(issued_at__lt=clock.now() - PATIENCE)
        keys = list(owed.values_list("public_id", flat=True))
    for key in keys:
        actions.draw_batch(SYSTEM, key)
