"""A term of the plan on one screen: weeks by sections, or by hosts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.http import Request
from zveno.network.models import Cluster, Season, Span, days_of, usual_seasons
from zveno.plan import rules
from zveno.plan.models import PlanItem, clashes_of, month_label, months_of, year_label
from zveno.plan.pages.plans import Shown, chosen_plan, plan_address, word_of

A_WEEK = timedelta(weeks=1)
Column = tuple[int | None, str]
"""A section or a host, by key and name; no section has no key."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term with the holidays after it; ``ends`` is the last day of learning."""

    word: str
    name: str
    begins: date
    ends: date
    until: date

    def has(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.begins <= day <= self.until


@dataclass(frozen=True, slots=True)
class Line:
    """A week, or what has no day yet in a month: what each column has in it."""

    name: str
    cells: Sequence[tuple[str, Sequence[PlanItem]]]


@require_safe
def term(request: Request, key: UUID) -> HttpResponse:
    """Show a term (``?term=``) of the plan by sections, or by hosts (``?by=hosts``)."""
    shown = chosen_plan(request, key)
    cluster, year = shown.cluster, shown.year
    terms = _terms(request.actor, cluster, year)
    now = _asked(terms, request.GET.get("term", ""))
    by_hosts = request.GET.get("by") == "hosts"
    columns, bare = _columns(shown, now, by_hosts=by_hosts)
    plans = not cluster.is_closed and rules.plans(request.actor, cluster)
    found = clashes_of(cluster, year, shown.items).waiting if plans else []
    facts = {
        "cluster": cluster,
        "label": year_label(year),
        "asked_year": word_of(year),
        "back": plan_address(cluster.public_id, year),
        "own": plan_address(cluster.public_id, year, "plan:term"),
        "terms": terms,
        "term": now,
        "term_word": request.GET.get("term", ""),
        "by_hosts": by_hosts,
        "heads": [name for _key, name in columns],
        "bare": [name for _key, name in bare],
        "lines": list(_lines(shown, now, columns, by_hosts=by_hosts)),
        "clashing": {one.key for one in found},
        "form": shown.form,
        "filtered": shown.form.asks(),
    }
    return render(request, "plan/term.html", facts)


def _terms(actor: Actor, cluster: Cluster, year: int) -> list[Term]:
    """Return the terms of a year; each lasts until the next begins."""
    rows = Season.objects.visible_to(actor).filter(cluster=cluster, year=year)
    kept: Sequence[Season | Span] = list(rows.order_by("begins")) or list(usual_seasons(year))
    learning = [one for one in kept if one.kind == Season.Kind.TERM]
    first, last = days_of(year)
    if not learning:
        return [Term("1", year_label(year), first, last, last)]
    begins = [first, *(one.begins for one in learning[1:]), last + timedelta(days=1)]
    return [
        Term(str(number), one.name, begin, one.ends, end - timedelta(days=1))
        for number, (one, (begin, end)) in enumerate(
            zip(learning, pairwise(begins), strict=True), start=1
        )
    ]


def _asked(terms: Sequence[Term], word: str) -> Term:
    """Return the term asked for, else that of today, else the first."""
    named = [one for one in terms if one.word == word]
    present = [one for one in terms if one.has(clock.today())]
    return [*named, *present, *terms][0]


def _columns(shown: Shown, term: Term, *, by_hosts: bool) -> tuple[list[Column], list[Column]]:
    """Return the columns that have something in the term, and those that have it in others."""
    if by_hosts:
        hosts: dict[int | None, str] = {one.host_id: str(one.host) for one in shown.chosen}
        columns = sorted(hosts.items(), key=lambda one: one[1])
    else:
        used = {one.section_id for one in shown.chosen}
        named: list[Column] = [(one.pk, one.name) for one in shown.sections]
        columns = [one for one in [*named, (None, _("No section"))] if one[0] in used]
    here = [one for one in shown.chosen if _within(term, one)]
    filled = {one.host_id if by_hosts else one.section_id for one in here}
    return [c for c in columns if c[0] in filled], [c for c in columns if c[0] not in filled]


def _within(term: Term, item: PlanItem) -> bool:
    """Whether an item stands in a term, by its day or by a month in which the term learns."""
    if item.day:
        return term.has(item.day)
    return item.month in _months(term)


def _months(term: Term) -> set[int]:
    days = (term.ends - term.begins).days
    return {(term.begins + timedelta(days=n)).month for n in range(days)}


def _lines(
    shown: Shown, term: Term, columns: Sequence[Column], *, by_hosts: bool
) -> Iterable[Line]:
    """Yield the weeks of learning, what is in the holidays, and what has no day."""

    def cells(items: Sequence[PlanItem]) -> list[tuple[str, Sequence[PlanItem]]]:
        return [
            (name, [one for one in items if (one.host_id if by_hosts else one.section_id) == key])
            for key, name in columns
        ]

    dated = [one for one in shown.chosen if one.day and term.has(one.day)]
    monday = term.begins - timedelta(days=term.begins.weekday())
    while monday <= term.until:
        items = [one for one in dated if one.day and monday <= one.day < monday + A_WEEK]
        if items or monday <= term.ends:
            yield Line(_week(monday), cells(items))
        monday += A_WEEK
    months = _months(term)
    for month in (one for one in months_of(shown.year) if one in months):
        items = [one for one in shown.chosen if one.day is None and one.month == month]
        if items:
            name = _("%(month)s, no day yet") % {"month": month_label(month, shown.year)}
            yield Line(name, cells(items))


def _week(monday: date) -> str:
    sunday = monday + timedelta(days=6)
    return f"{date_format(monday, 'j E')} – {date_format(sunday, 'j E')}"
