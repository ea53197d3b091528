"""Pages of one's own account."""

from typing import cast
from uuid import UUID

from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.kernel.http import Request, by_method, reading
from zveno.people import actions
from zveno.people.forms.proving import ChangePasswordForm
from zveno.people.models import (
    Account,
    SessionStore,
    SignIn,
    Token,
    count_attempt,
    forgive_attempts,
)
from zveno.people.pages.answers import draw_late
from zveno.people.pages.bounds import own_password
from zveno.ui.answers import draw
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
    tell(request, _("Signed out of that browser."))
    return redirect("people:sign_ins")


@require_POST
def end_others(request: Request) -> HttpResponse:
    """Sign out everywhere but here."""
    account = cast("Account", request.user)
    ended = actions.end_other_sign_ins(request.actor, account.public_id, here=_here(request))
    words = ngettext("Signed out of %(n)s browser.", "Signed out of %(n)s browsers.", ended)
    tell(request, words % {"n": ended})
    return redirect("people:sign_ins")


@require_safe
def _offer_password(request: Request) -> HttpResponse:
    form = ChangePasswordForm(_tokens(request.actor))
    return render(request, "people/change_password.html", {"form": form})


@sensitive_post_parameters("present", "password")
@require_POST
def _change_password(request: Request) -> HttpResponse:
    """Count first, then look at the password, as at the door."""
    with reading(request.actor):
        form = ChangePasswordForm(_tokens(request.actor), request.POST)
    if form.is_valid():
        bound = own_password(request)
        again = count_attempt([bound])
        if again:
            return draw_late(request, "people/change_password.html", {"form": form}, again)
        if _changed(request, form):
            forgive_attempts(bound, [])
            tell(request, _("Your password is changed. You are signed out everywhere else."))
            return redirect("people:sign_ins")
    return draw(request, "people/change_password.html", {"form": form})


@require_POST
def _changed(request: Request, form: ChangePasswordForm) -> bool:
    """Change the password and let this browser stay, under a new cookie."""
    key = cast("Account", request.user).public_id
    try:
        spared = [*map(UUID, form.cleaned_data.pop("spared")), *filter(None, [_here(request)])]
        account = actions.change_password(request.actor, key, spared=spared, **form.cleaned_data)
    except actions.WrongPassword as refusal:
        form.add_error("present", str(refusal))
    except BadInput as refusal:
        form.add_error(refusal.field or None, str(refusal))
    else:
        update_session_auth_hash(request, account)
    return form.is_valid()


def _tokens(actor: Actor) -> list[Token]:
    return list(Token.objects.visible_to(actor).live().with_post().order_by("pk"))


def _here(request: Request) -> UUID | None:
    row = cast("SessionStore", request.session).sign_in
    return row.public_id if row else None


change_password = by_method(get=_offer_password, post=_change_password)
