"""Lists of people that leave the house: asked for, confirmed by a second person, downloaded."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.desk import actions, rules
from zveno.desk.forms import ExportForm
from zveno.desk.models import ExportRequest
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.organisations.models import Organisation
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

SHOWN = 50


@require_safe
def _show(request: Request) -> HttpResponse:
    return render(request, "desk/exports.html", _page(request.actor, None))


@require_POST
def _ask(request: Request) -> HttpResponse:
    actor = request.actor
    with reading(actor):
        form = ExportForm(request.POST, organisations=_mine(actor))
        valid = form.is_valid()
    if valid:
        asked = form.cleaned_data
        with RefusalsIn(form):
            made = actions.request_export(
                actor,
                asked["organisation"].public_id,
                kind=asked["kind"],
                reason=asked["reason"],
            )
            if made.needs_another:
                tell(request, _("A colleague must confirm the list. Ask one to open this page."))
            else:
                tell(request, _("The list is ready to download."))
            return redirect("desk:exports")
    with reading(actor):
        return render(request, "desk/exports.html", _page(actor, form), status=422)


@require_POST
def confirm(request: Request, key: UUID) -> HttpResponse:
    """Let a colleague's list leave."""
    actions.confirm_export(request.actor, key)
    tell(request, _("The colleague who asked for the list can now download it."))
    return redirect("desk:exports")


@require_POST
def download(request: Request, key: UUID) -> HttpResponse:
    """Hand over a list."""
    copy = uuid4()
    table = actions.download_export(request.actor, key, copy=copy)
    answer = HttpResponse(table, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="list-{copy.hex[:8]}.csv"'
    return answer


def _mine(actor: Actor) -> Any:
    keys = {key for key, role in actor.roles if role in rules.TAKE_LISTS}
    if not keys:
        raise NotAllowed
    return Organisation.objects.visible_to(actor).filter(pk__in=keys).order_by("name")


def _page(actor: Actor, form: ExportForm | None) -> dict[str, Any]:
    mine = _mine(actor)
    found = (
        ExportRequest.objects.visible_to(actor)
        .filter(organisation__in=mine)
        .select_related("person", "confirmed_by", "organisation")
        .order_by("-asked_at")[:SHOWN]
    )
    rows = [
        {
            "request": row,
            "confirms": row.is_live and row.needs_another and rules.confirms(actor, row),
            "takes": row.is_live and not row.needs_another and rules.asked(actor, row),
        }
        for row in found
    ]
    first = next(iter(mine), None)
    empty = ExportForm(organisations=mine, initial={"organisation": first and first.public_id})
    return {"form": form or empty, "rows": rows}


exports = by_method(get=_show, post=_ask)
