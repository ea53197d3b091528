"""What waits for anybody: tasks whose day is near or has passed."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zveno.desk.models import Todo, questions
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.people.models import Task

SOON = timedelta(days=7)
NAMED = 3


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
        words % {"day": date_format(task.due, "j E")},
        task.address,
        _("Open the task"),
        "clock",
        burns=task.due <= clock.today(),
    )
