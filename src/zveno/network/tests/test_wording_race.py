"""Two who edit the same clauses save at once: one version comes of it, the other is told."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from zveno.kernel.actor import Actor
from zveno.kernel.tests.races import ended, seeing_all
from zveno.network.actions import save_wording, wordings
from zveno.network.models import Wording
from zveno.network.models.kinds import Kind
from zveno.network.models.placeholders import faults, shipped_text
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
NUMBERED = "ALTER TABLE network_wording {} CONSTRAINT wording_has_its_number"
CURRENT = "one_wording_is_current ON network_wording (owner_id, kind) WHERE current"


@pytest.fixture(autouse=True)
def meeting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let both meet when they have looked at the versions there are and not stored theirs."""
    barrier = Barrier(2)

    def meet(*details: Any) -> Any:
        barrier.wait(timeout=60)
        return faults(*details)

    monkeypatch.setattr(wordings, "faults", meet)


@contextmanager
def unguarded() -> Iterator[None]:
    """Take the constraints away that stand between the two."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(NUMBERED.format("DROP"))
        cursor.execute("DROP INDEX one_wording_is_current")
        yield
        cursor.execute("DELETE FROM network_wording")
        cursor.execute(NUMBERED.format("ADD") + " UNIQUE (owner_id, kind, number)")
        cursor.execute(f"CREATE UNIQUE INDEX {CURRENT}")


def at_once() -> list[str]:
    with seeing_all():
        house = organisations.college()
        clerk = people.coordinator(house)
    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(lambda words: save(clerk, house, words), ["Раз.", "Два."]))


def save(actor: Actor, house: Organisation, words: str) -> str:
    """Save a version as a server of its own would; tell how it ended."""
    text = shipped_text(Kind.COOPERATION) + words
    return ended(
        lambda: save_wording(actor, house.public_id, kind=Kind.COOPERATION, text=text, seen=0)
    )


def numbers() -> list[int]:
    """Return the numbers of all versions: which is in use then depends on who was first."""
    with seeing_all():
        return [one.number for one in Wording.objects.all()]


def test_one_of_the_two_is_saved_and_the_other_told() -> None:
    assert at_once() == ["clash", "done"]
    assert numbers() == [1]


def test_without_the_constraints_one_number_would_be_given_twice() -> None:
    with unguarded():
        assert at_once() == ["done", "done"]
        assert numbers() == [1, 1]
