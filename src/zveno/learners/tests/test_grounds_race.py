"""A consent is withdrawn while a child is being disclosed: nothing is shown without a ground."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.tests.races import ended, seeing_all
from zveno.learners.actions import Reader, disclose, withdraw_consent
from zveno.learners.models import Disclosure, Learner, Purpose
from zveno.learners.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


def disclosed_while_withdrawn(monkeypatch: pytest.MonkeyPatch) -> str:
    """Withdraw the consent between the look at the ground and the disclosure; say how it ended."""
    with seeing_all():
        child, host = make.founded(), organisations.college()
        actor, other = people.actor(child.owner), people.actor(child.owner)
        owner = child.owner
    before = Disclosure.objects.bulk_create

    def withdrawn_before(*rows: Any, **how: Any) -> Any:
        monkeypatch.undo()
        withdrawn = elsewhere(other, child)
        assert withdrawn == "done"
        return before(*rows, **how)

    monkeypatch.setattr(Disclosure.objects, "bulk_create", withdrawn_before)
    return ended(lambda: shown(actor, owner, child, host))


def elsewhere(actor: Actor, child: Learner) -> str:
    def withdrawn() -> object:
        return withdraw_consent(actor, child.public_id, purpose=Purpose.PARTICIPATION)

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: ended(withdrawn)).result()


def shown(actor: Actor, owner: Organisation, child: Learner, host: Organisation) -> None:
    until = clock.now() + timedelta(days=1)
    reader = Reader(host.pk, "events.Event:1", until)
    disclose(actor, owner.public_id, learners=[child.pk], reader=reader)


def test_whoever_comes_second_shows_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    assert disclosed_while_withdrawn(monkeypatch) == "clash"

    with seeing_all():
        assert not Disclosure.objects.live().exists()


def test_without_the_guard_of_the_database_the_child_would_be_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    switched("DISABLE")
    try:
        assert disclosed_while_withdrawn(monkeypatch) == "done"
        with seeing_all():
            assert Disclosure.objects.live().exists()
    finally:
        switched("ENABLE")


def switched(how: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"ALTER TABLE learners_disclosure {how} TRIGGER disclosed_with_a_ground")
