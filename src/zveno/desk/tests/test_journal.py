"""The journal for whoever audits it: filters, pages, a copy with a mark; who touched a record."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from zveno.desk import actions
from zveno.desk.pages import journal
from zveno.events.tests import make as events
from zveno.kernel import clock
from zveno.kernel.errors import NotAllowed
from zveno.kernel.models import Entry, journal_key
from zveno.kernel.tests import make as kernel
from zveno.network.tests import make as network
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Account, Person, Post, actor_of
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> Organisation:
    return organisations.college(name="Колледж (пример)", inn="0010000009")


@pytest.fixture
def auditor(house: Organisation, client: Client) -> Client:
    client.force_login(audits(house))
    return client


def audits(house: Organisation) -> Account:
    """Make an auditor of the house: of the organisation that has an operator."""
    people.account(house, Post.Role.OPERATOR)
    return people.account(house, Post.Role.AUDITOR)


def note(**fields: object) -> Entry:
    """Put an entry into the journal."""
    facts = {"verb": "events.announce", "means": "account", "target_kind": "events.Event"}
    return Entry.objects.create(**facts | {"target_key": "1"} | fields)


def shown(client: Client, query: str = "") -> set[Entry]:
    response = client.get(f"/journal/{query}")
    assert response.status_code == 200
    return {line.entry for line in response.context["lines"]}


def test_auditor_reads_what_all_organisations_did(auditor: Client, house: Organisation) -> None:
    own, foreign, nobodys = note(organisation=house.pk), note(organisation=0), note()

    assert {own, foreign, nobodys} <= shown(auditor)


def test_auditor_of_another_organisation_reads_what_was_done_in_its_name(client: Client) -> None:
    school = organisations.school()
    own, _foreign, _nobodys = note(organisation=school.pk), note(organisation=0), note()
    client.force_login(people.account(school, Post.Role.AUDITOR))

    assert shown(client) == {own}


@pytest.mark.parametrize("role", ["coordinator", "head", "teacher"])
def test_whoever_is_no_auditor_is_refused(client: Client, house: Organisation, role: str) -> None:
    client.force_login(people.account(house, role))

    assert client.get("/journal/").status_code == 403
    assert client.post("/journal/take/").status_code == 403


def test_filters_narrow_the_list(auditor: Client, house: Organisation) -> None:
    now = clock.now()
    wanted = note(organisation=house.pk, actor_key="a" * 32, verb="events.hold_event", at=now)
    note(at=now - timedelta(days=40))
    others = "?verb=events.hold_event", f"?who={'a' * 32}", "?organisation=0010000009"

    assert [shown(auditor, query) for query in others] == [{wanted}] * 3
    today = clock.today()
    assert wanted in shown(auditor, f"?since={today:%d.%m.%Y}&until={today:%d.%m.%Y}")
    assert shown(auditor, "?organisation=колледж+пример&record=events.Event:1") == {wanted}
    assert shown(auditor, f"?until={today - timedelta(days=30):%d.%m.%Y}") == {
        Entry.objects.earliest("at")
    }


@pytest.mark.parametrize("query", ["?since=вчера", "?verb=no.such", f"?who={'a' * 99}"])
def test_a_filter_that_means_nothing_shows_nothing_and_says_so(auditor: Client, query: str) -> None:
    response = auditor.get(f"/journal/{query}")

    assert response.status_code == 422
    assert not response.context["lines"]


def test_pages_hold_each_entry_once(auditor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "SHOWN", 3)
    moment = clock.now()
    entries = {note(at=moment - timedelta(seconds=number // 2)) for number in range(8)}

    seen: list[Entry] = []
    query = "?record=events.Event:1"
    while True:
        page = auditor.get(f"/journal/{query}").context
        seen += [line.entry for line in page["lines"]]
        if not page["more"]:
            break
        query = f"?record=events.Event:1&after={page['more']}"

    assert len(seen) == len(entries)
    assert set(seen) == entries
    assert seen == sorted(seen, key=lambda entry: (entry.at, entry.pk), reverse=True)


def test_page_asks_few_questions(
    auditor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(60):
        note(organisation=number)

    with django_assert_max_num_queries(14):
        auditor.get("/journal/")


def test_copy_bears_the_name_and_a_code_in_each_row(auditor: Client) -> None:
    note(verb="events.hold_event")

    answer = auditor.post("/journal/take/", {"verb": "events.hold_event"})

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    code = rows[1][-1]
    assert answer["Content-Disposition"] == f'attachment; filename="journal-{code}.csv"'
    assert rows[1][1:3] == ["Событие завершено", "events.hold_event"]
    assert "Петрова Анна Ильинична" in rows[-1][0]
    assert code in rows[-1][0]


def test_a_copy_is_noted_in_the_journal(auditor: Client) -> None:
    auditor.post("/journal/take/")

    assert Entry.objects.latest("pk").verb == "desk.take_journal"


def test_more_than_fits_is_refused_in_words(
    auditor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zveno.desk.actions.journal.MOST", 1)
    note(), note()

    assert auditor.post("/journal/take/").status_code == 422


def test_house_of_a_record_learns_who_touched_it_by_name(
    client: Client, house: Organisation
) -> None:
    cluster = network.cluster(house)
    event = events.event(cluster=cluster)
    holder = people.account(house, "coordinator")
    assert holder.person
    note(
        organisation=house.pk,
        actor_key=journal_key(Person, holder.person.pk),
        target_key=event.journal_key,
    )
    client.force_login(holder)

    (line,) = client.get(f"/journal/events.Event/{event.public_id}/").context["lines"]

    assert line.name == "Петрова Анна Ильинична"


def test_others_do_not_learn_it(client: Client, house: Organisation) -> None:
    event = events.event(cluster=network.cluster(house))
    client.force_login(people.account(organisations.school()))

    assert client.get(f"/journal/events.Event/{event.public_id}/").status_code == 403


@pytest.mark.parametrize("kind", ["events.Nothing", "nothing", "auth.Permission", "a.b.c"])
def test_no_such_kind_is_nothing(auditor: Client, kind: str) -> None:
    assert auditor.get(f"/journal/{kind}/{kernel.target().public_id}/").status_code == 404


def test_auditor_takes_a_copy_in_no_other_name(house: Organisation) -> None:
    account = audits(house)
    other = people.person(house)

    with pytest.raises(NotAllowed):
        actions.take_journal(
            actor_of(account),
            other.public_id,
            part=actions.JournalPart(),
            copy=kernel.target().public_id,
        )
