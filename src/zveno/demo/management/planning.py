"""What the demonstration tells of the plan: a year by sections, moved, cancelled and reported."""

import json
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any
from uuid import uuid4

from django.utils import timezone

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor, Means
from zveno.kernel.http import reading
from zveno.network.models import Agreement, Cluster, academic_year, days_of
from zveno.organisations.models import Organisation
from zveno.plan import actions
from zveno.plan.actions import ItemFacts, WishFacts
from zveno.plan.models import LINKED, Plan, PlanItem, Section, months_of, present_digest

DATA = files("zveno.demo").joinpath("data")
TOLD: list[dict[str, Any]] = json.loads(DATA.joinpath("plan.json").read_text("utf-8"))
NEXT: list[list[str]] = json.loads(DATA.joinpath("next_plan.json").read_text("utf-8"))
WISHES: list[dict[str, Any]] = json.loads(DATA.joinpath("wishes.json").read_text("utf-8"))
WITH_PUPILS = 2
OPEN_DAY = "День открытых дверей"
THREE_WEEKS = timedelta(weeks=3)
OUTCOME = {"then", "why"}
FIVE_WEEKS = timedelta(weeks=5)
SATURDAY = 5


def tell_of_plan(anna: Actor, cluster: Cluster) -> None:
    """Let the coordinator plan the year; what is over by today has its note on execution."""
    year = academic_year(clock.today())
    for line in TOLD:
        actions.add_item(anna, cluster.public_id, year=year, facts=_facts(cluster, year, line))
        _go_on(anna, cluster, year, line)
    _plan_open_day(anna, cluster)
    table = {"text": "\n".join("\t".join(row) for row in NEXT)}
    brought = actions.bring_plan(anna, cluster.public_id, year=year + 1, source=table)
    actions.enter_plan(anna, brought.public_id)


def open_day() -> date:
    """Return the Saturday two to three weeks ahead on which families come."""
    ahead = clock.today() + timedelta(weeks=2)
    return ahead + timedelta(days=(SATURDAY - ahead.weekday()) % 7)


def _plan_open_day(anna: Actor, cluster: Cluster) -> None:
    day = open_day()
    year = academic_year(day)
    line = {"title": OPEN_DAY, "section": WITH_PUPILS, "who": "base", "month": day.month}
    facts = _facts(cluster, year, line | {"audience": "5–11 классы с родителями"}, day)
    actions.add_item(anna, cluster.public_id, year=year, facts=facts)


def approve(anna: Actor, maria: Actor, cluster: Cluster) -> None:
    """Let both sides approve the plan of the year; the coordinator draws it up."""
    with reading(SYSTEM):
        plan = Plan.objects.get(cluster=cluster, year=academic_year(clock.today()))
        digest = present_digest(plan)
    for actor in (anna, maria):
        actions.approve_plan(actor, plan.public_id, digest=digest)
    actions.print_plan(anna, plan.public_id)


def tell_of_wishes(anna: Actor, cluster: Cluster) -> None:
    """Ask members for wishes for the next year; two answer, and see what became of some of it."""
    year, until = academic_year(clock.today()) + 1, clock.today() + THREE_WEEKS
    asked = actions.collect_wishes(anna, cluster.public_id, year=year, until=until)
    with reading(SYSTEM):
        wishers = list(asked.wishers.filter(mailed__gt=0).order_by("pk")[:2]) * len(WISHES)
    for wisher, told in zip(wishers, WISHES, strict=False):
        member = Actor(means=Means.LINK, keys=frozenset([(LINKED, wisher.pk)]))
        wish = WishFacts(**{name: said for name, said in told.items() if name not in OUTCOME})
        said = actions.say_wish(member, wisher.public_id, key=uuid4(), wish=wish)
        if told["then"] == "planned":
            actions.plan_wish(anna, said.public_id)
        elif told["then"] == "declined":
            actions.decline_wish(anna, said.public_id, reason=told["why"])


def put_into_plan(anna: Actor, agreement: Agreement, trial: str, day: date) -> PlanItem:
    """Plan the first obligation of an agreement, five weeks ahead, among what is for pupils."""
    with reading(SYSTEM):
        owed = agreement.obligations.filter(unit="events").order_by("place")[0]
    title = f"Профессиональная проба «{trial}»"
    first, _last = days_of(academic_year(day))
    planned = datetime.combine(max(day - FIVE_WEEKS, first), time(10))
    with clock.travel(timezone.make_aware(planned)):
        item = actions.plan_obligation(anna, owed.public_id, title=title, month=day.month)
        with reading(SYSTEM):
            section = item.plan.sections.get(place=WITH_PUPILS).public_id
        host, audience = item.host.public_id, "5–8 классы"
        facts = ItemFacts(title, host, day.month, section=section, audience=audience)
        return actions.change_item(anna, item.public_id, facts=facts)


def _facts(cluster: Cluster, year: int, line: dict[str, Any], day: date | None = None) -> ItemFacts:
    with reading(SYSTEM):
        sections = Section.objects.of_year(cluster, year).filter(place=line["section"])
        section = sections.values_list("public_id", flat=True).first()
        host = _host(cluster, line["who"]).public_id
    words = {name: line.get(name, "") for name in ("audience", "venue", "responsible", "note")}
    return ItemFacts(line["title"], host, line["month"], day, section, **words)


def _host(cluster: Cluster, who: str) -> Organisation:
    if who == "base":
        return cluster.base
    role = "methodical_operator" if who == "operator" else "member"
    members = cluster.memberships.filter(role=role).select_related("organisation")
    return members.order_by("pk")[0].organisation


def _go_on(anna: Actor, cluster: Cluster, year: int, line: dict[str, Any]) -> None:
    """Tell what became of a line: moved, cancelled, or held and reported if its month is over."""
    with reading(SYSTEM):
        item = PlanItem.objects.get(plan__cluster=cluster, plan__year=year, title=line["title"])
    held = _working(_month(line["month"], year) + timedelta(days=16))
    if "moved" in line:
        for day in (held, _working(held + timedelta(days=line["moved"]))):
            facts = _facts(cluster, year, line, day)
            actions.change_item(anna, item.public_id, facts=facts)
    if "cancelled" in line:
        actions.cancel_item(anna, item.public_id, reason=line["cancelled"])
    if "report" in line and held <= clock.today():
        actions.report_item(anna, item.public_id, report=line["report"], day=held)


def _month(month: int, year: int) -> date:
    later = months_of(year).index(month) >= months_of(year).index(1)
    return date(year + later, month, 1)


def _working(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))
