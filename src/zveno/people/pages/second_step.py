"""Pages of one's own second step: a program of codes, keys of devices, codes on paper."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe
from segno import make as make_qr

from zveno.kernel.http import Request, by_method, reading
from zveno.people import actions
from zveno.people.forms.proving import CodeForm, KeyForm, PasswordForm
from zveno.people.models import (
    Account,
    CodeKey,
    Identity,
    PaperCode,
    Passkey,
    count_attempt,
    forgive_attempts,
    needs_second_step,
)
from zveno.people.models.codes import code_address, shown_secret
from zveno.people.models.seals import unsealed
from zveno.people.models.sign_ins import device_words
from zveno.people.pages.answers import draw_late
from zveno.people.pages.bounds import own_password
from zveno.people.pages.provider import provider_facts
from zveno.people.pages.webauthn import ask_for_new, keys_work, made
from zveno.ui.answers import draw
from zveno.ui.refusals import RefusalsIn
from zveno.ui.toasts import tell, warn

FORGET, PAPER, ADD = "forget_%s", "paper_%s", "add_%s"
"""How the fields of the forms of one page are named apart."""


@require_safe
def second_step(request: Request) -> HttpResponse:
    """Show by what one's account is guarded."""
    return render(request, "people/second_step.html", _facts(request))


@require_POST
def prepare(request: Request) -> HttpResponse:
    """Make a secret for a program of codes."""
    actions.prepare_codes(request.actor, _account(request).public_id)
    return redirect("people:codes")


@require_safe
def _show_codes(request: Request) -> HttpResponse:
    facts = _secret(request)
    if facts is None:
        return redirect("people:second_step")
    return render(request, "people/codes.html", facts | {"form": CodeForm()})


@require_POST
def _confirm(request: Request) -> HttpResponse:
    form = CodeForm(request.POST)
    if form.is_valid():
        with RefusalsIn(form):
            paper = actions.confirm_codes(
                request.actor, _account(request).public_id, code=form.cleaned_data["code"]
            )
            return draw(request, "people/paper_codes.html", {"codes": paper}, status=200)
    with reading(request.actor):
        facts = _secret(request)
    if facts is None:
        return redirect("people:second_step")
    return draw(request, "people/codes.html", facts | {"form": form})


@sensitive_post_parameters("password")
@require_POST
def remove_codes(request: Request) -> HttpResponse:
    """Forget the program of codes, for who knows the password."""
    form = PasswordForm(request.POST, auto_id=FORGET)
    again = _late(request, form)
    if form.is_valid() and not again:
        with RefusalsIn(form):
            actions.remove_codes(
                request.actor, _account(request).public_id, password=form.cleaned_data["password"]
            )
            forgive_attempts(own_password(request), [])
            tell(request, _("The authenticator app is removed."))
            return redirect("people:second_step")
    return _again(request, form, again)


@sensitive_post_parameters("password")
@require_POST
def renew_paper(request: Request) -> HttpResponse:
    """Make new codes for paper, for who knows the password; show them this once."""
    form = PasswordForm(request.POST, auto_id=PAPER)
    again = _late(request, form)
    if form.is_valid() and not again:
        with RefusalsIn(form):
            paper = actions.renew_paper_codes(
                request.actor, _account(request).public_id, password=form.cleaned_data["password"]
            )
            forgive_attempts(own_password(request), [])
            return draw(request, "people/paper_codes.html", {"codes": paper}, status=200)
    return _again(request, form, again)


@require_POST
def key_options(request: Request) -> HttpResponse:
    """Tell the browser what key to make."""
    account = _account(request)
    with reading(request.actor):
        known = list(Passkey.objects.visible_to(request.actor)[: actions.MOST_PASSKEYS])
        name = str(account.person)
    return JsonResponse(ask_for_new(request.session, account, name, known))


