"""The view and the language: chosen without an account, kept in cookies, told on every page."""

import re

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from zveno.ui import looks

VIEWS = st.fixed_dictionaries(
    {one.name: st.sampled_from([value for value, _ in one.choices]) for one in looks.ASPECTS}
)
DARK = {
    "theme": "dark",
    "zoom": "150",
    "letters": "wide",
    "lines": "normal",
    "density": "compact",
}


def html(client: Client, address: str = "/view/", **headers: str) -> str:
    shown = client.get(address, headers=headers).text
    found = re.search(r"<html[^>]*>", shown)
    assert found
    return found[0]


@given(VIEWS)
def test_cookie_keeps_the_view(view: dict[str, str]) -> None:
    assert looks.chosen({looks.COOKIE: looks.written(view)}) == view


@given(st.text())
def test_any_cookie_gives_a_view_that_can_be_shown(kept: str) -> None:
    view = looks.chosen({looks.COOKIE: kept})

    assert looks.chosen({looks.COOKIE: looks.written(view)}) == view


def test_there_are_four_schemes_and_five_sizes() -> None:
    sizes = {one.name: len(one.choices) for one in looks.ASPECTS}

    assert sizes == {"theme": 4, "zoom": 5, "letters": 2, "lines": 2, "density": 2}


@pytest.mark.django_db
def test_page_is_drawn_in_the_view_chosen(client: Client) -> None:
    usual = html(client)

    sent = client.post("/view/", DARK | {"back": "/p/"})

    assert usual == '<html lang="ru" data-theme="auto">'
    assert sent["Location"] == "/p/"
    assert html(client) == (
        '<html lang="ru" data-theme="dark" data-zoom="150" data-letters="wide"'
        ' data-density="compact" data-nav="bar">'
    )


@pytest.mark.django_db
def test_form_shows_what_was_chosen(client: Client) -> None:
    client.post("/view/", DARK)

    shown = client.get("/view/").text

    checked = re.findall(r'name="(\w+)" value="(\w+)" checked', shown)
    assert dict(checked) == DARK


@pytest.mark.django_db
def test_view_that_is_none_is_refused_and_kept_nowhere(client: Client) -> None:
    answer = client.post("/view/", DARK | {"zoom": "1000"})

    assert answer.status_code == 422
    assert looks.COOKIE not in answer.cookies
    assert "data-errsum" in answer.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("back", "leads"),
    [
        ("/p/?q=робот", "/p/?q=%D1%80%D0%BE%D0%B1%D0%BE%D1%82"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
@pytest.mark.parametrize("address", ["/view/", "/language/"])
def test_way_back_leads_to_pages_of_ours(
    client: Client, address: str, back: str, leads: str
) -> None:
    answer = client.post(address, DARK | {"language": "en", "back": back})

    assert answer["Location"] == leads


@pytest.mark.django_db
def test_way_back_from_the_view_is_the_page_one_came_from(client: Client) -> None:
    shown = client.get("/view/", headers={"referer": "http://testserver/p/?age=kg"}).text

    assert '<a class="btn" href="http://testserver/p/?age=kg">' in shown


@pytest.mark.django_db
def test_russian_stays_whatever_a_browser_asks_for(client: Client) -> None:
    assert 'lang="ru"' in html(client, **{"accept-language": "en-GB,en"})


@pytest.mark.django_db
def test_language_is_chosen_by_a_form_and_stays() -> None:
    client = Client(enforce_csrf_checks=True)
    offered = client.get("/p/?q=x").text

    answer = client.post("/language/", {"language": "en", "back": "/p/?q=x"})

    assert '<button class="btn btn--ghost" name="language" value="en" lang="en">' in offered
    assert '<input type="hidden" name="back" value="/p/?q=x">' in offered
    assert answer["Location"] == "/p/?q=x"
    shown = client.get("/p/")
    assert '<html lang="en"' in shown.text
    assert shown["Content-Language"] == "en"


@pytest.mark.django_db
def test_page_kept_for_all_is_drawn_in_the_view_of_each(client: Client) -> None:
    client.get("/p/")

    client.post("/view/", DARK)

    assert 'data-theme="dark"' in html(client, "/p/")
    assert 'data-theme="auto"' in html(Client(), "/p/")


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["", "de", "ru\r\nX: y", "../../en"])
def test_unknown_language_is_the_language_of_the_house(client: Client, asked: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    client.post("/language/", {"language": asked})

    assert 'lang="ru"' in html(client)
