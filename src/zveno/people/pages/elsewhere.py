"""Signing in by a provider elsewhere (OpenID Connect), and tying one's account to it.

What comes back by a GET changes nothing: a button posts on.
"""

from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from zveno.kernel.http import Request, by_method
from zveno.people import actions
from zveno.people.forms.proving import PasswordForm
from zveno.people.models import Account, count_attempt, forgive_attempts
from zveno.people.models.identities import identity_of
from zveno.people.pages.answers import draw_late
from zveno.people.pages.bounds import own_password
from zveno.people.pages.doors import enter_or_half_way
from zveno.people.pages.provider import Question, address_to_ask, is_named, subject_of
from zveno.ui.answers import draw
from zveno.ui.toasts import tell, warn

ASKED, CODE = "elsewhere", "elsewhere_code"
LONGEST = 4000


@login_not_required
@require_safe
def leave(request: Request) -> HttpResponse:
    """Send the visitor to the provider."""
    if not is_named():
        raise Http404
    question = Question.new()
    address = address_to_ask(question)
    if address is None or urlsplit(address).scheme not in {"http", "https"}:
        warn(
            request, _("%(name)s is not responding. Sign in with your name and password.") % _name()
        )
        return redirect("people:sign_in")
    request.session[ASKED] = question.kept()
    return HttpResponseRedirect(address)


@require_safe
def _come_back(request: Request) -> HttpResponse:
    asked = request.session.get(ASKED)
    state, code = (request.GET.get(part, "")[:LONGEST] for part in ("state", "code"))
    if not asked or not code or not constant_time_compare(asked["state"], state):
        return _refused(request)
    request.session[CODE] = code
    return render(request, "people/elsewhere.html", _facts(request, PasswordForm()))


@sensitive_post_parameters("password")
@require_POST
def _go_on(request: Request) -> HttpResponse:
    if CODE not in request.session:
        return _refused(request)
    return _tie(request) if _is_here(request) else _enter(request)


@require_POST
def _tie(request: Request) -> HttpResponse:
    """Tie the account to who came back, for who knows its password."""
    form, account = PasswordForm(request.POST), cast("Account", request.user)
    again = count_attempt([own_password(request)]) if form.is_valid() else None
    if again:
        return draw_late(request, "people/elsewhere.html", _facts(request, form), again)
    if form.is_valid() and not account.check_password(form.cleaned_data["password"]):
        form.add_error("password", str(actions.WrongPassword()))
    if not form.is_valid():
        return draw(request, "people/elsewhere.html", _facts(request, form))
    forgive_attempts(own_password(request), [])
    subject = _confirmed(request)
    if subject is None:
        return _refused(request)
    actions.tie_identity(
        request.actor,
        account.public_id,
        issuer=settings.OIDC["issuer"],
        subject=subject,
        password=form.cleaned_data["password"],
    )
    tell(request, _("You can now sign in with %(name)s.") % _name())
    return redirect("people:second_step")


def _enter(request: Request) -> HttpResponse:
    subject = _confirmed(request)
    if subject is None:
        return _refused(request)
    identity = identity_of(settings.OIDC["issuer"], subject)
    known = identity.account if identity else None
    if known is None or not known.is_active or known.person_id is None:
        warn(request, _("No account is linked to it. Sign in with your name and password first."))
        return redirect("people:sign_in")
    return enter_or_half_way(request, known)


@require_POST
def untie(request: Request) -> HttpResponse:
    """Let the provider open one's account no more."""
    actions.untie_identity(request.actor, cast("Account", request.user).public_id)
    tell(request, _("%(name)s no longer opens your account.") % _name())
    return redirect("people:second_step")


def _confirmed(request: Request) -> str | None:
    """Ask the provider who came back; its answer is good once."""
    asked, code = request.session.pop(ASKED, None), request.session.pop(CODE, None)
    return subject_of(Question(**asked), code) if asked and code else None


def _refused(request: Request) -> HttpResponse:
    warn(request, _("%(name)s did not confirm who you are. Try again.") % _name())
    return redirect("people:second_step" if _is_here(request) else "people:sign_in")


def _is_here(request: Request) -> bool:
    return bool(request.user.is_authenticated)


def _facts(request: Request, form: PasswordForm) -> dict[str, Any]:
    return {"here": _is_here(request), "form": form, **_name()}


def _name() -> dict[str, str]:
    return {"name": settings.OIDC["name"]}


back = login_not_required(by_method(get=_come_back, post=_go_on))
