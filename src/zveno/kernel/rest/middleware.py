"""Whatever goes wrong under ``/api/``, before or after an endpoint, is answered as a problem."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from zveno.kernel.errors import DomainError, NotFound
from zveno.kernel.http import is_api
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
        "Zveno cannot reach its data. Whether this was done is not known: ask again after the "
        "seconds of Retry-After, with the same Idempotency-Key."
    )


class NoRoom(DomainError):
    """There is no room left to store anything."""

    code = "no_room"
    status = 507
    message = _("There is no room left to save; this was not done. Tell the one who runs Zveno.")


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
