"""Pages of signing in and out."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel import clock
from zveno.kernel.http import Request, by_method
from zveno.people import actions
from zveno.people.forms import SignInForm
from zveno.people.models import Account, actor_of, count_attempt, forgive_attempts
from zveno.people.pages.bounds import bounds_of, remember
from zveno.ui.toasts import tell

LONGEST_NAME = 80


@require_safe
def _ask(request: Request) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(_next(request))
    return render(request, "people/sign_in.html", {"form": SignInForm(), "next": _next(request)})


@sensitive_post_parameters("password")
@require_POST
def _let_in(request: Request) -> HttpResponse:
    form = SignInForm(request, request.POST)
    name = request.POST.get("username", "").strip().casefold()[:LONGEST_NAME]
    bounds = bounds_of(request, name)
    again = count_attempt(bounds.all)
    if again:
        return _too_many(request, SignInForm(data=request.POST, late=again), again)
    if not form.is_valid():
        facts = {"form": form, "next": _next(request)}
        return render(request, "people/sign_in.html", facts, status=422)
    forgive_attempts(bounds.own, bounds.shared)
    response = _enter(request, form.get_user())
    remember(request, response, name)
    return response


def _enter(request: Request, account: Account) -> HttpResponse:
    login(request, account)
    actions.note_sign_in(actor_of(account), account.public_id)
    return redirect(_next(request))


def _too_many(request: Request, form: SignInForm, again: datetime) -> HttpResponse:
    """Say when to come back, whoever it is and whatever was typed."""
    facts = {"form": form, "next": _next(request)}
    response = render(request, "people/sign_in.html", facts, status=429)
    response["Retry-After"] = str(max(1, int((again - clock.now()).total_seconds())))
    return response


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
