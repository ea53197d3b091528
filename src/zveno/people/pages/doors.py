"""Pages of signing in and out."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.http import Request, by_method
from zveno.people import actions
from zveno.people.forms import SignInForm
from zveno.people.models import actor_of
from zveno.ui.toasts import tell


@require_safe
def _ask(request: Request) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(_next(request))
    return render(request, "people/sign_in.html", {"form": SignInForm(), "next": _next(request)})


@sensitive_post_parameters("password")
@require_POST
def _let_in(request: Request) -> HttpResponse:
    form = SignInForm(request, request.POST)
    if not form.is_valid():
        facts = {"form": form, "next": _next(request)}
        return render(request, "people/sign_in.html", facts, status=422)
    account = form.get_user()
    login(request, account)
    actions.note_sign_in(actor_of(account), account.public_id)
    return redirect(_next(request))


@login_not_required
@require_POST
def sign_out(request: Request) -> HttpResponse:
    """Forget who was here."""
    logout(request)
    tell(request, _("You have signed out."))
    return redirect("people:sign_in")


def _next(request: Request) -> str:
    """Return where the visitor was going, if that is a page of ours."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours else resolve_url(settings.LOGIN_REDIRECT_URL)


sign_in = login_not_required(by_method(get=_ask, post=_let_in))
