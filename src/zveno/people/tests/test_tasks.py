"""Tasks: given to a person or a role, done, dropped, opened again; reminders come in time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people import actions, tasks
from zveno.people.actions import Assignment, TaskClosed, TaskForNobody
from zveno.people.models import Account, Notice, Post, Task, actor_of
from zveno.people.models.tasks import last_call
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
FRIDAY = timedelta(days=5)


@pytest.fixture
def school() -> Organisation:
    return organisations.school()


@pytest.fixture
def head(school: Organisation) -> Actor:
    return people.actor(school, Post.Role.HEAD)


@pytest.fixture
def teacher(school: Organisation) -> Account:
    return people.account(school, Post.Role.TEACHER)


def post_of(account: Account) -> Post:
    return Post.objects.get(person=account.person)


def wanted(**changes: object) -> Assignment:
    fields = {"text": "Проверить наборы", "due": clock.today() + FRIDAY} | changes
    return Assignment(**fields)  # type: ignore[arg-type]


def give(actor: Actor, school: Organisation, **changes: object) -> Task:
    return actions.give_task(actor, school.public_id, task=wanted(**changes))


def told(account: Account) -> list[str]:
    return [note.title for note in Notice.objects.filter(person=account.person)]


def test_who_has_got_it_is_told_and_sees_it_as_theirs(
    school: Organisation, head: Actor, teacher: Account
) -> None:
    task = give(head, school, post=post_of(teacher))

    assert told(teacher) == ["Новая задача: Проверить наборы"]
    actor = actor_of(teacher)
    assert list(Task.objects.visible_to(actor).mine(actor)) == [task]
    assert not Task.objects.visible_to(head).mine(head)


def test_everybody_of_a_role_may_do_it_and_the_first_one_does(
    school: Organisation, head: Actor, teacher: Account
) -> None:
    other = people.account(school, Post.Role.TEACHER)
    task = give(head, school, role=Post.Role.TEACHER)

    actions.finish_task(actor_of(other), task.public_id)
    actions.finish_task(actor_of(teacher), task.public_id)

    task.refresh_from_db()
    assert (task.state, task.closed_by) == ("done", other.person)


def test_a_stand_in_does_what_the_post_is_to_do(school: Organisation, head: Actor) -> None:
    deputy, absent = people.account(school), people.account(school, Post.Role.COORDINATOR)
    until = clock.now() + timedelta(days=9)
    actions.stand_in(
        actor_of(absent), post_of(absent).public_id, deputy=post_of(deputy), until=until
    )
    task = give(head, school, post=post_of(absent))

    assert list(Task.objects.all().mine(actor_of(deputy))) == [task]


def test_a_task_is_for_one_post_of_the_house_or_one_role(
    school: Organisation, head: Actor, teacher: Account
) -> None:
    stranger = post_of(people.account())
    over = post_of(people.account(school))
    Post.objects.filter(pk=over.pk).update(since=clock.now() - FRIDAY, until=clock.now())
    over.refresh_from_db()

    for whom in ({}, {"post": post_of(teacher), "role": "teacher"}, {"post": stranger}):
        with pytest.raises(TaskForNobody):
            give(head, school, **whom)
    with pytest.raises(TaskForNobody):
        give(head, school, post=over)
    with pytest.raises(actions.RoleElsewhere):
        give(head, school, role=Post.Role.EMPLOYER_REPRESENTATIVE)


def test_an_origin_has_one_open_task_that_says_what_it_says_last(
    school: Organisation, head: Actor, teacher: Account
) -> None:
    first = give(head, school, role="teacher", origin="network.obligation:7")
    again = give(head, school, role="teacher", origin="network.obligation:7")
    later = clock.today() + timedelta(days=30)
    moved = give(head, school, role="teacher", origin="network.obligation:7", due=later)

    assert first == again == moved
    assert Task.objects.get().due == later
    assert len(told(teacher)) == 2


def test_an_origin_that_was_done_gives_a_task_anew(school: Organisation, head: Actor) -> None:
    first = give(head, school, role="teacher", origin="network.obligation:7")
    actions.finish_task(head, first.public_id)

    again = give(head, school, role="teacher", origin="network.obligation:7")

    assert again != first
    with pytest.raises(TaskClosed):
        actions.reopen_task(head, first.public_id)


def test_what_was_done_in_an_upper_room_closes_what_came_of_it(
    school: Organisation, head: Actor
) -> None:
    task = give(head, school, role="teacher", origin="network.obligation:7")
    other = give(head, school, role="teacher", origin="network.obligation:8")

    actions.settle_origin(SYSTEM, school.public_id, origin=task.origin)

    assert [one.state for one in Task.objects.order_by("pk")] == ["done", "open"]
    with pytest.raises(NotAllowed):
        actions.settle_origin(head, school.public_id, origin=other.origin)


def test_done_is_undone(school: Organisation, head: Actor, teacher: Account) -> None:
    task = give(head, school, post=post_of(teacher))
    actor = actor_of(teacher)
    actions.finish_task(actor, task.public_id)

    actions.reopen_task(actor, task.public_id)

    task.refresh_from_db()
    assert (task.state, task.closed_at, task.closed_by) == ("open", None, None)


def test_what_is_dropped_is_not_done(school: Organisation, head: Actor, teacher: Account) -> None:
    task = give(head, school, post=post_of(teacher))
    actions.drop_task(head, task.public_id)

    with pytest.raises(TaskClosed):
        actions.finish_task(actor_of(teacher), task.public_id)


def test_who_gave_it_hears_that_it_is_done(school: Organisation, teacher: Account) -> None:
    giver = people.account(school, Post.Role.COORDINATOR)
    task = give(actor_of(giver), school, post=post_of(teacher))

    actions.finish_task(actor_of(teacher), task.public_id)

    assert told(giver) == ["Сделано: Проверить наборы"]
    assert not Notice.objects.filter(person=teacher.person, read_at=None)


def test_who_may_what(school: Organisation, head: Actor, teacher: Account) -> None:
    task = give(head, school, post=post_of(teacher))
    colleague, stranger = people.actor(school), people.actor()

    for verb in (actions.finish_task, actions.drop_task, actions.reopen_task):
        with pytest.raises(NotAllowed):
            verb(colleague, task.public_id)
        with pytest.raises(NotFound):
            verb(stranger, task.public_id)
    with pytest.raises(NotAllowed):
        actions.drop_task(actor_of(teacher), task.public_id)
    with pytest.raises(NotAllowed):
        give(stranger, school, role="teacher")


# --- Reminders ----------------------------------------------------------------------------------


def mornings(task: Task, first: date, count: int) -> list[int]:
    """Let the worker work every morning; return how many days before the due day it reminded."""
    found = []
    for passed in range(count):
        day = first + timedelta(days=passed)
        before = Notice.objects.count()
        with clock.travel(clock.now() + (day - clock.today())):
            tasks.remind_of_tasks(0)
        if Notice.objects.count() > before:
            found.append((task.due - day).days)
    return found


def test_reminders_come_before_the_day_on_it_and_weekly_after(
    school: Organisation, head: Actor, teacher: Account
) -> None:
    task = give(head, school, post=post_of(teacher), due=clock.today() + timedelta(days=10))

    assert mornings(task, clock.today(), 28) == [3, 0, -7, -14]


def test_what_is_done_is_not_reminded_of(
    school: Organisation, head: Actor, teacher: Account
) -> None:
    task = give(head, school, post=post_of(teacher))
    actions.finish_task(actor_of(teacher), task.public_id)

    assert mornings(task, clock.today(), 8) == []


def test_of_a_post_that_has_ended_whoever_leads_is_reminded(
    school: Organisation, teacher: Account
) -> None:
    leading = people.account(school, Post.Role.HEAD)
    task = give(actor_of(leading), school, post=post_of(teacher))
    Post.objects.filter(pk=task.post_id or 0).update(since=clock.now() - FRIDAY, until=clock.now())

    mornings(task, clock.today() + FRIDAY, 1)

    assert told(leading) == ["Срок сегодня: Проверить наборы"]


DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@given(DAYS, st.integers(-400, 400))
def test_the_last_call_is_the_latest_of_all_calls_so_far(due: date, passed: int) -> None:
    today = due + timedelta(days=passed)
    calls = [due - timedelta(days=3), *(due + timedelta(days=7 * n) for n in range(60))]

    assert last_call(due, today) == max((day for day in calls if day <= today), default=None)
