"""Tasks: what somebody is to do, by when, and what has become of it."""

from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.organisations.models import Organisation
from zveno.people.models.notices import Note, Notice, in_each_language
from zveno.people.models.persons import Person, Post

AHEAD = timedelta(days=3)
WEEK = timedelta(days=7)


class TaskQuerySet(Questions["Task"]):
    """Questions about tasks."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the organisations in the scope and those they gave; all for Zveno."""
        if actor.is_system():
            return self.all()
        return self.filter(Q(organisation__in=actor.scope) | Q(giver__in=actor.scope))

    def mine(self, actor: Actor) -> Self:
        """Keep what the actor's posts are to do: their own, those stood in for, their roles'."""
        held = Post.objects.live().filter(person=actor.person or 0, organisation__in=actor.scope)
        own = Q(post__in=held.values("pk")) | Q(post__in=held.values("stands_in_for"))
        roles = (Q(organisation=key, role=role) for key, role in actor.roles)
        return self.filter(reduce(or_, roles, own))

    def to_do(self) -> Self:
        """Keep those still to be done."""
        return self.filter(state=Task.State.OPEN)

    def due_by(self, day: date) -> Self:
        """Keep those to be done on a day or before it."""
        return self.filter(due__lte=day)

    def urgent_first(self) -> Self:
        """Order: the one due first stands first."""
        return self.order_by("due", "pk")


class Task(Record):
    """Something to be done in an ``organisation`` by a day: by a ``post`` there, or by a ``role``.

    ``giver`` is the organisation that gave it. ``origin`` names what it came of, a record of an
    upper room: while it is open there is one of each origin. ``url`` is where it is done;
    ``reminded`` is the last day on which somebody was told of it.
    """

    class State(models.TextChoices):
        OPEN = "open", gettext_lazy("to be done")
        DONE = "done", gettext_lazy("done")
        DROPPED = "dropped", gettext_lazy("dropped")

    DATA: ClassVar = {"text": Data.PERSONAL}

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="tasks")
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="tasks")
    role = models.CharField(max_length=30, choices=Post.Role, blank=True)
    text = models.CharField(max_length=400)
    url = models.CharField(max_length=300, blank=True)
    due = models.DateField()
    origin = models.CharField(max_length=160, blank=True)
    giver = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="+")
    given_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    reminded = models.DateField(default=clock.today)
    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(post=None) ^ Q(role=""), name="task_is_for_a_post_or_a_role"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="task_says_what"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | (~Q(state="open") & ~Q(closed_at=None)),
                name="task_is_closed_at_a_moment",
            ),
            models.UniqueConstraint(
                fields=["organisation", "origin"],
                condition=Q(state="open") & ~Q(origin=""),
                name="origin_has_one_open_task",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state", "due"], name="tasks_of_a_house"),
            models.Index(fields=["due"], condition=Q(state="open"), name="tasks_to_be_done"),
        ]

    def __str__(self) -> str:
        """Say what is to be done."""
        return self.text

    def home(self) -> int | None:
        """Return the organisation in which it is to be done."""
        return self.organisation_id

    @property
    def about(self) -> str:
        """Name it in notices."""
        return f"task:{self.public_id}"

    @property
    def whom(self) -> str:
        """Name who is to do it: a person, or the role in words."""
        return self.post.person.short_name if self.post else self.get_role_display()

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state == self.State.OPEN

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed and it is still to be done."""
        return self.is_open and self.due < clock.today()

    @property
    def address(self) -> str:
        """Return where it is done: a page of its own, or the list."""
        return self.url or reverse("people:tasks")


def last_call(due: date, today: date) -> date | None:
    """Return the last day up to ``today`` on which to remind: 3 days before, that day, weekly."""
    if today >= due:
        return due + WEEK * ((today - due) // WEEK)
    return due - AHEAD if today >= due - AHEAD else None


@in_each_language
def is_given(task: Task) -> Note:
    """Tell whoever is to do it."""
    return _note(task, _("New task: %(text)s"))


@in_each_language
def is_due(task: Task) -> Note:
    """Remind whoever is to do it: of a day to come, of this day, of one that has passed."""
    if task.is_overdue:
        return _note(task, _("Overdue: %(text)s"))
    if task.due == clock.today():
        return _note(task, _("Due today: %(text)s"))
    return _note(task, _("Due soon: %(text)s"))


@in_each_language
def is_done(task: Task) -> Note:
    """Tell who gave it that it is done."""
    note = Notice.Kind.KNOWN
    title = _("Done: %(text)s") % {"text": task.text}
    return Note(note, title, reverse("people:tasks") + "?whose=given", _("Open tasks"))


def _note(task: Task, title: str) -> Note:
    return Note(
        Notice.Kind.DECIDE,
        title % {"text": task.text},
        task.address,
        _("Open the task"),
        text=_("Until %(day)s") % {"day": date_format(task.due, "d.m.Y")},
        about=task.about,
    )
