"""The timetable of plans."""

from procrastinate.contrib.django import app

from zveno.kernel.actor import SYSTEM
from zveno.kernel.http import reading
from zveno.plan import actions
from zveno.plan.models import WishRound


@app.periodic(cron="41 6 * * *")
@app.task(name="zveno.plan.remind_of_wishes", queueing_lock="wishes")
def remind_of_wishes(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells the time
    """Remind members who have said no wish three days before the last one."""
    with reading(SYSTEM):
        keys = list(WishRound.objects.to_remind().values_list("public_id", flat=True))
    for key in keys:
        actions.remind_of_wishes(SYSTEM, key)
