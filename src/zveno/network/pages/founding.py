"""A cluster is founded, and its facts are put right."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network import actions
from zveno.network.forms.clusters import FactsForm, FoundForm
from zveno.network.models import Agreement, Cluster
from zveno.network.pages.answers import draw_again
from zveno.network.pages.open import may, require_may
from zveno.organisations.models import Organisation
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.seen import Seen
from zveno.ui.toasts import tell

NEW, EDIT = "network/cluster_new.html", "network/cluster_edit.html"


@require_safe
def _ask_new(request: Request) -> HttpResponse:
    bases = _bases(request.actor)
    initial = {"founded_on": clock.today(), "territory": _stands(bases[0])}
    return render(request, NEW, _new(FoundForm(bases, initial=initial)))


@require_POST
def _found(request: Request) -> HttpResponse:
    with reading(request.actor):
        form = FoundForm(_bases(request.actor), request.POST)
    if form.is_valid():
        base = UUID(form.cleaned_data["base"])
        with RefusalsIn(form):
            made = actions.found_cluster(request.actor, base, passport=form.passport())
            tell(request, _("Cluster created. Now add its members."))
            return redirect("network:add_members", made.public_id)
    return draw(request, NEW, _new(form))


def _new(form: FoundForm) -> dict[str, Any]:
    return {"form": form, "base": form.bases[0], "several": len(form.bases) > 1}


def agreement_is_next(actor: Actor, cluster: Cluster) -> bool:
    """Whether a new cluster has its members and lacks its first agreement."""
    drawn = Agreement.objects.visible_to(actor).filter(cluster=cluster)
    return may(actions.start_agreement, actor, cluster) and not drawn.exists()


def _bases(actor: Actor) -> list[Organisation]:
    """List the organisations in whose name ``actor`` may found a cluster."""
    own = Organisation.objects.visible_to(actor).represented_by(actor).order_by("pk")
    placed = own.select_related("territory__above__above")
    found = [one for one in placed if actions.found_cluster.allowed(actor, one)]
    if not found:
        raise NotAllowed
    if not any(one.territory for one in found):
        raise actions.BaseWithoutPlace
    return found


def _stands(base: Organisation) -> str:
    return str(base.territory.public_id) if base.territory else ""


@require_safe
def _ask_facts(request: Request, key: UUID) -> HttpResponse:
    shown = _cluster(request.actor, key)
    told = shown.facts()
    form = FactsForm([shown.base], initial=told | {"founded_on": shown.founded_on})
    return render(request, EDIT, {"cluster": shown, "form": form, "seen": Seen(told)})


@require_POST
def _change(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        shown = _cluster(request.actor, key)
    initial = {"sector": shown.sector}
    form, seen = FactsForm([shown.base], request.POST, initial=initial), Seen.sent(request.POST)
    if form.is_valid():
        with RefusalsIn(form), seen:
            actions.change_cluster(request.actor, key, passport=form.passport(), seen=seen.words)
            tell(request, _("Cluster details saved."))
            return redirect("network:cluster", key)
        seen.follow(form)
    return draw_again(request, EDIT, {"cluster": shown, "form": form}, seen)


def _cluster(actor: Actor, key: UUID) -> Cluster:
    rows = Cluster.objects.visible_to(actor)
    found = rows.select_related("base__territory__above__above", "territory").pick(key)
    require_may(actions.change_cluster, actor, found)
    return found


new_cluster = by_method(get=_ask_new, post=_found)
edit_cluster = by_method(get=_ask_facts, post=_change)
