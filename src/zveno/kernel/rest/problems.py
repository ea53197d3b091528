"""Refusals as JSON: the one place, as ``DomainErrorMiddleware`` is the one for pages."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import get_supported_language_variant
from django.utils.translation import gettext_lazy as _
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja.errors import AuthenticationError, HttpError, ValidationError

from zveno.kernel.errors import DomainError
from zveno.kernel.meanwhile import ChangedMeanwhile
from zveno.kernel.pace import TooManyRequests

TYPE = "application/problem+json"


class NoToken(DomainError):
    """Who asks is not known."""

    code = "no_token"
    status = 401
    message = _("Show a valid token: Authorization: Bearer …")


class TokenOnlyReads(DomainError):
    """A token for reading changes nothing."""

    code = "token_only_reads"
    status = 403
    message = _("This token can only read. Create one that can make changes.")


class BadRequest(DomainError):
    """The request cannot be read."""

    code = "bad_request"
    status = 400
    message = _("The request cannot be read: its body is not a JSON object in UTF-8.")


class BadKey(DomainError):
    """A key cannot be read."""

    code = "bad_key"
    status = 400
    message = _("An Idempotency-Key has 1 to 255 printable ASCII characters.")


class UnknownParameter(DomainError):
    """What is not understood is not passed over."""

    code = "unknown_parameter"
    status = 400
    message = _("Unknown parameters: %(names)s.")


class RepeatedParameter(DomainError):
    """Of two values none is chosen silently."""

    code = "repeated_parameter"
    status = 400
    message = _("Parameters given twice: %(names)s. Give each once.")


class NoSuchMethod(DomainError):
    """An address takes certain methods."""

    code = "method_not_allowed"
    status = 405
    message = _("This address does not accept this method.")


class Misfit(DomainError):
    """Values do not fit the schema; ``faults`` say which."""

    code = "misfit"
    status = 422
    message = _("Some values are not valid. The schema describes what each field accepts.")


FAULTS = {
    "missing": _("This is required."),
    "extra_forbidden": _("There is no such field."),
    "string_too_long": _("This is too long."),
    "string_too_short": _("This is too short."),
    "enum": _("Choose one of the options."),
    "literal_error": _("Choose one of the options."),
    "uuid_parsing": _("This is not a public id."),
}
FAULT = _("This value is not valid.")


def answer(request: HttpRequest, error: DomainError, faults: Iterable[Any] = ()) -> HttpResponse:
    """Say a refusal as JSON, in the language the request asks for."""
    with translation.override(language_of(request)):
        problem = {
            "type": "about:blank",
            "title": HTTPStatus(error.status).phrase,
            "status": error.status,
            "code": error.code,
            "detail": str(error),
            "faults": [_fault(fault) for fault in faults] or _own_fault(error),
        }
    if isinstance(error, ChangedMeanwhile):
        problem |= _difference(error)
    response = JsonResponse(
        problem,
        status=error.status,
        content_type=TYPE,
        json_dumps_params={"ensure_ascii": False},
    )
    if error.status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    if isinstance(error, TooManyRequests):
        response["Retry-After"] = str(error.facts["seconds"])
    return response


def misfit(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Tell which values do not fit, without repeating them: they may be about a child."""
    return answer(request, Misfit(), error.errors)


def bare(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Put a refusal of the library into our words."""
    return answer(request, NoToken() if isinstance(error, AuthenticationError) else BadRequest())


def language_of(request: HttpRequest) -> str:
    """Return the first language asked for that we speak; Russian unless said otherwise."""
    for language, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return get_supported_language_variant(language)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def _fault(fault: dict[str, Any]) -> dict[str, Any]:
    words: str | Promise = FAULTS.get(fault["type"], FAULT)
    return {"where": [str(part) for part in fault["loc"]], "detail": str(words)}


def _difference(error: ChangedMeanwhile) -> dict[str, Any]:
    """Tell what is stored now; what was before, the program has sent itself."""
    changes = [{"field": one.field, "now": one.now} for one in error.changes]
    return {"difference": changes, "changed_at": error.entry.at if error.entry else None}


def _own_fault(error: DomainError) -> list[dict[str, Any]]:
    field = getattr(error, "field", "")
    return [{"where": ["body", field], "detail": str(error)}] if field else []
