"""Two sheets of one newcomer drawn at once: there is one."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from uuid import UUID

import pytest
from django.db import connections

from zveno.kernel.actor import Actor
from zveno.kernel.tests.races import seeing_all
from zveno.network.actions import acceding, start_accession
from zveno.network.models import Agreement, Kind
from zveno.network.tests import make
from zveno.organisations.models import Organisation
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


def draw(actor: Actor, agreement: Agreement, newcomer: Organisation) -> UUID:
    """Draw a sheet as a server of its own would."""
    try:
        made = start_accession(actor, agreement.public_id, newcomer=newcomer.public_id)
    finally:
        connections.close_all()
    return made.public_id


def at_once() -> int:
    """Let two coordinators draw a sheet for the same member; count the sheets there are."""
    with seeing_all():
        cluster = make.cluster()
        agreement = make.agreement(cluster, signed=1)
        newcomer = make.member(cluster)
        actors = [people.coordinator(cluster.base) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        keys = set(pool.map(lambda actor: draw(actor, agreement, newcomer), actors))
    with seeing_all():
        sheets = Agreement.objects.filter(kind=Kind.ACCESSION)
        assert keys == {sheet.public_id for sheet in sheets}
        return len(keys)


def let_meet(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    """Let both meet, if they can, when they have looked for a sheet and not stored theirs."""
    barrier, sheet = Barrier(2), acceding._sheet

    def meet(agreement: Agreement, name: str, role: str) -> Agreement:
        with suppress(BrokenBarrierError):
            barrier.wait(timeout=seconds)
        return sheet(agreement, name, role)

    monkeypatch.setattr(acceding, "_sheet", meet)


def test_both_get_the_same_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    let_meet(monkeypatch, seconds=1)

    assert at_once() == 1


def test_without_the_lock_there_would_be_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start_accession, "lock", False)
    let_meet(monkeypatch, seconds=60)

    assert at_once() == 2
