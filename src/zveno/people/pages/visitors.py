"""Who sent the request: the account of the sign-in its cookie opens."""

from typing import cast

from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from zveno.people.models import Account, SessionStore


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


def _account(store: SessionStore) -> Account | None:
    known = store.get(HASH_SESSION_KEY, "")
    account = store.sign_in.account if store.sign_in else None
    if account is None or not account.is_active:
        return None
    return account if constant_time_compare(known, account.get_session_auth_hash()) else None
