"""The operator sees what Zveno does by itself, and does anew what is stuck."""

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.fixtures import DjangoAssertNumQueries

from zveno.kernel import clock, registry
from zveno.kernel.models import Entry
from zveno.kernel.registry import Job
from zveno.kernel.sweep import Trouble
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
NIGHTLY = "zveno.kernel.check_chain"


@pytest.fixture
def operator(client: Client) -> Client:
    client.force_login(people.account(organisations.college(), Post.Role.OPERATOR))
    registry.enlist()
    return client


def test_page_names_every_job_in_words(operator: Client) -> None:
    rows = operator.get("/jobs/").context["rows"]

    assert {row["job"].name for row in rows} == set(registry.timetable())
    assert all(str(row["words"]) != row["job"].name for row in rows)


def test_page_says_what_fails(operator: Client) -> None:
    Job.objects.filter(name=NIGHTLY).update(failures=2, fault="OSError", failed_at=clock.now())

    assert "OSError" in operator.get("/jobs/").content.decode()


def test_a_job_is_run_by_a_button(operator: Client) -> None:
    job = Job.objects.get(name=NIGHTLY)

    assert operator.post(f"/jobs/{job.public_id}/run/").status_code == 302

    assert ProcrastinateJob.objects.get().task_name == NIGHTLY
    assert Entry.objects.latest("pk").verb == "desk.run_job"


def test_what_is_stuck_is_tried_again_by_a_button(operator: Client) -> None:
    trouble = Trouble.objects.create(kind=Trouble.Kind.FAILING, key=NIGHTLY)
    assert "Попробовать снова" in operator.get("/jobs/").content.decode()

    operator.post(f"/jobs/stuck/{trouble.public_id}/again/")

    assert ProcrastinateJob.objects.get().task_name == NIGHTLY


def test_what_is_over_is_left_alone(operator: Client) -> None:
    trouble = Trouble.objects.create(kind=Trouble.Kind.FAILING, key=NIGHTLY, over_at=clock.now())

    operator.post(f"/jobs/stuck/{trouble.public_id}/again/")

    assert not ProcrastinateJob.objects.exists()


def test_page_asks_few_questions(
    operator: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        Trouble.objects.create(kind=Trouble.Kind.LETTER, key=str(number))

    with django_assert_max_num_queries(12):
        operator.get("/jobs/")


@pytest.mark.parametrize("role", [Post.Role.COORDINATOR, Post.Role.HEAD, Post.Role.AUDITOR])
def test_nobody_else_sees_it(client: Client, role: str) -> None:
    client.force_login(people.account(organisations.college(), role))
    registry.enlist()
    job, trouble = Job.objects.latest("pk"), Trouble.objects.create(kind="late", key="x")

    assert client.get("/jobs/").status_code == 403
    assert client.post(f"/jobs/{job.public_id}/run/").status_code == 404
    assert client.post(f"/jobs/stuck/{trouble.public_id}/again/").status_code == 404
