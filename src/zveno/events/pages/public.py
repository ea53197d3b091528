"""What anybody may see: the catalogue and an event. No child and no group is named.

A page is a function of its address and of the rows it shows: it is kept under both, so that a
kept page is never out of date and costs one query; that of an event asks for versions of rows.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zveno.events.models import Event, announced_version
from zveno.kernel import clock
from zveno.kernel.http import Request
from zveno.ui import looks
from zveno.ui.faces import ChainLink

PAGE = 24
KEPT = 600
ASKED = ("q", "age", "after")
LONGEST = 80
AGES = {"kg": (0, 0), "primary": (1, 4), "basic": (5, 9), "senior": (10, 11)}
ALL = (0, 11)
Facts = Mapping[str, object]


@login_not_required
@require_safe
def catalogue(request: Request) -> HttpResponse:
    """Show coming events to families, by words and age."""
    asked = _asked(request)
    rows = list(
        Event.objects.visible_to(request.actor)
        .public()
        .section("", asked.get("after", ""))
        .about(asked.get("q", ""))
        .for_grades(*AGES.get(asked.get("age", ""), ALL))
        .select_related("host", "cluster")[: PAGE + 1]
    )
    more = rows[PAGE - 1].cursor if len(rows) > PAGE else ""
    facts = {"events": rows[:PAGE], "next_key": more, "stages": _stages(), "asked": asked}
    return _kept(request, "events/catalogue.html", _shown(rows), lambda: facts)


@login_not_required
@require_safe
def event(request: Request, key: UUID) -> HttpResponse:
    """Show an announced event."""

    def read() -> Facts:
        events = Event.objects.visible_to(request.actor).public()
        return {"event": events.select_related("host", "cluster").pick(key)}

    return _kept(request, "events/public.html", announced_version(key), read)


def _stages() -> list[ChainLink]:
    return [
        ChainLink(_("Trial"), _("a lesson in a real laboratory")),
        ChainLink(_("Club"), _("once a week near home")),
        ChainLink(_("College"), _("a speciality they like")),
        ChainLink(_("Plant"), _("practice and the first job")),
    ]


def _asked(request: Request) -> dict[str, str]:
    return {name: request.GET[name][:LONGEST] for name in ASKED if request.GET.get(name)}


def _kept(
    request: Request, template: str, version: object, read: Callable[[], Facts]
) -> HttpResponse:
    """Answer with the page kept for this version; draw it as for nobody in particular."""
    bare = HttpRequest()
    bare.path, bare.GET = request.path, QueryDict(urlencode(_asked(request)))
    bare.method, bare.META["QUERY_STRING"] = "GET", bare.GET.urlencode()
    bare.COOKIES = looks.cookies(request.COOKIES)
    key = _key(bare, version)
    page = cache.get(key)
    if page is None:
        page = render_to_string(template, {**read(), "request": bare})
        cache.set(key, page, KEPT)
    return HttpResponse(page)


def _shown(rows: Iterable[Event]) -> list[list[str]]:
    return [[str(getattr(row, name)) for name in (*Event.DATA, "is_open")] for row in rows]


def _key(bare: HttpRequest, version: object) -> str:
    told = (bare.get_full_path(), bare.COOKIES, get_language(), clock.today(), version)
    return hashlib.sha256(repr(told).encode()).hexdigest()
