"""Numbers given on paper: entered into the book, and cancelled."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.documents import actions, rules
from zveno.documents.forms import CancelForm, GivenForm
from zveno.documents.models import Book, Number
from zveno.documents.pages.houses import kept
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

ENTER, CANCEL = "documents/register.html", "documents/cancel.html"


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    asked = request.GET.get("kind", "")
    kind = asked if asked in Book.Kind else Book.Kind.AGREEMENTS
    form = GivenForm(initial={"kind": kind})
    return render(request, ENTER, {"organisation": kept(request.actor, key), "form": form})


@require_POST
def _enter(request: Request, key: UUID) -> HttpResponse:
    form = GivenForm(request.POST)
    with reading(request.actor):
        facts = {"organisation": kept(request.actor, key), "form": form}
    if form.is_valid():
        with RefusalsIn(form):
            actions.register_number(request.actor, key, **form.given())
            tell(request, _("The number is in the book. Zveno will not give it again."))
            return redirect(_book(key, form.cleaned_data["kind"], form.cleaned_data["dated"].year))
    return draw(request, ENTER, facts)


@require_safe
def _ask_why(request: Request, key: UUID) -> HttpResponse:
    return render(request, CANCEL, _facts(request.actor, key) | {"form": CancelForm()})


@require_POST
def _cancel(request: Request, key: UUID) -> HttpResponse:
    form = CancelForm(request.POST)
    with reading(request.actor):
        facts = _facts(request.actor, key) | {"form": form}
    if form.is_valid():
        actions.cancel_number(request.actor, key, **form.cleaned_data)
        tell(request, _("Cancelled. The number stays in the book and is not given again."))
        book = facts["line"].book
        return redirect(_book(book.organisation.public_id, book.kind, book.year))
    return draw(request, CANCEL, facts)


def _facts(actor: Actor, key: UUID) -> dict[str, Any]:
    """Return a number somebody may cancel. Raises ``NotFound``, ``NotAllowed``, ``NotByHand``."""
    line = Number.objects.visible_to(actor).select_related("book__organisation").pick(key)
    if not rules.keeps_number(actor, line):
        raise NotAllowed
    if line.dated is None:
        raise actions.NotByHand
    return {"line": line, "organisation": line.book.organisation}


def _book(key: UUID, kind: str, year: int) -> str:
    return f"{reverse('documents:books', args=[key])}?kind={kind}&year={year}"


register = by_method(get=_ask, post=_enter)
cancel = by_method(get=_ask_why, post=_cancel)
