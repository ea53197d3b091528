"""What waits for anybody: tasks whose day is near or has passed."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zveno.desk.models import Todo, questions
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.people.models import Task

SOON = timedelta(days=7)
NAMED = 3
MINUTES = {
    "correspondence.Contact": 2,
    "correspondence.Voter": 1,
    "network.Obligation": 1,
    "network.Review": 3,
}
"""How long the page takes that a task leads to, by the kind of record it came of."""


def waits(actor: Actor) -> Iterator[Todo]:
    """Tell the first few, and that there are more."""
    found = questions.tasks_due(actor, clock.today() + SOON, NAMED + 1)
    yield from map(_of, found[:NAMED])
    if len(found) > NAMED:
        yield Todo(
            "task",
            _("More tasks are due within a week"),
            _("The list shows all of them, the one due first on top."),
            reverse("people:tasks"),
            _("Open tasks"),
            "clock",
        )


def _of(task: Task) -> Todo:
    words = _("Overdue since %(day)s.") if task.is_overdue else _("Until %(day)s.")
    return Todo(
        "task",
        task.text,
        f"{words % {'day': date_format(task.due, 'j E')}} {_takes(task)}",
        task.address,
        _("Open the task"),
        "clock",
        burns=task.due <= clock.today(),
    )


def _takes(task: Task) -> str:
    """Say how long it takes; of work nobody can time, how long it takes to say it is done."""
    minutes = MINUTES.get(task.origin.partition(":")[0])
    if minutes is None:
        return _("1 minute to mark it done")
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
