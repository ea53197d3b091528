"""Ready-made wishes."""

from datetime import timedelta
from typing import Any

from zveno.kernel import clock
from zveno.network.models import Cluster, academic_year
from zveno.organisations.models import Organisation
from zveno.people.tests import make as people
from zveno.plan.models import LINKED, Wish, Wisher, WishRound


def wisher(cluster: Cluster, member: Organisation, token: str = "", **changes: Any) -> Wisher:
    """Ask a member for wishes for the plan of this year; with ``token`` it has a link."""
    fields = {"until": clock.today() + timedelta(days=20)} | changes
    year = fields.pop("year", academic_year(clock.today()))
    asked, _ = WishRound.objects.get_or_create(cluster=cluster, year=year, defaults=fields)
    made = Wisher.objects.create(round=asked, organisation=member, mailed=1)
    if token:
        people.link(cluster.base, [(LINKED, made.pk)], token)
    return made


def wish(of: Wisher, **changes: Any) -> Wish:
    """Let a member wish something."""
    fields = {"title": "Экскурсия в цех", "audience": "7 классы", "month": 3}
    return Wish.objects.create(wisher=of, **fields | changes)
