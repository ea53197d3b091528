"""An organisation of the register joins a cluster: chosen, not typed."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.http import Request, by_method, reading
from zveno.network import actions
from zveno.network.forms.members import ChooseForm
from zveno.network.models import Cluster, Membership
from zveno.network.pages.open import require_may
from zveno.ui.toasts import tell


@require_safe
def _ask_register(request: Request, key: UUID) -> HttpResponse:
    return _choose_page(request, key, ChooseForm(request.actor))


@require_POST
def _take_chosen(request: Request, key: UUID) -> HttpResponse:
    """Take one organisation of the register as a table of one row; ask only if that is doubtful."""
    form = ChooseForm(request.actor, request.POST)
    with reading(request.actor):
        good = form.is_valid()
        chosen = form.cleaned_data.get("organisation")
        joined = Membership.objects.visible_to(request.actor).live().filter(organisation=chosen)
        there = good and joined.filter(cluster__public_id=key).exists()
    if good:
        # Pressed twice, it is taken once.
        if not there:
            members = actions.bring_members(request.actor, key, source=form.source())
            if not actions.accept_members(request.actor, members.public_id):
                return redirect("network:member_list", key, members.public_id)
        words = _("%(name)s is now in the cluster.")
        tell(request, words % {"name": chosen})
        return redirect("network:members", key)
    with reading(request.actor):
        return _choose_page(request, key, form)


def _choose_page(request: Request, key: UUID, form: ChooseForm) -> HttpResponse:
    cluster = Cluster.objects.visible_to(request.actor).pick(key)
    require_may(actions.bring_members, request.actor, cluster)
    facts = {"cluster": cluster, "form": form}
    return render(request, "network/member_choose.html", facts, status=422 if form.errors else 200)


choose = by_method(get=_ask_register, post=_take_chosen)
