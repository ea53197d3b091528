"""The sections of a plan are named and ordered."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.errors import BadInput, NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network.models import Cluster, require_open
from zveno.plan import actions
from zveno.plan.forms.sections import SectionsForm, sections_in
from zveno.plan.models import Section, usual_sections, year_label
from zveno.plan.pages.plans import plan_address, year_in
from zveno.ui.answers import draw
from zveno.ui.toasts import tell

PAGE = "plan/sections.html"


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    facts = _own(request, key)
    kept = Section.objects.visible_to(request.actor).of_year(facts["cluster"], facts["year"])
    rows: list[dict[str, object]] = [{"key": one.public_id, "name": one.name} for one in kept]
    rows = rows or [{"name": name} for name in usual_sections()]
    numbered = [row | {"place": place} for place, row in enumerate(rows, start=1)]
    return render(request, PAGE, facts | {"rows": SectionsForm(initial=numbered)})


@require_POST
def _keep(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _own(request, key)
    rows, refused = SectionsForm(request.POST), ""
    if rows.is_valid():
        given = sections_in(rows.forms)
        try:
            actions.keep_sections(request.actor, key, year=facts["year"], sections=given)
        except BadInput as refusal:
            refused = str(refusal)
        else:
            tell(request, _("Sections saved."))
            return redirect(facts["back"])
    return draw(request, PAGE, facts | {"rows": rows, "refused": refused})


def _own(request: Request, key: UUID) -> dict[str, Any]:
    cluster, year = Cluster.objects.visible_to(request.actor).pick(key), year_in(request)
    if not actions.keep_sections.allowed(request.actor, cluster):
        raise NotAllowed
    require_open(cluster)
    back = plan_address(cluster.public_id, year)
    return {"cluster": cluster, "year": year, "label": year_label(year), "back": back}


sections = by_method(get=_ask, post=_keep)
