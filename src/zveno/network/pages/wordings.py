"""The clause library: an organisation words its agreements, compares versions, goes back."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel import engines
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network import actions, rules
from zveno.network.forms.wordings import AGREEMENTS, WordingForm
from zveno.network.models import Agreement, Assignment, Change, Obligation, Party, Wording
from zveno.network.models.clause_text import tidy
from zveno.network.models.kinds import Kind
from zveno.network.models.own_wording import SHIPPED
from zveno.network.models.placeholders import placeholders, shipped_text
from zveno.network.models.wording import paper_of
from zveno.network.pages import preview
from zveno.organisations.models import Organisation
from zveno.ui.differences import differences
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

SHOWN = 20
PAGE = "network/wording.html"


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    facts = _facts(request, key)
    opened = _number(request, "version", facts["now"])
    text = _text(request.actor, facts, opened)
    form = _form(request, facts, initial={"text": text, "seen": facts["now"]})
    return render(request, PAGE, facts | {"form": form, "opened": opened})


@require_POST
def _answer(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _facts(request, key)
        form = _form(request, facts, request.POST)
    valid = form.is_valid()
    if valid and "preview" in request.POST:
        with reading(request.actor):
            shown = {"form": form, "opened": facts["now"], "blocks": _blocks(request.actor, form)}
            return render(request, PAGE, facts | shown)
    if valid:
        with RefusalsIn(form):
            given = {"text": form.cleaned_data["text"], "seen": form.cleaned_data["seen"]}
            actions.save_wording(request.actor, key, kind=facts["kind"], **given)
            tell(request, _("Saved. New drafts will be drawn with this wording."))
            return redirect(_address(key, facts["kind"]))
    with reading(request.actor):
        facts = _facts(request, key)
        if valid:
            form.knows(facts["now"])
        return render(request, PAGE, facts | {"form": form, "opened": facts["now"]}, status=422)


@require_POST
def use(request: Request, key: UUID) -> HttpResponse:
    """Draw the next drafts with another version."""
    kind, number = _kind(request), request.POST.get("number", "")
    if not number.isdecimal() or len(number) > len("32767"):
        raise Http404
    actions.use_wording(request.actor, key, kind=kind, number=int(number))
    tell(request, _("New drafts will be drawn with version %(number)s.") % {"number": number})
    return redirect(_address(key, kind))


@require_safe
def compare(request: Request, key: UUID) -> HttpResponse:
    """Show what differs between two versions."""
    facts = _facts(request, key)
    old = _number(request, "old", SHIPPED)
    new = _number(request, "new", facts["now"])
    texts = [_text(request.actor, facts, number) for number in (old, new)]
    facts |= {"old": old, "new": new, "lines": differences(*map(tidy, texts))}
    return render(request, "network/wordings_compare.html", facts)


def _facts(request: Request, key: UUID) -> dict[str, Any]:
    """Return what all these pages show. Raises ``NotFound`` and ``NotAllowed``."""
    actor = request.actor
    house = Organisation.objects.visible_to(actor).pick(key)
    if not rules.keeps_wording(actor, house):
        raise NotAllowed
    kind = _kind(request)
    own = Wording.objects.visible_to(actor).of(house, kind).defer("text")
    versions = list(own[:SHOWN])
    return {
        "organisation": house,
        "kind": kind,
        "kinds": Kind.choices,
        "versions": versions,
        "now": next((one.number for one in versions if one.current), SHIPPED),
        "placeholders": placeholders(kind),
    }


def _form(request: Request, facts: dict[str, Any], *args: Any, **kwargs: Any) -> WordingForm:
    agreements = (
        Agreement.objects.visible_to(request.actor)
        .filter(cluster__base=facts["organisation"], kind=facts["kind"])
        .order_by("-dated", "-pk")
    )
    return WordingForm(*args, kind=facts["kind"], agreements=agreements[:AGREEMENTS], **kwargs)


def _blocks(actor: Actor, form: WordingForm) -> list[preview.Shown]:
    """Draw the text with the parties of an agreement."""
    chosen = Agreement.objects.visible_to(actor).select_related("cluster")
    tried = chosen.pick(UUID(form.cleaned_data["agreement"]))
    tried.wording = Wording(kind=form.kind, text=form.cleaned_data["text"])
    parties = Party.objects.visible_to(actor).filter(agreement=tried)
    owed = Obligation.objects.visible_to(actor).filter(agreement=tried)
    changes = Change.objects.visible_to(actor).filter(amendment=tried)
    words = paper_of(
        tried,
        list(parties.select_related("organisation").order_by("place")),
        list(owed.select_related("party__organisation").order_by("place")),
        list(changes.order_by("place")),
        list(Assignment.objects.visible_to(actor).of(tried)),
    )
    drawn = engines.run("papers", {"draw": words, "formats": ["blocks"]})
    return preview.blocks(drawn["blocks"], [])


def _text(actor: Actor, facts: dict[str, Any], number: int) -> str:
    """Return the text of a version. Raises ``Http404``."""
    if number == SHIPPED:
        return shipped_text(facts["kind"])
    own = Wording.objects.visible_to(actor).of(facts["organisation"], facts["kind"])
    found = own.filter(number=number).values_list("text", flat=True).first()
    if found is None:
        raise Http404
    return found


def _kind(request: Request) -> str:
    asked = request.GET.get("kind", "")
    return asked if asked in Kind else Kind.COOPERATION


def _number(request: Request, name: str, otherwise: int) -> int:
    asked = request.GET.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) <= len("32767") else otherwise


def _address(key: UUID, kind: str) -> str:
    return f"{reverse('network:wording', args=[key])}?kind={kind}"


wording = by_method(get=_show, post=_answer)
