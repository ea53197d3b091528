"""What anybody may see: the catalogue and an event. No child and no group is named.

Pages are kept (``ui.kept``) and cost one query; that of an event asks for versions of rows.
"""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zveno.events.models import Event, announced_version
from zveno.kernel.http import Request
from zveno.ui.faces import ChainLink
from zveno.ui.kept import Facts, kept

PAGE = 24
ASKED = ("q", "age", "after")
LONGEST = 80
AGES = {"kg": (0, 0), "primary": (1, 4), "basic": (5, 9), "senior": (10, 11)}
ALL = (0, 11)


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
    return kept(request, "events/catalogue.html", _shown(rows), lambda: facts, asked)


@login_not_required
@require_safe
def event(request: Request, key: UUID) -> HttpResponse:
    """Show an announced event."""

    def read() -> Facts:
        events = Event.objects.visible_to(request.actor).public()
        return {"event": events.select_related("host", "cluster").pick(key)}

    return kept(request, "events/public.html", announced_version(key), read)


def _stages() -> list[ChainLink]:
    return [
        ChainLink(_("Trial"), _("a lesson in a real laboratory")),
        ChainLink(_("Club"), _("once a week near home")),
        ChainLink(_("College"), _("a speciality they like")),
        ChainLink(_("Plant"), _("practice and the first job")),
    ]


def _asked(request: Request) -> dict[str, str]:
    return {name: request.GET[name][:LONGEST] for name in ASKED if request.GET.get(name)}


def _shown(rows: Iterable[Event]) -> list[list[str]]:
    return [[str(getattr(row, name)) for name in (*Event.DATA, "is_open")] for row in rows]
