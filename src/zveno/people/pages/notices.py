"""The bell: what one is told, and how one wants to hear of it."""

from typing import Any, cast
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.http import Request, by_method
from zveno.people import actions
from zveno.people.forms.hearing import HearingForm
from zveno.people.models import Account, Hearing, Notice
from zveno.ui.answers import draw
from zveno.ui.faces import Face
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

SHOWN = 100
Kind = Notice.Kind
FACES = {
    Kind.DECIDE: Face(Kind.DECIDE.label, "warn", "pen"),
    Kind.CHANGED: Face(Kind.CHANGED.label, "info", "info"),
    Kind.KNOWN: Face(Kind.KNOWN.label, "", "bell"),
}


@require_safe
def notices(request: Request) -> HttpResponse:
    """Show the notices, unread first, possibly of one kind (``?kind=decide``)."""
    found = Notice.objects.visible_to(request.actor).newest()
    kind = request.GET.get("kind", "")
    if kind in Kind.values:
        found = found.filter(kind=kind)
    shown = list(found[:SHOWN])
    rows = [{"notice": notice, "face": FACES[Kind(notice.kind)]} for notice in shown]
    unread = any(notice.read_at is None for notice in shown)
    return render(request, "people/notices.html", {"rows": rows, "unread": unread})


@require_POST
def open_notice(request: Request, key: UUID) -> HttpResponse:
    """Mark a notice as read and go where it leads."""
    return redirect(actions.open_notice(request.actor, key))


@require_POST
def read_all(request: Request) -> HttpResponse:
    """Mark all as read."""
    count = actions.read_all(request.actor, cast("Account", request.user).public_id)
    words = ngettext("%(n)s notice marked as read.", "%(n)s notices marked as read.", count)
    tell(request, words % {"n": count})
    return redirect("people:notices")


@require_safe
def _ask(request: Request) -> HttpResponse:
    chosen = Hearing.objects.visible_to(request.actor).first() or Hearing()
    form = HearingForm(initial=HearingForm.filled(chosen))
    return render(request, "people/hearing.html", {"form": form})


@require_POST
def _choose(request: Request) -> HttpResponse:
    form = HearingForm(request.POST)
    if form.is_valid():
        key = cast("Account", request.user).public_id
        chosen: dict[str, Any] = form.cleaned_data
        with RefusalsIn(form):
            actions.choose_hearing(request.actor, key, **chosen)
            tell(request, _("Your notice settings are saved."))
            return redirect("people:notices")
    return draw(request, "people/hearing.html", {"form": form})


hearing = by_method(get=_ask, post=_choose)
