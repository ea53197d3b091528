"""How long lists of events and tables of plans are kept; what becomes of a list without a child."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from zveno.documents.models import StoredFile
from zveno.events.models.awards import AwardKind
from zveno.events.models.certificates import Batch, Certificate
from zveno.events.models.groups import Group, Place
from zveno.events.models.parts import drop_parts
from zveno.kernel import clock
from zveno.kernel.backup.erased import recounted
from zveno.learners.models import among, forgets, kept
from zveno.plan.models import PlanTable

# Of events that are over the counters stay; whoever came was there, though the name is erased.
recounted(
    "events_group",
    """
    UPDATE events_group g
    SET listed = greatest(has.children, g.came), consented = greatest(has.consented, g.came)
    FROM events_event e, events_group its, LATERAL (
        SELECT count(*) children, count(*) FILTER (WHERE p.consented) consented
        FROM events_place p WHERE p.group_id = its.id
    ) has
    WHERE its.id = g.id AND e.id = g.event_id AND e.ends_at > now()
        AND g.listed > greatest(has.children, g.came)
    """,
)


@kept("event_lists", owner="group__sender", child="learner")
def lists_over(before: datetime) -> QuerySet[Place]:
    """Find places at events that were over before a moment."""
    return Place.objects.filter(event__ends_at__lt=before)


@kept("plan_tables", owner="owner")
def tables_over(before: datetime) -> QuerySet[PlanTable]:
    """Find tables of plans, entered or not: what was entered stands in the plan."""
    return PlanTable.objects.filter(brought_at__lt=before)


def _forget_thanks(rows: QuerySet[Any]) -> tuple[int, dict[str, int]]:
    """Erase letters of thanks with the files that show them; the book and the page of each stay."""
    batches = set(rows.values_list("batch", flat=True))
    gone = rows.delete()
    _take_file(batches)
    return gone


@kept("thanks", owner="issuer", erase=_forget_thanks)
def thanks_over(before: datetime) -> QuerySet[Certificate]:
    """Find letters of thanks issued before a moment."""
    return Certificate.objects.filter(kind=AwardKind.THANKS, batch__issued_at__lt=before)


@forgets
def _forget(learners: Collection[int]) -> dict[str, int]:
    """Count children out of events to come; erase certificates with their names.

    Of events that are over the counters stay as they are: they tell how many there were. The
    number in the book and the page that verifies it stay as well; a file of several certificates
    is drawn anew without the erased.
    """
    _count_out(learners)
    certificates = Certificate.objects.filter(learner__in=among(learners))
    batches = set(certificates.values_list("batch", flat=True))
    gone, kinds = certificates.delete()
    if gone:
        _take_file(batches)
    return kinds


def _count_out(learners: Collection[int]) -> None:
    coming = Place.objects.filter(
        learner__in=among(learners), came_at=None, event__ends_at__gt=clock.now()
    )
    # Whoever is marked at the door at this moment is counted as come, or is here no more.
    held = list(coming.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    groups = (
        Place.objects.filter(pk__in=held)
        .order_by()
        .values("group")
        .annotate(children=Count("pk"), consented=Count("pk", filter=Q(consented=True)))
    )
    for row in groups.order_by("group"):
        Group.objects.filter(pk=row["group"]).update(
            listed=F("listed") - row["children"], consented=F("consented") - row["consented"]
        )


def _take_file(batches: Collection[int]) -> None:
    """Let go of files that show the erased; who is left in a batch gets a new one by the worker."""
    drawn = Batch.objects.filter(pk__in=batches)
    # Locked: the worker may be storing a file at this moment.
    files = drawn.order_by("pk").select_for_update(of=("self",)).values_list("file", flat=True)
    shown = [key for key in files if key]
    drawn.update(file=None)
    drop_parts(batches)
    drawn.exclude(pk__in=Certificate.objects.values("batch")).update(emptied=True)
    StoredFile.objects.filter(pk__in=shown).delete()
