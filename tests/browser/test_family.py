"""A parent decides on a phone, without an account and without script, in two presses."""

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import PHONE, NewPage
from zveno.kernel.tests.races import seeing_all
from zveno.learners.models import Learner
from zveno.learners.tests import make

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


def test_one_consent_is_given_and_the_other_refused(
    live_server: LiveServer, new_page: NewPage
) -> None:
    with seeing_all():
        child = make.learner(given_name="Дарья")
        make.order(child.owner)
        make.guardian(child, "a-link-from-a-letter")
    phone = new_page(PHONE, java_script_enabled=False)

    phone.goto(f"{live_server.url}/family/a-link-from-a-letter/")
    phone.get_by_role("button", name="Разрешаю участие").click()
    phone.get_by_role("button", name="Не снимать, но пойдёт").click()

    expect(phone.locator("#participation")).to_contain_text("Вы разрешили участие")
    expect(phone.locator("#publication")).to_contain_text("Дарья участвует как все")
    with seeing_all():
        child = Learner.objects.get()
    assert (child.unfounded_since, child.photographed) == (None, False)
