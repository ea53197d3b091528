"""The plan of an academic year: by section, filtered, taken away as a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.http import Request
from zveno.network.models import Cluster, Obligation, academic_year
from zveno.plan import rules
from zveno.plan.forms.items import WhichForm
from zveno.plan.models import (
    Approval,
    PlanItem,
    Section,
    approvals,
    clashes_of,
    digest_of,
    month_label,
    months_of,
    offered_years,
    unplanned,
    waiting_tables,
    year_label,
    year_plan,
)
from zveno.plan.pages.rows import Rows
from zveno.ui.sheets import TYPES, attached

HEADS = (
    gettext_lazy("No."),
    gettext_lazy("Section"),
    gettext_lazy("What"),
    gettext_lazy("For whom"),
    gettext_lazy("When"),
    gettext_lazy("First date"),
    gettext_lazy("Host"),
    gettext_lazy("Place"),
    gettext_lazy("Responsible"),
    gettext_lazy("State"),
    gettext_lazy("Note"),
    gettext_lazy("Note on execution"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the plan that has something in it."""

    name: str
    lines: SafeString


@dataclass(frozen=True, slots=True)
class Shown:
    """The plan of an academic year as one reader asks for it."""

    cluster: Cluster
    year: int
    sections: Sequence[Section]
    items: Sequence[PlanItem]
    form: WhichForm
    chosen: Sequence[PlanItem]


@require_safe
def plan(request: Request, key: UUID) -> HttpResponse:
    """Show the plan of a year (``?year=``) by section, and above it what is not planned yet."""
    actor = request.actor
    shown = chosen_plan(request, key)
    cluster, year = shown.cluster, shown.year
    may_plan = not cluster.is_closed and rules.plans(actor, cluster)
    facts = {
        "cluster": cluster,
        "parts": list(_parts(actor, shown)),
        "unplanned": _unplanned(actor, shown),
        "may_plan": may_plan,
        "may_feed": not cluster.is_closed and rules.may_take(actor),
        "approvals": _approvals(shown),
        "clashes": len(clashes_of(cluster, year, shown.items).waiting) if may_plan else 0,
        "waiting": waiting_tables(actor, cluster, year) if may_plan else [],
        "form": shown.form,
        "filtered": shown.form.asks(),
        "anything": bool(shown.items),
        "moved": sum(item.has_moved for item in shown.chosen),
        "shown": len(shown.chosen),
        "year": year_label(year),
        "asked_year": request.GET.get("year", "") if not _is_now(year) else "",
        "years": [(word, year_label(one)) for word, one in offered_years().items()],
        "query": request.GET.urlencode(),
    }
    return render(request, "plan/plan.html", facts)


@require_safe
def export(request: Request, key: UUID, kind: str) -> HttpResponse:
    """Hand over what the filters leave of the plan. Raises ``Http404``."""
    if kind not in TYPES:
        raise Http404
    shown = chosen_plan(request, key)
    placed = [(name, item) for name, items in _sorted(shown) for item in items]
    rows = (_cells(n, name, item, shown.year) for n, (name, item) in enumerate(placed, start=1))
    return attached("plan", kind, HEADS, rows)


def year_in(request: Request) -> int:
    """Return the academic year an address asks for."""
    return offered_years().get(request.GET.get("year", ""), academic_year(clock.today()))


def plan_address(cluster: UUID, year: int, page: str = "plan:plan") -> str:
    """Say where the plan of a year, or what belongs to it, is shown."""
    address = reverse(page, args=[cluster])
    return address if _is_now(year) else f"{address}?year={year}"


def word_of(year: int) -> str:
    """Return the word by which an address asks for a year; nothing for this one."""
    return next((word for word, one in offered_years().items() if one == year), "")


def _is_now(year: int) -> bool:
    return year == academic_year(clock.today())


def chosen_plan(request: Request, key: UUID) -> Shown:
    """Return the plan of the year that is asked for (``?year=``), and what the filters leave."""
    actor, year = request.actor, year_in(request)
    cluster = Cluster.objects.visible_to(actor).joined_by(actor).pick(key)
    sections, items = year_plan(cluster, year)
    form = WhichForm(year, sections, items, request.GET)
    form.is_valid()
    keys = {one.pk: str(one.public_id) for one in sections}
    chosen = items
    if form.asks():
        chosen = [item for item in items if form.fits(item, keys.get(item.section_id or 0, ""))]
    return Shown(cluster, year, sections, items, form, chosen)


def _parts(actor: Actor, shown: Shown) -> Iterator[Part]:
    """Yield the sections that have something in them."""
    draws = Rows(actor, shown.year)
    for name, items in _sorted(shown):
        yield Part(name, SafeString("".join(draws.row(item) for item in items)))


def _sorted(shown: Shown) -> Iterator[tuple[str, list[PlanItem]]]:
    """Yield the sections that have something in them, each by month and day."""
    order = {month: place for place, month in enumerate(months_of(shown.year))}
    ordered = sorted(shown.chosen, key=lambda one: order[one.month_now])
    named = [(one.pk, one.name) for one in shown.sections]
    placed: dict[int | None, list[PlanItem]] = {}
    for one in ordered:
        placed.setdefault(one.section_id, []).append(one)
    for pk, name in [*named, (None, _("No section"))]:
        if pk in placed:
            yield name, placed[pk]


def _unplanned(actor: Actor, shown: Shown) -> list[Obligation]:
    """Return what is owed by agreements and not planned yet, for whoever puts it into the plan."""
    asked = _is_now(shown.year) and rules.plans_obligations(actor, shown.cluster)
    return unplanned(shown.cluster) if asked else []


def _approvals(shown: Shown) -> list[tuple[Approval, bool]]:
    """Return who has approved the plan, and whether it is still what they have approved."""
    given = approvals(shown.cluster, shown.year)
    digest = digest_of(shown.sections, shown.items) if given else ""
    return [(one, one.digest == digest) for one in given]


def _cells(number: int, section: str, item: PlanItem, year: int) -> tuple[object, ...]:
    first = item.original_day
    return (
        *(number, section, item.title, item.audience),
        f"{item.day:%d.%m.%Y}" if item.day else month_label(item.month, year),
        f"{first:%d.%m.%Y}" if first else "",
        *(item.host.name, item.venue, item.responsible, item.get_state_display()),
        *(item.note, item.remark),
    )
