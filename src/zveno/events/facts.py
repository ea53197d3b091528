"""What events tell of organisations without telling of a child: visits and hours that count."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, F, Max, QuerySet, Sum
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from zveno.events.models import Group
from zveno.kernel.facts import Cell, Fact
from zveno.network.models import Cluster, days_of

_BY = ("organisation", "cluster", "direction")
_HOURS: "DecimalField[Any, Any]" = DecimalField(max_digits=12, decimal_places=1)


def _met(first: date, last: date) -> "QuerySet[Any, Any]":
    """Group what came by who sent it; the largest group is so many children at least."""
    begins, ends = make_aware(datetime.combine(first, time.min)), datetime.combine(last, time.max)
    came = Group.objects.filter(came__gt=0, event__starts_at__range=(begins, make_aware(ends)))
    keys = {
        "organisation": F("sender"),
        "cluster": F("event__cluster"),
        "direction": F("event__direction"),
    }
    return came.values(**keys).annotate(children=Max("came")).order_by(*_BY)


def _visits(first: date, last: date) -> "QuerySet[Any, Any]":
    rows: QuerySet[Any, Any] = _met(first, last).annotate(number=Sum("came"))
    return rows


def _hours(first: date, last: date) -> "QuerySet[Any, Any]":
    each = F("came") * F("event__hours")
    rows: QuerySet[Any, Any] = (
        _met(first, last).filter(event__hours__gt=0).annotate(number=Sum(each, output_field=_HOURS))
    )
    return rows


VISITS = Fact("events.visits", _("visits of children to events"), _visits)
CHILD_HOURS = Fact("events.child_hours", _("child-hours of career guidance"), _hours)
FACTS = (VISITS, CHILD_HOURS)


def by_sender(fact: Fact, cluster: Cluster, year: int) -> dict[int, dict[str, Cell]]:
    """Return what a fact says of each organisation in an academic year, by direction."""
    found: dict[int, dict[str, Cell]] = {}
    for row in fact.rows(*days_of(year)).filter(cluster=cluster.pk):
        cell = Cell(Decimal(row["number"]), row["children"])
        found.setdefault(row["organisation"], {})[row["direction"]] = cell
    return found
