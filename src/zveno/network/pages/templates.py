"""An organisation's own DOCX templates: fields, a beginning, versions, a look before use."""

import base64
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network import actions, rules
from zveno.network.actions.templates import DOCX
from zveno.network.forms.templates import TemplateForm
from zveno.network.models import Agreement, Assignment, OwnTemplate, Wording
from zveno.network.models.kinds import Kind
from zveno.network.models.own_templates import BY_ZVENO
from zveno.network.models.samples import sample_of
from zveno.network.models.template_faults import asked
from zveno.network.models.template_fields import fields_of
from zveno.network.models.told import drawn_by, problem_of
from zveno.network.pages import preview
from zveno.network.pages.ways import sent_file
from zveno.organisations.models import Organisation
from zveno.ui.answers import draw
from zveno.ui.toasts import tell

SHOWN, AGREEMENTS = 20, 20
PAGE = "network/templates.html"


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    facts = _facts(request, key)
    if "version" in request.GET:
        facts |= _look(request, facts)
    return render(request, PAGE, facts | {"form": TemplateForm()})


@require_POST
def _save(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _facts(request, key)
    form = sent_file(request, TemplateForm)
    if form.is_valid():
        try:
            kept = actions.save_template(
                request.actor, key, kind=facts["kind"], upload=form.upload()
            )
        except actions.TemplateUnclear as refusal:
            form.add_error("file", list(refusal.found))
        else:
            tell(request, _("Saved. Look how an agreement is drawn, then switch it on."))
            return redirect(f"{_address(key, facts['kind'])}&version={kept.number}#preview")
    return draw(request, PAGE, facts | {"form": form})


@require_POST
def use(request: Request, key: UUID) -> HttpResponse:
    """Draw what is sent from now on with another version, or by Zveno."""
    kind, number = _kind(request), request.POST.get("number", "")
    if not number.isdecimal() or len(number) > len("32767"):
        raise Http404
    actions.use_template(request.actor, key, kind=kind, number=int(number))
    if int(number) == BY_ZVENO:
        tell(request, _("Switched off. Zveno draws what is sent from now on."))
    else:
        words = _("Switched on. What is sent from now on is drawn by version %(number)s.")
        tell(request, words % {"number": number})
    return redirect(_address(key, kind))


@require_safe
def start(request: Request, key: UUID) -> HttpResponse:
    """Hand over a template to begin from: the wording in use, with its fields."""
    facts = _facts(request, key)
    wording = Wording.objects.visible_to(request.actor).in_use(facts["organisation"], facts["kind"])
    told = sample_of(facts["kind"], wording)
    made = asked({"do": "start", "told": told})
    return _attached(made["docx"], f"{facts['kind']}-start.docx")


@require_safe
def tried(request: Request, key: UUID) -> HttpResponse:
    """Hand over an agreement as a version draws it; nothing is kept."""
    facts = _facts(request, key)
    drawn, version = _drawn(request, facts)
    return _attached(drawn["docx"], f"{facts['kind']}-{version.number}-try.docx")


def _attached(data: str, name: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {"Content-Disposition": str(disposition), "Cache-Control": "no-store"}
    return HttpResponse(base64.b64decode(data), content_type=DOCX, headers=headers)


def _facts(request: Request, key: UUID) -> dict[str, Any]:
    """Return what all these pages show. Raises ``NotFound`` and ``NotAllowed``."""
    actor = request.actor
    house = Organisation.objects.visible_to(actor).pick(key)
    if not rules.keeps_wording(actor, house):
        raise NotAllowed
    kind = _kind(request)
    own = OwnTemplate.objects.visible_to(actor).of(house, kind)
    versions = list(own.select_related("file", "saved_by").defer("file__data")[:SHOWN])
    return {
        "organisation": house,
        "kind": kind,
        "kinds": Kind.choices,
        "versions": versions,
        "now": next((one.number for one in versions if one.current), BY_ZVENO),
        "fields": fields_of(kind),
    }


def _look(request: Request, facts: dict[str, Any]) -> dict[str, Any]:
    """Return how a version draws an agreement, a real one or one of Zveno's invention."""
    seen = Agreement.objects.visible_to(request.actor).order_by("-dated", "-pk")
    of_base = seen.filter(cluster__base=facts["organisation"], kind=facts["kind"])
    drawn, version = _drawn(request, facts)
    return {
        "version": version,
        "agreements": of_base[:AGREEMENTS],
        "chosen": request.GET.get("agreement", ""),
        "blocks": preview.blocks(drawn["blocks"], []),
        "lacking": drawn["lacking"],
    }


def _drawn(request: Request, facts: dict[str, Any]) -> tuple[dict[str, Any], OwnTemplate]:
    """Draw by the version asked for. Raises ``Http404`` and ``TemplateUnclear``."""
    actor, number = request.actor, request.GET.get("version", "")
    if not number.isdecimal() or len(number) > len("32767"):
        raise Http404
    own = OwnTemplate.objects.visible_to(actor).of(facts["organisation"], facts["kind"])
    version = own.filter(number=number).select_related("file").first()
    if version is None:
        raise Http404
    chosen = request.GET.get("agreement", "")
    if not chosen:
        return asked(drawn_by(version, sample_of(facts["kind"]))), version
    try:
        seen = Agreement.objects.visible_to(actor).select_related("paper")
        agreement = seen.filter(cluster__base=facts["organisation"]).pick(UUID(chosen))
    except ValueError as problem:
        raise Http404 from problem
    if agreement.kind != facts["kind"]:
        raise Http404
    assignments = Assignment.objects.visible_to(actor).of(agreement)
    return asked(problem_of(agreement, version, assignments)), version


def _kind(request: Request) -> str:
    asked = request.GET.get("kind", "")
    return asked if asked in Kind else Kind.COOPERATION


def _address(key: UUID, kind: str) -> str:
    return f"{reverse('network:templates', args=[key])}?kind={kind}"


templates = by_method(get=_show, post=_save)
