"""The page of people and access, its forms and what each visitor finds there."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from zveno.kernel import clock
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.actions import invite
from zveno.people.models import Account, Post, actor_of
from zveno.people.tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> Organisation:
    return organisations.school()


@pytest.fixture
def head(school: Organisation) -> Account:
    return make.account(school, Post.Role.HEAD)


@pytest.fixture
def visitor(client: Client, head: Account) -> Client:
    client.force_login(head)
    return client


def page(school: Organisation, rest: str = "") -> str:
    return f"/people/{school.public_id}/{rest}"


def post_page(post: Post, rest: str) -> str:
    return f"/people/posts/{post.public_id}/{rest}/"


def test_own_people_are_one_click_away(visitor: Client, school: Organisation) -> None:
    assert visitor.get("/people/")["Location"] == page(school)


def test_page_tells_who_signs_in_who_is_invited_and_who_is_neither(
    visitor: Client, school: Organisation, head: Account
) -> None:
    invited = Post.objects.create(person=make.person(school), organisation=school, role="teacher")
    Post.objects.create(person=make.person(school), organisation=school, role="teacher")
    invite(actor_of(head), invited.public_id)

    rows = visitor.get(page(school)).context["rows"]

    assert [row.face.tone for row in rows] == ["ok", "brass", ""]
    assert [row.invitable for row in rows] == [False, True, True]


def test_posts_that_ended_stand_apart(visitor: Client, school: Organisation) -> None:
    moment = clock.now()
    Post.objects.create(
        person=make.person(school, family_name="Прежняя"),
        organisation=school,
        role="teacher",
        since=moment - timedelta(days=9),
        until=moment - timedelta(days=2),
    )

    now, over = (visitor.get(page(school, rest)).content.decode() for rest in ("", "?state=over"))

    assert ("Прежняя" in now, "Прежняя" in over) == (False, True)


def test_page_asks_the_same_for_few_and_for_many(
    visitor: Client, school: Organisation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(20):
        Post.objects.create(person=make.person(school), organisation=school, role="teacher")

    with django_assert_max_num_queries(14):
        visitor.get(page(school))


def test_invited_colleague_is_shown_with_a_code_to_print(
    visitor: Client, school: Organisation
) -> None:
    form = {"family_name": "Орехова", "given_name": "Светлана", "role": "teacher", "title": ""}

    answer = visitor.post(page(school, "new/"), form)

    words = answer.content.decode()
    assert answer.status_code == 200
    assert "/invitation/" in words
    assert "<svg" in words.split('class="qr"')[1]
    assert Post.objects.get(person__family_name="Орехова").role == "teacher"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"family_name": ""}, "family_name"),
        ({"family_name": "\u202e\0"}, "family_name"),
        ({"email": "no address"}, "email"),
        ({"role": "employer_representative"}, "role"),
        ({"role": "operator"}, "role"),
        ({"since": "31.02.2027"}, "since"),
        ({"until": "01.01.2001"}, "until"),
        ({"since": "31.12.9999", "until": "31.12.9999"}, "until"),
    ],
)
def test_what_cannot_be_is_said_in_the_form(
    visitor: Client, school: Organisation, wrong: dict[str, str], field: str
) -> None:
    form = {"family_name": "Орехова", "role": "teacher"} | wrong

    answer = visitor.post(page(school, "new/"), form)

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Post.objects.filter(role="teacher").exists()


def test_post_ends_from_the_page_at_once_or_later(visitor: Client, school: Organisation) -> None:
    posts = [
        Post.objects.create(person=make.person(school), organisation=school, role="teacher")
        for _ in range(2)
    ]
    later = clock.today() + timedelta(days=3)

    visitor.post(post_page(posts[0], "end"), {"until": ""})
    visitor.post(post_page(posts[1], "end"), {"until": f"{later:%d.%m.%Y}"})

    for post in posts:
        post.refresh_from_db()
    assert [post.is_over for post in posts] == [True, False]
    assert posts[1].until is not None
    assert visitor.get(post_page(posts[0], "end")).status_code == 409


def test_colleague_stands_in_from_the_page(
    visitor: Client, school: Organisation, head: Account
) -> None:
    deputy = make.account(school, Post.Role.TEACHER)
    mine = Post.objects.get(person=head.person)
    theirs = Post.objects.get(person=deputy.person)
    day = f"{clock.today() + timedelta(days=5):%d.%m.%Y}"

    offered = visitor.get(post_page(mine, "stand-in")).context["form"].fields["deputy"].choices
    late = visitor.post(
        post_page(mine, "stand-in"), {"deputy": theirs.public_id, "until": "01.01.2200"}
    )
    done = visitor.post(post_page(mine, "stand-in"), {"deputy": theirs.public_id, "until": day})

    assert [key for key, _ in offered] == [str(theirs.public_id)]
    assert (late.status_code, done.status_code) == (422, 302)
    assert "замещает" in visitor.get(page(school)).content.decode()


def test_steward_sees_the_people_of_whom_it_answers_for(client: Client) -> None:
    college = organisations.college()
    school = organisations.school(steward=college)
    client.force_login(make.account(college, Post.Role.COORDINATOR))

    assert client.get(page(school)).status_code == 200
    assert school in client.get(page(college)).context["houses"]


def test_teacher_looks_and_changes_nothing(client: Client, school: Organisation) -> None:
    client.force_login(make.account(school, Post.Role.TEACHER))

    assert client.get(page(school)).status_code == 200
    assert client.get(page(school, "new/")).status_code == 403


def test_foreign_people_are_nobodys_to_look_through(client: Client, school: Organisation) -> None:
    client.force_login(make.account(organisations.school(), Post.Role.HEAD))

    assert client.get(page(school)).status_code == 403
