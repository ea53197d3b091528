"""Pages of a draft: begun, mended, sent for signature or thrown away."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network import actions
from zveno.network.forms.agreements import PartyForm, TermsForm
from zveno.network.forms.obligations import ObligationsForm, owed_in, rows_of
from zveno.network.models import (
    SHAPES,
    Agreement,
    Cluster,
    Kind,
    Membership,
    Obligation,
    Party,
)
from zveno.network.models.drafts import obligations_of, party_of, terms_of
from zveno.network.models.wording import usual_obligations
from zveno.network.pages import differing, faces
from zveno.network.pages.answers import draw_again
from zveno.network.pages.open import require_may
from zveno.organisations.models import Territory
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.seen import Seen
from zveno.ui.toasts import tell

OTHERS = (Kind.MEMORANDUM, Kind.TARGET_TRAINING, Kind.EQUIPMENT_USE)
"""The kinds the question does not choose between."""


@require_safe
def _ask_terms(request: Request, key: UUID) -> HttpResponse:
    facts, shape = beginning(request.actor, key), SHAPES[Kind.COOPERATION]
    today = clock.today()
    facts["form"] = TermsForm(
        initial={
            "title": str(shape.title) % facts,
            "place": facts["town"],
            "dated": today,
            "valid_until": years_later(today, shape.years),
        }
    )
    return render(request, "network/agreement_new.html", facts)


def years_later(day: date, years: int) -> date:
    """Return the same day some years later; the day before a leap day where there is none."""
    leap = (day.month, day.day) == (2, 29)
    return date(day.year + years, day.month, day.day - 1 if leap else day.day)


@require_POST
def _start(request: Request, key: UUID) -> HttpResponse:
    form = TermsForm(request.POST)
    with reading(request.actor):
        facts = beginning(request.actor, key)
    if form.is_valid():
        owed = usual_obligations(member.role for member in facts["members"])
        with RefusalsIn(form):
            made = actions.start_agreement(request.actor, key, terms=form.terms(), obligations=owed)
            tell(request, _("The draft is ready. Check the text."))
            return redirect("network:agreement_text", made.public_id)
    return draw(request, "network/agreement_new.html", facts | {"form": form})


def beginning(actor: Actor, key: UUID) -> dict[str, Any]:
    """Return what pages show that begin a draft; raises ``NotAllowed``."""
    cluster = Cluster.objects.visible_to(actor).select_related("territory__above").pick(key)
    require_may(actions.start_agreement, actor, cluster)
    members = (
        Membership.objects.visible_to(actor)
        .live()
        .filter(cluster=cluster)
        .select_related("organisation")
        .base_first()
    )
    others = [(Kind(kind), SHAPES[kind]) for kind in OTHERS]
    facts = {"cluster": cluster, "members": list(members), "town": _town(cluster.territory)}
    return facts | {"others": others}


def _town(territory: Territory) -> str:
    """Take the region of a district for the town: so it is in the cities that are regions."""
    above = territory.above if territory.kind == Territory.Kind.DISTRICT else None
    return above.name if above else ""


@require_safe
def _show_terms(request: Request, key: UUID) -> HttpResponse:
    draft = draft_of(request.actor, key)
    form = TermsForm(initial={name: getattr(draft, name) for name in TermsForm.base_fields})
    facts = {"agreement": draft, "form": form, "seen": Seen(terms_of(draft))}
    return render(request, "network/agreement_terms.html", facts)


@require_POST
def _change_terms(request: Request, key: UUID) -> HttpResponse:
    form, seen = TermsForm(request.POST), Seen.sent(request.POST)
    if form.is_valid():
        with RefusalsIn(form), seen:
            actions.change_terms(request.actor, key, terms=form.terms(), seen=seen.words)
            tell(request, _("Draft saved."))
            return redirect("network:agreement_text", key)
        seen.follow(form)
    with reading(request.actor):
        facts = {"agreement": draft_of(request.actor, key), "form": form}
    return draw_again(request, "network/agreement_terms.html", facts, seen)


@require_safe
def _show_obligations(request: Request, key: UUID) -> HttpResponse:
    draft = draft_of(request.actor, key)
    owed = (
        Obligation.objects.visible_to(request.actor)
        .filter(agreement=draft)
        .select_related("party")
        .order_by("place")
    )
    rows = ObligationsForm(initial=rows_of(owed), form_kwargs=_parties(request.actor, key))
    facts = {"agreement": draft, "rows": rows, "seen": Seen(obligations_of(draft))}
    return render(request, "network/obligations_edit.html", facts)


@require_POST
def _change_obligations(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        known = _parties(request.actor, key)
    rows, seen = ObligationsForm(request.POST, form_kwargs=known), Seen.sent(request.POST)
    refused = ""
    if rows.is_valid():
        owed = owed_in(rows.forms)
        try:
            with seen:
                actions.change_obligations(request.actor, key, obligations=owed, seen=seen.words)
                tell(request, _("Obligations saved."))
                return redirect("network:agreement_obligations", key)
        except BadInput as refusal:
            refused = str(refusal)
        differing.tell_obligations(seen, known["parties"])
    with reading(request.actor):
        facts = {"agreement": draft_of(request.actor, key), "rows": rows, "refused": refused}
    return draw_again(request, "network/obligations_edit.html", facts, seen)


def _parties(actor: Actor, key: UUID) -> dict[str, Any]:
    """Return those who may owe something alone, as the form takes them."""
    parties = Party.objects.visible_to(actor).filter(agreement__public_id=key)
    return {"parties": list(parties.select_related("organisation").order_by("place"))}


@require_safe
def _show_party(request: Request, key: UUID) -> HttpResponse:
    facts = _side(request.actor, key)
    words = party_of(facts["party"])
    facts |= {"form": PartyForm(initial=words), "seen": Seen(words)}
    return render(request, "network/party.html", facts)


@require_POST
def _put_right(request: Request, key: UUID) -> HttpResponse:
    form, seen = PartyForm(request.POST), Seen.sent(request.POST)
    with reading(request.actor):
        facts = _side(request.actor, key)
    if form.is_valid():
        signatory, forms = form.signatory_given(), form.forms_given()
        with RefusalsIn(form), seen:
            actions.put_right(request.actor, key, signatory=signatory, forms=forms, seen=seen.words)
            tell(request, _("%(party)s: corrected.") % facts)
            return redirect("network:agreement_text", facts["agreement"].public_id)
        seen.follow(form)
    return draw_again(request, "network/party.html", facts | {"form": form}, seen)


def _side(actor: Actor, key: UUID) -> dict[str, Any]:
    shown = (
        Party.objects.visible_to(actor)
        .select_related("organisation", "agreement__cluster")
        .pick(key)
    )
    if not actions.put_right.allowed(actor, shown):
        raise NotAllowed
    _require_draft(shown.agreement)
    return {"party": shown, "agreement": shown.agreement, "doubts": faces.doubts(shown)}


def draft_of(actor: Actor, key: UUID) -> Agreement:
    """Return a draft the actor may change. Raises ``NotAllowed`` and ``AgreementNotDraft``."""
    found = Agreement.objects.visible_to(actor).select_related("cluster").pick(key)
    if not actions.change_terms.allowed(actor, found):
        raise NotAllowed
    _require_draft(found)
    return found


def _require_draft(agreement: Agreement) -> None:
    if agreement.state != Agreement.State.DRAFT:
        raise actions.AgreementNotDraft(title=agreement.title)


@require_POST
def send_agreement(request: Request, key: UUID) -> HttpResponse:
    """Send a draft for signature."""
    actions.send_agreement(request.actor, key)
    with reading(request.actor):
        parties = Party.objects.visible_to(request.actor).filter(agreement__public_id=key)
        letters = parties.exclude(email="").count()
    words = ngettext(
        "Sent for signature: %(count)s party has its own link.",
        "Sent for signature: %(count)s parties each have their own link.",
        letters,
    )
    tell(request, words % {"count": letters})
    return redirect("network:agreement", key)


@require_POST
def drop_agreement(request: Request, key: UUID) -> HttpResponse:
    """Throw a draft away."""
    with reading(request.actor):
        draft = Agreement.objects.visible_to(request.actor).select_related("cluster").pick(key)
    actions.drop_agreement(request.actor, key)
    tell(request, _("Draft deleted."))
    return redirect("network:agreements", draft.cluster.public_id)


start_agreement = by_method(get=_ask_terms, post=_start)
edit_terms = by_method(get=_show_terms, post=_change_terms)
party = by_method(get=_show_party, post=_put_right)
edit_obligations = by_method(get=_show_obligations, post=_change_obligations)
