"""Work for later: committed with its cause, judged again when it is done."""

from typing import Any

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from zveno.kernel import jobs, outbox
from zveno.kernel.actions import action
from zveno.kernel.actor import NOBODY, Actor
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.jobs import later
from zveno.kernel.models import Entry, Letter
from zveno.kernel.tests import make

pytestmark = pytest.mark.django_db
now_known: dict[object, Actor] = {}


def actor_of(credential: object) -> Actor:
    """Stand for the room people: rights are what they are now."""
    if not isinstance(credential, dict):
        raise TypeError
    return now_known.get(credential["credential"], NOBODY)


@pytest.fixture(autouse=True)
def _people(settings: Any) -> None:
    settings.ZVENO_ACTOR = f"{__name__}.actor_of"
    now_known.clear()


def coordinates(actor: Actor, target: Entry) -> bool:
    return actor.holds("coordinator", target.organisation)


@action(coordinates, on=Entry)
def draw(actor: Actor, target: Entry, *, words: str) -> None:
    outbox.post("somebody@example.org", words, "")


def leave_for_later(actor: Actor, target: Entry) -> None:
    later(draw, actor, target.public_id, words="готово")


def work() -> None:
    """Do what the worker would."""
    for job in ProcrastinateJob.objects.order_by("pk"):
        jobs.run(**job.args)


def test_job_is_written_in_the_transaction_of_its_cause() -> None:
    leave_for_later(make.actor(), make.target())

    assert ProcrastinateJob.objects.count() == 1


def test_job_is_gone_if_its_cause_is_rolled_back() -> None:
    own = make.target()

    with pytest.raises(OSError), transaction.atomic():  # noqa: PT011, PT012 - raised right here
        leave_for_later(make.actor(), own)
        raise OSError

    assert not ProcrastinateJob.objects.exists()


def test_worker_calls_the_verb_with_its_details() -> None:
    actor = make.actor()
    now_known[actor.credential] = actor
    leave_for_later(actor, make.target())

    work()

    assert Letter.objects.get().subject == "готово"
    assert Entry.objects.latest("pk").verb == "kernel.draw"


def test_worker_refuses_whoever_lost_the_post_meanwhile() -> None:
    actor = make.actor()
    leave_for_later(actor, make.target())

    with pytest.raises(NotFound):
        work()

    assert not Letter.objects.exists()


def test_worker_refuses_whoever_has_another_post_by_now() -> None:
    actor = make.actor()
    now_known[actor.credential] = make.actor(role="teacher")
    leave_for_later(actor, make.target())

    with pytest.raises(NotAllowed):
        work()

    assert not Letter.objects.exists()


def test_job_keeps_who_asked_and_no_right() -> None:
    actor = make.actor()
    leave_for_later(actor, make.target())

    assert ProcrastinateJob.objects.get().args["actor"] == {
        "means": "account",
        "credential": actor.credential,
    }
