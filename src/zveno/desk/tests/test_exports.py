"""Lists of people leave with a reason and, above 500, with a second person."""

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import IntegrityError, connections, transaction
from django.test import Client

from zveno.desk import actions
from zveno.desk.models import LASTS, MANY, ExportRequest
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.errors import DomainError, NotAllowed, NotFound
from zveno.kernel.models import Entry
from zveno.kernel.walls import scoped
from zveno.learners.models import Learner
from zveno.learners.tests import make as learners
from zveno.network.tests import make as network
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Account, Notice, Post, actor_of
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
REASON = "Сверка списков перед новым годом"


@pytest.fixture
def school() -> Organisation:
    return organisations.school()


@pytest.fixture
def deputy(school: Organisation) -> Account:
    return people.account(school)


@pytest.fixture
def colleague(school: Organisation) -> Account:
    return people.account(school)


def fill(school: Organisation, count: int) -> None:
    """Enter many children."""
    one = learners.learner(school)
    Learner.objects.bulk_create(
        Learner(
            owner=school,
            family_name=one.family_name,
            given_name=f"Имя{number}",
            first_year=one.first_year,
            name_key=f"имя{number}",
        )
        for number in range(count - 1)
    )


def ask(account: Account, school: Organisation, reason: str = REASON) -> ExportRequest:
    return actions.request_export(
        actor_of(account), school.public_id, kind="children", reason=reason
    )


def take(account: Account, request: ExportRequest) -> list[list[str]]:
    table = actions.download_export(actor_of(account), request.public_id, copy=uuid4())
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig")), delimiter=";"))


def test_few_children_are_taken_with_a_reason_alone(school: Organisation, deputy: Account) -> None:
    fill(school, 3)

    rows = take(deputy, ask(deputy, school))

    assert len(rows) == 1 + 3 + 1
    assert len({row[-1] for row in rows[1:-1]}) == 1
    assert "Петрова Анна Ильинична" in rows[-1][0]


def test_every_step_is_in_the_journal(
    school: Organisation, deputy: Account, colleague: Account
) -> None:
    fill(school, MANY + 1)
    request = ask(deputy, school)
    actions.confirm_export(actor_of(colleague), request.public_id)
    take(deputy, request)

    verbs = ["desk.request_export", "desk.confirm_export", "desk.download_export"]
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True))[-3:] == verbs


@pytest.mark.parametrize("reason", ["", "   ", "надо"])
def test_without_a_reason_nothing_leaves(
    school: Organisation, deputy: Account, reason: str
) -> None:
    fill(school, 1)

    with pytest.raises(actions.ReasonNeeded):
        ask(deputy, school, reason)


def test_nobody_is_no_list(school: Organisation, deputy: Account) -> None:
    with pytest.raises(actions.NobodyToExport):
        ask(deputy, school)


def test_many_children_wait_for_a_second_person(
    school: Organisation, deputy: Account, colleague: Account
) -> None:
    fill(school, MANY + 1)
    request = ask(deputy, school)

    with pytest.raises(actions.SecondPersonNeeded):
        take(deputy, request)
    actions.confirm_export(actor_of(colleague), request.public_id)

    assert len(take(deputy, request)) == MANY + 3


def test_whoever_asked_is_no_second_person(school: Organisation, deputy: Account) -> None:
    fill(school, MANY + 1)
    request = ask(deputy, school)

    with pytest.raises(NotAllowed):
        actions.confirm_export(actor_of(deputy), request.public_id)


def test_a_teacher_is_no_second_person(school: Organisation, deputy: Account) -> None:
    fill(school, MANY + 1)
    request = ask(deputy, school)

    with pytest.raises(NotAllowed):
        actions.confirm_export(
            actor_of(people.account(school, Post.Role.TEACHER)), request.public_id
        )


def test_a_stranger_does_not_see_it(school: Organisation, deputy: Account) -> None:
    fill(school, 1)
    request = ask(deputy, school)
    stranger = people.account(organisations.school())

    with pytest.raises(NotFound):
        take(stranger, request)
    with pytest.raises(NotFound):
        actions.confirm_export(actor_of(stranger), request.public_id)


def test_the_second_person_takes_nothing_themselves(
    school: Organisation, deputy: Account, colleague: Account
) -> None:
    fill(school, 1)
    request = ask(deputy, school)

    with pytest.raises(NotAllowed):
        take(colleague, request)


def test_a_list_that_grew_meanwhile_needs_a_second_person(
    school: Organisation, deputy: Account, colleague: Account
) -> None:
    fill(school, MANY)
    request = ask(deputy, school)
    learners.learner(school)

    with pytest.raises(actions.SecondPersonNeeded):
        take(deputy, request)
    actions.confirm_export(actor_of(colleague), request.public_id)

    assert len(take(deputy, request)) == MANY + 3


def test_a_post_that_ended_ends_the_request(school: Organisation, deputy: Account) -> None:
    fill(school, 1)
    request = ask(deputy, school)
    moment = clock.now()
    with clock.travel(moment + timedelta(hours=1)):
        Post.objects.filter(person=deputy.person).update(until=moment + timedelta(minutes=1))

        with pytest.raises(NotFound):
            take(deputy, request)


