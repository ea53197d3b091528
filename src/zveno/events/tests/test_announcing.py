"""What an event is announced with: texts to copy, a poster to print."""

import io
from datetime import UTC, datetime
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.utils import translation

from zveno.events.models import Event, announcement_of
from zveno.events.tests import make
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
SATURDAY = datetime(2026, 11, 28, 20, 30, tzinfo=UTC)


def event(**changes: Any) -> Event:
    times = {"starts_at": SATURDAY, "ends_at": SATURDAY.replace(hour=22)}
    return make.event(**{"lede": "Соберём робота.", "grade_from": 0} | times | changes)


def host_of(event: Event) -> Client:
    client = Client()
    client.force_login(people.account(event.host, Post.Role.COORDINATOR))
    return client


def opened(event: Event, page: str = "announcement/") -> Any:
    return host_of(event).get(f"/e/{event.public_id}/{page}")


def test_texts_tell_the_facts_in_the_zone_of_the_event() -> None:
    there = event(time_zone="Asia/Omsk")

    texts = announcement_of(there)

    for words in (texts.messenger, texts.site, texts.letter):
        assert "29 ноября 2026 г., воскресенье, 02:30–04:30" in words
        assert "Соберём робота." in words
        assert f"/p/e/{there.public_id}/" in words
    assert texts.subject == "Приглашение: Проба «Собери робота», 29 ноября 2026 г., воскресенье"
    assert there.host.name in texts.letter


def test_what_goes_over_night_tells_its_other_day() -> None:
    texts = announcement_of(event(time_zone="Europe/Moscow"))

    assert "28 ноября 2026 г., суббота, с 23:30, окончание 29 ноября 2026 г., 01:30" in texts.site


def test_texts_are_in_the_language_of_papers_whoever_looks() -> None:
    with translation.override("en"):
        assert "Для кого" in announcement_of(event()).site


def test_a_kind_the_title_begins_with_is_not_said_twice() -> None:
    texts = announcement_of(event(title="Профессиональная проба «Робот»"))

    assert texts.messenger.count("рофессиональная проба") == 1


def test_an_event_without_a_description_leaves_no_gap() -> None:
    assert "\n\n\n" not in announcement_of(event(lede="")).site


def test_the_page_shows_the_texts(django_assert_max_num_queries: Any) -> None:
    coming = make.event()
    client = host_of(coming)

    with django_assert_max_num_queries(10):
        shown = client.get(f"/e/{coming.public_id}/announcement/").content.decode()

    assert announcement_of(coming).messenger in shown
    assert "не опубликовано" not in shown


def test_of_a_draft_it_is_said_that_the_link_leads_nowhere() -> None:
    draft = make.event(state=Event.State.DRAFT)

    assert "ещё не опубликовано" in opened(draft).content.decode()


def test_nobody_is_invited_to_what_is_over() -> None:
    over = make.held()

    assert opened(over)["Location"] == f"/e/{over.public_id}/"
    assert opened(over, "poster.pdf").status_code == 404


def test_the_poster_is_one_page_with_the_facts() -> None:
    coming = make.event()

    answer = opened(coming, "poster.pdf")

    (page,) = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    words = " ".join(page.extract_text().split())
    assert coming.title in words
    assert coming.venue in words
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_letter_no_font_has_is_named() -> None:
    odd = make.event(title="Робот \U0001f916")

    answer = opened(odd, "poster.pdf")

    assert answer.status_code == 409
    assert "нет знака «\U0001f916»" in answer.content.decode()


def test_schools_of_the_network_see_it_too() -> None:
    client = Client()
    client.force_login(people.account(organisations.school()))

    assert client.get(f"/e/{make.event().public_id}/announcement/").status_code == 200
