"""Whether Zveno lives and can work, and what becomes of each request: told without a name."""

import logging
import sys
import time
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render

from zveno.kernel import metrics
from zveno.kernel.http import Request
from zveno.kernel.logs import current_mark

log = logging.getLogger("zveno.requests")
Next = Callable[[HttpRequest], HttpResponseBase]
_AGAIN_SECONDS = "5"
_NO_ROOM = "53100"
_NO_PAGE = "(none)"


class Probes:
    """Answer ``/health`` (this process lives) and ``/ready`` (it can serve), whoever asks.

    They stand before everything else: they need no host name, no session, no transaction.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.migrated = False

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a probe; pass every other request on."""
        if request.path == "/health":
            return _said("ok", 200)
        if request.path != "/ready":
            return self.get_response(request)
        try:
            return _said("ok", 200) if self._is_ready() else _said("tables are not up to date", 503)
        except DatabaseError:
            connection.close()
            return _said("the database does not answer", 503)

    def _is_ready(self) -> bool:
        """Ask the database each time; whether its tables are of this version, until they are."""
        connection.ensure_connection()
        if self.migrated and connection.is_usable():
            return True
        executor = MigrationExecutor(connection)
        self.migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        return self.migrated


class RequestRecord:
    """Count each request and write a line of it: route, answer and time, never an address."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        """Let the log know the mark of the request; note what became of it."""
        token = current_mark.set(str(request.mark))
        begun = time.perf_counter()
        try:
            response = self.get_response(request)
            if not request.path.startswith(settings.STATIC_URL):
                _note(request, response.status_code, time.perf_counter() - begun)
            return response
        finally:
            current_mark.reset(token)


def fault(request: HttpRequest) -> HttpResponse:
    """Answer what nobody foresaw; if the database is out of reach or full, say so and what to do.

    Django's own answer knows no request, so it could not name the mark.
    """
    error = sys.exc_info()[1]
    if not isinstance(error, OperationalError | InterfaceError):
        return render(request, "500.html", status=500)
    status = 507 if getattr(error.__cause__, "sqlstate", None) == _NO_ROOM else 503
    page = render(request, f"{status}.html", status=status)
    page["Retry-After"] = _AGAIN_SECONDS
    return page


def _said(status: str, code: int) -> JsonResponse:
    return JsonResponse({"status": status}, status=code, headers={"Cache-Control": "no-store"})


def _note(request: HttpRequest, status: int, spent: float) -> None:
    match = request.resolver_match
    route = (match.view_name or match.route) if match else _NO_PAGE
    metrics.requests.labels(request.method, route, status).inc()
    metrics.seconds.labels(route).observe(spent)
    facts = {"method": request.method, "route": route, "status": status}
    log.info("answered", extra={"facts": facts | {"ms": round(spent * 1000, 1)}})
