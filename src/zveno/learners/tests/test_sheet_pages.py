"""The school's pages of paper: sheets as a file, scans, answers, the register."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.photos import pages_of, scan
from zveno.learners.models import Consent, Method, ScannedPage
from zveno.learners.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> Organisation:
    school = organisations.school()
    make.order(school, Method.PAPER)
    return school


@pytest.fixture
def deputy(client: Client, school: Organisation) -> Client:
    client.force_login(people.account(school))
    return client


def at(page: str, key: Any, *more: str) -> str:
    return reverse(f"learners:{page}", args=[key.public_id, *more])


def sent(deputy: Client, page: str, key: Any, **typed: Any) -> str:
    answer = deputy.post(at(page, key), typed, follow=True)
    return str(answer.content.decode())


@pytest.mark.slow
def test_from_the_list_of_a_class_to_the_register(deputy: Client, school: Organisation) -> None:
    child = make.learner(school)
    typed = {"purpose": "participation", "rows": child.public_id}
    pdf = deputy.post(at("print_sheets", school), typed)
    assert (pdf["Content-Type"], pdf["Cache-Control"]) == ("application/pdf", "no-store")
    file = SimpleUploadedFile("scan.pdf", scan(pages_of(pdf.content)), "application/pdf")

    assert "Прочитана 1 страница" in sent(deputy, "scans", school, file=file)

    page = ScannedPage.objects.get()
    picture = deputy.get(at("scan_picture", page))
    assert picture.content.startswith(b"\xff\xd8\xff")
    shown = sent(deputy, "record_answers", school, **{f"page-{page.public_id}": "given"})
    assert "Отмечен 1 ответ" in shown
    assert child.full_name in deputy.get(at("paper_registry", school)).content.decode()
    table = deputy.get(at("paper_registry_table", school, "csv")).content.decode()
    assert child.initials in table
    assert child.family_name not in table


def test_without_an_order_the_next_step_is_told(client: Client) -> None:
    school = organisations.school()
    client.force_login(people.account(school))
    child = make.learner(school)

    shown = sent(client, "print_sheets", school, purpose="trip", rows=child.public_id)

    assert "нет приказа" in shown
    assert "включите этот способ приказом" in client.get(at("scans", school)).content.decode()


def test_an_unread_page_is_looked_at_and_tied_to_a_child(
    deputy: Client, school: Organisation
) -> None:
    sheet, page = make.sheet(make.learner(school)), make.page(school)
    assert "Укажите, чьи это страницы" in deputy.get(at("scans", school)).content.decode()

    assert "Выберите лист из списка" in sent(deputy, "scan", page, sheet=page.public_id)
    assert "укажите, что на ней отмечено" in sent(deputy, "scan", page, sheet=sheet.public_id)

    assert ScannedPage.objects.get().sheet == sheet


def test_a_page_of_something_else_is_erased(deputy: Client, school: Organisation) -> None:
    assert "Страница удалена" in sent(deputy, "drop_page", make.page(school))
    assert not ScannedPage.objects.exists()


def test_an_outdated_sheet_offers_a_refusal_only(deputy: Client, school: Organisation) -> None:
    page = make.page(school, make.sheet(make.learner(school), text_hash="0" * 64))

    shown = deputy.get(at("scans", school)).content.decode()

    assert 'value="refused"' in shown
    assert 'value="given"' not in shown
    deputy.post(at("record_answers", school), {f"page-{page.public_id}": "given"})
    assert not Consent.objects.exists()


@pytest.mark.parametrize("typed", [{}, {"page-nothing": "given"}, {"page-": "x"}])
def test_something_has_to_be_said(deputy: Client, school: Organisation, typed: Any) -> None:
    assert "хотя бы на одной" in sent(deputy, "record_answers", school, **typed)


def test_what_is_no_scan_is_said(deputy: Client, school: Organisation) -> None:
    assert "Выберите файл" in sent(deputy, "scans", school)
    cat = SimpleUploadedFile("cat.heic", b"\x00\x00\x00\x18ftypheic")
    assert "JPEG" in sent(deputy, "scans", school, file=cat)


@pytest.mark.parametrize("name", ["scans", "paper_registry"])
def test_pages_ask_little_of_the_database(
    deputy: Client, school: Organisation, name: str, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        child = make.founded(school)
        make.page(school, make.sheet(child))

    with django_assert_max_num_queries(20):
        deputy.get(at(name, school))