def test_a_request_lasts_a_day(school: Organisation, deputy: Account, colleague: Account) -> None:
    fill(school, MANY + 1)
    request = ask(deputy, school)

    with clock.travel(clock.now() + LASTS + timedelta(minutes=1)):
        with pytest.raises(actions.RequestOver):
            take(deputy, request)
        with pytest.raises(actions.RequestOver):
            actions.confirm_export(actor_of(colleague), request.public_id)


def test_nobody_confirms_twice_or_what_needs_nobody(
    school: Organisation, deputy: Account, colleague: Account
) -> None:
    fill(school, 1)

    with pytest.raises(actions.AlreadyConfirmed):
        actions.confirm_export(actor_of(colleague), ask(deputy, school).public_id)


def test_the_database_lets_nobody_confirm_their_own(school: Organisation, deputy: Account) -> None:
    fill(school, 1)
    request = ask(deputy, school)

    with pytest.raises(IntegrityError), transaction.atomic():
        ExportRequest.objects.filter(pk=request.pk).update(confirmed_by=deputy.person)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExportRequest.objects.filter(pk=request.pk).update(size=MANY + 1, downloads=1)


def test_coordinator_takes_the_contacts_of_the_clusters_led() -> None:
    college, school, foreign = (
        organisations.college(),
        organisations.school(),
        organisations.school(),
    )
    cluster = network.cluster(college)
    network.member(cluster, school)
    people.head(school, family_name="Белова", email="belova@example.org")
    people.head(foreign, family_name="Чужая")
    coordinator = people.account(college, Post.Role.COORDINATOR)

    request = actions.request_export(
        actor_of(coordinator), college.public_id, kind="contacts", reason=REASON
    )
    text = str(take(coordinator, request))

    assert "belova@example.org" in text
    assert "Чужая" not in text


def test_cells_are_no_formulas(school: Organisation, deputy: Account) -> None:
    learners.learner(school, family_name="=1+1", given_name="@сумма")

    row = take(deputy, ask(deputy, school))[1]

    assert row[:2] == ["'=1+1", "'@сумма"]


def test_pages_lead_through_it(
    client: Client, school: Organisation, deputy: Account, colleague: Account
) -> None:
    fill(school, MANY + 1)
    client.force_login(deputy)
    form = {"organisation": school.public_id, "kind": "children", "reason": REASON}
    assert client.post("/exports/", form).status_code == 302
    request = ExportRequest.objects.get()
    assert client.post(f"/exports/{request.public_id}/download/").status_code == 409

    client.force_login(colleague)
    assert "Подтвердить" in client.get("/exports/").content.decode()
    client.post(f"/exports/{request.public_id}/confirm/")

    client.force_login(deputy)
    answer = client.post(f"/exports/{request.public_id}/download/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_form_without_a_reason_comes_back_filled(
    client: Client, school: Organisation, deputy: Account
) -> None:
    fill(school, 1)
    client.force_login(deputy)
    form = {"organisation": school.public_id, "kind": "children", "reason": "мало"}

    response = client.post("/exports/", form)

    assert response.status_code == 422
    assert "мало" in response.content.decode()


@pytest.mark.parametrize("role", [Post.Role.TEACHER, Post.Role.AUDITOR, Post.Role.OPERATOR])
def test_others_have_no_such_page(client: Client, school: Organisation, role: str) -> None:
    client.force_login(people.account(school, role))

    assert client.get("/exports/").status_code == 403


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_two_colleagues_at_once_confirm_once() -> None:
    with transaction.atomic(), scoped(SYSTEM):
        school = organisations.school()
        deputy, *colleagues = (people.account(school) for _ in range(3))
        fill(school, MANY + 1)
    request = ask(deputy, school)
    barrier = Barrier(2)
    done: list[Account] = []

    def confirm(account: Account) -> None:
        try:
            actor = actor_of(account)
            barrier.wait(60)
            with suppress(DomainError):
                actions.confirm_export(actor, request.public_id)
                done.append(account)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(confirm, colleagues))

    assert len(done) == 1


def test_asking_twice_is_asking_once(school: Organisation, deputy: Account) -> None:
    fill(school, 1)

    assert ask(deputy, school) == ask(deputy, school)


def test_a_second_person_is_asked_at_once_and_not_any_more_when_one_has_confirmed(
    school: Organisation, deputy: Account, colleague: Account
) -> None:
    fill(school, MANY + 1)
    request = ask(deputy, school)
    (notice,) = Notice.objects.all()
    assert (notice.person_id, notice.is_urgent) == (colleague.person_id, True)

    actions.confirm_export(actor_of(colleague), request.public_id)

    assert not Notice.objects.unread().exists()


def test_many_downloads_in_a_short_time_raise_an_alarm(
    school: Organisation, deputy: Account, colleague: Account
) -> None:
    fill(school, 1)
    request = ask(deputy, school)

    take(deputy, request), take(deputy, request)
    assert not Notice.objects.exists()
    take(deputy, request), take(deputy, request)

    assert Notice.objects.get().person_id == colleague.person_id
