"""A cluster is split or taken up: seen first, then done; what it came of is told."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.http import Request, by_method, reading
from zveno.network import actions
from zveno.network.forms.reforms import Going, MergeForm, SplitForm
from zveno.network.models import (
    Agreement,
    Cluster,
    Joining,
    Membership,
    Offer,
    Participation,
    Reform,
    Role,
)
from zveno.network.pages.open import may, require_may
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell, tell_with_undo

SPLIT, MERGE = "network/cluster_split.html", "network/cluster_merge.html"
State = Agreement.State


@require_safe
def reforms(request: Request, key: UUID) -> HttpResponse:
    """Show what a cluster came of and what became of it."""
    actor = request.actor
    cluster = Cluster.objects.visible_to(actor).select_related("base").pick(key)
    rows = Reform.objects.visible_to(actor).of(cluster)
    facts = {
        "cluster": cluster,
        "rows": [(one, _may_undo(actor, one)) for one in rows],
        "may_change": may(actions.split_cluster, actor, cluster),
    }
    return render(request, "network/reforms.html", facts)


def _may_undo(actor: Actor, one: Reform) -> bool:
    return actions.undo_reform.allowed(actor, one) and one.is_untouched


@require_safe
def _ask_split(request: Request, key: UUID) -> HttpResponse:
    cluster, members = _led(request.actor, key)
    return render(request, SPLIT, {"cluster": cluster, "form": SplitForm(members)})


@require_POST
def _split(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        cluster, members = _led(request.actor, key)
        form = SplitForm(members, request.POST)
        facts: dict[str, Any] = {"cluster": cluster, "form": form}
        if form.is_valid() and not form.cleaned_data["confirmed"]:
            seen = facts | _after_split(form) | _left_behind(request.actor, cluster)
            return render(request, SPLIT, seen)
    if form.is_valid():
        with RefusalsIn(form):
            made = actions.split_cluster(request.actor, key, split=form.split(cluster))
            return _done(request, made, _("The cluster is split."))
    return draw(request, SPLIT, facts)


def _after_split(form: SplitForm) -> dict[str, Any]:
    """Return who is where from then on, with the role in the new cluster."""
    base = form.cleaned_data["base"]
    goes = [one for one in form.members if form.where(one) != Going.STAYS]
    return {
        "seen": True,
        "stays": [one for one in form.members if form.where(one) != Going.GOES],
        "goes": [(one, _role_in_new(one, base)) for one in goes],
    }


def _role_in_new(one: Membership, base: str) -> str:
    if str(one.organisation.public_id) == base:
        return str(Role.BASE.label)
    return str(Role.MEMBER.label) if one.role == Role.BASE else one.get_role_display()


@require_safe
def _ask_merge(request: Request, key: UUID) -> HttpResponse:
    cluster, _members = _led(request.actor, key)
    others = _mine(request.actor, cluster)
    return render(request, MERGE, {"cluster": cluster, "form": MergeForm(others), "may": others})


@require_POST
def _merge(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        cluster, members = _led(request.actor, key)
        others = _mine(request.actor, cluster)
        form = MergeForm(others, request.POST)
        facts: dict[str, Any] = {"cluster": cluster, "form": form, "may": others}
        if form.is_valid() and not form.cleaned_data["confirmed"]:
            into = UUID(form.cleaned_data["into"])
            seen = _after_merger(request.actor, members, into)
            return render(request, MERGE, facts | seen | _left_behind(request.actor, cluster))
    if form.is_valid():
        into, day = UUID(form.cleaned_data["into"]), form.cleaned_data["day"]
        with RefusalsIn(form):
            made = actions.merge_cluster(request.actor, key, into=into, day=day)
            return _done(request, made, _("The clusters are one."))
    return draw(request, MERGE, facts)


def _after_merger(actor: Actor, members: list[Membership], into: UUID) -> dict[str, Any]:
    """Return who comes to the cluster that takes this one up, and who is there already."""
    target = Cluster.objects.visible_to(actor).pick(into)
    rows = Membership.objects.visible_to(actor).live().filter(cluster=target)
    there = {*rows.values_list("organisation", flat=True)}
    return {
        "seen": True,
        "target": target,
        "comes": [one for one in members if one.organisation_id not in there],
        "there": [one for one in members if one.organisation_id in there],
    }


def _left_behind(actor: Actor, cluster: Cluster) -> dict[str, Any]:
    """Return what stays with a cluster when members go: nothing of it is lost."""
    alive = [State.DRAFT, State.OUT_FOR_SIGNATURE, State.IN_FORCE]
    agreements = Agreement.objects.visible_to(actor).filter(cluster=cluster, state__in=alive)
    parts = Participation.objects.visible_to(actor).filter(cluster=cluster, last_day=None)
    return {
        "agreements": agreements.count(),
        "offers": Offer.objects.visible_to(actor).filter(cluster=cluster).live().count(),
        "waiting": Joining.objects.visible_to(actor).filter(cluster=cluster).waiting().count(),
        "programmes": [one.programme for one in parts.select_related("programme")],
    }


@require_POST
def undo(request: Request, key: UUID) -> HttpResponse:
    """Let a split or a merger never have been."""
    with reading(request.actor):
        rows = Reform.objects.visible_to(request.actor).select_related("source")
        source = rows.pick(key).source
    actions.undo_reform(request.actor, key)
    tell(request, _("Undone: members and roles are as they were before."))
    return redirect("network:reforms", source.public_id)


def _done(request: Request, made: Reform, words: str) -> HttpResponse:
    tell_with_undo(request, words, reverse("network:undo_reform", args=[made.public_id]))
    return redirect("network:reforms", made.target.public_id)


def _led(actor: Actor, key: UUID) -> tuple[Cluster, list[Membership]]:
    found = Cluster.objects.visible_to(actor).select_related("base").pick(key)
    require_may(actions.split_cluster, actor, found)
    rows = Membership.objects.visible_to(actor).live().filter(cluster=found)
    return found, list(rows.base_first().select_related("organisation"))


def _mine(actor: Actor, cluster: Cluster) -> list[Cluster]:
    """List the other clusters the actor coordinates."""
    rows = Cluster.objects.visible_to(actor).live().filter(base__in=actor.scope)
    others = rows.exclude(pk=cluster.pk).order_by("name", "pk")
    return [one for one in others if actions.merge_cluster.allowed(actor, one)]


split = by_method(get=_ask_split, post=_split)
merge = by_method(get=_ask_merge, post=_merge)
