"""A paper list is entered by its numbers: shown first, marked then; nothing is guessed."""

import re

import pytest
from django.test import Client

from zveno.events.forms.paper import PaperForm
from zveno.events.models import Event
from zveno.events.tests import make
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("1, 3 5", [1, 3, 5]),
        ("2-4", [2, 3, 4]),
        ("4 – 2; 4", [2, 3, 4]),
        ("12", [12]),
    ],
)
def test_numbers_are_read_as_people_write_them(typed: str, numbers: list[int]) -> None:
    form = PaperForm(12, {"numbers": typed})

    assert form.is_valid()
    assert form.cleaned_data["numbers"] == numbers


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("13", "в нём 12 строк"),
        ("0", "в нём 12 строк"),
        ("1-99999999999999999999", "в нём 12 строк"),
        ("пять", "«пять»"),
        ("", "Обязательное поле"),
    ],
)
def test_what_is_no_line_of_the_list_is_said(typed: str, said: str) -> None:
    form = PaperForm(12, {"numbers": typed})

    assert said in str(form.errors)


def test_numbers_become_marks_after_the_names_were_seen() -> None:
    event = make.event()
    make.coming(event, organisations.school(), 3)
    client = Client()
    client.force_login(people.account(event.host, Post.Role.TEACHER))
    page = f"/check/{event.public_id}/paper/"

    shown = client.post(page, {"numbers": "1-2"}).text
    assert Event.objects.get().came == 0
    sure = re.findall(r'name="sure" value="([^"]+)"', shown)
    client.post(page, {"sure": [*sure, "nonsense"]})
    client.post(page, {"sure": sure})

    assert len(sure) == 2
    assert Event.objects.get().came == 2
