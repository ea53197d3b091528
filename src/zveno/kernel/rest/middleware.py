"""Whatever goes wrong under ``/api/``, before or after an endpoint, is answered as a problem."""

from collections.abc import Callable
from contextlib import suppress

from django.db import DatabaseError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from zveno.kernel.actor import NOBODY, Means
from zveno.kernel.errors import DomainError, NotFound
from zveno.kernel.http import Request, is_api
from zveno.kernel.pace import TooManyRequests, count
from zveno.kernel.rest import problems


class OurFault(DomainError):
    """Zveno itself has failed."""

    code = "our_fault"
    status = 500
    message = _("Zveno has failed. Try again later; the answer's X-Request-Id names this failure.")


class OutOfReach(DomainError):
    """The database is out of reach."""

    code = "out_of_reach"
    status = 503
    message = _(
        "Zveno cannot reach its data, so it is not known whether this was "
        "done. Repeat the request after the seconds in Retry-After, with the "
        "same Idempotency-Key."
    )


class NoRoom(DomainError):
    """There is no room left to store anything."""

    code = "no_room"
    status = 507
    message = _("There is no space left to save, so nothing was done. Tell whoever runs Zveno.")


PROBLEMS: dict[int, type[DomainError]] = {
    404: NotFound,
    405: problems.NoSuchMethod,
    500: OurFault,
    503: OutOfReach,
    507: NoRoom,
}


class ApiProblems:
    """Put pages of errors that a program would get into JSON; stands before all others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on what is JSON already."""
        response = self.get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if response.status_code < 400 or not is_page or not is_api(request):  # noqa: PLR2004
            return response
        problem = PROBLEMS.get(response.status_code, problems.BadRequest)
        told = problems.answer(request, problem())
        for name in ("Allow", "Retry-After", "X-Request-Id", "Cache-Control"):
            if name in response:
                told[name] = response[name]
        return told


class Counted:
    """Count how often each token asks; stands before the actor's transaction, which may not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        """Count what was answered, but for being told to slow down."""
        response = self.get_response(request)
        actor = getattr(request, "actor", NOBODY)
        if actor.means is Means.TOKEN and response.status_code != TooManyRequests.status:
            # What cannot be counted is answered all the same: it may have been done.
            with suppress(DatabaseError):
                count(actor.credential)
        return response
