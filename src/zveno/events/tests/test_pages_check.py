"""The check-in page: a tap marks, the next takes back, with script and without."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from zveno.events.models import Event, Place
from zveno.events.tests import make
from zveno.learners.models import Learner
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
HTMX = {"hx-request": "true"}


def signed_in(organisation: Organisation, role: str = Post.Role.TEACHER) -> Client:
    client = Client()
    client.force_login(people.account(organisation, role))
    return client


def expected(children: int = 2, consented: int = -1) -> tuple[Event, list[Place]]:
    event = make.event()
    group = make.coming(event, organisations.school(), children, consented)
    return event, list(group.places.order_by("pk"))


def mark(place: Place) -> str:
    return f"/check/places/{place.public_id}/"


def test_the_host_sees_given_names_and_one_letter() -> None:
    event, [place, _] = expected()

    text = signed_in(event.host).get(f"/check/{event.public_id}/").content.decode()

    assert place.learner.door_name in text
    assert place.learner.family_name not in text


def test_a_tap_marks_and_the_next_takes_back() -> None:
    event, [place, _] = expected()
    client = signed_in(event.host)

    came = client.post(mark(place), {"came": "yes"}, headers=HTMX).content.decode()
    back = client.post(mark(place), {"came": "no"}, headers=HTMX).content.decode()

    assert came.strip().startswith(f'<li id="p-{place.public_id}">')
    assert 'aria-pressed="true"' in came
    assert "<b>1</b>" in came
    assert 'hx-swap-oob="true"' in came
    assert 'aria-pressed="false"' in back
    assert "<b>0</b>" in back


def test_without_script_the_page_returns_to_the_child() -> None:
    event, [place, _] = expected()

    answer = signed_in(event.host).post(mark(place), {"came": "yes"})

    assert answer.headers["Location"] == f"/check/{event.public_id}/#p-{place.public_id}"
    assert Event.objects.get().came == 1


def test_children_without_a_consent_are_counted_not_named() -> None:
    event, places = expected(3, consented=1)
    make.group(event, organisations.school(name="Школа Без Списка"), seats=2)

    text = signed_in(event.host).get(f"/check/{event.public_id}/").content.decode()

    assert text.count('formaction="/check/') == 1
    assert "Школа Без Списка" in text
    assert "2 места" in text
    assert places[2].learner.family_name not in text


def test_a_child_is_found_by_name() -> None:
    event, places = expected(3)
    Learner.objects.filter(pk=places[0].learner_id).update(name_key="елкин сеня")
    client = signed_in(event.host)

    found, nobody, all_of_them = (
        client.post(f"/check/{event.public_id}/", {"q": words}).content.decode()
        for words in ("Ёлк", "Никто\0", "")
    )

    assert found.count('formaction="/check/') == 1
    assert 'value="Ёлк"' in found
    assert "Никого с таким именем" in nobody
    assert all_of_them.count('formaction="/check/') == 3


def test_a_name_that_is_looked_for_stands_in_no_address() -> None:
    event, _ = expected(1)

    text = signed_in(event.host).get(f"/check/{event.public_id}/?q=никто").content.decode()

    assert '<form class="search" role="search" method="post">' in text
    assert "никто" not in text


def test_only_those_at_the_door_of_the_host_come_in() -> None:
    event, [place, _] = expected()
    page = f"/check/{event.public_id}/"

    assert signed_in(place.group.sender, Post.Role.REPRESENTATIVE).get(page).status_code == 403
    assert signed_in(event.host, Post.Role.METHODIST).get(page).status_code == 403
    assert Client().get(page).status_code == 302
    sender = signed_in(place.group.sender, Post.Role.REPRESENTATIVE)
    assert sender.post(mark(place), {"came": "yes"}).status_code == 403
    stranger = signed_in(organisations.college(), Post.Role.COORDINATOR)
    assert stranger.post(mark(place), {"came": "yes"}).status_code == 404
    assert Event.objects.get().came == 0


def test_a_hundred_children_ask_as_often_as_two(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    event = make.event(capacity=100)
    make.coming(event, organisations.school(), 100)
    client = signed_in(event.host)

    with django_assert_max_num_queries(15):  # four of them note who was seen
        client.get(f"/check/{event.public_id}/")


def test_a_mark_asks_little(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    event, [place, _] = expected()
    client = signed_in(event.host)

    with django_assert_max_num_queries(12):
        client.post(mark(place), {"came": "yes"}, headers=HTMX)
