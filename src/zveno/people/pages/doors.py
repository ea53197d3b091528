"""Pages of signing in and out."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel import clock
from zveno.kernel.http import Request, by_method
from zveno.people import actions
from zveno.people.forms.proving import CodeForm, SignInForm
from zveno.people.models import (
    Account,
    account_of,
    actor_of,
    count_attempt,
    forgive_attempts,
    late_words,
)
from zveno.people.models.seals import sealed, unsealed
from zveno.people.pages.bounds import bounds_of, bounds_of_code, remember
from zveno.people.pages.provider import provider_facts
from zveno.people.pages.webauthn import ask_for_known, keys_work, opened
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell, warn

LONGEST_NAME = 80
HALF = "half_way"
HALF_WAY = timedelta(minutes=10)


@require_safe
def _ask(request: Request) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(_next(request))
    return render(request, "people/sign_in.html", _sign_in_facts(request, SignInForm()))


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
        facts = _sign_in_facts(request, form)
        return render(request, "people/sign_in.html", facts, status=422)
    forgive_attempts(bounds.own, bounds.shared)
    response = enter_or_half_way(request, form.get_user())
    remember(request, response, name)
    return response


@require_POST
def enter_or_half_way(request: Request, account: Account) -> HttpResponse:
    """Sign in whose name is proven, or ask for the second step of the account."""
    return _half_way(request, account) if account.second_step_at else _enter(request, account)


def _half_way(request: Request, account: Account) -> HttpResponse:
    """Keep in the session who has said the right password, and ask for the second step.

    Where they were going is sealed: it may be the link of an invitation.
    """
    until = clock.now() + HALF_WAY
    request.session[HALF] = [account.pk, until.timestamp(), sealed(_next(request).encode())]
    return redirect("people:take_second_step")


@require_safe
def _ask_code(request: Request) -> HttpResponse:
    if _waiting(request) is None:
        return redirect("people:sign_in")
    return render(request, "people/take_second_step.html", _step_facts(CodeForm()))


@require_POST
def _take_code(request: Request) -> HttpResponse:
    account = _waiting(request)
    if account is None:
        return redirect("people:sign_in")
    form = CodeForm(request.POST)
    bounds = bounds_of_code(account.pk)
    again = count_attempt(bounds.all)
    if again is None and form.is_valid():
        with RefusalsIn(form):
            actions.take_second_step(
                actor_of(account), account.public_id, code=form.cleaned_data["code"]
            )
            forgive_attempts(bounds.own, bounds.shared)
            return _through(request, account)
    status = 429 if again else 422
    if again:
        form.add_error(None, late_words(again))
    return render(request, "people/take_second_step.html", _step_facts(form), status=status)


@login_not_required
@require_POST
def key_options(request: Request) -> HttpResponse:
    """Tell the browser to open a key of its device."""
    return JsonResponse(ask_for_known(request.session))


@login_not_required
@require_POST
def sign_in_by_key(request: Request) -> HttpResponse:
    """Let in who opened a key: the device and a finger, a face or a PIN are two steps already."""
    found = opened(request.session, request.POST.get("credential", ""))
    account = found[0].account if found else None
    if found is None or account is None or not account.is_active or account.person_id is None:
        warn(request, _("The passkey was not accepted. Sign in with your name and password."))
        return redirect("people:sign_in")
    actions.use_passkey(actor_of(account), found[0].public_id, count=found[1])
    return _through(request, account)


def _through(request: Request, account: Account) -> HttpResponse:
    """Sign in who has taken both steps, and go where they were going."""
    half = request.session.pop(HALF, None)
    response = _enter(request, account)
    if half:
        response["Location"] = (unsealed(half[2]) or b"/").decode()
    remember(request, response, account.sign_in_name)
    return response


def _waiting(request: Request) -> Account | None:
    """Return the account whose password was said here in the last minutes."""
    key, until, _where = request.session.get(HALF) or (0, 0, "")
    if until < clock.now().timestamp():
        return None
    account = account_of(key)
    return account if account and account.is_active and account.person_id else None


def _step_facts(form: CodeForm) -> dict[str, Any]:
    return {"form": form, "keys_work": keys_work()}


def _enter(request: Request, account: Account) -> HttpResponse:
    login(request, account)
    actions.note_sign_in(actor_of(account), account.public_id)
    return redirect(_next(request))


def _too_many(request: Request, form: SignInForm, again: datetime) -> HttpResponse:
    """Say when to come back, whoever it is and whatever was typed."""
    facts = _sign_in_facts(request, form)
    response = render(request, "people/sign_in.html", facts, status=429)
    response["Retry-After"] = str(max(1, int((again - clock.now()).total_seconds())))
    return response


@login_not_required
@require_POST
def sign_out(request: Request) -> HttpResponse:
    """Forget who was here."""
    logout(request)
    tell(request, _("You are signed out."))
    return redirect("people:sign_in")


def _sign_in_facts(request: Request, form: SignInForm) -> dict[str, Any]:
    return {"form": form, "next": _next(request), "keys_work": keys_work()} | provider_facts()


def _next(request: Request) -> str:
    """Return where the visitor was going, if that is a page of ours."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours else resolve_url(settings.LOGIN_REDIRECT_URL)


sign_in = login_not_required(by_method(get=_ask, post=_let_in))
take_second_step = login_not_required(by_method(get=_ask_code, post=_take_code))
