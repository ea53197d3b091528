"""The hour of enrolment: a crowd is refused cheaply, nobody has to reload, the order is shown."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from zveno.events.models import Event, Group, Quota
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.network.tests import make as network
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


def signed_in(organisation: Organisation, role: str = Post.Role.REPRESENTATIVE) -> Client:
    client = Client()
    client.force_login(people.account(organisation, role))
    return client


def form(event: Event) -> str:
    return f"/e/{event.public_id}/register/"


def test_who_comes_too_late_is_refused_without_asking_who_it_is(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    event, school = make.event(taken=12), organisations.school()
    client, typed = signed_in(school), {"sender": str(school.public_id), "seats": "4"}

    with django_assert_num_queries(1):
        first = client.post(form(event), typed)
    with django_assert_num_queries(0):
        second = client.post(form(event), typed)

    assert (first.status_code, second.status_code) == (409, 409)
    assert "Ждать 4 места" in second.content.decode()


def test_whoever_has_a_group_there_is_led_to_it() -> None:
    event, school = make.event(capacity=4), organisations.school()
    group = make.group(event, school)
    client, typed = signed_in(school), {"sender": str(school.public_id), "seats": "4"}

    refused = client.post(form(event), typed)
    led = client.post(form(event), typed | {"wait": "yes"}, follow=True)

    assert "Ваша группа уже записана?" in refused.content.decode()
    assert led.redirect_chain[-1][0] == f"/e/groups/{group.public_id}/"


def test_seats_that_came_free_are_noticed_after_a_moment() -> None:
    event, school = make.event(taken=12), organisations.school()
    client, typed = signed_in(school), {"sender": str(school.public_id), "seats": "4"}
    client.post(form(event), typed)

    Event.objects.update(taken=0)
    cache.clear()  # the moment is over

    assert client.post(form(event), typed).status_code == 302


def test_a_seat_kept_for_a_member_is_given_to_it_though_nothing_is_free() -> None:
    event = make.event(taken=8, kept=4, members_until=clock.now() + timedelta(days=1))
    member = organisations.school()
    network.member(event.cluster, member)
    Quota.objects.create(event=event, organisation=member, seats=4)

    answer = signed_in(member).post(
        form(event), {"sender": str(member.public_id), "seats": "4"}, follow=True
    )

    assert "Держим 4 места." in answer.content.decode()


def test_a_form_is_filled_in_before_registration_opens() -> None:
    event = make.event(opens_at=clock.now() + timedelta(minutes=5))
    school = organisations.school()
    client = signed_in(school)

    page = client.get(form(event)).content.decode()
    early = client.post(form(event), {"sender": str(school.public_id), "seats": "7"})

    assert 'data-opens-in="300"' in page
    assert "Обновлять страницу не нужно." in page
    assert early.status_code == 422
    assert "Запись откроется" in early.content.decode()
    assert 'value="7"' in early.content.decode()


def test_the_host_sees_who_asked_in_which_order() -> None:
    event = make.event()
    first, second, third = (organisations.school(name=f"Школа {n}") for n in "БВА")
    make.group(event, first)
    make.group(event, second, state=Group.State.WAITING)
    make.group(event, third, state=Group.State.RELEASED)
    host = signed_in(event.host, Post.Role.COORDINATOR)
    page = f"/e/{event.public_id}/order"

    everybody = host.get(f"{page}/").content.decode()
    waiting = host.get(f"{page}/?state=waiting").content.decode()
    table = host.get(f"{page}.csv?state=released").content.decode("utf-8-sig")

    assert everybody.index("Школа Б") < everybody.index("Школа В") < everybody.index("Школа А")
    assert "Школа В" in waiting
    assert "Школа Б" not in waiting
    assert table.splitlines()[1].startswith("3;")
    assert "Школа А" in table


def test_only_the_host_sees_the_order() -> None:
    event, school = make.event(), organisations.school()
    make.group(event, school)

    answer = signed_in(school).get(f"/e/{event.public_id}/order/")

    assert answer.status_code == 403
