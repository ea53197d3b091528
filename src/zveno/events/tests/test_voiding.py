"""One certificate is voided for a reason, and replaced by a new one."""

import base64
from typing import Any

import pytest
from django.test import Client

from zveno.documents.models import Number, StoredFile, Verification
from zveno.events.actions import (
    NothingToIssue,
    NothingToReplace,
    draw_batch,
    issue_certificates,
    replace_certificate,
    undo_issue,
    void_certificate,
)
from zveno.events.models import Batch, Certificate, Event
from zveno.events.tests import make
from zveno.kernel import clock, engines
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.models import Letter
from zveno.learners.models import Disclosure, Learner
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
WHY = "Ошибка в фамилии"


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Draw nothing; remember what was to be drawn."""
    problems: list[dict[str, Any]] = []

    def run(_engine: str, problem: dict[str, Any], **_: Any) -> dict[str, str]:
        problems.append(problem)
        return {"pdf": base64.b64encode(b"%PDF-1.7").decode()}

    monkeypatch.setattr(engines, "run", run)
    return problems


def issued(children: int = 2) -> tuple[Event, Certificate]:
    event = make.held()
    make.came(event, organisations.school(email="school@example.org"), children)
    issue_certificates(people.coordinator(event.host), event.public_id)
    return event, Certificate.objects.order_by("number").first() or pytest.fail("none")


def void(event: Event, certificate: Certificate) -> None:
    void_certificate(people.coordinator(event.host), certificate.public_id, why=WHY)


def test_a_void_one_keeps_its_number_with_the_reason_and_says_so_to_whoever_checks() -> None:
    event, certificate = issued()

    void(event, certificate)

    number = Number.objects.get(pk=certificate.number_id)
    assert (number.void_reason, number.voided_at is None) == (WHY, False)
    assert Verification.objects.get(pk=certificate.verification_id).voided_at
    event.refresh_from_db()
    assert event.certified == Certificate.objects.valid().count() == 1


def test_to_void_twice_changes_nothing() -> None:
    event, certificate = issued()
    void(event, certificate)
    letters = Letter.objects.count()

    void_certificate(people.coordinator(event.host), certificate.public_id, why="Другая")

    event.refresh_from_db()
    assert event.certified == 1
    assert Number.objects.get(pk=certificate.number_id).void_reason == WHY
    assert Letter.objects.count() == letters


def test_the_school_is_told_the_number_and_no_child() -> None:
    event, certificate = issued()
    void(event, certificate)

    letter = Letter.objects.get(subject__startswith="Сертификат аннулирован")

    assert letter.to == "school@example.org"
    assert certificate.verification.number in letter.text
    assert WHY in letter.text
    family = Learner.objects.get(certificates=certificate).family_name
    assert family not in letter.subject + letter.text


def test_the_common_file_is_drawn_anew_without_it(drawn: list[dict[str, Any]]) -> None:
    event, certificate = issued()
    coordinator = people.coordinator(event.host)
    batch = Batch.objects.get()
    draw_batch(coordinator, batch.public_id)

    void(event, certificate)
    assert not StoredFile.objects.exists()
    draw_batch(coordinator, batch.public_id)

    numbers = [[sheet["number"] for sheet in problem["sheets"]] for problem in drawn]
    assert numbers[1] == numbers[0][1:]
    assert StoredFile.objects.count() == 1


def test_where_all_are_void_nothing_is_owed() -> None:
    event, certificate = issued(children=1)

    void(event, certificate)

    assert not Batch.objects.get().is_being_drawn
    assert not Batch.objects.undrawn().exists()


def test_issuing_to_all_does_not_bring_a_void_one_back() -> None:
    event, certificate = issued()
    void(event, certificate)

    with pytest.raises(NothingToIssue):
        issue_certificates(people.coordinator(event.host), event.public_id)


def test_a_new_one_has_the_next_number_and_the_name_as_it_is_now() -> None:
    event, certificate = issued()
    void(event, certificate)
    Learner.objects.filter(certificates=certificate).update(family_name="Исправленный")

    batch = replace_certificate(people.coordinator(event.host), certificate.public_id)

    new = batch.certificates.get()
    assert new.number.number == 3
    assert "Исправленный" in new.name
    event.refresh_from_db()
    assert event.certified == 2


def test_a_valid_one_is_not_replaced_nor_a_void_one_twice() -> None:
    event, certificate = issued()
    coordinator = people.coordinator(event.host)

    with pytest.raises(NothingToReplace):
        replace_certificate(coordinator, certificate.public_id)
    void(event, certificate)
    replace_certificate(coordinator, certificate.public_id)
    with pytest.raises(NothingToReplace):
        replace_certificate(coordinator, certificate.public_id)

    assert Certificate.objects.valid().count() == 2


def test_a_child_no_longer_shown_gets_no_new_one() -> None:
    event, certificate = issued()
    void(event, certificate)
    Disclosure.objects.filter(learner=certificate.learner_id).update(until=clock.now())

    with pytest.raises(NothingToReplace):
        replace_certificate(people.coordinator(event.host), certificate.public_id)


def test_a_batch_with_a_void_one_may_still_be_taken_back() -> None:
    event, certificate = issued()
    void(event, certificate)

    undo_issue(people.coordinator(event.host), Batch.objects.get().public_id)

    event.refresh_from_db()
    assert event.certified == 0
    assert Number.objects.get(pk=certificate.number_id).void_reason == WHY


def test_only_a_coordinator_of_the_issuer_voids() -> None:
    event, certificate = issued()

    with pytest.raises(NotAllowed):
        void_certificate(people.actor(event.host, "teacher"), certificate.public_id, why=WHY)
    school = event.groups.get().sender
    with pytest.raises(NotAllowed):
        void_certificate(people.actor(school, "head"), certificate.public_id, why=WHY)
    stranger = people.coordinator(organisations.college())
    with pytest.raises(NotFound):
        void_certificate(stranger, certificate.public_id, why=WHY)


def signed_in(event: Event) -> Client:
    client = Client()
    client.force_login(people.account(event.host, Post.Role.COORDINATOR))
    return client


def test_one_form_voids_and_issues_a_new_one() -> None:
    event, certificate = issued()
    client = signed_in(event)

    sent = {"why": WHY, "again": "1"}
    answer = client.post(f"/certificates/{certificate.public_id}/void/", sent, follow=True)

    assert answer.status_code == 200
    assert Certificate.objects.valid().count() == 2
    assert Certificate.objects.void().count() == 1


def test_without_a_reason_nothing_is_voided() -> None:
    event, certificate = issued()

    answer = signed_in(event).post(f"/certificates/{certificate.public_id}/void/", {"why": " "})

    assert answer.status_code == 422
    assert not Certificate.objects.void().exists()


def test_list_of_void_ones_says_why_and_offers_a_new_one_once() -> None:
    event, certificate = issued()
    client, page = signed_in(event), f"/e/{event.public_id}/certificates/?state=void"
    void(event, certificate)
    offer = f"/certificates/{certificate.public_id}/replace/"

    before = client.get(page).content.decode()
    client.post(offer)
    after = client.get(page).content.decode()

    assert (WHY in before, offer in before) == (True, True)
    assert (WHY in after, offer in after) == (True, False)


def test_pages_ask_few_questions(django_assert_max_num_queries: Any) -> None:
    event, certificate = issued(children=10)
    client = signed_in(event)

    with django_assert_max_num_queries(14):
        client.get(f"/certificates/{certificate.public_id}/void/")
    void(event, certificate)
    with django_assert_max_num_queries(24):
        client.get(f"/e/{event.public_id}/certificates/?state=void")
