"""The request a page receives, and the steps that make it one."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import unquote_to_bytes
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import BadRequest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.views.defaults import bad_request
from django_htmx.middleware import HtmxDetails

from zveno.kernel.actor import NOBODY, Actor, Bearer
from zveno.kernel.errors import DomainError
from zveno.kernel.walls import scoped

API = "/api/"
NOTHING_PERMITTED = "camera=(), geolocation=(), microphone=()"
READS = {"GET", "HEAD", "OPTIONS"}
Next = Callable[[HttpRequest], HttpResponseBase]
Page = Callable[..., HttpResponseBase]
AlikePage = Callable[..., HttpResponseBase | None]


class Request(HttpRequest):
    """A request with its ``actor``, possibly sent by HTMX; ``mark`` names it in error pages."""

    actor: Actor
    htmx: HtmxDetails
    mark: UUID
    scope: ExitStack


class CleanRequest:
    """Refuse addresses that no page can mean: zero bytes and what is not UTF-8.

    Cookies with zero bytes (a quoted one may hold any) are as good as none.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        """Mark the request and go on, or answer 400."""
        request.mark = uuid4()
        request.COOKIES = {name: kept for name, kept in request.COOKIES.items() if "\0" not in kept}
        if _is_text(request.path, request.META.get("QUERY_STRING", "")):
            response = self.get_response(request)
        else:
            response = bad_request(request, BadRequest())
        response["X-Request-Id"] = str(request.mark)
        response.headers.setdefault("Permissions-Policy", NOTHING_PERMITTED)
        if "Cache-Control" not in response and not request.path.startswith(settings.STATIC_URL):
            response["Cache-Control"] = "no-store"
        return response


def _is_text(path: str, query: str) -> bool:
    """Whether an address is UTF-8 without zero bytes.

    What is no UTF-8 in a path comes percent-encoded from Django; a query is Latin-1 by WSGI.
    """
    try:
        sent = unquote_to_bytes(path) + b"?" + unquote_to_bytes(query.encode("latin-1"))
        return "\0" not in sent.decode()
    except UnicodeError:
        return False


class ActorMiddleware:
    """Give each request its actor; let a GET be one READ ONLY transaction in the actor's scope.

    An address with a ``token`` acts by that link, one of the API by the token in its header, any
    other by the account signed in. A POST has no transaction but that of its verb: what it draws
    after that, it draws inside ``reading``.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.actor_of: Callable[[object], Actor] = import_string(settings.ZVENO_ACTOR)

    def __call__(self, request: Request) -> HttpResponseBase:
        """Open the transaction of a read; the actor is named when the address is known."""
        request.actor = NOBODY
        if request.method not in READS:
            return self.get_response(request)
        with transaction.atomic(), ExitStack() as request.scope:
            return self.get_response(request)

    def process_view(
        self, request: Request, view: object, _args: object, details: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Name the actor and, for a read, tell row-level security.

        What a page tells everybody alike it may tell before that: see ``by_method``.
        """
        alike: AlikePage | None = getattr(view, "alike", None)
        if alike and request.method == "POST" and (told := alike(request, **details)):
            return told
        request.actor = self.actor_of(_credential(request, details))
        if request.method in READS:
            # Nested only in a test, whose own transaction must stay writable.
            outermost = len(connection.savepoint_ids) == 0
            request.scope.enter_context(scoped(request.actor, read_only=outermost))
        return None


def _credential(request: Request, details: dict[str, Any]) -> object:
    if is_api(request):
        return Bearer(request.headers.get("Authorization", "").removeprefix("Bearer ").strip())
    return details.get("token") or request.user


def is_api(request: HttpRequest) -> bool:
    """Whether a program asks: it comes by a token, and its answers are JSON."""
    return request.path.startswith(API)


def address_of(request: Request) -> str:
    """Return the visitor's network address; empty where a proxy of ours stands for everybody."""
    sent = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES:
        hops = request.headers.get("X-Forwarded-For", "").split(",")
        sent = hops[-min(settings.PROXIES, len(hops))].strip()
    try:
        address = ip_address(sent)
    except ValueError:
        return ""
    if address.is_loopback:
        return ""
    if isinstance(address, IPv6Address):
        return str(ip_network(f"{address}/64", strict=False))
    return str(address)


@contextmanager
def reading(actor: Actor) -> Iterator[None]:
    """Read once more after a verb, to draw the answer of a POST: a transaction of its own."""
    with transaction.atomic(), scoped(actor):
        yield


def by_method(*, get: Page, post: Page, alike: AlikePage | None = None) -> Page:
    """Answer a POST with ``post`` and a GET or HEAD with ``get``: one address, two functions.

    ``alike`` is asked about a POST first, as for nobody, before it is read who sent it; if it has
    an answer, that is the same for everybody and changes nothing. A crowd is refused cheaply so.
    """
    pages = {"GET": get, "HEAD": get, "POST": post}

    def answer(request: Request, **keys: Any) -> HttpResponseBase:
        page = pages.get(request.method or "")
        return page(request, **keys) if page else HttpResponseNotAllowed(pages)

    answer.alike = alike  # type: ignore[attr-defined]
    return answer


class SignInFirst(LoginRequiredMiddleware):
    """Django's default-deny, except that ``/api/`` answers 401 itself."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Leave API requests to the API."""
        if is_api(request):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class DomainErrorMiddleware:
    """Render any ``DomainError`` raised by a page, and a wrong method, as a notice with a step."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on untouched; explain a bare refusal of its method."""
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            page = render(request, "405.html", status=response.status_code)
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Translate a domain refusal; leave every other error to Django."""
        if not isinstance(error, DomainError):
            return None
        return render(request, "ui/problem.html", {"error": error}, status=error.status)
