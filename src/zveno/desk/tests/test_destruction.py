"""Data are destroyed with an act: what goes is shown first, nothing of the child is left."""

import zipfile
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from zveno.documents.models import Paper, StoredFile
from zveno.events.actions import draw_batch, issue_certificates
from zveno.events.models import Group
from zveno.events.tests import make as events
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.models import Letter
from zveno.learners.actions import (
    ErasureHeld,
    NoSuchReason,
    TooManyAtOnce,
    destroy,
    draw_act,
    subject_file,
    tend_retention,
)
from zveno.learners.models import Destruction, Learner, Tombstone
from zveno.learners.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
CANARY = "Канарейкина"
EMAIL = "kanareika-7@example.org"


@pytest.fixture
def school() -> Organisation:
    return organisations.school(address="Примерная улица, 5")


@pytest.fixture
def group(school: Organisation) -> Group:
    group = events.came(events.held(), school)
    child = group.places.order_by("pk")[0].learner
    Learner.objects.filter(pk=child.pk).update(
        family_name=CANARY, name_key=f"{CANARY.lower()} арина"
    )
    return group


@pytest.fixture
def child(group: Group) -> Learner:
    return Learner.objects.get(family_name=CANARY)


def certified(group: Group) -> None:
    coordinator = people.coordinator(group.event.host)
    batch = issue_certificates(coordinator, group.event.public_id)
    draw_batch(coordinator, batch.public_id)


def page_of(school: Organisation, child: Learner | None = None) -> str:
    asked = f"?class={child.first_year}-{child.letter}" if child else ""
    return f"/learners/{school.public_id}/destruction/{asked}"


