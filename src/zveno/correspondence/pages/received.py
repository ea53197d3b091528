"""A letter at a member: opened by a button, answered; signed in, or by the link of the email."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from zveno.correspondence import actions
from zveno.correspondence.forms.letters import AnswerForm
from zveno.correspondence.models import Addressee, Attachment
from zveno.correspondence.pages.faces import face_at
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

PAGE, LINKED = "correspondence/received.html", "correspondence/received_by_link.html"
DEAD = "correspondence/link_dead.html"


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    return render(request, PAGE, _facts(request.actor, _got(request.actor, key)))


@require_POST
def _open(request: Request, key: UUID) -> HttpResponse:
    actions.open_letter(request.actor, key)
    return redirect("correspondence:received", key)


@require_POST
def answer(request: Request, key: UUID) -> HttpResponse:
    """Answer a letter."""
    with reading(request.actor):
        one = _got(request.actor, key)
    form = _refused(request, one)
    if form is None:
        return redirect("correspondence:received", key)
    with reading(request.actor):
        facts = _facts(request.actor, one) | {"form": form}
    return draw(request, PAGE, facts)


@require_safe
def _show_linked(request: Request, token: str) -> HttpResponse:
    one = _linked(request.actor)
    if one is None:
        return render(request, DEAD, status=404)
    return render(request, LINKED, _facts(request.actor, one, token))


@require_POST
def _open_linked(request: Request, token: str) -> HttpResponse:
    with reading(request.actor):
        one = _linked(request.actor)
    if one is None:
        return draw(request, DEAD, {}, status=404)
    actions.open_letter(request.actor, one.public_id)
    return redirect("correspondence:letter_by_link", token)


@login_not_required
@require_POST
def answer_by_link(request: Request, token: str) -> HttpResponse:
    """Answer a letter without an account."""
    with reading(request.actor):
        one = _linked(request.actor)
    if one is None:
        return draw(request, DEAD, {}, status=404)
    form = _refused(request, one)
    if form is None:
        return redirect("correspondence:letter_by_link", token)
    with reading(request.actor):
        facts = _facts(request.actor, one, token) | {"form": form}
    return draw(request, LINKED, facts)


def _refused(request: Request, one: Addressee) -> AnswerForm | None:
    """Answer a letter that was opened; return the form to draw again if it was refused."""
    if one.read_at is None:
        return None
    form = AnswerForm(one.circular, request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            actions.answer_letter(request.actor, one.public_id, **form.cleaned_data)
            tell(request, gettext("Your answer is sent. You can change it here."))
            return None
    return form


WITH = ("circular__cluster", "circular__sender", "circular__written_by", "organisation")


def _got(actor: Actor, key: UUID) -> Addressee:
    one = Addressee.objects.visible_to(actor).select_related(*WITH).pick(key)
    if not actions.open_letter.allowed(actor, one):
        raise NotAllowed
    return one


def _linked(actor: Actor) -> Addressee | None:
    """Return the one place a link lists."""
    listed = actor.listed("correspondence.Addressee")
    rows = Addressee.objects.visible_to(actor).filter(pk__in=listed)
    return rows.select_related(*WITH).first()


def _facts(actor: Actor, one: Addressee, token: str = "") -> dict[str, Any]:
    said = {"answer": one.answer, "words": one.words} if one.answered_at else {}
    form = AnswerForm(one.circular)
    form.initial = said
    address = reverse("correspondence:answer_letter", args=[one.public_id])
    if token:
        address = reverse("correspondence:answer_by_link", args=[token])
    return {
        "one": one,
        "circular": one.circular,
        "face": face_at(one),
        "form": form,
        "files": _files(actor, one, token) if one.read_at else [],
        "answer_url": address,
        "token": token,
    }


def _files(actor: Actor, one: Addressee, token: str) -> list[tuple[Attachment, str]]:
    rows = Attachment.objects.visible_to(actor).filter(circular=one.circular)
    rows = rows.select_related("file").defer("file__data").order_by("pk")
    return [(row, _address(row, token)) for row in rows]


def _address(row: Attachment, token: str) -> str:
    key = row.file.public_id
    if token:
        return reverse("documents:linked_file", args=[token, key])
    return reverse("documents:file", args=[key])


letter = by_method(get=_show, post=_open)
letter_by_link = login_not_required(by_method(get=_show_linked, post=_open_linked))
