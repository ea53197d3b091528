"""Registration opens while a page waits: the button works then, the page is not loaded again."""

from datetime import timedelta

import pytest
from django.conf import settings
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests import live
from tests.browser.conftest import PHONE, NewPage
from zveno.events.models import Event, Group
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.kernel.tests.races import seeing_all
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


def test_the_button_waits_for_the_opening(live_server: LiveServer, new_page: NewPage) -> None:
    with seeing_all():
        event, school = (
            make.event(opens_at=clock.now() + timedelta(hours=1)),
            organisations.school(),
        )
        account = people.account(school)
    cookie = live.signed_in(account, 0).cookies[settings.SESSION_COOKIE_NAME]
    page = new_page(PHONE)
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    page.clock.install()
    page.goto(f"{live_server.url}/e/{event.public_id}/register/")
    button = page.get_by_role("button", name="Занять места")
    expect(button).to_be_disabled()
    page.get_by_label("Сколько детей").first.fill("5")

    with seeing_all():
        Event.objects.update(opens_at=clock.now())
    page.clock.fast_forward("01:00:01")

    expect(button).to_be_enabled()
    button.click()
    expect(page.get_by_text("Держим 5 мест.")).to_be_visible()
    with seeing_all():
        assert Group.objects.get().seats == 5
