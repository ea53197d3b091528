"""The plan in a calendar: a secret address, asked for, renewed and closed; what it answers."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zveno.codes.models.working_days import A_DAY
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.http import Request, by_method, reading
from zveno.network.models import Cluster, require_open
from zveno.organisations.models import Organisation
from zveno.plan import actions, rules
from zveno.plan.models import PlanItem, fed, feed_of
from zveno.ui import icalendar
from zveno.ui.answers import draw
from zveno.ui.toasts import tell

PAGE = "plan/feed.html"


@require_safe
def _show(request: Request, key: UUID) -> HttpResponse:
    """Show whether there is an address, and until when it opens."""
    return render(request, PAGE, _facts(request.actor, key))


@require_POST
def _open(request: Request, key: UUID) -> HttpResponse:
    """Give an address in place of the one before, and show it this once."""
    token = actions.open_feed(request.actor, key)
    with reading(request.actor):
        facts = _facts(request.actor, key)
    address = settings.ADDRESS + reverse("plan:calendar", args=[token])
    return draw(request, PAGE, facts | {"address": address}, status=200)


@require_POST
def close(request: Request, key: UUID) -> HttpResponse:
    """Let the address open no more."""
    actions.close_feed(request.actor, key)
    tell(request, _("The address opens no more."))
    return redirect("plan:feed", key)


@login_not_required
@require_safe
def calendar(request: Request, token: str) -> HttpResponse:  # noqa: ARG001 - by it the actor came
    """Hand the dated items over to a program that keeps a calendar. Raises ``Http404``."""
    cluster = fed(request.actor)
    if cluster is None:
        raise Http404
    rows = PlanItem.objects.visible_to(request.actor).filter(day__isnull=False)
    items = rows.select_related("host").order_by("day", "pk")
    name = _("Plan: %(cluster)s") % {"cluster": cluster.name}
    return icalendar.feed(request, name, map(_happening, items))


def _happening(item: PlanItem) -> icalendar.Happening:
    assert item.day  # noqa: S101 - only those with a day are asked for
    return icalendar.Happening(
        key=str(item.public_id),
        title=_("Course: %(title)s") % {"title": item.title} if item.is_course else item.title,
        begins=item.day,
        ends=item.day + A_DAY,
        place=", ".join(filter(None, (item.venue, str(item.host)))),
        text="\n".join(filter(None, (item.audience, item.responsible, item.note, item.remark))),
        url=settings.ADDRESS + reverse("plan:item", args=[item.public_id]),
        told_at=item.changed_at,
        changes=item.changes,
        cancelled=item.state == PlanItem.State.CANCELLED,
    )


def _facts(actor: Actor, key: UUID) -> dict[str, Any]:
    cluster = Cluster.objects.visible_to(actor).joined_by(actor).pick(key)
    if not actions.open_feed.allowed(actor, cluster):
        raise NotAllowed
    require_open(cluster)
    house = rules.takers(actor, cluster)[0]
    return {
        "cluster": cluster,
        "house": Organisation.objects.visible_to(actor).filter(pk=house).first(),
        "link": feed_of(cluster, house),
    }


feed = by_method(get=_show, post=_open)
