"""The register of processing leaves no table out."""

import pytest
from django.apps import apps
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from zveno.kernel import clock
from zveno.kernel.models import Data
from zveno.learners.models import CATEGORIES, register
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
PAGE = "/learners/processing/"


def test_every_table_about_people_stands_in_one_line() -> None:
    told = [table for line in register() for table in line.tables]
    about = [
        kind._meta.label
        for kind in apps.get_models()
        if {Data.PERSONAL, Data.SEALED} & set(getattr(kind, "DATA", {}).values())
    ]

    assert sorted(told) == sorted(about)
    assert len(set(told)) == len(told) > 30


def test_terms_in_days_come_from_the_rules_of_retention() -> None:
    (children,) = [line for line in register() if "learners.Learner" in line.tables]

    assert "30 дней" in children.terms


def test_the_table_says_what_the_page_says(client: Client) -> None:
    client.force_login(people.account(organisations.school()))

    page, table = client.get(PAGE).content.decode(), client.get(f"{PAGE}table.csv")

    for line in register():
        assert str(line.processing.purpose) in page
        assert str(line.processing.purpose) in table.content.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Post.Role.HEAD, 200),
        (Post.Role.AUDITOR, 200),
        (Post.Role.OPERATOR, 200),
        (Post.Role.TEACHER, 403),
    ],
)
def test_who_reads_it(client: Client, role: str, status: int) -> None:
    client.force_login(people.account(organisations.college(), role))

    assert client.get(PAGE).status_code == status
    assert client.get(f"{PAGE}table.xlsx").status_code == status


def test_a_table_of_another_kind_is_nothing(client: Client) -> None:
    client.force_login(people.account(organisations.school()))

    assert client.get(f"{PAGE}table.exe").status_code == 404


def test_the_page_asks_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(people.account(organisations.school()))

    with django_assert_max_num_queries(14):
        client.get(PAGE)


def test_whatever_table_is_brought_in_goes_by_a_term() -> None:
    """Names of children and people stand in uploaded tables, too: a new kind needs its category."""
    brought = {
        model
        for model in apps.get_models()
        if {"source", "mends"} <= {field.name for field in model._meta.get_fields()}
    }

    assert brought
    assert brought <= {category.due(clock.now()).model for category in CATEGORIES.values()}
