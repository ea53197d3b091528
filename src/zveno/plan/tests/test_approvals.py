"""A plan is approved by both sides as it was read; another word ends the approval."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from zveno.documents.models import StoredFile
from zveno.kernel import engines
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.organisations.models import Organisation
from zveno.people.models import Notice, Post
from zveno.people.tests import make as people
from zveno.plan import actions
from zveno.plan.actions import ItemFacts, KeptSection
from zveno.plan.models import (
    Approval,
    Plan,
    PlanItem,
    PrintedPlan,
    agreed,
    paper_of,
    present_digest,
    sides_of,
)
from zveno.plan.tests import make, tables

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    """Make a plan of a cluster with a methodical operator."""
    return make.item(tables.cluster(), title="Неделя науки").plan


def coordinator(plan: Plan) -> Actor:
    return people.coordinator(plan.cluster.base)


def methodist(plan: Plan) -> Actor:
    return people.actor(sides_of(plan.cluster)["operator"], Post.Role.METHODIST)


def approve(plan: Plan, *who: Actor) -> None:
    """Let people approve the plan as it stands."""
    for actor in who:
        actions.approve_plan(actor, plan.public_id, digest=present_digest(plan))


def is_approved(plan: Plan) -> bool:
    return agreed(sides_of(plan.cluster), list(plan.approvals.all()), present_digest(plan))


def test_with_the_second_approval_the_plan_is_approved_and_has_a_number(plan: Plan) -> None:
    approve(plan, coordinator(plan))
    plan.refresh_from_db()
    half = (is_approved(plan), plan.number)

    approve(plan, methodist(plan))

    plan.refresh_from_db()
    assert half == (False, None)
    assert is_approved(plan)
    assert plan.number is not None
    assert plan.number.book.organisation == plan.cluster.base
    assert plan.cluster.name in plan.number.subject


def test_without_an_operator_the_base_approves_alone() -> None:
    plan = make.item().plan

    approve(plan, coordinator(plan))

    assert is_approved(plan)


def test_nobody_approves_what_they_have_not_read(plan: Plan) -> None:
    read = present_digest(plan)
    make.item(plan.cluster, title="Ещё одно дело")

    with pytest.raises(actions.PlanChanged):
        actions.approve_plan(coordinator(plan), plan.public_id, digest=read)


def test_an_empty_plan_is_not_approved(plan: Plan) -> None:
    plan.items.all().delete()

    with pytest.raises(actions.NothingToApprove):
        approve(plan, coordinator(plan))


def facts(item: PlanItem, **changes: object) -> ItemFacts:
    told = {"title": item.title, "host": item.host.public_id, "month": item.month}
    return ItemFacts(**told | changes)  # type: ignore[arg-type]


CHANGES: dict[str, Callable[[Actor, PlanItem], object]] = {
    "added": lambda actor, item: actions.add_item(
        actor, item.plan.cluster.public_id, year=item.plan.year, facts=facts(item, title="Новое")
    ),
    "renamed": lambda actor, item: actions.change_item(
        actor, item.public_id, facts=facts(item, title="Иначе")
    ),
    "for others": lambda actor, item: actions.change_item(
        actor, item.public_id, facts=facts(item, audience="5 классы")
    ),
    "in another month": lambda actor, item: actions.change_item(
        actor, item.public_id, facts=facts(item, month=item.month % 12 + 1)
    ),
    "a section more": lambda actor, item: actions.keep_sections(
        actor, item.plan.cluster.public_id, year=item.plan.year, sections=[KeptSection("Наука")]
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_another_word_ends_the_approval_and_the_number_stays(
    plan: Plan, change: Callable[[Actor, PlanItem], object]
) -> None:
    approve(plan, coordinator(plan), methodist(plan))
    plan.refresh_from_db()
    number = plan.number

    change(coordinator(plan), plan.items.select_related("host").get())
    ended = is_approved(plan)
    approve(plan, coordinator(plan), methodist(plan))

    plan.refresh_from_db()
    assert (ended, is_approved(plan), plan.number) == (False, True, number)
    assert Approval.objects.count() == 2


DEEDS: dict[str, Callable[[Actor, PlanItem], object]] = {
    "dated": lambda actor, item: actions.change_item(
        actor, item.public_id, facts=facts(item, month=None, day=day_in(item))
    ),
    "cancelled": lambda actor, item: actions.cancel_item(actor, item.public_id, reason="Ремонт"),
}


def day_in(item: PlanItem) -> date:
    """Return a day of the month an item is planned for."""
    year = item.plan.year + (item.month < 9)
    return date(year, item.month, 15)


def told(who: Actor) -> list[str]:
    """Return what somebody was told, in the order it was."""
    return list(
        Notice.objects.filter(person=who.person)
        .order_by("written_at")
        .values_list("title", flat=True)
    )


def test_each_side_is_told_when_the_other_has_approved(plan: Plan) -> None:
    base, operator = coordinator(plan), methodist(plan)

    approve(plan, base)
    approve(plan, operator)

    [asked] = Notice.objects.filter(person=operator.person)
    [known] = Notice.objects.filter(person=base.person)
    assert (asked.kind, known.kind) == (Notice.Kind.DECIDE, Notice.Kind.CHANGED)
    assert "базовая организация" in asked.title
    assert "методический оператор" in known.title


def test_both_sides_are_told_once_when_another_word_ends_what_they_approved(plan: Plan) -> None:
    base, operator, colleague = coordinator(plan), methodist(plan), coordinator(plan)
    approve(plan, base, operator)
    Notice.objects.all().delete()

    for title in ("Слёт", "Поход"):
        facts = ItemFacts(title, plan.cluster.base.public_id, month=5)
        actions.add_item(base, plan.cluster.public_id, year=plan.year, facts=facts)

    assert told(base) == []
    assert [len(told(who)) for who in (operator, colleague)] == [1, 1]
    assert "утвердить заново" in told(operator)[0]


def test_who_approves_again_is_told_again_of_the_next_change(plan: Plan) -> None:
    base, operator = coordinator(plan), methodist(plan)
    for name in ("Праздники", "Походы"):
        approve(plan, operator)
        sections = [KeptSection(name)]
        actions.keep_sections(base, plan.cluster.public_id, year=plan.year, sections=sections)

    assert sum("утвердить заново" in one for one in told(operator)) == 2


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_carrying_the_plan_out_does_not_change_it(
    plan: Plan, deed: Callable[[Actor, PlanItem], object]
) -> None:
    approve(plan, coordinator(plan), methodist(plan))

    deed(coordinator(plan), plan.items.select_related("host", "plan").get())

    assert is_approved(plan)


def test_members_do_not_approve(plan: Plan) -> None:
    school = Organisation.objects.get(short_name="Школа № 47")

    with pytest.raises(NotAllowed):
        approve(plan, people.coordinator(school))


@pytest.mark.slow
def test_the_paper_has_the_items_their_notes_and_both_sides(plan: Plan) -> None:
    item = plan.items.get()
    item.state, item.day, item.original_day = "reported", date(2026, 11, 12), date(2026, 10, 1)
    item.report, item.venue = "Пришли 24 {школьника}", "Цех"
    item.save()
    approve(plan, coordinator(plan), methodist(plan))
    plan.refresh_from_db()

    draw = paper_of(plan, sides_of(plan.cluster), list(plan.approvals.all()))
    text = str(engines.run("papers", {"draw": draw, "formats": ["text"]})["text"])

    for said in ("Неделя науки", "12.11.2026 (перенесено с 01.10.2026)", "24 {школьника}", "Цех"):
        assert said in text.replace("\u00a0", " ")
    assert plan.number is not None
    assert f"№ {plan.number.printed}" in text.replace("\u00a0", " ")
    for side in sides_of(plan.cluster).values():
        assert side.name in text.replace("\u00a0", " ")


@pytest.mark.slow
def test_members_read_the_paper_and_what_has_not_changed_is_not_drawn_again(plan: Plan) -> None:
    school = Organisation.objects.get(short_name="Школа № 47")

    first = actions.print_plan(coordinator(plan), plan.public_id)
    second = actions.print_plan(coordinator(plan), plan.public_id)

    assert (first, PrintedPlan.objects.count()) == (second, 1)
    readable = StoredFile.objects.visible_to(people.actor(school))
    assert {first.paper.pdf, first.paper.docx} <= set(readable)


def page(plan: Plan, name: str = "approval") -> str:
    return reverse(f"plan:{name}", args=[plan.cluster.public_id])


@pytest.mark.slow
def test_the_page_leads_from_reading_to_the_paper(
    client: Client, plan: Plan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    approve(plan, methodist(plan))
    client.force_login(people.account(plan.cluster.base, Post.Role.COORDINATOR))

    with django_assert_max_num_queries(20):
        asked = client.get(page(plan)).content.decode()
    client.post(page(plan), {"digest": present_digest(plan)})
    client.post(page(plan, "print"))
    shown = client.get(page(plan)).content.decode()

    assert "Утвердить план" in asked
    assert "План утверждён: №" in shown
    assert "Утвердить план" not in shown
    paper = PrintedPlan.objects.get().paper
    assert paper.docx is not None
    assert reverse("documents:file", args=[paper.docx.public_id]) in shown


def test_a_change_is_told_on_the_plan_and_on_the_page(client: Client, plan: Plan) -> None:
    approve(plan, coordinator(plan), methodist(plan))
    CHANGES["renamed"](coordinator(plan), plan.items.select_related("host").get())
    client.force_login(people.account(plan.cluster.base, Post.Role.COORDINATOR))

    shown = client.get(page(plan)).content.decode()
    above = client.get(reverse("plan:plan", args=[plan.cluster.public_id])).content.decode()

    assert shown.count("План с тех пор изменился") == 2
    assert "chip--warn" in above


def test_a_plan_that_changed_under_the_reader_is_read_again(client: Client, plan: Plan) -> None:
    client.force_login(people.account(plan.cluster.base, Post.Role.COORDINATOR))

    answer = client.post(page(plan), {"digest": "0" * 64})

    assert answer.status_code == 409
    assert not Approval.objects.exists()


def test_a_member_reads_who_has_approved_and_a_stranger_finds_nothing(
    client: Client, plan: Plan
) -> None:
    school = Organisation.objects.get(short_name="Школа № 47")
    client.force_login(people.account(school))
    shown = client.get(page(plan))
    posts = [client.post(page(plan), {"digest": "0"}), client.post(page(plan, "print"))]
    client.force_login(people.account())

    assert shown.status_code == 200
    assert "Утвердить план" not in shown.content.decode()
    assert [answer.status_code for answer in posts] == [403, 403]
    assert client.get(page(plan)).status_code == 404
