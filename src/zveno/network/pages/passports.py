"""The passports of a cluster: those printed, and another by one press."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.http import Request, by_method
from zveno.network import actions
from zveno.network.models import Cluster, PrintedPassport
from zveno.network.pages.open import may
from zveno.ui.toasts import tell

SHOWN = 50
FILES = ("paper__pdf", "paper__docx")
UNREAD = ("paper__content", "paper__pdf__data", "paper__docx__data")


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    cluster = Cluster.objects.visible_to(request.actor).pick(key)
    rows = PrintedPassport.objects.visible_to(request.actor).filter(cluster=cluster)
    facts = {
        "cluster": cluster,
        "passports": rows.select_related(*FILES).defer(*UNREAD).order_by("-pk")[:SHOWN],
        "may_print": may(actions.print_passport, request.actor, cluster),
    }
    return render(request, "network/passport.html", facts)


@require_POST
def _print(request: Request, key: UUID) -> HttpResponse:
    actions.print_passport(request.actor, key)
    tell(request, _("The passport is ready: download it below."))
    return redirect("network:passport", key)


passport = by_method(get=_show, post=_print)
