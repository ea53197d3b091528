"""Endpoints of a room: ``lists`` and ``shows`` read, ``does`` calls one verb."""

import inspect
import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.conf import settings
from django.utils import translation
from ninja import Router, Status
from ninja.security import HttpBearer
from pydantic import BaseModel

from zveno.kernel import actions
from zveno.kernel.actor import Means
from zveno.kernel.errors import DomainError, NotAllowed, NotFound
from zveno.kernel.http import Request
from zveno.kernel.models import Record
from zveno.kernel.pace import TooManyRequests, slow_down
from zveno.kernel.repeats import AlreadyDone, KeyReused, StillRunning, keyed
from zveno.kernel.rest.problems import (
    BadKey,
    BadRequest,
    Misfit,
    NoToken,
    RepeatedParameter,
    TokenOnlyReads,
    UnknownParameter,
)
from zveno.kernel.rest.schemas import Answered, Listed, Problem

Function = Callable[..., Any]
Decorator = Callable[[Function], Function]
STRICT = (BadRequest, UnknownParameter, RepeatedParameter)
KEY = "[!-~]{1,255}"
KEY_PARAMETER = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string", "pattern": f"^{KEY}$"},
    "description": "Names this request: sent again within 48 hours, it gets the first answer.",
}
RETRY_AFTER = {
    "Retry-After": {
        "required": True,
        "schema": {"type": "integer", "minimum": 1},
        "description": "Seconds to wait.",
    }
}
VERBS_SERVED: dict[str, str] = {}
"""Verbs that programs may call, with their addresses."""


class Token(HttpBearer):
    """Whoever shows a live token of a post."""

    def authenticate(self, request: Any, token: str) -> bool:  # noqa: ARG002 - the middleware read it
        """Whether the middleware has made an actor of the token; raises ``TooManyRequests``."""
        known = request.actor.means is Means.TOKEN and request.actor.is_live()
        if known:
            slow_down(request.actor.credential)
        return bool(known)


class Endpoints(Router):
    """The endpoints of one room."""

    def shows(self, path: str, answer: Any, *, to_anybody: bool = False) -> Decorator:
        """Let a function answer with one record, to a token or ``to_anybody``."""
        refusals = [*STRICT, Misfit, NotFound]
        if not to_anybody:
            refusals += [NoToken, TooManyRequests]
        return self._reads(path, answer, refusals, auth=None if to_anybody else Token())

    def lists(self, path: str, item: type[BaseModel]) -> Decorator:
        """Let a function answer with a part of a list of what the actor sees."""
        refusals = [*STRICT, Misfit, NoToken, TooManyRequests]
        return self._reads(path, Listed[item], refusals, auth=Token())  # type: ignore[valid-type]

    def does(
        self,
        path: str,
        verb: actions.Action[Any, Any, Any],
        *,
        makes: bool = False,
        refuses: Iterable[type[DomainError]] = (),
    ) -> Decorator:
        """Let a function call ``verb`` and answer with the key of what it ``makes``, or nothing.

        The address ends with the name of the verb; ``refuses`` are its own refusals.
        """
        word = verb.name.partition(".")[2]
        path = f"{path}/{word.replace('_', '-')}"
        VERBS_SERVED[verb.name] = path
        common = [*STRICT, BadKey, Misfit, NoToken, TokenOnlyReads]
        common += [TooManyRequests, KeyReused, StillRunning]
        told = _told([*common, NotAllowed, NotFound, actions.Clash, *refuses])
        success = {201: Answered} if makes else {204: None}

        def keep(function: Function) -> Function:
            called = _calling(_strict(function, path), makes=makes)
            self.post(
                path,
                response=success | dict.fromkeys(told, Problem),
                auth=Token(),
                operation_id=verb.name,
                summary=_summary(function),
                description=inspect.getdoc(function),
                openapi_extra={"responses": _codes(told), "parameters": [KEY_PARAMETER]},
            )(called)
            return function

        return keep

    def _reads(
        self, path: str, answer: Any, refusals: list[type[DomainError]], auth: Token | None
    ) -> Decorator:
        told = _told(refusals)

        def keep(function: Function) -> Function:
            self.get(
                path,
                response={200: answer} | dict.fromkeys(told, Problem),
                auth=auth,
                operation_id=f"{function.__module__.split('.')[1]}.{function.__name__}",
                summary=_summary(function),
                description=inspect.getdoc(function),
                openapi_extra={"responses": _codes(told)},
            )(_strict(function, path))
            return function

        return keep


def _summary(function: Function) -> str:
    return (inspect.getdoc(function) or "").partition("\n")[0].rstrip(".")


def _strict(function: Function, path: str) -> Function:
    """Refuse parameters of an address that the endpoint does not know, or that come twice."""
    own = [each for _name, each in inspect.signature(function).parameters.items()]
    named = set(re.findall(r"{(?:\w+:)?(\w+)}", path)) | {"request", "body"}
    known = {name for each in own if each.name not in named for name in _names(each)}

    @wraps(function)
    def checked(request: Request, **values: Any) -> Any:
        unknown = set(request.GET) - known
        if unknown:
            raise UnknownParameter(names=", ".join(sorted(unknown))[:200])
        repeated = [name for name, values in request.GET.lists() if len(values) > 1]
        if repeated:
            raise RepeatedParameter(names=", ".join(sorted(repeated))[:200])
        return function(request, **values)

    return checked


def _names(parameter: inspect.Parameter) -> Iterable[str]:
    """Return the names in the address that a parameter of a function stands for."""
    kind = getattr(parameter.annotation, "__origin__", parameter.annotation)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind.model_fields
    return [parameter.name]


def _calling(function: Function, *, makes: bool) -> Function:
    """Call a verb for a program: in the language of the house, and only if it may change."""

    @wraps(function)
    def called(request: Request, **values: Any) -> Any:
        if request.actor.only_reads:
            raise TokenOnlyReads
        # What verbs write into letters and papers does not depend on the program's language.
        with translation.override(settings.LANGUAGE_CODE), keyed(_key(request), _whole(request)):
            try:
                made = function(request, **values)
            except AlreadyDone as before:
                made = before.made
        if not makes:
            return Status(204, None)
        return Status(201, {"public_id": made.public_id if isinstance(made, Record) else made})

    return called


def _key(request: Request) -> str:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return ""
    if not re.fullmatch(KEY, key):
        raise BadKey
    return key


def _whole(request: Request) -> bytes:
    """Return what a key is kept for: the address and the body, byte by byte."""
    return b"\0".join([(request.method or "").encode(), request.path.encode(), request.body])


def _told(refusals: Iterable[type[DomainError]]) -> dict[int, list[type[DomainError]]]:
    """Sort refusals by their status."""
    told: dict[int, list[type[DomainError]]] = {}
    for refusal in dict.fromkeys(refusals):
        told.setdefault(refusal.status, []).append(refusal)
    return dict(sorted(told.items()))


def _codes(told: dict[int, list[type[DomainError]]]) -> dict[int, dict[str, Any]]:
    """Write down which codes an answer may carry, and what each means."""
    return {
        status: {
            "description": "; ".join(f"`{each.code}`: {_summary(each)}" for each in refusals),
            "x-codes": [each.code for each in refusals],
            **({"headers": RETRY_AFTER} if TooManyRequests in refusals else {}),
        }
        for status, refusals in told.items()
    }
