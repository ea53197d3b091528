"""Addresses that open something to whoever has them stand in no log."""

import logging
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from zveno.kernel.logs import Discreet

OPENING = {"token", "code"}
SECRET = "A" * 26


def _opening(within: URLResolver, space: str = "") -> Iterator[tuple[str, list[str]]]:
    for pattern in within.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _opening(pattern, f"{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern) and OPENING & set(pattern.pattern.converters):
            yield f"{space}{pattern.name}", list(pattern.pattern.converters)


@pytest.mark.parametrize(("name", "keys"), sorted(_opening(get_resolver())))
def test_a_log_has_no_secret_of_an_address(name: str, keys: list[str]) -> None:
    address = reverse(name, kwargs={k: SECRET if k in OPENING else UUID(int=0) for k in keys})
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s", (address,), None)

    Discreet().filter(record)

    assert SECRET in address
    assert SECRET not in record.getMessage()


def test_there_are_such_addresses() -> None:
    names = {name for name, _keys in _opening(get_resolver())}
    letters = {"network:sign", "people:invitation", "people:choose_password"}
    assert letters | {"documents:verification"} <= names
