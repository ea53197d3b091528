"""Issuing certificates and taking them back."""

import base64
from datetime import timedelta
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from zveno.documents.models import Number, StoredFile, Verification
from zveno.events.actions import (
    NotHeldYet,
    NothingToIssue,
    TooLateToUndo,
    draw_batch,
    issue_certificates,
    undo_issue,
)
from zveno.events.models import UNDO, Batch, Certificate, Event
from zveno.events.tests import make
from zveno.kernel import clock, engines
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.models import Entry, Letter
from zveno.learners.models import Disclosure, Learner
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Draw nothing; remember what was to be drawn."""
    problems: list[dict[str, Any]] = []

    def run(_engine: str, problem: dict[str, Any], **_: Any) -> dict[str, str]:
        problems.append(problem)
        return {"pdf": base64.b64encode(b"%PDF-1.7").decode()}

    monkeypatch.setattr(engines, "run", run)
    return problems


def printed(event: Event) -> list[str]:
    found = Certificate.objects.filter(event=event).by_number()
    return [certificate.verification.number for certificate in found]


def test_all_who_came_get_numbers_without_gaps_in_the_order_of_their_names() -> None:
    event = make.held()
    make.came(event, organisations.school(), children=3)

    batch = issue_certificates(people.coordinator(event.host), event.public_id)

    year = clock.today().year
    assert batch.size == 3
    assert printed(event) == [f"{year}-00000{n}" for n in (1, 2, 3)]
    names = [row.learner.name_key for row in Certificate.objects.by_number() if row.learner]
    assert names == sorted(names)


def test_child_who_did_not_come_gets_none() -> None:
    event = make.held()
    group = make.came(event, organisations.school(), children=2)
    absent = group.places.latest("pk")
    group.places.filter(pk=absent.pk).update(came_at=None)

    batch = issue_certificates(people.coordinator(event.host), event.public_id)

    assert batch.size == 1
    assert not Certificate.objects.filter(learner=absent.learner).exists()


def test_second_click_issues_nothing() -> None:
    event = make.held()
    make.came(event, organisations.school())
    coordinator = people.coordinator(event.host)
    issue_certificates(coordinator, event.public_id)

    with pytest.raises(NothingToIssue):
        issue_certificates(coordinator, event.public_id)

    assert Number.objects.count() == 2


def test_latecomer_gets_the_next_number_in_a_batch_of_one() -> None:
    event = make.held()
    make.came(event, organisations.school())
    coordinator = people.coordinator(event.host)
    issue_certificates(coordinator, event.public_id)
    make.came(event, organisations.school(), children=1)

    batch = issue_certificates(coordinator, event.public_id)

    assert batch.size == 1
    assert printed(event)[-1].endswith("-000003")


def test_event_counts_its_valid_certificates() -> None:
    event = make.held()
    coordinator = people.coordinator(event.host)
    make.came(event, organisations.school(), children=3)
    first = issue_certificates(coordinator, event.public_id)
    make.came(event, organisations.school(), children=2)
    issue_certificates(coordinator, event.public_id)

    undo_issue(coordinator, first.public_id)

    event.refresh_from_db()
    assert event.certified == Certificate.objects.valid().count() == 2


def test_event_that_is_not_over_has_no_certificates() -> None:
    event = make.event()
    make.came(event, organisations.school())

    with pytest.raises(NotHeldYet):
        issue_certificates(people.coordinator(event.host), event.public_id)


def test_event_that_is_over_but_not_closed_has_certificates() -> None:
    event = make.held(state=Event.State.OPEN)
    make.came(event, organisations.school())

    assert issue_certificates(people.coordinator(event.host), event.public_id).size == 2


def test_child_whose_consent_was_withdrawn_is_passed_over() -> None:
    event = make.held()
    group = make.came(event, organisations.school(), children=2)
    gone = group.places.earliest("pk").learner
    Disclosure.objects.filter(learner=gone).update(until=clock.now())

    batch = issue_certificates(people.coordinator(event.host), event.public_id)

    assert batch.size == 1
    assert not Certificate.objects.filter(learner=gone).exists()


def test_verification_and_letters_name_no_child() -> None:
    event = make.held()
    school = organisations.school(email="school@example.org")
    make.came(event, school)

    issue_certificates(people.coordinator(event.host), event.public_id)

    (letter,) = Letter.objects.all()
    told = [letter.subject, letter.text]
    for claim in Verification.objects.all():
        told += [claim.title, claim.initials, claim.number, claim.issuer]
    family_names = Learner.objects.values_list("family_name", flat=True)
    assert not [name for name in family_names for text in told if name in text]
    assert f"/e/{event.public_id}/certificates/" in letter.text


def test_letters_wait_as_long_as_the_batch_may_be_taken_back() -> None:
    event = make.held()
    make.came(event, organisations.school(email="school@example.org"))

    batch = issue_certificates(people.coordinator(event.host), event.public_id)

    (letter,) = Letter.objects.all()
    assert letter.not_before >= batch.undo_until


def test_taking_back_voids_everything_and_keeps_the_numbers() -> None:
    event = make.held()
    make.came(event, organisations.school(email="school@example.org"))
    coordinator = people.coordinator(event.host)
    batch = issue_certificates(coordinator, event.public_id)

    undo_issue(coordinator, batch.public_id)

    assert not Letter.objects.exists()
    assert not Certificate.objects.valid().exists()
    assert not Verification.objects.filter(voided_at=None).exists()
    voided = Number.objects.order_by("number").values_list("number", "void_reason")
    assert [number for number, reason in voided if reason] == [1, 2]


def test_issue_after_taking_back_takes_new_numbers() -> None:
    event = make.held()
    make.came(event, organisations.school())
    coordinator = people.coordinator(event.host)
    undo_issue(coordinator, issue_certificates(coordinator, event.public_id).public_id)

    issue_certificates(coordinator, event.public_id)

    valid = Certificate.objects.valid().order_by("number")
    assert [certificate.number.number for certificate in valid] == [3, 4]


def test_taking_back_twice_changes_nothing() -> None:
    event = make.held()
    make.came(event, organisations.school())
    coordinator = people.coordinator(event.host)
    batch = issue_certificates(coordinator, event.public_id)
    undo_issue(coordinator, batch.public_id)
    undone_at = Batch.objects.get(pk=batch.pk).undone_at

    undo_issue(coordinator, batch.public_id)

    assert Batch.objects.get(pk=batch.pk).undone_at == undone_at


def test_batch_is_not_taken_back_after_the_letters_left() -> None:
    event = make.held()
    make.came(event, organisations.school())
    coordinator = people.coordinator(event.host)
    batch = issue_certificates(coordinator, event.public_id)

    with clock.travel(batch.issued_at + UNDO + timedelta(seconds=1)), pytest.raises(TooLateToUndo):
        undo_issue(coordinator, batch.public_id)

    assert Certificate.objects.valid().count() == 2


def test_issue_leaves_the_drawing_to_the_worker() -> None:
    event = make.held()
    make.came(event, organisations.school())

    batch = issue_certificates(people.coordinator(event.host), event.public_id)

    (job,) = ProcrastinateJob.objects.all()
    assert (job.args["verb"], job.args["target"]) == ("events.draw_batch", str(batch.public_id))


def test_drawing_keeps_one_file_with_all_sheets(drawn: list[dict[str, Any]]) -> None:
    event = make.held()
    make.came(event, organisations.school())
    coordinator = people.coordinator(event.host)
    batch = issue_certificates(coordinator, event.public_id)

    draw_batch(coordinator, batch.public_id)
    draw_batch(coordinator, batch.public_id)

    (problem,) = drawn
    assert [sheet["number"] for sheet in problem["sheets"]] == printed(event)
    file = StoredFile.objects.get()
    assert Batch.objects.get(pk=batch.pk).file == file
    assert (file.owner, bytes(file.data)) == (event.host, b"%PDF-1.7")


def test_batch_taken_back_is_not_drawn(drawn: list[dict[str, Any]]) -> None:
    event = make.held()
    make.came(event, organisations.school())
    coordinator = people.coordinator(event.host)
    batch = issue_certificates(coordinator, event.public_id)
    undo_issue(coordinator, batch.public_id)

    draw_batch(coordinator, batch.public_id)

    assert not drawn
    assert not StoredFile.objects.exists()


def test_batch_taken_back_while_it_is_drawn_keeps_no_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    event = make.held()
    make.came(event, organisations.school())
    coordinator = people.coordinator(event.host)
    batch = issue_certificates(coordinator, event.public_id)

    def run(*_: Any, **__: Any) -> dict[str, str]:
        Batch.objects.filter(pk=batch.pk).update(undone_at=clock.now())
        return {"pdf": base64.b64encode(b"%PDF-1.7").decode()}

    monkeypatch.setattr(engines, "run", run)
    draw_batch(coordinator, batch.public_id)

    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("role", ["representative", "teacher", "head"])
def test_only_a_coordinator_of_the_host_issues(role: str) -> None:
    event = make.held()
    make.came(event, organisations.school())

    with pytest.raises(NotAllowed):
        issue_certificates(people.actor(event.host, role), event.public_id)


def test_coordinator_of_another_college_takes_nothing_back() -> None:
    event = make.held()
    make.came(event, organisations.school())
    batch = issue_certificates(people.coordinator(event.host), event.public_id)

    with pytest.raises(NotFound):
        undo_issue(people.coordinator(organisations.college()), batch.public_id)


def test_journal_tells_of_the_issue_and_its_consequences() -> None:
    event = make.held()
    make.came(event, organisations.school())

    issue_certificates(people.coordinator(event.host), event.public_id)

    entry = Entry.objects.get(verb="events.issue_certificates")
    children = Entry.objects.filter(parent=entry.public_id).values_list("verb", flat=True)
    assert sorted(children) == ["documents.publish_claims", "documents.take_numbers"]
    assert entry.created_kind == "events.Batch"
