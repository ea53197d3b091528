"""The English interface: every page in English, nothing left in Russian but what people wrote."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import CharField, JSONField, TextField
from django.test import Client

from tests.test_matrix import TABLE, Row, fields, fill, undone, visitor
from tests.world import World
from zveno.kernel.models import Letter
from zveno.network.models.wording import ACTING
from zveno.organisations.models import Organisation, districts, regions

RUSSIAN = re.compile(r"[а-яё]{2,}", re.IGNORECASE)
SPOKEN = ("aria-label", "placeholder", "title", "alt", "data-l", "data-failed", "data-offline")
SAMPLES = {"ui:gallery", "ui:base"}  # for developers, of made-up Russian data
VISITORS = ("coordinator", "deputy_a", "anonymous")
WORDS_OF_PAPERS = set(ACTING.values())
UNCLOSED = {"meta", "link", "input", "br", "use", "rect", "path", "col", "img", "hr", "circle"}


class Words(HTMLParser):
    """Collects what a page says in English: not what it declares to be in another language."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.apart: list[bool] = [False]
        self.language = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note what is spoken of an element, and whether what is inside is in its own language."""
        facts = dict(attributes)
        if tag == "html":
            self.language = facts.get("lang") or ""
        foreign = self.apart[-1] or facts.get("lang", "en") != "en"
        self.said += [facts.get(name) or "" for name in SPOKEN if not foreign]
        # What is inside of a picture is said by its label.
        if tag not in UNCLOSED:
            self.apart.append(foreign or facts.get("role") == "img" or "aria-hidden" in facts)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag not in UNCLOSED:
            self.apart.pop()

    def handle_data(self, data: str) -> None:
        """Note what is written."""
        if not self.apart[-1]:
            self.said.append(data)


def russian(page: str, known: set[str]) -> list[str]:
    """Return the Russian sentences of a page in which a word stands that nobody has written."""
    words = Words()
    words.feed(page)
    assert words.language == "en" or "<html" not in page
    return [text.strip() for text in words.said if set(_russian(text)) - known]


def _russian(text: str) -> Iterator[str]:
    return (word.lower() for word in RUSSIAN.findall(text))


def written() -> set[str]:
    """Return every Russian word in the database: what people entered and papers say."""
    found: set[str] = set()
    for model in apps.get_models():
        names = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, CharField | TextField | JSONField)
        ]
        for row in model._default_manager.values_list(*names) if names else []:
            found.update(_russian(repr(row)))
    return found


def english(client: Client) -> Client:
    """Let a visitor choose English."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def spoken(world: World, row: Row, who: str) -> tuple[str, set[str]]:
    """Return the page a visitor gets in English, "" for a file or a way to another page.

    Beside it stand the Russian words the visitor has typed.
    """
    client, path = english(visitor(world.who[who])), fill(world, row.path)
    with undone():
        data = fields(world, row.name, who)
        response = client.post(path, data) if row.method == "post" else client.get(path)
        is_page = response.get("Content-Type", "").startswith("text/html")
        page = response.text if is_page and not response.streaming else ""
        return page, set(_russian(repr(data)))


@pytest.mark.slow
@pytest.mark.django_db
def test_pages_in_english_have_no_russian_but_what_people_wrote() -> None:
    world = World()
    shipped = set(_russian(repr([*regions(), *districts()])))
    known = written() | shipped | WORDS_OF_PAPERS | {"русский"}

    left = [
        f"{row.path} as {who}: {sentences}"
        for row in TABLE
        if row.name not in SAMPLES
        for who in VISITORS
        for page, typed in [spoken(world, row, who)]
        if page and (sentences := russian(page, known | typed))
    ]

    assert not left, "\n".join(left)


@pytest.mark.django_db
def test_letters_are_in_the_language_of_the_house_whoever_writes() -> None:
    world = World()
    Organisation.objects.update(email="school@example.org")
    facts = {"sender": world.school_c.public_id, "seats": 1}

    english(visitor(world.who["outsider"])).post(f"/e/{world.event.public_id}/register/", facts)

    texts = Letter.objects.values_list("text", flat=True)
    assert texts
    assert all(text.startswith("Здравствуйте") for text in texts)


def test_sweep_would_notice_a_sentence_left_in_russian() -> None:
    page = '<html lang="en"><p>Name: Анна</p><p title="Имя">Дата</p><p lang="ru">Текст</p></html>'

    assert russian(page, {"анна"}) == ["Имя", "Дата"]
