"""The first page of an installation: whose it is, where, whether letters leave, who comes first."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.errors import BadInput
from zveno.kernel.http import Request, by_method, reading
from zveno.kernel.mailing import try_mail
from zveno.organisations import actions as organisations
from zveno.organisations.forms.house import HouseForm, PlaceForm
from zveno.organisations.models import districts
from zveno.people import actions
from zveno.people.forms.posts import FirstForm, LetterForm
from zveno.people.models import Post, Setup
from zveno.ui.answers import draw

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class Step(NamedTuple):
    """An address of the way, its name, its form, and an answer that tells it was taken."""

    address: str
    title: "StrPromise"
    form: type[forms.Form]
    told_by: str = ""


STEPS = (
    Step("people:setup", _("Organisation"), HouseForm, "name"),
    Step("people:setup_place", _("Place and time"), PlaceForm, "region"),
    Step("people:setup_mail", _("Mail"), LetterForm),
    Step("people:setup_person", _("First person"), FirstForm),
)


@require_safe
def _ask(request: Request, token: str) -> HttpResponse:
    setup = Setup.objects.visible_to(request.actor).first()
    if setup is None:
        return render(request, "people/setup_dead.html", status=404)
    if missing := _missing(request, setup):
        return redirect(missing.address, token=token)
    form = STEPS[_number(request)].form(initial=setup.answers)
    return render(request, "people/setup.html", _facts(request, token, form))


@require_POST
def _note(request: Request, token: str) -> HttpResponse:
    setup, number = _setup(request), _number(request)
    form = STEPS[number].form(request.POST)
    if setup is None:
        return draw(request, "people/setup_dead.html", {}, status=404)
    if not form.is_valid():
        return draw(request, "people/setup.html", _facts(request, token, form))
    actions.note_setup(request.actor, setup.public_id, answers=form.cleaned_data)
    return redirect(STEPS[number + 1].address, token=token)


@require_POST
def _send(request: Request, token: str) -> HttpResponse:
    """Send a letter and say what the mail server answered."""
    setup, form = _setup(request), LetterForm(request.POST)
    if setup is None:
        return draw(request, "people/setup_dead.html", {}, status=404)
    facts = _facts(request, token, form)
    if not form.is_valid():
        return draw(request, "people/setup.html", facts)
    to = form.cleaned_data["email"]
    return draw(
        request, "people/setup.html", facts | {"tried": to, "refusal": try_mail(to)}, status=200
    )


@require_POST
def _finish(request: Request, token: str) -> HttpResponse:
    setup, form = _setup(request), FirstForm(request.POST)
    if setup is None:
        return draw(request, "people/setup_dead.html", {}, status=404)
    if missing := _missing(request, setup):
        return redirect(missing.address, token=token)
    if form.is_valid():
        try:
            invitation = actions.set_up(
                request.actor,
                setup.public_id,
                house=_house(setup.answers),
                first=actions.Appointment(**form.cleaned_data, role=Post.Role.COORDINATOR),
            )
        except BadInput as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("people:invitation", token=invitation)
    return draw(request, "people/setup.html", _facts(request, token, form))


def _setup(request: Request) -> Setup | None:
    with reading(request.actor):
        return Setup.objects.visible_to(request.actor).first()


def _house(answers: Mapping[str, str]) -> actions.House:
    passport = organisations.Passport(answers["kind"], answers["name"], inn=answers["inn"])
    return actions.House(passport, answers["region"], answers["district"], answers["zone"])


def _missing(request: Request, setup: Setup) -> Step | None:
    """Return the first step before this one that has not been taken."""
    before = (step for step in STEPS[: _number(request)] if step.told_by)
    return next((step for step in before if step.told_by not in setup.answers), None)


def _number(request: Request) -> int:
    """Return which of the steps the address is of."""
    found = request.resolver_match
    return next(n for n, step in enumerate(STEPS) if found and step.address == found.view_name)


def _facts(request: Request, token: str, form: forms.Form) -> dict[str, Any]:
    number = _number(request)
    return {
        "form": form,
        "number": number + 1,
        "steps": [step.title for step in STEPS],
        "title": STEPS[number].title,
        "token": token,
        "back": STEPS[number - 1].address if number else "",
        "further": STEPS[number + 1].address if number + 1 < len(STEPS) else "",
        "districts": districts(),
    }


organisation = place = login_not_required(by_method(get=_ask, post=_note))
mail = login_not_required(by_method(get=_ask, post=_send))
person = login_not_required(by_method(get=_ask, post=_finish))
