"""Who goes with a group and which way: said by the sender; the host reads who leads."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.events import actions
from zveno.events.forms import EscortForm, RouteForm
from zveno.events.models import Escort, Group, adults_needed, travellers
from zveno.events.pages.trips import _group
from zveno.kernel.actor import Actor
from zveno.kernel.http import Request, by_method, reading
from zveno.people.models import Post
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

ESCORTS, ROUTE = "events/escorts.html", "events/route.html"


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    group = _group(request.actor, key)
    return render(request, ESCORTS, _facts(request.actor, group) | {"form": EscortForm()})


@require_POST
def _add(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _facts(request.actor, _group(request.actor, key))
    form = EscortForm(request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            actions.add_escort(request.actor, key, **form.cleaned_data)
            return redirect("events:escorts", key)
    return draw(request, ESCORTS, facts | {"form": form})


@require_POST
def escort(request: Request, key: UUID, escort: UUID) -> HttpResponse:
    """Let an adult lead the group, or say that this one does not go."""
    said = request.POST.get("said")
    if said == "leads":
        actions.name_leader(request.actor, key, escort=escort)
    elif said == "stays":
        actions.remove_escort(request.actor, key, escort=escort)
    else:
        raise Http404
    return redirect("events:escorts", key)


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    group = _group(request.actor, key)
    form = RouteForm(initial=RouteForm.at_first(group))
    return render(request, ROUTE, _about(group) | {"form": form})


@require_POST
def _plan(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        group = _group(request.actor, key)
    form = RouteForm(request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            actions.plan_route(request.actor, key, route=form.route())
            tell(request, _("Saved. The papers of the trip have it now."))
            return redirect("events:trip", key)
    return draw(request, ROUTE, _about(group) | {"form": form})


def _facts(actor: Actor, group: Group) -> dict[str, object]:
    going = list(Escort.objects.visible_to(actor).filter(group=group).leader_first())
    needed = adults_needed(group, travellers(actor, group))
    return _about(group) | {
        "going": going,
        "needed": needed,
        "short": max(0, needed - len(going)),
        "staff": _staff(actor, group, {one.name for one in going}),
    }


def _staff(actor: Actor, group: Group, going: set[str]) -> list[tuple[str, str]]:
    """Name the people of the sender who do not go yet, each with a job of theirs."""
    posts = Post.objects.visible_to(actor).live().of(group.sender)
    jobs = {str(post.person): str(post) for post in posts}
    return [(name, job) for name, job in jobs.items() if name not in going]


def _about(group: Group) -> dict[str, object]:
    return {"group": group, "event": group.event, "of_cluster": group.event.cluster}


escorts = by_method(get=_show, post=_add)
route = by_method(get=_ask, post=_plan)
