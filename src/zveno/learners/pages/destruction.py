"""Children who left, or whose family asks: what will go is shown, then it goes, with an act."""

import re
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.learners import actions, rules
from zveno.learners.forms.destruction import DestructionForm
from zveno.learners.models import Destruction, Learner, choices_of, what_would_go
from zveno.organisations.models import Organisation
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

TEMPLATE = "learners/destruction.html"
SHOWN = 20
_CLASS = re.compile("[0-9]{1,4}|none")


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    school = _school(request.actor, key)
    return render(request, TEMPLATE, _page(request, school, DestructionForm()))


@require_POST
def _destroy(request: Request, key: UUID) -> HttpResponse:
    actor = request.actor
    with reading(actor):
        school = _school(actor, key)
        form = DestructionForm(request.POST)
        form.choose(request.POST.getlist("child"), _children(request, school))
        valid = form.is_valid()
    if valid:
        with RefusalsIn(form):
            act = actions.destroy(actor, key, learners=form.chosen, why=form.cleaned_data["why"])
            words = ngettext(
                "The data of %(n)s child are destroyed. The act is below.",
                "The data of %(n)s children are destroyed. The act is below.",
                act.number,
            )
            tell(request, words % {"n": act.number})
            return redirect("learners:destruction", key)
    with reading(actor):
        page = _page(request, school, form)
    return draw(request, TEMPLATE, page)


def _school(actor: Actor, key: UUID) -> Organisation:
    school = Organisation.objects.visible_to(actor).pick(key)
    if not rules.answers_for_children(actor, school):
        raise NotAllowed
    return school


def _children(request: Request, school: Organisation) -> list[Learner]:
    """Return the class that was asked for: the first year of school and the letter."""
    year, _dash, letter = request.GET.get("class", "").partition("-")
    if not _CLASS.fullmatch(year):
        return []
    own = Learner.objects.visible_to(request.actor).filter(owner=school, letter=letter)
    first = None if year == "none" else int(year)
    return list(own.filter(first_year=first).order_by("name_key", "pk")[: actions.MOST])


def _page(request: Request, school: Organisation, form: DestructionForm) -> dict[str, Any]:
    children = _children(request, school)
    acts = Destruction.objects.visible_to(request.actor).filter(owner=school)
    return {
        "school": school,
        "form": form,
        "classes": choices_of(school),
        "asked": request.GET.get("class", ""),
        "children": children,
        "ticked": set(request.POST.getlist("child")),
        "goes": what_would_go([one.pk for one in children]) if children else [],
        "acts": list(acts.latest_first()[:SHOWN]),
        "back": reverse("organisations:card", args=[school.public_id]),
        "what": _("Everything about the children of this class"),
    }


destruction = by_method(get=_show, post=_destroy)
