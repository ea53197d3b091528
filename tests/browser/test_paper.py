"""Paper round trip: a sheet is printed, signed, photographed by a phone, and the consent stands."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import PHONE, NewPage
from tests.browser.stage import PASSWORD
from tests.photos import pages_of, photo
from zveno.kernel.tests.races import seeing_all
from zveno.learners.models import Consent, Learner, Method
from zveno.learners.tests import make
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


@pytest.mark.parametrize("script", [True, False])
def test_a_signed_sheet_becomes_a_consent(
    live_server: LiveServer, new_page: NewPage, tmp_path: Path, *, script: bool
) -> None:
    with seeing_all():
        school = organisations.school()
        make.order(school, Method.PAPER)
        make.learner(school)
        account = people.account(school)
        account.set_password(PASSWORD)
        account.save()
    page = new_page(PHONE, java_script_enabled=script, base_url=live_server.url)
    page.goto("/")
    page.get_by_label("Имя для входа").fill(account.get_username())
    page.get_by_label("Пароль", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Войти", exact=True).click()
    page.wait_for_url("**/")

    page.goto(f"/learners/at/{school.public_id}/consents/")
    page.locator("input[name=rows]").first.check()
    with page.expect_download() as sheets:
        page.get_by_role("button", name="Распечатать листы на подпись").click()
    taken = tmp_path / "IMG_0001.jpg"
    taken.write_bytes(photo(pages_of(Path(sheets.value.path()).read_bytes())[0]))
    page.get_by_role("link", name="Сканы согласий").click()
    page.get_by_label("Скан или фото").set_input_files(taken)
    page.get_by_role("button", name="Прочитать страницы").click()
    page.get_by_label("Согласие дано").check()
    page.get_by_role("button", name="Записать ответы").click()

    expect(page.get_by_text("Отмечен 1 ответ")).to_be_visible()
    with seeing_all():
        assert Learner.objects.get().unfounded_since is None
        assert Consent.objects.get().method == Method.PAPER
