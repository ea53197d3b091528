"""An archive with a file for each sheet, drawn part by part."""

import base64
import io
import zipfile
from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from zveno.documents.models import StoredFile
from zveno.events.actions import (
    NothingToPack,
    issue_certificates,
    pack_batch,
    pack_part,
    packing,
    undo_issue,
    void_certificate,
)
from zveno.events.models import Batch, BatchPart, Certificate
from zveno.events.tests import make
from zveno.kernel import engines
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.models import Entry
from zveno.learners.models import Learner
from zveno.organisations.tests import make as organisations
from zveno.people.models import Account, Post, actor_of
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Draw nothing; remember the numbers of each part. A part is two files."""
    parts: list[list[str]] = []

    def run(_engine: str, problem: dict[str, Any], **_: Any) -> dict[str, list[str]]:
        assert problem["apart"]
        parts.append([sheet["number"] for sheet in problem["sheets"]])
        return {"pdfs": [base64.b64encode(n.encode()).decode() for n in parts[-1]]}

    monkeypatch.setattr(engines, "run", run)
    monkeypatch.setattr(packing, "PART", 2)
    return parts


def issued(children: int = 3) -> tuple[Batch, Actor, Account]:
    event = make.held()
    make.came(event, organisations.school(), children=children)
    account = people.account(event.host, Post.Role.COORDINATOR)
    anna = actor_of(account)
    return issue_certificates(anna, event.public_id), anna, account


def pack(batch: Batch, anna: Actor, most: int = 9) -> Batch:
    """Ask for the archive and work for the worker."""
    pack_batch(anna, batch.public_id)
    for _number in range(most):
        pack_part(anna, batch.public_id)
    return Batch.objects.get(pk=batch.pk)


def address(batch: Batch) -> str:
    return f"/e/{batch.event.public_id}/certificates/{batch.public_id}/all.zip"


def test_files_are_drawn_part_by_part_and_counted(drawn: list[list[str]]) -> None:
    batch, anna, _account = issued(children=3)

    counted = [pack(batch, anna, most=1).packed, pack(batch, anna, most=1).packed]

    assert counted == [2, 3]
    assert [len(part) for part in drawn] == [2, 1]


def test_worker_is_asked_for_each_part() -> None:
    batch, anna, _account = issued(children=3)
    ProcrastinateJob.objects.all().delete()

    pack_batch(anna, batch.public_id)
    pack_part(anna, batch.public_id)
    pack_part(anna, batch.public_id)

    asked = ProcrastinateJob.objects.order_by("id")
    assert [job.args["verb"] for job in asked] == ["events.pack_part"] * 2


def test_archive_holds_a_file_for_each_sheet_named_by_number_and_class(client: Client) -> None:
    batch, anna, account = issued(children=3)
    pack(batch, anna)
    client.force_login(account)

    answer = client.get(address(batch))

    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        numbers = [archive.read(name).decode() for name in names]
    assert numbers == [row.verification.number for row in Certificate.objects.by_number()]
    assert [name.startswith(number) for name, number in zip(names, numbers, strict=True)] == [
        True
    ] * 3
    family_names = Learner.objects.values_list("family_name", flat=True)
    assert not [name for name in names for one in family_names if one in name]


def test_journal_hears_whose_sheets_are_in_the_archive(client: Client) -> None:
    batch, anna, account = issued(children=2)
    pack(batch, anna)
    client.force_login(account)

    client.get(address(batch))

    seen = Entry.objects.filter(target_key="events:certificates_zip").latest("pk")
    assert len(seen.details["seen"]) == 2


def test_archive_that_is_not_ready_is_not_there(client: Client) -> None:
    batch, anna, account = issued(children=3)
    client.force_login(account)
    before = client.get(address(batch)).status_code
    pack(batch, anna, most=1)

    assert [before, client.get(address(batch)).status_code] == [404, 404]


def test_asked_twice_it_is_drawn_once(drawn: list[list[str]]) -> None:
    batch, anna, _account = issued(children=2)
    pack(batch, anna)

    pack(batch, anna)

    assert len(drawn) == 1


def test_voiding_one_lets_go_of_the_archive() -> None:
    batch, anna, _account = issued(children=2)
    pack(batch, anna)

    one = Certificate.objects.earliest("pk")
    void_certificate(anna, one.public_id, why="Ошибка в фамилии")

    batch.refresh_from_db()
    assert (batch.is_packed, BatchPart.objects.count()) == (False, 0)
    assert not StoredFile.objects.filter(media_type="application/zip").exists()


def test_undone_batch_is_not_packed() -> None:
    batch, anna, _account = issued()
    undo_issue(anna, batch.public_id)

    with pytest.raises(NothingToPack):
        pack_batch(anna, batch.public_id)


@pytest.mark.parametrize("role", ["teacher", "head"])
def test_only_a_coordinator_asks_for_it(role: str) -> None:
    batch, _anna, _account = issued()

    with pytest.raises(NotAllowed):
        pack_batch(people.actor(batch.event.host, role), batch.public_id)
