"""How often somebody may try to sign in: bounds that guessing meets and people do not.

Nobody is locked out by others: a browser that has signed in under a name before carries a mark of
it and is counted apart from strangers who try that name.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from django.conf import settings
from django.http import HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from zveno.kernel.http import Request, address_of
from zveno.people.models import Account, Bound, SessionStore, bound_of_password
from zveno.people.models.attempts import HERE, QUARTER

ADDRESS, NAME = 100, 50
LETTERS = 20
COOKIE = "zveno-known"
SALT = "zveno.people.known"
MOST_KNOWN = 5
REMEMBERED = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Bounds:
    """``own`` is forgiven by the right password; ``shared`` ones get the attempt back."""

    own: Bound
    shared: list[Bound]

    @property
    def all(self) -> list[Bound]:
        """Every bound an attempt counts at."""
        return [self.own, *self.shared]


def bounds_of(request: Request, name: str) -> Bounds:
    """Return where an attempt to sign in as ``name`` counts."""
    address = address_of(request)
    if _is_known(request, name):
        own, shared = Bound(("known", name), HERE, QUARTER), []
    else:
        own = Bound(("here", name, address), HERE, QUARTER)
        shared = [Bound(("name", name), NAME, QUARTER)]
    if address:
        shared.append(Bound(("address", address), ADDRESS, QUARTER))
    return Bounds(own, shared)


def bounds_of_code(account: int) -> Bounds:
    """Return where an attempt at the second step of an account counts."""
    return Bounds(Bound(("code", str(account)), HERE, QUARTER), [])


def own_password(request: Request) -> Bound:
    """Return where whoever is signed in here says the password of their account again."""
    row = cast("SessionStore", request.session).sign_in
    return bound_of_password(cast("Account", request.user).pk, str(row.public_id) if row else "")


def bounds_of_letter(request: Request) -> list[Bound]:
    """Return where a wish for a new password counts; by names the worker counts, unseen."""
    address = address_of(request)
    return [Bound(("letter", address), LETTERS, QUARTER)] if address else []


def remember(request: Request, response: HttpResponse, name: str) -> None:
    """Let the browser carry a mark that somebody has signed in here as ``name``."""
    marks = [_mark(name), *(mark for mark in _marks(request) if mark != _mark(name))]
    response.set_cookie(
        COOKIE,
        ".".join(marks[:MOST_KNOWN]),
        max_age=REMEMBERED,
        path="/sign-in/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _is_known(request: Request, name: str) -> bool:
    mark = _mark(name)
    return any(constant_time_compare(mark, one) for one in _marks(request))


def _marks(request: Request) -> list[str]:
    return request.COOKIES.get(COOKIE, "").split(".")[:MOST_KNOWN]


def _mark(name: str) -> str:
    return salted_hmac(SALT, name, algorithm="sha256").hexdigest()
