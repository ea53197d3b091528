"""The gallery is the proof that every component draws, in every state, within the rules."""

import re
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.template import Engine
from django.test import RequestFactory
from django.urls import resolve

from zveno.ui import samples
from zveno.ui.templatetags.ui import register

UI = Path(__file__).resolve().parents[1]
ROOMS = UI.parent
TEMPLATES = sorted(ROOMS.glob("*/templates/**/*.html"))
FORBIDDEN = re.compile(
    r"""\sstyle=|\son[a-z]+=["']|<script(?![^>]*\s(?:src=|type="application/ld\+json"))|javascript:|\shx-on|hx-vals=.js:"""
)


def _shown(rf: RequestFactory, address: str) -> HttpResponse:
    """Answer without the middleware, hence without a database."""
    request = rf.get(address)
    found = resolve(request.path)
    response: HttpResponse = found.func(request, *found.args, **found.kwargs)
    return response


@pytest.mark.parametrize("address", ["", "?errors", "?day=sat&kind=school&sort=-name"])
def test_gallery_draws(rf: RequestFactory, address: str) -> None:
    text = _shown(rf, f"/ui/{address}").text

    assert text.count("<h1>") == 1
    assert not FORBIDDEN.search(text)


@pytest.mark.parametrize("name", samples.BASES)
def test_base_page_draws(rf: RequestFactory, name: str) -> None:
    text = _shown(rf, f"/ui/bases/{name}/").text

    assert text.count("<main") == 1
    assert not FORBIDDEN.search(text)


@pytest.mark.parametrize(("name", "status"), samples.PROBLEMS.items())
def test_error_page_says_what_to_do(rf: RequestFactory, name: str, status: int) -> None:
    response = _shown(rf, f"/ui/problems/{name}/")

    assert response.status_code == status
    assert response.text.count('class="btn btn--primary"') == 1


def test_fault_page_needs_neither_request_nor_database() -> None:
    assert "data-problem" in Engine.get_default().render_to_string("500.html")


def test_refusal_says_its_sentence_and_the_number_of_the_request() -> None:
    text = Engine.get_default().render_to_string(
        "ui/problem.html", {"error": "Мест нет", "request_id": "a1b2"}
    )

    assert "Мест нет" in text
    assert "a1b2" in text


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOMS)))
def test_template_is_short_and_has_nothing_inline(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert text.count("\n") <= 150
    assert not FORBIDDEN.search(text)


def test_every_tag_is_explained_by_an_example_and_shown() -> None:
    readme = (UI / "README.md").read_text(encoding="utf-8")
    shown = "".join(path.read_text(encoding="utf-8") for path in UI.glob("templates/**/*.html"))
    for name, tag in register.tags.items():
        example = re.compile(rf"{{% {name}\b")
        assert example.search(tag.__doc__ or ""), name
        assert example.search(readme), name
        assert example.search(shown) or name == "more_toasts", name


def test_every_icon_asked_for_is_drawn() -> None:
    sprite = (UI / "static/ui/sprite.svg").read_text(encoding="utf-8")
    known = set(re.findall(r'id="i-(\w+)"', sprite))
    asked = {
        name
        for path in TEMPLATES
        for name in re.findall(r'{% icon "(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert asked <= known
