"""Pages of certificates: the host's, the school's, and what others do not see."""

import base64
from typing import Any

import pytest
from django.test import Client

from zveno.documents.models import StoredFile, Verification
from zveno.events.actions import draw_batch, issue_certificates
from zveno.events.models import Batch, Certificate, Event
from zveno.events.tests import make
from zveno.kernel import engines
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Draw nothing; remember what was to be drawn."""
    problems: list[dict[str, Any]] = []

    def run(_engine: str, problem: dict[str, Any], **_: Any) -> dict[str, str]:
        problems.append(problem)
        return {"pdf": base64.b64encode(b"%PDF-1.7").decode()}

    monkeypatch.setattr(engines, "run", run)
    return problems


def signed_in(organisation: Organisation, role: str = Post.Role.REPRESENTATIVE) -> Client:
    client = Client()
    client.force_login(people.account(organisation, role))
    return client


def coordinator(event: Event) -> Client:
    return signed_in(event.host, Post.Role.COORDINATOR)


def page(event: Event) -> str:
    return f"/e/{event.public_id}/certificates/"


def issued(event: Event) -> Batch:
    return issue_certificates(people.coordinator(event.host), event.public_id)


def test_one_click_issues_and_the_toast_takes_it_back() -> None:
    event = make.held()
    make.came(event, organisations.school())
    client = coordinator(event)

    answer = client.post(f"{page(event)}issue/", follow=True)

    undo = f"{page(event)}{Batch.objects.get().public_id}/undo/"
    assert f'<form method="post" action="{undo}">' in answer.content.decode()
    client.post(undo)
    assert not Certificate.objects.valid().exists()


def test_second_click_is_answered_by_the_page_and_not_by_an_error() -> None:
    event = make.held()
    make.came(event, organisations.school())
    client = coordinator(event)
    client.post(f"{page(event)}issue/")

    answer = client.post(f"{page(event)}issue/", follow=True)

    assert answer.status_code == 200
    assert "сертификаты уже есть" in answer.content.decode()
    assert Certificate.objects.count() == 2


def test_before_the_event_ends_the_page_offers_nothing() -> None:
    event = make.event()
    make.came(event, organisations.school())

    answer = coordinator(event).get(page(event))

    assert "issue/" not in answer.content.decode()


def test_host_reads_all_names_with_their_numbers() -> None:
    event = make.held()
    make.came(event, organisations.school())
    issued(event)

    text = coordinator(event).get(page(event)).content.decode()

    for certificate in Certificate.objects.select_related("verification"):
        assert certificate.name in text
        assert certificate.verification.number in text


def test_school_reads_its_own_children_only() -> None:
    event = make.held()
    ours, theirs = organisations.school(), organisations.school()
    make.came(event, ours)
    make.came(event, theirs)
    issued(event)

    text = signed_in(ours).get(page(event)).content.decode()

    seen = {
        row.learner.owner for row in Certificate.objects.all() if row.name in text if row.learner
    }
    assert seen == {ours}


def test_school_prints_all_of_its_own_children(drawn: list[dict[str, Any]]) -> None:
    event = make.held()
    school = organisations.school()
    make.came(event, school)
    make.came(event, organisations.school(), children=3)
    issued(event)

    answer = signed_in(school).get(f"/e/{event.public_id}/certificates.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert len(drawn[-1]["sheets"]) == 2


def test_name_of_a_file_tells_of_no_child() -> None:
    event = make.held()
    school = organisations.school()
    make.came(event, school, children=1)
    issued(event)
    certificate = Certificate.objects.get()

    answer = signed_in(school).get(f"/certificates/{certificate.public_id}.pdf")

    number = certificate.verification.number
    assert answer["Content-Disposition"] == f'attachment; filename="certificate-{number}.pdf"'


def test_void_certificate_is_not_printed() -> None:
    event = make.held()
    school = organisations.school()
    make.came(event, school, children=1)
    batch = issued(event)
    coordinator(event).post(f"{page(event)}{batch.public_id}/undo/")

    answer = signed_in(school).get(f"/certificates/{Certificate.objects.get().public_id}.pdf")

    assert answer.status_code == 404


@pytest.mark.parametrize("who", ["another school", "a school that only waits elsewhere"])
def test_stranger_finds_nothing(who: str) -> None:
    event = make.held()
    make.came(event, organisations.school(), children=1)
    issued(event)
    stranger = organisations.school()
    if who == "a school that only waits elsewhere":
        make.came(make.held(), stranger)
    client = signed_in(stranger)
    certificate = Certificate.objects.get()

    answers = [
        client.get(page(event)),
        client.get(f"/e/{event.public_id}/certificates.pdf"),
        client.get(f"/certificates/{certificate.public_id}.pdf"),
        client.post(f"{page(event)}{Batch.objects.get().public_id}/undo/"),
        client.post(f"{page(event)}{Batch.objects.get().public_id}/draw/"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5


def test_school_may_not_issue() -> None:
    event = make.held()
    school = organisations.school()
    make.came(event, school)

    answer = signed_in(school).post(f"{page(event)}issue/")

    assert answer.status_code == 403
    assert not Certificate.objects.exists()


def test_anonymous_visitor_signs_in_first(client: Client) -> None:
    event = make.held()
    make.came(event, organisations.school(), children=1)
    issued(event)
    certificate = Certificate.objects.get()

    for address in (page(event), f"/certificates/{certificate.public_id}.pdf"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/sign-in/")


def test_page_asks_again_while_the_file_is_made_and_stops_when_it_is_there() -> None:
    event = make.held()
    make.came(event, organisations.school())
    batch = issued(event)
    client = coordinator(event)

    before = client.get(page(event), headers={"HX-Request": "true"}).content.decode()
    draw_batch(people.coordinator(event.host), batch.public_id)
    after = client.get(page(event), headers={"HX-Request": "true"}).content.decode()

    assert 'hx-trigger="every 2s"' in before
    assert "hx-trigger" not in after
    assert f"/files/{StoredFile.objects.get().public_id}/" in after
    assert "<html" not in before


def test_file_the_worker_never_made_is_made_on_demand() -> None:
    event = make.held()
    make.came(event, organisations.school())
    batch = issued(event)

    coordinator(event).post(f"{page(event)}{batch.public_id}/draw/")

    assert Batch.objects.get().file


def test_list_goes_on_after_fifty() -> None:
    event = make.held(capacity=60)
    make.came(event, organisations.school(), children=52)
    issued(event)
    client = coordinator(event)
    fiftieth, *_, last = Verification.objects.order_by("number").values_list("number", flat=True)[
        49:
    ]

    first = client.get(page(event)).content.decode()
    second = client.get(page(event), {"after": fiftieth}).content.decode()

    assert f"?after={fiftieth}" in first
    assert last not in first
    assert last in second


@pytest.mark.parametrize("after", ["'", "-1", "²", "zzzz", "1" * 5000])
def test_nasty_cursor_is_answered_calmly(after: str) -> None:
    event = make.held()
    make.came(event, organisations.school())
    issued(event)

    assert coordinator(event).get(page(event), {"after": after}).status_code == 200


@pytest.mark.parametrize("children", [1, 30])
def test_host_page_asks_as_little_of_many_as_of_one(
    children: int, django_assert_max_num_queries: Any
) -> None:
    event = make.held(capacity=40)
    make.came(event, organisations.school(), children=children)
    issued(event)
    client = coordinator(event)

    with django_assert_max_num_queries(22):
        client.get(page(event))
