"""Initials only is switched on while a child is entered: no whole name is left."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connections, transaction

from zveno.kernel.actor import SYSTEM
from zveno.kernel.tests.races import ended, seeing_all, wait_until_waited_for
from zveno.kernel.walls import scoped
from zveno.learners.actions import keep_initials
from zveno.learners.models import InitialsOnly, Learner
from zveno.learners.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
BLIND = "ALTER TABLE learners_learner {} TRIGGER initials_only"


@pytest.mark.parametrize(
    ("walled", "whole"), [(True, 0), (False, 1)], ids=["held", "control: without the trigger"]
)
def test_a_child_entered_meanwhile_is_shortened(walled: object, whole: int) -> None:
    with seeing_all():
        school = organisations.school()
        actor = people.actor(school)
    _trigger("ENABLE" if walled else "DISABLE")
    entered, switched = Event(), Event()
    try:
        with ThreadPoolExecutor(1) as pool:
            wait = wait_until_waited_for if walled else switched.wait
            other = pool.submit(ended, lambda: _enter(school, entered, wait))
            assert entered.wait(60)
            assert ended(lambda: keep_initials(actor, school.public_id)) == "done"
            switched.set()
            assert other.result() == "done"
    finally:
        _trigger("ENABLE")

    with seeing_all():
        assert InitialsOnly.objects.filter(organisation=school).exists()
        assert Learner.objects.filter(owner=school).named_whole().count() == whole


def _enter(school: Organisation, entered: Event, wait: object) -> None:
    """Enter a child past all verbs, and hold the transaction open."""
    with transaction.atomic(), scoped(SYSTEM):
        make.learner(school)
        entered.set()
        wait()  # type: ignore[operator]


def _trigger(turn: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(BLIND.format(turn))
