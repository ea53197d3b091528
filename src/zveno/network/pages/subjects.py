"""Pages of the kinds of agreements: the question that chooses, what a kind asks for."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.http import Request, by_method, reading
from zveno.network import actions
from zveno.network.forms.subjects import FactsForm, SidesForm, SubjectForm, rows_of, shares_in
from zveno.network.models import SHAPES, Agreement, Kind, Party
from zveno.network.models.drafts import subject_of
from zveno.network.models.kinds import Shape
from zveno.network.models.wording import usual_obligations
from zveno.network.pages import differing
from zveno.network.pages.answers import draw_again
from zveno.network.pages.drafts import beginning, draft_of, years_later
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.seen import Seen
from zveno.ui.toasts import tell


@require_safe
def _ask_all(request: Request, key: UUID, kind: str) -> HttpResponse:
    shape = _seated(kind)
    facts = _facts(request.actor, key, kind)
    today = clock.today()
    initial = {
        "title": str(shape.title) % facts,
        "place": facts["town"],
        "dated": today,
        "valid_until": years_later(today, shape.years),
    }
    shares = [actions.Share(one.organisation.public_id, "") for one in facts["members"]]
    facts |= {
        "form": SubjectForm(initial=initial, shape=shape),
        "rows": SidesForm(initial=rows_of(shares), form_kwargs=facts["asks"]),
    }
    return render(request, "network/agreement_of_kind.html", facts)


@require_POST
def _start(request: Request, key: UUID, kind: str) -> HttpResponse:
    shape = _seated(kind)
    with reading(request.actor):
        facts = _facts(request.actor, key, kind)
    form = SubjectForm(request.POST, shape=shape)
    rows = SidesForm(request.POST, form_kwargs=facts["asks"])
    if form.is_valid() and rows.is_valid():
        subject = actions.Subject(kind, form.facts_given(), shares_in(rows.forms))
        owed = usual_obligations((share.side for share in subject.shares), kind)
        with RefusalsIn(form):
            made = actions.start_agreement(
                request.actor, key, terms=form.terms(), obligations=owed, subject=subject
            )
            tell(request, _("The draft is ready. Check the text."))
            return redirect("network:agreement_text", made.public_id)
    return draw(request, "network/agreement_of_kind.html", facts | {"form": form, "rows": rows})


def _seated(kind: str) -> Shape:
    shape = SHAPES.get(kind)
    if shape is None or not shape.seats:
        raise Http404
    return shape


def _facts(actor: Actor, key: UUID, kind: str) -> dict[str, Any]:
    facts = beginning(actor, key)
    names = {one.organisation.public_id: str(one.organisation) for one in facts["members"]}
    asks = {"shape": SHAPES[kind], "names": names, "all_in": False}
    return facts | {"kind": Kind(kind), "shape": SHAPES[kind], "asks": asks}


@require_safe
def _show_subject(request: Request, key: UUID) -> HttpResponse:
    facts = _subject_of(request.actor, key)
    draft: Agreement = facts["agreement"]
    facts["form"] = FactsForm(initial=draft.facts, shape=draft.shape)
    facts["rows"] = SidesForm(initial=facts["shares"], form_kwargs=facts["asks"])
    facts["seen"] = Seen(subject_of(draft))
    return render(request, "network/agreement_subject.html", facts)


@require_POST
def _change_subject(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _subject_of(request.actor, key)
    form = FactsForm(request.POST, shape=facts["agreement"].shape)
    rows, seen = SidesForm(request.POST, form_kwargs=facts["asks"]), Seen.sent(request.POST)
    if form.is_valid() and rows.is_valid():
        given, shares = form.facts_given(), shares_in(rows.forms)
        with RefusalsIn(form), seen:
            actions.change_subject(request.actor, key, facts=given, shares=shares, seen=seen.words)
            tell(request, _("Draft saved."))
            return redirect("network:agreement_text", key)
        seen.follow(form)
        differing.tell_shares(seen, facts["asks"]["names"])
    facts |= {"form": form, "rows": rows}
    return draw_again(request, "network/agreement_subject.html", facts, seen)


def _subject_of(actor: Actor, key: UUID) -> dict[str, Any]:
    draft = draft_of(actor, key)
    if not draft.shape.facts:
        raise Http404
    sides = Party.objects.visible_to(actor).filter(agreement=draft)
    parties = list(sides.select_related("organisation").order_by("place"))
    names = {party.organisation.public_id: str(party.organisation) for party in parties}
    shares = [
        actions.Share(one.organisation.public_id, one.role, one.part, one.gives, one.licence)
        for one in parties
    ]
    asks = {"shape": draft.shape, "names": names, "all_in": True}
    return {"agreement": draft, "shape": draft.shape, "shares": rows_of(shares), "asks": asks}


start_kind = by_method(get=_ask_all, post=_start)
edit_subject = by_method(get=_show_subject, post=_change_subject)
