"""Who has access to me, and to the people of an organisation."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from zveno.kernel import clock
from zveno.organisations.tests import make as organisations
from zveno.people.actions import stand_in
from zveno.people.models import Post, actor_of
from zveno.people.tests import make

pytestmark = pytest.mark.django_db
PAGE = "/account/access/"


def test_page_names_who_leads_ones_house_and_its_steward_and_nobody_else(client: Client) -> None:
    college = organisations.college()
    school = organisations.school(steward=college)
    head = make.account(school, Post.Role.HEAD)
    coordinator = make.account(college, Post.Role.COORDINATOR)
    make.account(school, Post.Role.TEACHER)
    make.account(organisations.school(), Post.Role.HEAD)
    client.force_login(make.account(school))

    shown = {post.person_id for post in client.get(PAGE).context["leaders"]}

    assert shown == {head.person_id, coordinator.person_id}


def test_page_names_who_stands_in_for_me(client: Client) -> None:
    school = organisations.school()
    mine, theirs = make.account(school), make.account(school, Post.Role.TEACHER)
    stand_in(
        actor_of(mine),
        Post.objects.get(person=mine.person).public_id,
        deputy=Post.objects.get(person=theirs.person),
        until=clock.now() + timedelta(days=2),
    )
    client.force_login(mine)

    assert [post.person_id for post in client.get(PAGE).context["lent"]] == [theirs.person_id]


def test_who_holds_no_post_is_told_so(client: Client) -> None:
    account = make.account()
    Post.objects.all().delete()
    client.force_login(account)

    answer = client.get(PAGE)

    assert (answer.status_code, answer.context["mine"]) == (200, [])


def test_team_page_names_who_else_looks_after_the_organisation(client: Client) -> None:
    college = organisations.college()
    school = organisations.school(steward=college)
    coordinator = make.account(college, Post.Role.COORDINATOR)
    client.force_login(make.account(school, Post.Role.HEAD))

    answer = client.get(f"/people/{school.public_id}/")

    assert [post.person_id for post in answer.context["stewards"]] == [coordinator.person_id]


def test_page_asks_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(make.account())

    with django_assert_max_num_queries(13):
        client.get(PAGE)
