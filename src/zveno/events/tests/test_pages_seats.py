"""Pages of seats: reserved without names, refused clearly, waited for, given back."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from zveno.events.models import Event, Group
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


def test_a_school_reserves_ten_seats_and_comes_to_its_list() -> None:
    event, school = make.event(), organisations.school()
    client = signed_in(school)

    answer = client.post(form(event), {"sender": str(school.public_id), "seats": "10"}, follow=True)

    group = Group.objects.get()
    text = answer.content.decode()
    assert answer.redirect_chain == [(f"/e/groups/{group.public_id}/", 302)]
    assert "Держим 10 мест." in text
    assert f"/e/groups/{group.public_id}/give-back/" in text
    assert "Вставьте список" in text


def test_a_full_event_is_refused_and_the_waiting_list_is_offered() -> None:
    event, school = make.event(taken=10), organisations.school()
    client, typed = signed_in(school), {"sender": str(school.public_id), "seats": "4"}

    refused = client.post(form(event), typed)

    text = refused.content.decode()
    assert refused.status_code == 409
    assert "Свободно только 2 места." in text
    assert 'name="wait"' in text
    assert "Ждать 4 места" in text
    assert "Занять 2 места" in text
    waiting = client.post(form(event), typed | {"wait": "yes"}, follow=True).content.decode()
    assert "Вы ждёте 4 места." in waiting


def test_a_school_that_has_a_group_is_led_to_it() -> None:
    event, school = make.event(), organisations.school()
    group = make.group(event, school)
    client = signed_in(school)

    assert client.get(form(event)).headers["Location"] == f"/e/groups/{group.public_id}/"
    twice = client.post(form(event), {"sender": str(school.public_id), "seats": "1"}, follow=True)
    assert twice.redirect_chain[-1] == (f"/e/groups/{group.public_id}/", 302)
    assert Group.objects.count() == 1


@pytest.mark.parametrize("seats", ["", "0", "-3", "13", "x", "1e9", "99999999999999999999", "\0"])
def test_nonsense_is_answered_in_the_form(seats: str) -> None:
    event, school = make.event(), organisations.school()

    answer = signed_in(school).post(form(event), {"sender": str(school.public_id), "seats": seats})

    assert answer.status_code == 422
    assert "data-errsum" in answer.content.decode()
    assert not Group.objects.exists()


def test_a_foreign_school_is_no_choice() -> None:
    event, foreign = make.event(), organisations.school()

    answer = signed_in(organisations.school()).post(
        form(event), {"sender": str(foreign.public_id), "seats": "1"}
    )

    assert answer.status_code == 404
    assert not Group.objects.exists()


def test_who_sends_nobody_gets_no_form() -> None:
    event = make.event()

    assert signed_in(event.host, Post.Role.COORDINATOR).get(form(event)).status_code == 403
    assert Client().get(form(event)).status_code == 302


def test_undoing_a_reservation_frees_the_seats() -> None:
    event, school = make.event(), organisations.school()
    group = make.group(event, school)
    client = signed_in(school)

    answer = client.post(f"/e/groups/{group.public_id}/give-back/", follow=True)

    event.refresh_from_db()
    assert event.taken == 0
    assert "Места возвращены" in answer.content.decode()


def test_others_neither_see_nor_give_back_a_group() -> None:
    group = make.group(make.event())
    stranger, host = signed_in(organisations.school()), signed_in(group.event.host, "coordinator")
    page = f"/e/groups/{group.public_id}/"

    assert stranger.get(page).status_code == 404
    assert stranger.post(f"{page}give-back/").status_code == 404
    assert host.get(page).headers["Location"] == f"/e/{group.event.public_id}/"
    assert host.post(f"{page}give-back/").status_code == 403


def test_a_reservation_asks_little(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    event, school = make.event(), organisations.school(email="school@example.org")
    client = signed_in(school)

    with django_assert_max_num_queries(17):
        client.post(form(event), {"sender": str(school.public_id), "seats": "10"})


def test_the_button_can_be_pressed_without_script() -> None:
    event, school = make.event(), organisations.school()

    text = signed_in(school).get(form(event)).content.decode()

    assert re.search(r'<form class="form narrow" method="post"', text)
    assert "hx-" not in text.split("<main")[1].split("</main>")[0]


def test_the_host_says_how_groups_register_and_schools_read_it() -> None:
    event = make.event()
    host = signed_in(event.host, Post.Role.COORDINATOR)
    address = f"/e/{event.public_id}/registration/"
    day = clock.today() + timedelta(days=1)
    typed = {"capacity": "14", "most": "5", "list": f"{day:%d.%m.%Y}", "closes": f"{day:%d.%m.%Y}"}

    answer = host.post(address, typed | {"closes_at": "12:00"}, follow=True)

    assert "Одна организация может привести до 5 детей." in answer.content.decode()
    shown = host.get(address).content.decode()
    assert f'value="{day:%d.%m.%Y}"' in shown
    assert 'value="12:00"' in shown
    assert "Запись закроется" in Client().get(f"/p/e/{event.public_id}/").content.decode()


def test_a_form_of_the_registration_that_makes_no_sense_keeps_what_was_typed() -> None:
    event = make.event(taken=9)
    host = signed_in(event.host, Post.Role.COORDINATOR)

    answer = host.post(
        f"/e/{event.public_id}/registration/", {"capacity": "8", "most": "3", "opens_at": "10:00"}
    )
    again = host.post(f"/e/{event.public_id}/registration/", {"capacity": "8", "most": "3"})

    assert answer.status_code == again.status_code == 422
    assert "Укажите и день." in answer.content.decode()
    assert "Уже занято мест: 9." in again.content.decode()
    assert 'value="8"' in again.content.decode()


def test_the_page_of_the_registration_asks_little(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    event = make.event()
    for _ in range(5):
        network.member(event.cluster)
    host = signed_in(event.host, Post.Role.COORDINATOR)

    with django_assert_max_num_queries(12):
        host.get(f"/e/{event.public_id}/registration/")


def test_a_group_takes_the_seats_it_is_offered() -> None:
    event = make.event()
    group = make.group(event, state=Group.State.OFFERED, offered_until=event.starts_at)
    client = signed_in(group.sender)

    shown = client.get(f"/e/groups/{group.public_id}/").content.decode()
    answer = client.post(f"/e/groups/{group.public_id}/accept/", follow=True)

    assert "Занять места" in shown
    assert "Отказаться от мест" in shown
    assert "Вставьте список" in answer.content.decode()
