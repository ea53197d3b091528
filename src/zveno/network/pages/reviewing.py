"""Review of a draft: a colleague is asked, reads, agrees or returns it; a house asks for it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.http import Request, by_method, reading
from zveno.network import actions
from zveno.network.forms.reviewing import RemarkForm, ReviewerForm
from zveno.network.models import Agreement, Review, ReviewRule, require_open, reviewers
from zveno.network.pages import preview
from zveno.network.pages.drafts import draft_of
from zveno.organisations.models import Organisation
from zveno.ui.answers import draw
from zveno.ui.faces import Face
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

State = Review.State
ASK, READ = "network/review_ask.html", "network/review.html"
FACES: dict[str, Face] = {
    State.WAITING: Face(pgettext_lazy("review", "Waiting for an answer"), "warn", "clock"),
    State.AGREED: Face(pgettext_lazy("review", "Agreed"), "ok", "check"),
    State.RETURNED: Face(pgettext_lazy("review", "Returned with a remark"), "bad", "pen"),
    State.WITHDRAWN: Face(pgettext_lazy("review", "Taken back"), "", "x"),
}
OUTDATED = Face(gettext_lazy("Agreed, the draft has changed since"), "warn", "warn")
GONE = Face(gettext_lazy("Has left the post: ask another"), "bad", "warn")


@dataclass(frozen=True, slots=True)
class Round:
    """A review as the history shows it; ``yours``: the visitor is asked to answer."""

    review: Review
    face: Face
    yours: bool


def history(actor: Actor, of: Agreement) -> dict[str, Any]:
    """Return the reviews of a draft, and whether it may not be sent without another one."""
    rows = list(Review.objects.visible_to(actor).filter(agreement=of).with_people())
    rounds = [_round(actor, one, of) for one in rows]
    rules = ReviewRule.objects.visible_to(actor).live().filter(organisation=of.cluster.base_id)
    return {
        "rounds": rounds,
        "awaited_review": next((one for one in rounds if one.review.is_open), None),
        "unreviewed": rules.exists() and not any(one.holds for one in rows),
    }


def _round(actor: Actor, one: Review, of: Agreement) -> Round:
    one.agreement = of
    face = FACES[one.state]
    if of.state == Agreement.State.DRAFT and one.state == State.AGREED and not one.holds:
        face = OUTDATED
    if one.is_open and one.post.is_over:
        face = GONE
    return Round(one, face, one.is_open and actions.agree_review.allowed(actor, one))


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    facts = _asked(request.actor, key)
    return render(request, ASK, facts | {"form": ReviewerForm(posts=facts["posts"])})


@require_POST
def _send(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _asked(request.actor, key)
    form = ReviewerForm(request.POST, posts=facts["posts"])
    if form.is_valid():
        with RefusalsIn(form):
            chosen = UUID(form.cleaned_data["reviewer"])
            actions.ask_review(request.actor, key, reviewer=chosen)
            tell(request, _("Your colleague has a task and a letter. You are told the answer."))
            return redirect("network:agreement", key)
    return draw(request, ASK, facts | {"form": form})


def _asked(actor: Actor, key: UUID) -> dict[str, Any]:
    draft = draft_of(actor, key)
    require_open(draft.cluster)
    house = draft.cluster.base
    return {"agreement": draft, "house": house, "posts": list(reviewers(house, actor.person))}


@require_safe
def _read(request: Request, key: UUID) -> HttpResponse:
    return render(request, READ, _facts(request.actor, key) | {"form": RemarkForm()})


@require_POST
def agree(request: Request, key: UUID) -> HttpResponse:
    """Agree to the draft that was read."""
    with reading(request.actor):
        facts = _facts(request.actor, key)
    try:
        actions.agree_review(request.actor, key, seen=request.POST.get("seen", ""))
    except actions.DraftChanged as refusal:
        facts |= {"form": RemarkForm(), "refused": str(refusal)}
        return draw(request, READ, facts, status=refusal.status)
    tell(request, _("Agreed. Whoever asked is told."))
    return redirect("network:agreement", facts["agreement"].public_id)


@require_POST
def _send_back(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _facts(request.actor, key)
    form = RemarkForm(request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            remark = form.cleaned_data["remark"]
            actions.return_review(request.actor, key, remark=remark)
            tell(request, _("Returned. Whoever asked reads your remark."))
            return redirect("network:agreement", facts["agreement"].public_id)
    return draw(request, READ, facts | {"form": form})


@require_POST
def take_back(request: Request, key: UUID) -> HttpResponse:
    """Ask for a review no more."""
    with reading(request.actor):
        reviews = Review.objects.visible_to(request.actor)
        draft = reviews.select_related("agreement").pick(key).agreement
    actions.take_review_back(request.actor, key)
    tell(request, _("Taken back: your colleague need not read the draft any more."))
    return redirect("network:agreement", draft.public_id)


def _facts(actor: Actor, key: UUID) -> dict[str, Any]:
    found = Review.objects.visible_to(actor).with_people()
    one = found.select_related("agreement__cluster", "agreement__paper").pick(key)
    shown = one.agreement
    blocks = preview.blocks(shown.paper.content["blocks"], [])
    return {"agreement": shown, "round": _round(actor, one, shown), "blocks": blocks}


@require_POST
def switch_on(request: Request, key: UUID) -> HttpResponse:
    """Let an organisation send agreements after a review only."""
    actions.switch_review_on(request.actor, key)
    tell(request, _("Switched on: a draft is sent once a colleague has agreed to it."))
    return redirect("network:signing_orders", key)


@require_POST
def switch_off(request: Request, key: UUID) -> HttpResponse:
    """Let an organisation send agreements without a review again."""
    with reading(request.actor):
        rules = ReviewRule.objects.visible_to(request.actor)
        rule = rules.select_related("organisation").pick(key)
    actions.switch_review_off(request.actor, key)
    tell(request, _("Switched off. A colleague can still be asked to review a draft."))
    return redirect("network:signing_orders", rule.organisation.public_id)


def rule_facts(actor: Actor, house: Organisation) -> dict[str, Any]:
    """Return how a house sends its agreements, and whether anybody there could review."""
    rules = ReviewRule.objects.visible_to(actor).live().filter(organisation=house)
    return {"review_rule": rules.first(), "readers": list(reviewers(house, actor.person))}


ask_review = by_method(get=_ask, post=_send)
review = by_method(get=_read, post=_send_back)
