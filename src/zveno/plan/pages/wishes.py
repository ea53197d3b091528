"""Wishes of members, for whoever makes the plan: asked for, listed, planned, declined."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel import outbox
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network.models import Cluster
from zveno.plan import actions, rules
from zveno.plan.forms.wishes import CollectForm, DeclineForm, WhichWishesForm
from zveno.plan.models import Wish, Wisher, WishRound, year_label
from zveno.plan.pages.plans import plan_address, word_of, year_in
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.sheets import TYPES, attached
from zveno.ui.toasts import tell

SHOWN = 400
PAGE, DECLINE = "plan/wishes.html", "plan/wish_decline.html"
WITH = ("wisher__organisation", "wisher__round__cluster", "item")
HEADS = (
    gettext_lazy("Member"),
    gettext_lazy("What"),
    gettext_lazy("For whom"),
    gettext_lazy("When"),
    gettext_lazy("Hosts"),
    gettext_lazy("Note"),
    gettext_lazy("State"),
    gettext_lazy("Why"),
)


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    """Show the wishes for the plan of a year (``?year=``), and who was asked."""
    facts = _facts(request, key)
    asked = facts["asked"]
    told = {"until": asked.until, "text": asked.text} if asked else {}
    form = CollectForm(initial=told)
    return render(request, PAGE, facts | {"collect": form})


@require_POST
def _collect(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _facts(request, key)
    form, year = CollectForm(request.POST), facts["number"]
    if form.is_valid():
        with RefusalsIn(form):
            actions.collect_wishes(request.actor, key, year=year, **form.cleaned_data)
            tell(request, _("Letters with links are on their way to members."))
            return redirect(facts["own"])
    return draw(request, PAGE, facts | {"collect": form})


@require_safe
def export(request: Request, key: UUID, kind: str) -> HttpResponse:
    """Hand over the wishes that the filters leave. Raises ``Http404``."""
    if kind not in TYPES:
        raise Http404
    rows = (
        (
            *(str(one.wisher), one.title, one.audience, one.when),
            _("yes") if one.hosts else _("no"),
            *(one.note, str(one.state.label), one.declined_why),
        )
        for one in _facts(request, key)["wishes"]
    )
    return attached("wishes", kind, HEADS, rows)


@require_POST
def plan_it(request: Request, key: UUID) -> HttpResponse:
    """Make an item of a wish."""
    item = actions.plan_wish(request.actor, key)
    tell(request, _("The wish is in the plan. Add a section and a day."))
    return redirect("plan:edit", item.public_id)


@require_safe
def _ask_why(request: Request, key: UUID) -> HttpResponse:
    return render(request, DECLINE, _about(request.actor, key) | {"form": DeclineForm()})


@require_POST
def _decline(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _about(request.actor, key)
    form = DeclineForm(request.POST)
    if form.is_valid():
        actions.decline_wish(request.actor, key, reason=form.cleaned_data["reason"])
        tell(request, _("Declined. The member reads the reason by its link."))
        return redirect(facts["back"])
    return draw(request, DECLINE, facts | {"form": form})


@require_POST
def renew(request: Request, key: UUID) -> HttpResponse:
    """Write to a member once more."""
    back = _back(request, key)
    actions.renew_wish_link(request.actor, key)
    tell(request, _("A new letter is on its way. The link of the last one opens no more."))
    return redirect(back)


@require_POST
def shut(request: Request, key: UUID) -> HttpResponse:
    """Let the link of a member open no more."""
    back = _back(request, key)
    actions.end_wish_link(request.actor, key)
    tell(request, _("The link opens no more."))
    return redirect(back)


def _back(request: Request, key: UUID) -> str:
    with reading(request.actor):
        rows = Wisher.objects.visible_to(request.actor).select_related("round__cluster")
        asked = rows.pick(key).round
        return plan_address(asked.cluster.public_id, asked.year, "plan:wishes")


def _facts(request: Request, key: UUID) -> dict[str, Any]:
    actor, year = request.actor, year_in(request)
    cluster = Cluster.objects.visible_to(actor).pick(key)
    if not rules.plans(actor, cluster):
        raise NotAllowed
    rounds = WishRound.objects.visible_to(actor).filter(cluster=cluster, year=year)
    asked = rounds.select_related("cluster").first()
    rows = Wisher.objects.visible_to(actor).filter(round=asked).select_related("organisation")
    wishers = list(rows.counted())
    form = WhichWishesForm([one.organisation for one in wishers], request.GET)
    wishes = Wish.objects.visible_to(actor).of_year(cluster, year).select_related(*WITH)
    return {
        "cluster": cluster,
        "number": year,
        "label": year_label(year),
        "asked_year": word_of(year),
        "own": plan_address(cluster.public_id, year, "plan:wishes"),
        "back": plan_address(cluster.public_id, year),
        "asked": asked,
        "is_open": asked is not None and asked.is_open,
        "may_collect": not cluster.is_closed,
        "wishers": wishers,
        "answered": sum(one.said > 0 for one in wishers),
        "returned": outbox.given_up([one.about for one in wishers]),
        "wishes": list(wishes.narrowed(form.asked())[:SHOWN]),
        "form": form,
        "filtered": bool(form.asked()),
        "query": request.GET.urlencode(),
    }


def _about(actor: Actor, key: UUID) -> dict[str, Any]:
    one = Wish.objects.visible_to(actor).select_related(*WITH).pick(key)
    if not actions.decline_wish.allowed(actor, one):
        raise NotAllowed
    asked = one.wisher.round
    if one.item:
        raise actions.WishDecided(title=one.title)
    back = plan_address(asked.cluster.public_id, asked.year, "plan:wishes")
    return {"wish": one, "cluster": asked.cluster, "back": back}


wishes = by_method(get=_show, post=_collect)
decline = by_method(get=_ask_why, post=_decline)
