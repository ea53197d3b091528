"""The timetable of people: who is told of what, and when."""

from procrastinate.contrib.django import app

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.http import reading
from zveno.kernel.working import Again
from zveno.people import actions
from zveno.people.models import Task, accounts_named
from zveno.people.models.attempts import forget_old_attempts
from zveno.people.models.notices import Hearing, Notice
from zveno.people.models.recoveries import WRITES
from zveno.people.models.seals import unsealed
from zveno.people.models.sign_ins import forget_old_sign_ins
from zveno.people.models.tasks import AHEAD

MOST = 5
"""How many accounts behind one address are written to."""


@app.task(name=WRITES, retry=Again(max_attempts=3))
def write_to_forgetful(asked: str) -> None:
    """Write to those whose accounts were named; nobody may be."""
    words = unsealed(asked)
    with reading(SYSTEM):
        found = [one.public_id for one in accounts_named((words or b"").decode(), MOST)]
    for account in found:
        actions.send_recovery(SYSTEM, account)


@app.periodic(cron="* * * * *")
@app.task(name="zveno.people.tell_notices", queueing_lock="notices")
def tell_notices(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells the time
    """Tell everybody what is due for them now."""
    with reading(SYSTEM):
        waiting = list(Notice.objects.untold().select_related("person"))
        persons = {notice.person for notice in waiting}
        known = Hearing.objects.in_bulk([person.pk for person in persons])
        due = {
            notice.person.public_id
            for notice in waiting
            if known.get(notice.person_id, Hearing()).is_due(notice)
        }
    for person in sorted(due):
        actions.tell(SYSTEM, person)


@app.periodic(cron="17 6 * * *")
@app.task(name="zveno.people.remind_of_tasks", queueing_lock="reminders")
def remind_of_tasks(timestamp: int) -> None:  # noqa: ARG001 - as above
    """Remind of tasks that are due soon, now, or since long."""
    with reading(SYSTEM):
        due = Task.objects.to_do().due_by(clock.today() + AHEAD)
        keys = list(due.values_list("public_id", flat=True))
    for key in keys:
        actions.remind_of_task(SYSTEM, key)


@app.periodic(cron="23 * * * *")
@app.task(name="zveno.people.forget_old", queueing_lock="people_old")
def forget_old(timestamp: int) -> None:  # noqa: ARG001 - as above
    """Forget sign-ins that have ended and attempts that hold nobody back."""
    forget_old_sign_ins()
    forget_old_attempts()
