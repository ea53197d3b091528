"""A deputy pastes a class of 25 with six dirty rows, mends them in place, and has it entered."""

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import NewPage
from zveno.kernel.tests.races import seeing_all
from zveno.learners.models import Learner
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people
from zveno.people.tests.make import PASSWORD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
CLEAN = [
    *("Абрамов Лев", "Белова Ая", "Волков Пётр", "Громова Анна", "Дроздов Иван", "Егорова Лия"),
    *("Жуков Марк", "Зайцева Вера", "Ильин Глеб", "Козлова Мария", "Лебедев Олег"),
    *("Морозова Юлия", "Никитин Егор", "Орлова Дарья", "Павлов Роман", "Романова Ольга"),
    *("Соколов Артём", "Тихонова Нина", "Ушаков Денис"),
]
DIRTY = [
    ("Фёдорoв", "Илья", "7А"),  # a Latin letter
    ("Хохлова", "Ева", "17А"),  # no such class
    ("Цветков", "", "7А"),  # no given name
    ("Чернова", "Алиса", ""),  # no class
    ("Шубин", "Kирилл", "7А"),  # a Latin letter
    ("Яшина", "=Инна", "7А"),  # looks like a formula
]
ROWS = [*(f"{name.replace(' ', chr(9))}\t7А" for name in CLEAN), *("\t".join(r) for r in DIRTY)]
LIST = "Фамилия\tИмя\tКласс\n" + "\n".join(ROWS)


def test_a_class_of_25_with_six_dirty_rows_is_entered(
    live_server: LiveServer, new_page: NewPage
) -> None:
    with seeing_all():
        school = organisations.school()
        account = people.with_password(people.account(school))
    page = new_page()
    page.goto(f"{live_server.url}/sign-in/?next=/learners/at/{school.public_id}/")
    page.fill("#id_username", account.sign_in_name)
    page.fill("#id_password", PASSWORD)
    page.click("form:has(#id_password) button.btn--primary")

    page.get_by_role("link", name="Загрузить список").first.click()
    page.get_by_label("Вставьте список").fill(LIST)
    page.get_by_role("button", name="Прочитать список").click()
    expect(page.locator("tr.is-bad")).to_have_count(6)
    page.locator("[name=cell-21-class]").fill("7А")
    page.locator("[name=cell-22-given_name]").fill("Мирон")
    page.locator("[name=cell-25-given_name]").fill("Инна")
    page.get_by_role("button", name="Внести всех").click()

    expect(page.get_by_text("Всё внесено")).to_be_visible()
    with seeing_all():
        children = Learner.objects.filter(owner=school)
        assert children.count() == 25
        assert set(children.values_list("letter", flat=True)) == {"А"}
        assert children.filter(family_name="Фёдоров").exists()
        assert children.filter(given_name="Кирилл").exists()
