"""An accession sheet: which member of the cluster joins an agreement in force."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network import actions
from zveno.network.forms.acceding import NewcomerForm
from zveno.network.models import Agreement, Membership, Party, require_open
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell


@require_safe
def _ask(request: Request, key: UUID) -> HttpResponse:
    facts = _facts(request.actor, key)
    form = NewcomerForm(members=facts["members"])
    return render(request, "network/accede.html", facts | {"form": form})


@require_POST
def _start(request: Request, key: UUID) -> HttpResponse:
    with reading(request.actor):
        facts = _facts(request.actor, key)
    form = NewcomerForm(request.POST, members=facts["members"])
    if form.is_valid():
        newcomer = UUID(form.cleaned_data["newcomer"])
        with RefusalsIn(form):
            made = actions.start_accession(request.actor, key, newcomer=newcomer)
            tell(request, _("The sheet is ready. Check the text and send it."))
            return redirect("network:agreement_text", made.public_id)
    return draw(request, "network/accede.html", facts | {"form": form})


def _facts(actor: Actor, key: UUID) -> dict[str, Any]:
    agreement = Agreement.objects.visible_to(actor).select_related("cluster").pick(key)
    if not actions.start_accession.allowed(actor, agreement):
        raise NotAllowed
    require_open(agreement.cluster)
    if agreement.state != Agreement.State.IN_FORCE:
        raise actions.AgreementNotInForce(title=agreement.title)
    if not agreement.shape.admits:
        raise actions.CannotJoin(title=agreement.title)
    sides = Party.objects.visible_to(actor).filter(agreement=agreement)
    members = (
        Membership.objects.visible_to(actor)
        .live()
        .filter(cluster=agreement.cluster)
        .exclude(organisation__in=sides.values("organisation"))
        .select_related("organisation")
        .order_by("pk")
    )
    return {"agreement": agreement, "members": list(members)}


accede = by_method(get=_ask, post=_start)