@sensitive_post_parameters("password")
@require_POST
def add_key(request: Request) -> HttpResponse:
    """Keep the key a browser has made, for who knows the password."""
    form = KeyForm(request.POST, auto_id=ADD)
    credential = made(request.session, form.data.get("credential", ""))
    if credential is None:
        warn(request, _("Your device did not create a passkey. Try again."))
        return redirect("people:second_step")
    again = _late(request, form)
    if form.is_valid() and not again:
        with RefusalsIn(form):
            paper = _added(request, form, credential)
            forgive_attempts(own_password(request), [])
            if paper:
                return draw(request, "people/paper_codes.html", {"codes": paper}, status=200)
            tell(request, _("The passkey is added."))
            return redirect("people:second_step")
    return _again(request, form, again)


def _added(request: Request, form: KeyForm, credential: actions.Credential) -> list[str]:
    given = form.cleaned_data
    name = given["name"] or device_words(request.headers.get("User-Agent", "")) or _("Passkey")
    return actions.add_passkey(
        request.actor,
        _account(request).public_id,
        name=name[:60],
        credential=credential,
        password=given["password"],
    )


@sensitive_post_parameters("password")
@require_POST
def remove_key(request: Request, key: UUID) -> HttpResponse:
    """Let a key open nothing any more, for who knows the password."""
    with reading(request.actor):
        Passkey.objects.visible_to(request.actor).pick(key)
    form = PasswordForm(request.POST, auto_id=f"key_{key}_%s")
    again = _late(request, form)
    if form.is_valid() and not again:
        with RefusalsIn(form):
            actions.remove_passkey(request.actor, key, password=form.cleaned_data["password"])
            forgive_attempts(own_password(request), [])
            tell(request, _("The passkey is removed."))
            return redirect("people:second_step")
    return _again(request, form, again)


def _account(request: Request) -> Account:
    return cast("Account", request.user)


def _late(request: Request, form: PasswordForm) -> datetime | None:
    """Count the password as a guess before it is looked at; return when to come back, if late."""
    return count_attempt([own_password(request)]) if form.is_valid() else None


def _again(request: Request, form: PasswordForm, again: datetime | None) -> HttpResponse:
    with reading(request.actor):
        facts = _facts(request, form)
    if again:
        return draw_late(request, "people/second_step.html", facts, again)
    return draw(request, "people/second_step.html", facts)


def _facts(request: Request, typed: PasswordForm | None = None) -> dict[str, Any]:
    """Return what the page shows; ``typed`` is the one of its forms that was refused."""
    actor = request.actor
    confirmed = CodeKey.objects.visible_to(actor).filter(confirmed_at__isnull=False)
    return {
        "form": typed,
        "code_form": _form(FORGET, typed),
        "paper_form": _form(PAPER, typed),
        "key_form": _form(ADD, typed),
        "codes": confirmed.values_list("confirmed_at", flat=True).first(),
        "keys": [
            {"key": key, "form": _form(f"key_{key.public_id}_%s", typed)}
            for key in Passkey.objects.visible_to(actor).order_by("made_at")
        ],
        "paper": PaperCode.objects.visible_to(actor).unused().count(),
        "guarded": _account(request).second_step_at,
        "needed": needs_second_step(actor),
        "optional": not settings.SECOND_STEP,
        "trial": settings.SAFE_PLACE,
        "keys_work": keys_work(),
        "tied": Identity.objects.visible_to(actor).exists(),
        **provider_facts(),
    }


def _form(ids: str, typed: PasswordForm | None) -> PasswordForm:
    """Return an empty form whose fields are named by ``ids``, or ``typed`` if that is it."""
    return typed if typed and typed.auto_id == ids else PasswordForm(auto_id=ids)


def _secret(request: Request) -> dict[str, Any] | None:
    """Return the secret that waits for its first code, as a picture and as letters."""
    kept = CodeKey.objects.visible_to(request.actor).filter(confirmed_at=None).first()
    secret = unsealed(kept.secret) if kept else None
    if secret is None:
        return None
    code = make_qr(code_address(secret, _account(request).sign_in_name), error="m")
    drawn = code.svg_inline(border=2, omitsize=True, svgclass="qr__code")
    return {"code": SafeString(drawn), "letters": shown_secret(secret)}


codes = by_method(get=_show_codes, post=_confirm)
