"""Reads of rows about children stand in the journal: one entry a page, with the keys of all shown.

A model says ``saw`` when a row of it is read; whoever draws a page cannot forget it. What a verb
reads for its own work stands in the verb's entry.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar
from uuid import UUID

from django.db import models, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from zveno.kernel.actions import actor_key, running
from zveno.kernel.actor import Actor
from zveno.kernel.models import Entry, journal_key
from zveno.kernel.walls import scoped

SEEN = "kernel.see"
"""What such an entry has for a verb."""
PAGE = "page"
REDIRECTS = range(300, 400)
REFUSALS = range(400, 600)
FORM = 422
Page = TypeVar("Page", bound=Callable[..., HttpResponseBase])
Rows = dict[tuple[type[models.Model], int], int | None]

_rows: ContextVar[Rows | None] = ContextVar("rows_seen", default=None)


def saw(kind: type[models.Model], key: int | None, home: int | None = None) -> None:
    """Note that a row of ``kind``, of the organisation ``home``, was read for a page."""
    rows = _rows.get()
    if rows is not None and key is not None and running.get() is None:
        rows[kind, key] = rows.get((kind, key)) or home


def noted_by_its_verb(page: Page) -> Page:
    """Mark a page that shows no child but the one its verb has just been done to."""
    page.noted_by_its_verb = True  # type: ignore[attr-defined]
    return page


@contextmanager
def watched() -> Iterator[Rows]:
    """Collect what is seen inside."""
    rows: Rows = {}
    token = _rows.set(rows)
    try:
        yield rows
    finally:
        _rows.reset(token)


class NotedReads:
    """Write down whose rows a page has shown, before it leaves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; an answer that cannot be noted does not leave."""
        with watched() as rows:
            response = self.get_response(request)
        shown = response.status_code == FORM or response.status_code not in {*REDIRECTS, *REFUSALS}
        match, actor = request.resolver_match, getattr(request, "actor", None)
        noted = getattr(match and match.func, "noted_by_its_verb", False)
        if rows and shown and not noted and isinstance(actor, Actor):
            note(actor, rows, *_where(request))
        return response


def note(actor: Actor, rows: Rows, page: str, about: list[str]) -> None:
    """Put one entry into the journal: who, on which page about what, and the keys of the rows."""
    with transaction.atomic(), scoped(actor):
        Entry(
            verb=SEEN,
            actor_key=actor_key(actor),
            means=actor.means,
            organisation=_in_whose_name(actor, rows),
            target_kind=PAGE,
            target_key=page[:40],
            details={"seen": sorted(journal_key(*row) for row in rows), "about": about},
        ).save(force_insert=True)


def _where(request: HttpRequest) -> tuple[str, list[str]]:
    match = request.resolver_match
    if match is None:
        return "", []
    return match.view_name, [str(key) for key in match.kwargs.values() if isinstance(key, UUID)]


def _in_whose_name(actor: Actor, rows: Rows) -> int | None:
    own = next((home for home in rows.values() if home in actor.scope), None)
    return own or (next(iter(actor.scope)) if len(actor.scope) == 1 else None)
