"""Contacts with employers are noted, put right, removed; the next step is a task."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from zveno.correspondence import actions
from zveno.correspondence.actions import (
    ContactAhead,
    NotAnEmployer,
    OneEmployer,
    StepForNobody,
    Talk,
)
from zveno.correspondence.models import Contact, known_employers
from zveno.correspondence.tests import make_contacts as make
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.walls import scoped
from zveno.network.tests import make as network
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post, Task
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def college() -> Organisation:
    return organisations.college()


@pytest.fixture
def anna(college: Organisation) -> Actor:
    return people.coordinator(college)


@pytest.fixture
def own(anna: Actor) -> Post:
    return Post.objects.get(person=anna.person)


def talk(post: Post | None = None) -> Talk:
    """Say a call, with a next step of the holder of ``post``."""
    plain = Talk(uuid4(), clock.today(), "call", "Практика", name="Завод «Вектор»")
    if post is None:
        return plain
    due = clock.today() + 7 * DAY
    return replace(plain, next_step="прислать списки", next_due=due, next_post=post.public_id)


def test_noted_twice_it_is_one_with_one_task(anna: Actor, college: Organisation, own: Post) -> None:
    sent = talk(own)

    made = [actions.note_contact(anna, college.public_id, talk=sent) for _ in range(2)]

    assert made[0] == made[1] == Contact.objects.get()
    assert Task.objects.get().text == "Завод «Вектор»: прислать списки"


def test_an_employer_of_the_register_and_a_person_of_it(anna: Actor, college: Organisation) -> None:
    employer = make.employer()
    there = Post.objects.get(person=people.account(employer, "employer_representative").person)
    foreign = Post.objects.get(person=people.account().person)
    said = replace(talk(), name="", employer=employer.public_id)

    made = [
        actions.note_contact(
            anna, college.public_id, talk=replace(said, key=uuid4(), post=post.public_id)
        )
        for post in (there, foreign)
    ]

    assert [one.post for one in made] == [there, None]
    assert made[0].with_whom == there.person.short_name


def test_what_cannot_be_noted(anna: Actor, college: Organisation, own: Post) -> None:
    good, school = talk(own), organisations.school()
    stranger = Post.objects.get(person=people.account().person)
    wrong = [
        (replace(good, name=""), OneEmployer),
        (replace(good, employer=make.employer().public_id), OneEmployer),
        (replace(good, name="", employer=school.public_id), NotAnEmployer),
        (replace(good, day=clock.today() + DAY), ContactAhead),
        (replace(good, next_due=None), StepForNobody),
        (replace(good, next_due=clock.today() - DAY), StepForNobody),
        (replace(good, next_post=stranger.public_id), StepForNobody),
    ]
    for said, refusal in wrong:
        with pytest.raises(refusal):
            actions.note_contact(anna, college.public_id, talk=said)


def test_a_task_follows_its_next_step(anna: Actor, college: Organisation, own: Post) -> None:
    said = talk(own)
    made = actions.note_contact(anna, college.public_id, talk=said)
    later = replace(said, next_due=clock.today() + 30 * DAY)

    actions.change_contact(anna, made.public_id, talk=later)
    due = Task.objects.get().due
    actions.change_contact(
        anna, made.public_id, talk=replace(said, next_step="", next_due=None, next_post=None)
    )

    assert due == later.next_due
    assert Task.objects.get().state == "dropped"


def test_what_was_done_stays_done_when_other_words_are_put_right(
    anna: Actor, college: Organisation, own: Post
) -> None:
    said = talk(own)
    made = actions.note_contact(anna, college.public_id, talk=said)
    Task.objects.update(state="done", closed_at=clock.now())
    Contact.objects.update(next_due=clock.today() - DAY)  # a day that has passed stays as it was

    same = replace(said, about="Практика второго курса", next_due=clock.today() - DAY)
    actions.change_contact(anna, made.public_id, talk=same)

    assert Task.objects.get().state == "done"
    assert Contact.objects.get().about == "Практика второго курса"


def test_a_contact_removed_takes_its_task_with_it(
    anna: Actor, college: Organisation, own: Post
) -> None:
    made = actions.note_contact(anna, college.public_id, talk=talk(own))

    actions.remove_contact(anna, made.public_id)

    assert not Contact.objects.exists()
    assert Task.objects.get().state == "dropped"


def test_only_the_house_that_keeps_it_sees_it(anna: Actor, college: Organisation) -> None:
    made = make.contact(college)
    methodist = people.actor(college, Post.Role.METHODIST)
    teacher = people.actor(college, Post.Role.TEACHER)
    other = people.coordinator(organisations.college())

    def seen(actor: Actor) -> tuple[bool, bool]:
        with scoped(actor):
            rows = Contact.objects.filter(pk=made.pk)
            return rows.visible_to(actor).exists(), rows.exists()

    assert seen(anna) == seen(methodist) == (True, True)
    assert seen(teacher) == (False, True)
    assert seen(other) == (False, False)
    with pytest.raises(NotAllowed):
        actions.note_contact(teacher, college.public_id, talk=talk())


def test_who_was_never_heard_stands_first_then_the_longest_ago(college: Organisation) -> None:
    member, today = make.employer(), clock.today()
    make.contact(college, name="Вчера", day=today - DAY)
    make.contact(college, name="давно", day=today - 90 * DAY)
    make.contact(college, name="Давно", day=today - 40 * DAY)

    known = known_employers([member], Contact.objects.newest())

    assert [(one.employer or one.name, one.days, one.number) for one in known] == [
        (member, None, 0),
        ("Давно", 40, 2),
        ("Вчера", 1, 1),
    ]


@pytest.fixture
def host(client: Client, college: Organisation) -> Client:
    client.force_login(people.account(college, Post.Role.COORDINATOR))
    return client


def test_a_contact_is_noted_on_the_page(host: Client, college: Organisation) -> None:
    cluster = network.cluster(college)
    employer = network.member(cluster, make.employer(name="Завод «Вектор» (пример)"))
    fields = {
        "key": f"{uuid4()}",
        "keeper": f"{college.public_id}",
        "employer": f"{employer.public_id}",
        "kind": "visit",
        "day": f"{clock.today():%d.%m.%Y}",
        "about": "Практика",
    }
    address = reverse("correspondence:new_contact")

    page = host.post(address, fields, follow=True)
    wrong = host.post(address, fields | {"employer": "", "agreed": "Две группы"})

    assert Contact.objects.get().employer == employer
    assert "0 дней назад" in page.text
    assert wrong.status_code == 422
    assert "Две группы" in wrong.text


def test_any_employer_of_the_register_may_be_chosen(host: Client) -> None:
    plant = organisations.organisation("employer", name="Завод «Сигнал»")
    form = {"key": str(uuid4()), "employer": str(plant.public_id), "kind": "call"}
    said = {"day": f"{clock.today():%d.%m.%Y}", "about": "Экскурсия"}

    page = host.get(reverse("correspondence:new_contact"))
    keeper = page.context["form"].fields["keeper"].initial
    host.post(reverse("correspondence:new_contact"), form | said | {"keeper": keeper})

    assert "Завод «Сигнал»" in page.text
    assert Contact.objects.get().employer == plant


def test_filters_choose_and_the_table_follows(host: Client, college: Organisation) -> None:
    make.contact(college, about="Экскурсия", kind="visit")
    make.contact(college, about="Практика", name="Бюро", day=clock.today() - 40 * DAY)
    log, table = reverse("correspondence:contacts"), "/contacts/table.csv"

    def shown(query: str) -> list[set[str]]:
        texts = [host.get(address + query).text for address in (log, table)]
        return [{word for word in ("Экскурсия", "Практика") if word in text} for text in texts]

    assert shown("") == [{"Экскурсия", "Практика"}] * 2
    assert shown("?kind=visit") == [{"Экскурсия"}] * 2
    assert shown("?name=бюро") == [{"Практика"}] * 2
    assert shown(f"?employer={uuid4()}") == [set()] * 2
    quiet = host.get(reverse("correspondence:employers") + "?quiet=30").text
    assert "Бюро" in quiet
    assert "Вектор" not in quiet


def test_the_pages_ask_few_questions_however_long(
    host: Client, college: Organisation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(9):
        made = make.contact(college, name=f"Завод {number}")
    for address in ("/employers/", "/contacts/", f"/contacts/{made.public_id}/"):
        host.get(address)
        with django_assert_max_num_queries(14):
            host.get(address)
