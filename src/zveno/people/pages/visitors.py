"""Who sent the request: the account of the sign-in its cookie opens."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from zveno.kernel.actor import Means
from zveno.kernel.http import Request
from zveno.people.models import Account, SessionStore, needs_second_step

WITHOUT = {
    *("people:sign_out", "people:sign_ins", "people:end_sign_in", "people:end_other_sign_ins"),
    *("people:second_step", "people:prepare_codes", "people:codes", "people:remove_codes"),
    *("people:renew_paper_codes", "people:key_options", "people:add_key", "people:remove_key"),
}
"""What an account may do before its second step is set up."""


class SignedIn(AuthenticationMiddleware):
    """Give each request its ``user``: read together with the sign-in, in one question.

    Takes the place of Django's ``AuthenticationMiddleware``. A password chosen anew ends every
    sign-in made with the one before.
    """

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Name the visitor when somebody asks; afterwards note that the browser was here."""
        store = cast("SessionStore", request.session)
        store.agent = request.headers.get("User-Agent", "")
        request.user = SimpleLazyObject(lambda: _account(store) or AnonymousUser())  # type: ignore[assignment]
        response = cast("HttpResponseBase", self.get_response(request))
        store.touch()
        return response


class SecondStepFirst:
    """Lead whoever sees much to their second step, until they have one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on untouched."""
        return self.get_response(request)

    def process_view(
        self, request: Request, _view: object, _args: object, _details: object
    ) -> HttpResponseBase | None:
        """Open nothing but the account to an account that lacks what it needs."""
        match = request.resolver_match
        if not settings.SECOND_STEP or request.actor.means is not Means.ACCOUNT:
            return None
        if not needs_second_step(request.actor) or (match and match.view_name in WITHOUT):
            return None
        guarded = isinstance(request.user, Account) and request.user.second_step_at
        return None if guarded else redirect("people:second_step")


def _account(store: SessionStore) -> Account | None:
    known = store.get(HASH_SESSION_KEY, "")
    account = store.sign_in.account if store.sign_in else None
    if account is None or not account.is_active:
        return None
    return account if constant_time_compare(known, account.get_session_auth_hash()) else None
