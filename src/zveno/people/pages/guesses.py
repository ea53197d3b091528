"""How often somebody may try secret addresses: links of families and letters, printed codes.

A link is too long to be guessed; whoever tries all the same is stopped and seen. What counts is an
address with a token that leads nowhere, for each network address. Who is over the bound gets no
answer to a right link either, so that nothing is learnt by trying on.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.errors import DomainError
from zveno.kernel.http import Request, address_of
from zveno.people.models import Bound, count_attempt, passed
from zveno.people.models.attempts import QUARTER

LINKS = 50
"""So many links that lead nowhere: a school behind one address, with last year's codes."""
NOWHERE = 404


class TooManyLinks(DomainError):
    """A network address may try so many links that lead nowhere; then it waits."""

    code = "too_many_links"
    status = 429
    message = _("Too many wrong links were opened from your network. Try again at %(time)s.")


class GuessedLinks:
    """Count links that lead nowhere, outside of the transaction of the page."""

    def __init__(self, get_response: Callable[[Request], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        """Answer; afterwards count what led nowhere."""
        response = self.get_response(request)
        match = request.resolver_match
        if match and "token" in match.kwargs and response.status_code == NOWHERE:
            count_attempt(_bounds(request))
        return response

    def process_view(
        self, request: Request, _view: object, _args: object, details: dict[str, Any]
    ) -> HttpResponse | None:
        """Stop who has tried too much before the link is looked at."""
        again = passed(_bounds(request)) if "token" in details else None
        return _refused(request, again) if again else None


def _bounds(request: Request) -> list[Bound]:
    address = address_of(request)
    return [Bound(("link", address), LINKS, QUARTER)] if address else []


def _refused(request: Request, again: datetime) -> HttpResponse:
    moment = timezone.localtime(again) + timedelta(minutes=1)
    error = TooManyLinks(time=f"{moment:%H:%M}")
    answer = render(request, "ui/problem.html", {"error": error}, status=error.status)
    answer["Retry-After"] = str(max(1, int((again - clock.now()).total_seconds())))
    return answer
