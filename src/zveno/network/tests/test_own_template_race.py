"""Two who upload templates of a kind at once: one version comes of it, the other is told."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from zveno.documents.actions import Upload, store_file
from zveno.kernel.actor import Actor
from zveno.kernel.tests.races import ended, seeing_all
from zveno.network.actions import save_template, templates
from zveno.network.models import Kind, OwnTemplate
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
NUMBERED = "ALTER TABLE network_owntemplate {} CONSTRAINT template_has_its_number"


@pytest.fixture(autouse=True)
def meeting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let both meet when they have looked at the versions there are and not stored theirs."""
    barrier = Barrier(2)

    def meet(*details: Any, **named: Any) -> Any:
        barrier.wait(timeout=60)
        return store_file(*details, **named)

    def without_faults(problem: dict[str, Any]) -> dict[str, Any]:
        return {"faults": [], "docx": problem["docx"]}

    monkeypatch.setattr(templates, "store_file", meet)
    monkeypatch.setattr(templates, "asked", without_faults)


@contextmanager
def unguarded() -> Iterator[None]:
    """Take the constraint away that stands between the two."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(NUMBERED.format("DROP"))
        yield
        cursor.execute("DELETE FROM network_owntemplate")
        cursor.execute(NUMBERED.format("ADD") + " UNIQUE (owner_id, kind, number)")


def at_once() -> list[str]:
    with seeing_all():
        house = organisations.college()
        clerk = people.coordinator(house)
    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(lambda data: save(clerk, house, data), [b"one", b"two"]))


def save(actor: Actor, house: Organisation, data: bytes) -> str:
    """Upload a template as a server of its own would; tell how it ended."""
    upload = Upload("template.docx", "", data)
    return ended(
        lambda: save_template(actor, house.public_id, kind=Kind.COOPERATION, upload=upload)
    )


def numbers() -> list[int]:
    with seeing_all():
        return [one.number for one in OwnTemplate.objects.all()]


def test_one_of_the_two_is_kept_and_the_other_told() -> None:
    assert at_once() == ["clash", "done"]
    assert numbers() == [1]


def test_without_the_constraint_one_number_would_be_given_twice() -> None:
    with unguarded():
        assert at_once() == ["done", "done"]
        assert numbers() == [1, 1]
