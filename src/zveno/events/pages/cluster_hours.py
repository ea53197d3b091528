"""Career guidance of a whole cluster: visits and child-hours by organisation and direction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zveno.codes.models.careers import career_directions
from zveno.events.facts import CHILD_HOURS, VISITS, by_sender
from zveno.events.forms.hours import year_of, years
from zveno.events.pages.hours import year_name
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.facts import Cell, told
from zveno.kernel.http import Request
from zveno.network import rules as network
from zveno.network.models import Cluster
from zveno.organisations.models import Organisation
from zveno.ui.sheets import TYPES, attached

HIDDEN = "< 5"


@dataclass(frozen=True, slots=True)
class Line:
    """An organisation with its visits, and its child-hours by direction."""

    sender: Organisation
    visits: Cell
    hours: dict[str, Cell] = field(default_factory=dict)

    @property
    def cells(self) -> list[Cell]:
        """Its hours in each direction, as the head of the table has them."""
        return [self.hours.get(code, Cell()) for code, _name in career_directions().choices()]

    @property
    def all_hours(self) -> Cell:
        """Its hours in all directions that may be told."""
        return _together(self.cells)


@require_safe
def cluster_hours(request: Request, key: UUID) -> HttpResponse:
    """Show the sums of a cluster in a year; ``?year=`` says which."""
    cluster, year, lines = _asked(request, key)
    facts = {
        "cluster": cluster,
        "year": year,
        "year_name": year_name(year),
        "years": [(str(one), year_name(one)) for one in years()],
        "this": str(years()[0]),
        "lines": lines,
        "sums": list(zip(_names(), _sums(lines), strict=True)) if lines else [],
        "visits": told(line.visits for line in lines),
        "hours": told(line.all_hours for line in lines),
    }
    return render(request, "events/cluster_hours.html", facts)


@require_safe
def export(request: Request, key: UUID, kind: str) -> HttpResponse:
    """Hand the sums over as a table. Raises ``Http404``."""
    if kind not in TYPES:
        raise Http404
    _cluster, _year, lines = _asked(request, key)
    heads = [_("Organisation"), _("Visits"), *_names(), _("All hours")]
    return attached("career-guidance-cluster", kind, heads, map(_cells, lines))


def _asked(request: Request, key: UUID) -> tuple[Cluster, int, list[Line]]:
    cluster = Cluster.objects.visible_to(request.actor).pick(key)
    if not network.coordinates(request.actor, cluster):
        raise NotAllowed
    year = year_of(request.GET.get("year"))
    return cluster, year, list(_lines(request.actor, cluster, year))


def _lines(actor: Actor, cluster: Cluster, year: int) -> Iterator[Line]:
    visits, hours = by_sender(VISITS, cluster, year), by_sender(CHILD_HOURS, cluster, year)
    senders = Organisation.objects.visible_to(actor).filter(pk__in=visits).order_by("name", "pk")
    for sender in senders:
        found = [visits[sender.pk][direction] for direction in visits[sender.pk]]
        yield Line(sender, _together(found), hours.get(sender.pk, {}))


def _together(cells: Sequence[Cell]) -> Cell:
    return Cell(told(cells), max((cell.children for cell in cells), default=0))


def _sums(lines: list[Line]) -> list[Decimal]:
    columns = zip(*(line.cells for line in lines), strict=True)
    return [told(column) for column in columns]


def _names() -> list[str]:
    return [name for _code, name in career_directions().choices()]


def _cells(line: Line) -> list[object]:
    cells = (line.visits, *line.cells, line.all_hours)
    return [line.sender.name, *(cell.number if cell.told else HIDDEN for cell in cells)]
