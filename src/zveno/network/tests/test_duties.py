"""What is owed becomes a task of whoever answers for it, said anew as its day comes nearer."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.errors import NotAllowed
from zveno.network import actions, tasks
from zveno.network.models import Agreement, Membership, Obligation
from zveno.network.tests import make
from zveno.organisations.tests import make as organisations
from zveno.people.actions import drop_task
from zveno.people.models import Post, Task
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
DUE = date(2027, 5, 31)


def owed(**changes: Any) -> Obligation:
    """Let the school of an agreement owe forty hours once, until a day."""
    cluster = make.cluster()
    make.member(cluster)
    agreement = make.agreement(cluster, signed=2)
    school = agreement.parties.get(place=2)
    fields = {"unit": "hours", "planned": 40, "period": "once", "due": DUE, "text": "дать 40 часов"}
    return make.obligation(agreement, **fields | {"role": "member", "party": school} | changes)


def tend(day: date) -> None:
    with clock.travel(timezone.make_aware(datetime.combine(day, time(6)))):
        tasks.tend_agreements(0)


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def before(days: int) -> date:
    return DUE - timedelta(days=days)


def done(obligation: Obligation, amount: int) -> None:
    school = obligation.agreement.parties.get(place=2).organisation
    worker = people.actor(school, Post.Role.REPRESENTATIVE)
    report = actions.Report(uuid4(), clock.today(), amount)
    actions.report_fulfilment(worker, obligation.public_id, report=report)


def told() -> list[tuple[str, str]]:
    rows = Task.objects.order_by("pk").values_list("text", "state")
    return [(text, state) for text, state in rows]


def test_a_task_comes_a_month_before_and_says_how_near_the_day_is() -> None:
    owed()

    said = []
    for left in (31, 30, 29, 8, 7, 6, 0, -1, -2):
        tend(before(left))
        said.append([text for text, _state in told()])

    soon, near, late = (
        ["Выполнить до 31.05.2027: дать 40 часов"],
        ["Скоро срок, 31.05.2027: дать 40 часов"],
        ["Просрочено с 31.05.2027: дать 40 часов"],
    )
    assert said == [[], soon, soon, soon, near, near, near, late, late]


def test_it_is_for_who_represents_the_side_and_leads_to_the_obligation() -> None:
    obligation = owed()
    school = obligation.agreement.parties.get(place=2).organisation
    people.actor(school, Post.Role.REPRESENTATIVE)

    tend(before(30))

    task = Task.objects.get()
    assert (task.organisation, task.role, task.due) == (school, Post.Role.REPRESENTATIVE, DUE)
    assert task.url == f"/o/{obligation.public_id}/"
    assert task.giver == obligation.agreement.cluster.base


def test_it_is_for_the_coordinator_of_the_base() -> None:
    obligation = owed(role="base", party=None)
    people.coordinator(obligation.agreement.cluster.base)

    tend(before(30))

    assert Task.objects.get().role == Post.Role.COORDINATOR


def test_all_of_a_side_have_a_task_each() -> None:
    obligation = owed(party=None)
    cluster = obligation.agreement.cluster
    member = Membership.objects.create(cluster=cluster, organisation=organisations.school())
    make.party(obligation.agreement, member, 3)

    tend(before(30))

    assert Task.objects.count() == 2


def test_what_is_done_closes_its_task_at_once_and_comes_no_more() -> None:
    obligation = owed()
    tend(before(30))
    done(obligation, 39)
    assert Task.objects.get().is_open

    done(obligation, 1)
    tend(before(7))

    assert [state for _text, state in told()] == [Task.State.DONE]


def test_what_a_person_dropped_is_not_given_again() -> None:
    obligation = owed()
    tend(before(30))
    school = obligation.agreement.parties.get(place=2).organisation
    drop_task(people.actor(school, Post.Role.HEAD), Task.objects.get().public_id)

    tend(before(7))

    assert [state for _text, state in told()] == [Task.State.DROPPED]


def test_another_day_drops_the_task_of_the_old_one() -> None:
    obligation = owed()
    tend(before(30))
    Obligation.objects.filter(pk=obligation.pk).update(due=DUE + timedelta(days=20))

    tend(before(7))

    assert [state for _text, state in told()] == [Task.State.DROPPED, Task.State.OPEN]


def test_what_ended_is_owed_no_more() -> None:
    obligation = owed()
    tend(before(30))
    Agreement.objects.filter(pk=obligation.agreement_id).update(state="terminated")

    tend(before(7))

    assert [state for _text, state in told()] == [Task.State.DROPPED]


def test_a_quarter_that_lacks_something_stays_a_task_beside_the_next_one() -> None:
    obligation = owed(period="quarter", due=None)
    tend(date(2027, 3, 2))
    tend(date(2027, 6, 1))

    assert told() == [
        ("Просрочено с 31.03.2027: дать 40 часов", "open"),
        ("Выполнить до 30.06.2027: дать 40 часов", "open"),
    ]
    assert obligation.stands([]).owed == 40


def test_a_quarter_that_is_made_up_for_is_a_task_no_more() -> None:
    obligation = owed(period="quarter", due=None)
    tend(date(2027, 3, 2))
    tend(date(2027, 6, 1))

    with clock.travel(noon(date(2027, 6, 2))):
        done(obligation, 79)
    tend(date(2027, 6, 3))
    lacking = [state for _text, state in told()]
    with clock.travel(noon(date(2027, 6, 4))):
        done(obligation, 1)
    tend(date(2027, 6, 5))

    assert lacking == [Task.State.OPEN, Task.State.DONE]
    assert [state for _text, state in told()] == [Task.State.DONE, Task.State.DONE]


def test_nobody_but_zveno_tends() -> None:
    obligation = owed()
    clerk = people.coordinator(obligation.agreement.cluster.base)

    with pytest.raises(NotAllowed):
        actions.tend_obligation(clerk, obligation.public_id)
    actions.tend_obligation(SYSTEM, obligation.public_id)
