"""What an adult did for children, gathered for whoever is signed in."""

import io
from typing import Any

import pypdf
import pytest
from django.test import Client

from zveno.events.actions import Thanked, issue_thanks, undo_issue
from zveno.events.models import Event
from zveno.events.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Account, Person, Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


def teacher(house: Organisation, **name: str) -> Account:
    """Make a teacher of an organisation with an account."""
    account = people.account(house, Post.Role.TEACHER)
    fields = {"family_name": "Орлова", "given_name": "Нина", "patronymic": "Олеговна"} | name
    Person.objects.filter(account=account).update(**fields)
    return account


def portfolio(client: Client, account: Account) -> str:
    client.force_login(account)
    return client.get("/portfolio/").content.decode()


def thank(event: Event, post: Post) -> Any:
    anna = people.coordinator(event.host)
    return anna, issue_thanks(anna, event.public_id, thanked=Thanked(posts=[post.public_id]))


def test_event_is_theirs_who_is_said_to_lead_it(client: Client) -> None:
    host = organisations.college()
    account = teacher(host)
    make.held(host=host, title="Проба Орловой", led_by="Нина Орлова, мастер", hours=2)
    make.held(host=host, title="Чужая проба", led_by="Пётр Орлов")

    page = portfolio(client, account)

    assert "Проба Орловой" in page
    assert "Чужая проба" not in page


def test_group_is_theirs_who_went_along(client: Client) -> None:
    school = organisations.school()
    account = teacher(school)
    event = make.held(title="Поездка")
    make.escort(make.came(event, school, children=4), name="Орлова Нина Олеговна")

    assert "Поездка" in portfolio(client, account)


def test_namesake_of_another_school_has_none_of_it(client: Client) -> None:
    event = make.held(title="Поездка")
    group = make.came(event, organisations.school())
    make.escort(group, name="Орлова Нина Олеговна")

    assert "Поездка" not in portfolio(client, teacher(organisations.school()))


def test_letter_of_thanks_is_there_with_its_sheet(client: Client) -> None:
    host = organisations.college()
    account = teacher(host)
    event = make.held(host=host, title="День лабораторий")
    thank(event, Post.objects.get(person=account.person))

    page = portfolio(client, account)

    assert "Благодарственное письмо" in page
    assert ".pdf" in page


def test_letter_that_was_undone_is_not_there(client: Client) -> None:
    host = organisations.college()
    account = teacher(host)
    event = make.held(host=host, title="День лабораторий")
    anna, batch = thank(event, Post.objects.get(person=account.person))
    undo_issue(anna, batch.public_id)

    assert "День лабораторий" not in portfolio(client, account)


def test_letter_stays_with_who_changes_work(client: Client) -> None:
    host = organisations.college()
    account = teacher(host)
    post = Post.objects.get(person=account.person)
    thank(make.held(host=host, title="День лабораторий"), post)
    Post.objects.filter(pk=post.pk).update(organisation=organisations.school())

    page = portfolio(client, account)

    assert "День лабораторий" in page
    address = page.split('href="/certificates/')[1].split('"')[0]
    assert client.get(f"/certificates/{address}").status_code == 200


def test_table_and_sheet_say_the_same(client: Client) -> None:
    host = organisations.college()
    account = teacher(host)
    make.held(host=host, title="Проба {7}", led_by="Нина Орлова", hours=2)
    client.force_login(account)

    table = client.get("/portfolio/table.csv").content.decode("utf-8-sig")
    sheet = pypdf.PdfReader(io.BytesIO(client.get("/portfolio/sheet.pdf").content))

    assert "Проба {7};2;" in table
    assert "Проба (7)" in " ".join(sheet.pages[0].extract_text().split())
    assert "/StructTreeRoot" in sheet.root_object


def test_empty_portfolio_says_what_will_be_there(client: Client) -> None:
    page = portfolio(client, teacher(organisations.school()))

    assert "появятся здесь сами" in page


def test_page_costs_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    host = organisations.college()
    account = teacher(host)
    for number in range(5):
        make.held(host=host, title=f"Проба {number}", led_by="Нина Орлова")
    client.force_login(account)

    with django_assert_max_num_queries(25):
        client.get("/portfolio/")
