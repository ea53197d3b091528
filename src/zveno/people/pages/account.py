"""Pages of one's own account."""

from typing import cast
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.http import Request
from zveno.people import actions
from zveno.people.models import Account, SessionStore, SignIn
from zveno.ui.toasts import tell


@require_safe
def sign_ins(request: Request) -> HttpResponse:
    """List where one is signed in, this browser first."""
    here = _here(request)
    found = SignIn.objects.visible_to(request.actor).live().order_by("-seen_at")
    rows = sorted(found, key=lambda row: row.public_id != here)
    return render(request, "people/sign_ins.html", {"rows": rows, "here": here})


@require_POST
def end_sign_in(request: Request, key: UUID) -> HttpResponse:
    """Sign a browser out."""
    actions.end_sign_in(request.actor, key)
    tell(request, _("Signed out there."))
    return redirect("people:sign_ins")


@require_POST
def end_others(request: Request) -> HttpResponse:
    """Sign out everywhere but here."""
    account = cast("Account", request.user)
    ended = actions.end_other_sign_ins(request.actor, account.public_id, here=_here(request))
    words = ngettext("Signed out in %(n)s browser.", "Signed out in %(n)s browsers.", ended)
    tell(request, words % {"n": ended})
    return redirect("people:sign_ins")


def _here(request: Request) -> UUID | None:
    row = cast("SessionStore", request.session).sign_in
    return row.public_id if row else None
