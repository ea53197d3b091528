"""Pages for everybody, drawn once and kept: an address, the rows it shows, the looks chosen.

A page is a function of these, so that a kept one is never out of date: whoever keeps one names the
version of its rows. It is drawn as for nobody in particular.
"""

import hashlib
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from zveno.kernel import clock
from zveno.kernel.http import Request
from zveno.ui import looks

SECONDS = 600
Facts = Mapping[str, object]


def kept(
    request: Request,
    template: str,
    version: object,
    read: Callable[[], Facts],
    asked: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Answer with the page kept for this ``version``; draw it from what ``read`` returns.

    ``asked`` is what of the query the page depends on.
    """
    bare = HttpRequest()
    bare.path, bare.GET = request.path, QueryDict(urlencode(asked or {}))
    bare.method, bare.META["QUERY_STRING"] = "GET", bare.GET.urlencode()
    bare.COOKIES = looks.cookies(request.COOKIES)
    key = _key(bare, version)
    page = cache.get(key)
    if page is None:
        page = render_to_string(template, {**read(), "request": bare})
        cache.set(key, page, SECONDS)
    return HttpResponse(page)


def drawn(template: str, version: object, read: Callable[[], Facts]) -> SafeString:
    """Return the part of a page kept for this ``version``; draw it from what ``read`` returns.

    It may show nothing but that, in the reader's language.
    """
    key = _hashed(template, get_language(), version)
    part = cache.get(key)
    if part is None:
        part = render_to_string(template, dict(read()))
        cache.set(key, part, SECONDS)
    return SafeString(part)


def _key(bare: HttpRequest, version: object) -> str:
    today = clock.today()
    return _hashed(bare.get_full_path(), bare.COOKIES, get_language(), today, version)


def _hashed(*told: object) -> str:
    return hashlib.sha256(repr(told).encode()).hexdigest()
