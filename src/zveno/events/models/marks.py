"""Marks made at the door: facts that stay; who is here is what they say together.

A mark is known by the key its device gave it, so one that is sent again, however late, changes
nothing. Taking back names the mark taken back. The database puts them together as
``engines.marks`` does, which its tests ask beside it.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from zveno.events.models.events import Event
from zveno.events.models.groups import Place
from zveno.kernel import questions
from zveno.kernel.actor import Actor
from zveno.kernel.models import Data, Questions, Record
from zveno.learners.models import readable_by

HERE = UUID(int=0)
"""The device of marks made on Zveno's own pages: the clock is the server's."""


class MarkQuerySet(Questions["Mark"]):
    """Questions about marks."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep marks of the children the actor may read."""
        return self.filter(readable_by(actor, "place__learner__"))

    def live(self) -> Self:
        """Keep those that nobody took back."""
        return self.filter(~Exists(Mark.objects.filter(of=OuterRef("public_id"))))


class Mark(Record):
    """What a device noted of a child; ``at`` by the server's clock, ``of`` what was taken back."""

    DATA: ClassVar = dict.fromkeys(["place", "kind", "at", "of", "device"], Data.PERSONAL)

    class Kind(models.TextChoices):
        """The child came, left, or a mark was made by mistake."""

        CAME = "came", _("arrived")
        LEFT = "left", _("left early")
        TAKEN_BACK = "taken_back", _("mark taken back")

    place = models.ForeignKey(Place, models.CASCADE, related_name="marks")
    device = models.UUIDField(default=HERE)
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField()
    of = models.UUIDField(null=True, db_index=True)
    objects = MarkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(of=None) | Q(kind="taken_back"), name="only_taking_back_names_a_mark"
            ),
        ]

    def __str__(self) -> str:
        """Say nothing of the child."""
        return "mark"

    def home(self) -> int | None:
        """Return the organisation that sends the child."""
        return self.place.home()


def note(place: Place, kind: Mark.Kind, at: datetime, key: UUID | None) -> bool:
    """Keep a mark made on a page and count it; tell whether it changed who is here.

    Without a ``key`` it is a new one. A child whose consent is gone is not marked.
    """
    new = questions.rows(_NOTE, key or uuid4(), HERE, kind, at, place.pk)
    if new and kind == Mark.Kind.TAKEN_BACK:
        came = Mark.objects.filter(place=place, kind=Mark.Kind.CAME).live()
        taken_back = {"place": place, "kind": kind, "at": at}
        Mark.objects.bulk_create(
            [Mark(of=one, **taken_back) for one in came.values_list("public_id", flat=True)]
        )
    return bool(new) and settle(place.event, [place])


def keep(marks: Iterable[Mark]) -> None:
    """Keep marks of devices; those that are known stay as they are."""
    Mark.objects.bulk_create(marks, ignore_conflicts=True)


def lock(places: Collection[Place]) -> None:
    """Let nobody else mark these children until the transaction ends."""
    questions.rows(_LOCK, [place.pk for place in places])


def settle(event: Event, places: Collection[Place]) -> bool:
    """Put the marks of locked places together and count them; tell whether anything changed."""
    keys = [place.pk for place in places]
    for came, taken, state in questions.rows(_SETTLE, keys, keys):
        event.came, event.taken, event.state = came, taken, state
        return True
    return False


def refresh(place: Place) -> None:
    """Read again whether a child is here: somebody else may have marked it since it was read."""
    found = Place.objects.filter(pk=place.pk).values_list("consented", "came_at", "left_at").first()
    # Whose consent is gone is not seen at the door.
    place.consented, place.came_at, place.left_at = found or (False, None, None)


_NOTE = """
    INSERT INTO events_mark (public_id, device, kind, at, place_id)
    SELECT %s, %s, %s, %s, p.id FROM (
        SELECT id FROM events_place WHERE id = %s AND consented FOR UPDATE
    ) p
    ON CONFLICT DO NOTHING RETURNING id
"""
_LOCK = "SELECT id FROM events_place WHERE id = ANY(%s) ORDER BY id FOR UPDATE"
_SETTLE = """
    WITH live AS (
        SELECT place_id, min(at) FILTER (WHERE kind = 'came') came,
            max(at) FILTER (WHERE kind = 'left') gone
        FROM events_mark m
        WHERE place_id = ANY(%s)
            AND NOT EXISTS (SELECT FROM events_mark t WHERE t.of = m.public_id)
        GROUP BY place_id
    ), told AS (
        SELECT p.id, p.group_id, p.event_id, l.came,
            CASE WHEN l.came IS NOT NULL THEN l.gone END gone,
            (l.came IS NOT NULL)::int - (p.came_at IS NOT NULL)::int change
        FROM events_place p LEFT JOIN live l ON l.place_id = p.id
        WHERE p.id = ANY(%s) AND p.consented
    ), marked AS (
        UPDATE events_place p SET came_at = t.came, left_at = t.gone FROM told t
        WHERE p.id = t.id AND (p.came_at, p.left_at) IS DISTINCT FROM (t.came, t.gone)
        RETURNING p.id
    ), counted AS (
        UPDATE events_group g SET came = g.came + c.change
        FROM (SELECT group_id, sum(change) change FROM told GROUP BY group_id) c
        WHERE g.id = c.group_id AND c.change <> 0
    )
    UPDATE events_event e SET came = e.came + c.change
    FROM (SELECT event_id, sum(change) change FROM told GROUP BY event_id) c
    WHERE e.id = c.event_id AND EXISTS (SELECT FROM marked)
    RETURNING e.came, e.taken, e.state
"""