def everything() -> Iterator[tuple[str, str]]:
    """Return each row of each table as text, and what is packed in stored files."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608 - a table of ours
            yield from ((table, str(row)) for (row,) in cursor.fetchall())
    for file in StoredFile.objects.all():
        data = bytes(file.data)
        yield "file", data.decode("utf-8", "ignore")
        if data.startswith(b"PK"):
            with zipfile.ZipFile(BytesIO(data)) as archive:
                for name in archive.namelist():
                    yield "file", archive.read(name).decode("utf-8", "ignore")


def told_of(secret: str) -> list[str]:
    return [table for table, text in everything() if secret.casefold() in text.casefold()]


def test_nothing_of_the_child_is_left_anywhere(
    client: Client, school: Organisation, group: Group, child: Learner
) -> None:
    """The canary sings in many tables before, in none after: rows, files, search, queue, outbox."""
    certified(group)
    client.force_login(people.account(school))
    for page in (f"/learners/{child.public_id}/seen/", page_of(school, child), "/e/"):
        client.get(page)
    actor = people.actor(school)
    subject_file(actor, child.public_id)
    make.guardian(child, "a-link-of-a-mother", name=f"{CANARY} Ольга", email=EMAIL)
    make.guardian(make.learner(school), "a-link-of-another", email="other@example.org")
    for address in (EMAIL, "other@example.org"):
        Letter.objects.create(to=address, subject="Страница семьи", text="")
    before = set(told_of(CANARY))
    assert {"learners_learner", "events_certificate", "learners_guardian"} <= before
    assert "kernel_letter" in told_of(EMAIL)
    key = str(child.public_id)

    act = destroy(actor, school.public_id, learners=[child.public_id], why="asked")

    assert told_of(CANARY) == told_of(EMAIL) == []
    assert Letter.objects.filter(to="other@example.org").exists()
    # The key it had is named by the act, its extract, the list of what no backup brings back and
    # the journal: which page was about it.
    assert set(told_of(key)) <= {"learners_destruction", "file", "kernel_erasure", "kernel_entry"}
    assert act.paper is not None
    found = [client.get(page) for page in (page_of(school), page_of(school, child), "/exports/")]
    found.append(client.post("/find/", {"q": CANARY}))
    assert all(CANARY not in answer.content.decode().replace(f'"{CANARY}"', "") for answer in found)


def test_the_act_tells_what_order_179_asks_for(
    school: Organisation, group: Group, child: Learner
) -> None:
    head = people.actor(school, Post.Role.HEAD)

    act = destroy(head, school.public_id, learners=[child.public_id], why="left")

    assert act.number == 1
    assert act.children[0]["key"] == str(child.public_id)
    assert act.counts["learners.Learner"] == act.counts["events.Place"] == 1
    paper, log = act.paper, act.log
    assert paper is not None
    assert log is not None
    assert paper.pdf is not None
    assert bytes(paper.pdf.data).startswith(b"%PDF-")
    lines = bytes(log.data).decode("utf-8-sig").splitlines()
    assert str(child.public_id) in lines[1]
    assert child.journal_key in lines[1]
    assert str(act.entry) in lines[1]
    stone = Tombstone.objects.get()
    assert (stone.owner, stone.why, stone.number) == (school, "left", 1)


def test_counters_of_the_event_stay(school: Organisation, group: Group, child: Learner) -> None:
    destroy(people.actor(school), school.public_id, learners=[child.public_id], why="left")

    group.refresh_from_db()
    assert (group.listed, group.came) == (2, 2)


def test_the_act_goes_after_three_years_with_its_files(
    school: Organisation, child: Learner
) -> None:
    destroy(people.actor(school), school.public_id, learners=[child.public_id], why="left")

    for days, left in ((1095, 1), (1097, 0)):
        with clock.travel(clock.now() + timedelta(days=days)):
            tend_retention(SYSTEM, school.public_id, category="destruction_acts")
        assert (Destruction.objects.count(), Paper.objects.count()) == (left, left)
    assert not StoredFile.objects.exists()


def test_the_clock_keeps_an_act_as_well(school: Organisation, child: Learner) -> None:
    Learner.objects.filter(pk=child.pk).update(first_year=1990)

    tend_retention(SYSTEM, school.public_id, category="children_who_left")
    act = Destruction.objects.get()
    draw_act(SYSTEM, act.public_id)

    act.refresh_from_db()
    assert act.paper
    assert act.who == "Звено, автоматически"
    assert "152-ФЗ" in act.reason


def test_a_held_child_stays(school: Organisation, child: Learner) -> None:
    make.hold(school, learner=child, category="")

    with pytest.raises(ErasureHeld):
        destroy(people.actor(school), school.public_id, learners=[child.public_id], why="left")

    assert Learner.objects.filter(pk=child.pk).exists()


def test_a_reason_is_chosen_and_not_too_many_go(school: Organisation, child: Learner) -> None:
    actor = people.actor(school)
    with pytest.raises(NoSuchReason):
        destroy(actor, school.public_id, learners=[child.public_id], why="fun")
    with pytest.raises(TooManyAtOnce):
        destroy(actor, school.public_id, learners=[child.public_id] * 201, why="left")


def test_children_of_others_stay(school: Organisation, child: Learner) -> None:
    foreign = organisations.school()
    for actor in (people.actor(foreign), people.actor(school, Post.Role.TEACHER)):
        with pytest.raises(NotAllowed):
            destroy(actor, school.public_id, learners=[child.public_id], why="left")
    with pytest.raises(NotFound):
        destroy(people.actor(foreign), foreign.public_id, learners=[child.public_id], why="left")


# --- The page -----------------------------------------------------------------------------------


@pytest.fixture
def deputy(client: Client, school: Organisation) -> Client:
    client.force_login(people.account(school))
    return client


def test_what_goes_is_shown_first(deputy: Client, school: Organisation, child: Learner) -> None:
    page = deputy.get(page_of(school, child))

    assert CANARY in page.content.decode()
    assert dict(page.context["goes"])["Ребёнок"] == 2
    assert Learner.objects.filter(pk=child.pk).exists()


def test_the_ticked_go_and_the_act_is_on_the_page(
    deputy: Client, school: Organisation, child: Learner
) -> None:
    data = {"child": child.public_id, "why": "left", "meant": "on"}

    answer = deputy.post(page_of(school, child), data)

    assert answer.status_code == 302
    assert [one.owner for one in Learner.objects.select_related("owner")] == [school]
    page = deputy.get(page_of(school)).content.decode()
    assert "выгрузка из журнала" in page


@pytest.mark.parametrize("said", [{"why": "left"}, {"meant": "on"}, {}])
def test_without_a_reason_and_a_word_nothing_goes(
    deputy: Client, school: Organisation, child: Learner, said: dict[str, str]
) -> None:
    answer = deputy.post(page_of(school, child), {"child": child.public_id, **said})

    assert answer.status_code == 422
    assert " checked" in answer.content.decode()
    assert Learner.objects.filter(pk=child.pk).exists()


@pytest.mark.parametrize("asked", ["", "x", "2019", "none-", "99999-А", "-", "٢٠١٩-А"])
def test_a_class_that_is_none_shows_nobody(
    deputy: Client, school: Organisation, asked: str
) -> None:
    page = deputy.get(page_of(school), {"class": asked})

    assert page.status_code == 200
    assert page.context["children"] == []


def test_the_page_asks_little(
    deputy: Client,
    school: Organisation,
    child: Learner,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(30):
        deputy.get(page_of(school, child))
