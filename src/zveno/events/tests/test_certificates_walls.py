"""Certificates behind row-level security, and what the worker may do with them."""

import base64
from io import BytesIO
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pypdf import PdfReader

from zveno.documents.models import StoredFile
from zveno.events.actions import draw_batch, issue_certificates
from zveno.events.models import Batch, Certificate, Event
from zveno.events.tests import make
from zveno.kernel import clock, engines, jobs
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotFound
from zveno.kernel.walls import scoped
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post, actor_of
from zveno.people.tests import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def issued(children: int = 2) -> Event:
    event = make.held()
    make.came(event, organisations.school(), children)
    issue_certificates(people.coordinator(event.host), event.public_id)
    return event


def seen(actor: Actor) -> int:
    """Count certificates in a transaction that forgot ``visible_to``."""
    with scoped(actor):
        return Certificate.objects.all().count()


def test_page_that_forgets_who_asks_shows_foreign_children_to_nobody() -> None:
    event = issued()
    sender = event.groups.get().sender

    assert seen(people.actor(event.host)) == 2
    assert seen(people.actor(sender)) == 2
    assert seen(people.actor(organisations.school())) == 0
    assert seen(Actor()) == 0


def test_school_reads_its_certificates_and_cannot_change_them() -> None:
    event = issued()

    with scoped(people.actor(event.groups.get().sender)):
        assert Certificate.objects.update(name="") == 0


def test_worker_draws_nothing_for_whoever_lost_the_post_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    event = make.held()
    make.came(event, organisations.school())
    account = people.account(event.host, Post.Role.COORDINATOR)
    batch = issue_certificates(actor_of(account), event.public_id)
    Post.objects.filter(person=account.person).update(until=clock.now())
    monkeypatch.setattr(engines, "run", pytest.fail)

    with pytest.raises(NotFound):
        jobs.run(**ProcrastinateJob.objects.get().args)

    assert Batch.objects.get(pk=batch.pk).file is None


def test_worker_draws_for_whoever_still_holds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*_: Any, **__: Any) -> dict[str, str]:
        return {"pdf": base64.b64encode(b"%PDF-1.7").decode()}

    monkeypatch.setattr(engines, "run", run)
    issued()

    jobs.run(**ProcrastinateJob.objects.get().args)

    assert Batch.objects.get().file


@pytest.mark.slow
def test_drawn_file_is_a_pdf_with_a_page_a_child() -> None:
    event = issued(children=3)

    draw_batch(people.coordinator(event.host), Batch.objects.get().public_id)

    pages = PdfReader(BytesIO(bytes(StoredFile.objects.get().data))).pages
    names = Certificate.objects.by_number().values_list("name", flat=True)
    assert len(pages) == len(names) == 3
    assert all(name in page.extract_text() for name, page in zip(names, pages, strict=True))
