"""Clashes of a plan for programs: with a way out, for who makes the plan."""

from datetime import date, timedelta

import pytest

from tests.api.program import Program
from zveno.kernel import clock
from zveno.network.models import academic_year
from zveno.network.tests import make as network
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.plan.models import Plan, PlanItem
from zveno.plan.tests import make

pytestmark = pytest.mark.django_db


def a_clash() -> tuple[Plan, date]:
    """Return a plan with two items at one place on a Monday in the middle of November."""
    cluster = network.cluster()
    plan = Plan.objects.create(cluster=cluster, year=academic_year(clock.today()) + 1)
    middle = date(plan.year, 11, 14)
    day = middle + timedelta(days=-middle.weekday() % 7)
    told = {"day": day, "original_day": day, "month": 11, "state": PlanItem.State.DATED}
    for title in ("Проба", "Экскурсия"):
        make.item(cluster, plan=plan, title=title, **told)
    return plan, day


def test_each_clash_is_told_with_one_way_out() -> None:
    plan, day = a_clash()
    program = Program.of(plan.cluster.base, Post.Role.COORDINATOR)

    told = program.get(f"/plans/{plan.public_id}/clashes").json()

    (clash,) = told["waiting"]
    assert (told["number"], told["left"]) == (1, [])
    assert clash["kind"] == "place"
    assert (clash["item"]["title"], clash["other"]["title"]) == ("Экскурсия", "Проба")
    assert clash["proposal"] == {"day": f"{day + timedelta(days=1)}", "venue": ""}


def test_a_member_who_does_not_make_the_plan_is_refused() -> None:
    plan, _day = a_clash()
    member = network.member(plan.cluster, organisations.school())
    program = Program.of(member, Post.Role.REPRESENTATIVE)

    assert program.get(f"/plans/{plan.public_id}/clashes").status_code == 403
