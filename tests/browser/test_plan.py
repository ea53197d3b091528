"""A plan of sixty items comes from a table of Word, is read by two sides and approved by both."""

from pathlib import Path

import docx
import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import NewPage
from zveno.kernel.tests.races import seeing_all
from zveno.network.models import Cluster
from zveno.organisations.models import Organisation
from zveno.people.models import Post
from zveno.people.tests import make as people
from zveno.plan.models import PlanItem, sides_of
from zveno.plan.tests import tables

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
ITEMS = 60
MONTHS = ("сентябрь", "октябрь", "ноябрь", "декабрь", "январь", "февраль", "март", "апрель", "май")
SECTIONS = ("С обучающимися", "С педагогами", "С родителями")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write the plan as somebody does in Word."""
    made = docx.Document()
    table = made.add_table(rows=1, cols=len(tables.HEADING.split("\t")))
    lines = [tables.HEADING.split("\t")]
    for number in range(1, ITEMS + 1):
        section, month = SECTIONS[number % 3], MONTHS[number % 9]
        words = (f"Встреча {number}", "педагоги", "Колледж связи", month, "Методист", "")
        lines.append([str(number), section, *words])
    for place, line in enumerate(lines):
        cells = table.rows[0].cells if place == 0 else table.add_row().cells
        for cell, text in zip(cells, line, strict=True):
            cell.text = text
    path = tmp_path / "План работы.docx"
    made.save(str(path))
    return path


def came_in(page: Page, house: Organisation, role: str, address: str) -> Page:
    """Let somebody of an organisation be signed in."""
    client = Client()
    with seeing_all():
        client.force_login(people.account(house, role))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}]
    )
    return page


def test_a_plan_of_sixty_items_goes_from_word_to_two_approvals(
    live_server: LiveServer, new_page: NewPage, file: Path
) -> None:
    with seeing_all():
        cluster: Cluster = tables.cluster()
        operator = sides_of(cluster)["operator"]
    plan = f"{live_server.url}/c/{cluster.public_id}/plan/"
    anna = came_in(new_page(), cluster.base, Post.Role.COORDINATOR, live_server.url)
    maria = came_in(new_page(), operator, Post.Role.METHODIST, live_server.url)

    anna.goto(plan)
    anna.get_by_role("link", name="Из таблицы").click()
    anna.locator("input[type=file]").set_input_files(file)
    anna.get_by_role("button", name="Прочитать план").click()
    anna.get_by_role("button", name="Внести 60").click()
    expect(anna.get_by_role("link", name="Встреча 60", exact=True)).to_be_visible()
    for page in (anna, maria):
        page.goto(f"{plan}approval/")
        page.get_by_role("button", name="Утвердить план").click()
    expect(maria.get_by_text("План утверждён: №")).to_be_visible()

    with seeing_all():
        assert PlanItem.objects.filter(plan__cluster=cluster).count() == ITEMS
