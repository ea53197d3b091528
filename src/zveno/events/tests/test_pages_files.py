"""A list of children comes as a file; what its headings mean is said once and remembered."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.engines.tables_books import workbook
from tests.engines.tables_documents import document, table
from zveno.events.models import Group, Place
from zveno.events.tests import make
from zveno.events.tests.test_pages_groups import accepted, fields, page, signed_in
from zveno.learners.models import Learner
from zveno.learners.tests import make as children
from zveno.organisations.models import Headings
from zveno.organisations.tests import make as organisations

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROWS: list[list[Any]] = [["Фамилия", "Имя", "Класс"], ["Орлова", "Ада", "7А"], ["Ли", "Ян", "7Б"]]
ODD = "Кто\tКак звать\tГде учится\nОрлова\tАда\t7А\nЛи\tЯн\t7Б"
FILES = {
    "a workbook": ("7а.xlsx", workbook({"7А": ROWS})),
    "a document": ("7а.docx", document(table(*ROWS))),
    "a text": ("7а.csv", "\n".join(";".join(row) for row in ROWS).encode("cp1251")),
}


def brought(client: Client, group: Group, name: str, data: bytes) -> Any:
    file = SimpleUploadedFile(name, data)
    return client.post(page(group, "list/"), {"paste": "", "label": "", "file": file})


def read(client: Client, group: Group, text: str = ODD) -> str:
    return client.post(page(group, "list/"), {"paste": text, "label": ""}).content.decode()


def chosen(client: Client, group: Group, drawn: str, *names: str, press: str = "columns") -> str:
    """Say what the columns hold, in their order, and press a button."""
    said = {f"column-{index}": name for index, name in enumerate(names)}
    said |= {"headed": "on"} if 'name="headed"' in drawn else {}
    sent = fields(drawn) | said | {press: "yes"}
    return client.post(page(group, "list/"), sent).content.decode()


@pytest.mark.parametrize("kind", FILES)
def test_a_file_is_read_and_accepted_like_a_pasted_list(kind: str) -> None:
    group = make.group(make.event(), seats=5)
    client = signed_in(group.sender)

    drawn = brought(client, group, *FILES[kind]).content.decode()
    accepted(client, group, drawn)

    names = Learner.objects.order_by("family_name").values_list("family_name", "given_name")
    assert list(names) == [("Ли", "Ян"), ("Орлова", "Ада")]
    assert Place.objects.filter(group=group).count() == 2


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"%PDF-1.7"),
        ("a.docx", b"PK\x03\x04junk"),
        ("a.xlsx", b""),
        ("a.csv", b"a" * (1024 * 1024 + 1)),
    ],
)
def test_a_file_that_is_no_list_is_refused_at_its_field(name: str, data: bytes) -> None:
    group = make.group(make.event(), seats=5)

    answer = brought(signed_in(group.sender), group, name, data)

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"file"}
    assert not Learner.objects.exists()


def test_a_list_whose_headings_say_nothing_is_read_once_a_person_says_what_they_mean() -> None:
    group = make.group(make.event(), seats=5)
    client = signed_in(group.sender)

    drawn = chosen(client, group, read(client, group), "family_name", "given_name", "class")
    accepted(client, group, drawn)

    assert {(one.given_name, one.grade, one.letter) for one in Learner.objects.all()} == {
        ("Ада", 7, "А"),
        ("Ян", 7, "Б"),
    }


def test_what_was_said_of_headings_is_remembered_for_the_next_list_of_the_school() -> None:
    group = make.group(make.event(), seats=5)
    client = signed_in(group.sender)
    chosen(client, group, read(client, group), "family_name", "given_name", "class")

    again = client.post(page(group, "list/"), {"paste": ODD.replace("Ада", "Ева"), "label": ""})

    assert Headings.objects.get().owner == group.sender
    assert [row.name for row in again.context["roll"].rows] == ["Орлова Ева", "Ли Ян"]
    assert not again.context["roll"].bad


def test_another_school_has_its_own_words() -> None:
    event = make.event()
    group, other = make.group(event, seats=5), make.group(event, seats=5)
    client = signed_in(group.sender)
    chosen(client, group, read(client, group), "given_name", "family_name", "class")

    stranger = signed_in(other.sender).post(page(other, "list/"), {"paste": ODD, "label": ""})

    assert not any(column.said for column in stranger.context["roll"].columns)
    assert stranger.context["roll"].columns[0].field != "given_name"


def test_who_changes_a_column_and_accepts_first_sees_how_the_list_is_read_then() -> None:
    group = make.group(make.event(), seats=5)
    client = signed_in(group.sender)
    drawn = read(client, group, "Фамилия\tИмя\tКласс\nАда\tОрлова\t7А")

    shown = chosen(client, group, drawn, "given_name", "family_name", "class", press="accept")

    assert not Place.objects.exists()
    accepted(client, group, shown)
    assert Learner.objects.get().family_name == "Орлова"


def test_what_stands_for_no_field_is_not_taken() -> None:
    group = make.group(make.event(), seats=5)
    client = signed_in(group.sender)

    chosen(client, group, read(client, group), "password", "' OR 1=1--", "x" * 5000)

    assert not Headings.objects.exists()


def test_a_class_of_the_register_is_proposed_and_nobody_is_entered_twice() -> None:
    group = make.group(make.event(), seats=5)
    known = [
        children.learner(group.sender, family_name=name, grade=7, letter="А")
        for name in ("Белова", "Ким")
    ]
    children.learner(group.sender, grade=3)
    client = signed_in(group.sender)
    asked = client.get(page(group, "list/")).content.decode()
    assert asked.count('name="register"') == 1

    told = {"register": f"{known[0].first_year}-А"}
    drawn = client.post(page(group, "list/"), told).content.decode()
    accepted(client, group, drawn)

    places = Place.objects.filter(group=group)
    assert set(places.values_list("learner", flat=True)) == {one.pk for one in known}
    assert Learner.objects.count() == 3


def test_a_group_of_a_kindergarten_is_found_without_its_name() -> None:
    garden = organisations.organisation("preschool")
    group = make.group(make.event(grade_from=0), garden, seats=5)
    known = children.learner(garden, family_name="Белова", grade=0, letter="Ромашка")
    client = signed_in(garden)

    drawn = client.post(page(group, "list/"), {"register": "0-Ромашка"}).content.decode()
    accepted(client, group, drawn)

    assert Place.objects.get(group=group).learner == known
    assert Learner.objects.count() == 1


def test_a_class_nobody_has_is_no_list() -> None:
    group = make.group(make.event(), seats=5)

    answer = signed_in(group.sender).post(page(group, "list/"), {"register": "1-Я"})

    assert answer.status_code == 422
