"""The API as a whole: its schema, its refusals."""

import json
import math
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from ninja.renderers import BaseRenderer
from pydantic_core import to_json

from zveno.kernel.errors import DomainError
from zveno.kernel.rest import problems

PREFIX = "api/v1/"


class Writer(BaseRenderer):
    """Writes Russian as it is, and quickly."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:  # noqa: ARG002 - as it is called
        """Return the JSON of an answer."""
        return to_json(data)


class Reader(Parser):
    """Reads bodies; what no text of ours may hold is refused before anybody looks at it."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Return the JSON object of a body; raises ``BadRequest``."""
        try:
            body = json.loads(
                request.body.decode(),
                object_pairs_hook=_each_once,
                parse_constant=_no_number,
                parse_float=_number,
            )
            json.dumps(body, ensure_ascii=False).encode()
        except (ValueError, RecursionError) as error:
            raise problems.BadRequest from error
        if not isinstance(body, dict):
            raise problems.BadRequest
        return body


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a field that is given twice: one reader takes the first of them, another the last."""
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise ValueError("a field is given twice")
    return fields


def _no_number(name: str) -> float:
    raise ValueError(name)


def _number(text: str) -> float:
    number = float(text)
    return _no_number(text) if math.isinf(number) else number


HANDLERS: dict[type[Exception], Any] = {
    DomainError: problems.answer,
    ValidationError: problems.misfit,
    HttpError: problems.bare,
}


class Api(NinjaAPI):
    """Refusals are problems in JSON; the schema is made once and says so."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(parser=Reader(), renderer=Writer(), docs_url=None, openapi_url="", **facts)
        for kind, answer in HANDLERS.items():
            self.add_exception_handler(kind, answer)

    @cached_property
    def schema(self) -> dict[str, Any]:
        """The OpenAPI document."""
        schema: dict[str, Any] = json.loads(
            json.dumps(self.get_openapi_schema(path_prefix=PREFIX), default=str)
        )
        _tell_codes(schema["paths"])
        return schema

    def show_schema(self, request: HttpRequest) -> HttpResponse:
        """Send the OpenAPI document to whoever asks: it holds no data."""
        return self.create_response(request, self.schema, status=200)


def _tell_codes(node: Any) -> None:
    """Say of each refusal that it is a problem, and which codes it may carry."""
    if not isinstance(node, dict):
        return
    codes = node.pop("x-codes", None)
    if codes:
        shape = node["content"].pop("application/json")["schema"]
        one = {"properties": {"code": {"enum": codes}}}
        node["content"] = {problems.TYPE: {"schema": {"allOf": [shape, one]}}}
    for name in node:
        _tell_codes(node[name])
