"""Last year's plan is looked at and copied."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network.models import Cluster, Season, Span, require_open, usual_seasons
from zveno.plan import actions
from zveno.plan.forms.copying import CopyForm
from zveno.plan.models import Copy, PlanItem, copies_of, month_label, year_label
from zveno.plan.pages.plans import plan_address, year_in
from zveno.ui.answers import draw
from zveno.ui.toasts import tell

PAGE = "plan/copy.html"


@dataclass(frozen=True, slots=True)
class Shown:
    """An item of last year as the page draws it."""

    copy: Copy
    before: str
    later: str
    chosen: bool


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    facts = _facts(request, key)
    shown = [_shown(one, facts["year"], chosen=not one.there) for one in facts["copies"]]
    return render(request, PAGE, facts | {"form": CopyForm(facts["copies"]), "rows": shown})


@require_POST
def _copy(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _facts(request, key)
    form = CopyForm(facts["copies"], request.POST)
    if form.is_valid():
        number = actions.copy_plan(request.actor, key, year=facts["year"], items=form.keys())
        words = ngettext("%(number)s item copied.", "%(number)s items copied.", number)
        tell(request, words % {"number": number})
        return redirect(facts["back"])
    named = set(request.POST.getlist("items"))
    shown = [
        _shown(one, facts["year"], chosen=str(one.item.public_id) in named)
        for one in facts["copies"]
    ]
    return draw(request, PAGE, facts | {"form": form, "rows": shown})


def _facts(request: Request, key: UUID) -> dict[str, Any]:
    actor, year = request.actor, year_in(request)
    cluster = Cluster.objects.visible_to(actor).pick(key)
    if not actions.copy_plan.allowed(actor, cluster):
        raise NotAllowed
    require_open(cluster)
    there = PlanItem.objects.visible_to(actor).of_year(cluster, year)
    items = PlanItem.objects.visible_to(actor).to_copy(cluster, year)
    kept = list(Season.objects.visible_to(actor).filter(cluster=cluster, year=year))
    seasons: Sequence[Season | Span] = kept or list(usual_seasons(year))
    copies = list(copies_of(items, there.values_list("title", "month"), seasons))
    return {
        "cluster": cluster,
        "year": year,
        "label": year_label(year),
        "last": year_label(year - 1),
        "back": plan_address(cluster.public_id, year),
        "copies": copies,
        "anything": any(not one.there for one in copies),
    }


def _shown(copy: Copy, year: int, *, chosen: bool) -> Shown:
    item = copy.item
    first = item.original_day or item.day
    before = date_format(first, "D, j E Y") if first else month_label(item.month, year - 1)
    later = date_format(copy.day, "D, j E Y") if copy.day else month_label(copy.month, year)
    return Shown(copy, before, later, chosen)


copy = by_method(get=_ask, post=_copy)
