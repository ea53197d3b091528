"""The editor of designs: a form, and the sheet as the server draws it from what is typed."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.events import actions
from zveno.events.forms.designs import DesignForm, typed
from zveno.events.models import (
    PLACEHOLDERS,
    AwardKind,
    CertificateDesign,
    sample_sheet,
)
from zveno.kernel import engines
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.organisations.models import Organisation
from zveno.people.models import Person
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

PAGE = "events/design.html"


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    design = _design(request, key)
    named = {name: getattr(design, name) for name in DesignForm.base_fields}
    facts = _facts(design, DesignForm(initial=named))
    return render(request, PAGE, facts | _picture(request.actor, design))


@require_POST
def _answer(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        design = _design(request, key)
    form = DesignForm(request.POST)
    if "look_only" in request.POST:
        return _look(request, design, form)
    if form.is_valid():
        with RefusalsIn(form):
            actions.set_design(request.actor, key, kind=design.kind, design=form.design())
            tell(request, _("Saved: the next sheets will look like this."))
            return redirect(f"{request.path}?kind={design.kind}")
    with reading(request.actor):
        facts = _facts(design, form) | _picture(request.actor, typed(form, design))
    return draw(request, PAGE, facts)


def _look(request: Request, design: CertificateDesign, form: DesignForm) -> HttpResponse:
    """Draw the sheet from what is typed: beside the form, or alone for a script."""
    ok = form.is_valid()
    with reading(request.actor):
        facts = _facts(design, form)
        facts |= _picture(request.actor, typed(form, design))
    part = "#sheet" if request.htmx else ""
    return draw(request, f"{PAGE}{part}", facts, status=200 if ok or part else 422)


def _design(request: Request, key: UUID) -> CertificateDesign:
    house = Organisation.objects.visible_to(request.actor).pick(key)
    if not actions.set_design.allowed(request.actor, house):
        raise NotAllowed
    asked = request.GET.get("kind", "")
    kind = asked if asked in AwardKind else AwardKind.CERTIFICATE
    return CertificateDesign.objects.visible_to(request.actor).of(house, kind)


def _facts(design: CertificateDesign, form: DesignForm) -> dict[str, Any]:
    return {
        "form": form,
        "kind": design.kind,
        "kinds": AwardKind.choices,
        "organisation": design.organisation,
        "placeholders": [(f"{{{name}}}", words) for name, words in PLACEHOLDERS.items()],
        "back": reverse("events:list"),
    }


def _picture(actor: Actor, design: CertificateDesign) -> dict[str, Any]:
    """Draw the sheet of an invented person; ``unprintable`` if some sign is in no font."""
    person = Person.objects.visible_to(actor).filter(pk=actor.person or 0).first()
    words = sample_sheet(design, f"{person.given_name} {person.family_name}" if person else "")
    try:
        drawn = engines.run("certificates", {"sheets": [words], "picture": True})
    except engines.EngineRefused:
        return {"unprintable": True}
    # Drawn by the engine: every letter is a curve, nothing typed is in it as text.
    return {"picture": SafeString(drawn["svg"])}


design = by_method(get=_show, post=_answer)
