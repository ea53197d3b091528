"""An organisation applies to a cluster from its public page, with an account or without."""

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.http import Request, address_of, by_method, reading
from zveno.network import actions
from zveno.network.forms.joining import OwnApplicationForm, StrangersApplicationForm
from zveno.network.models import Cluster, ask_to_join, require_open
from zveno.organisations.models import Organisation
from zveno.people.models import Bound, count_attempt
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell

APPLY = "network/apply.html"
MOST, WITHIN = 10, timedelta(minutes=15)


@require_safe
def _offer(request: Request, key: UUID) -> HttpResponse:
    cluster, houses = _cluster(request.actor, key), _houses(request.actor)
    form = OwnApplicationForm(houses) if houses else StrangersApplicationForm()
    return render(request, APPLY, {"cluster": cluster, "houses": houses, "form": form})


@require_POST
def _apply(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        cluster, houses = _cluster(request.actor, key), _houses(request.actor)
    if not houses:
        return _leave(request, cluster)
    form = OwnApplicationForm(houses, request.POST)
    if form.is_valid():
        house, word = UUID(form.cleaned_data["organisation"]), form.cleaned_data["word"]
        with RefusalsIn(form):
            made = actions.apply_to_join(request.actor, house, cluster=key, word=word)
            tell(request, _said(invited=made.is_invitation))
            return redirect("network:joining", made.public_id)
    return draw(request, APPLY, {"cluster": cluster, "houses": houses, "form": form})


def _said(*, invited: bool) -> str:
    if invited:
        return _("The cluster has invited you already. Accept the invitation.")
    return _("The application is sent. You will be told of the answer.")


def _leave(request: Request, cluster: Cluster) -> HttpResponse:
    """Leave the application of a stranger to the worker: the answer knows nobody."""
    again = count_attempt(_bounds(request))
    form = StrangersApplicationForm(request.POST)
    facts = {"cluster": cluster, "houses": [], "form": form}
    if again:
        form.add_error(None, _late(again))
        answer = draw(request, APPLY, facts, status=429)
        answer["Retry-After"] = str(max(1, int((again - clock.now()).total_seconds())))
        return answer
    if not form.is_valid():
        return draw(request, APPLY, facts)
    ask_to_join(cluster.public_id, asdict(form.application()))
    return redirect("network:applied", cluster.public_id)


@login_not_required
@require_safe
def applied(request: Request, key: UUID) -> HttpResponse:
    """Say what happens now, whoever applied."""
    return render(request, "network/applied.html", {"cluster": _cluster(request.actor, key)})


def _bounds(request: Request) -> list[Bound]:
    address = address_of(request)
    return [Bound(("joining", address), MOST, WITHIN)] if address else []


def _late(again: datetime) -> str:
    moment = timezone.localtime(again) + timedelta(minutes=1)
    return _("Too many applications from your network. Try again at %(time)s.") % {
        "time": f"{moment:%H:%M}"
    }


def _cluster(actor: Actor, key: UUID) -> Cluster:
    found = Cluster.objects.visible_to(actor).select_related("base", "territory").pick(key)
    require_open(found)
    return found


def _houses(actor: Actor) -> list[Organisation]:
    """List the organisations the actor may bring into a cluster."""
    own = Organisation.objects.visible_to(actor).represented_by(actor).order_by("pk")
    return [one for one in own if actions.apply_to_join.allowed(actor, one)]


apply = login_not_required(by_method(get=_offer, post=_apply))
