"""A key of a device: made, kept, opened, in a real browser with a device of its own."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.live import ROOT, environment, free_port, wait_for
from zveno.kernel.actor import SYSTEM
from zveno.kernel.walls import scoped
from zveno.organisations.tests import make as organisations
from zveno.people.actions import open_account
from zveno.people.models import Passkey, Post
from zveno.people.tests import make

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


@pytest.fixture
def site() -> Iterator[str]:
    """Serve the test database by a name: a browser makes no keys for a number."""
    port = free_port()
    address = f"http://localhost:{port}"
    command = [sys.executable, "-m", "granian", "django.core.wsgi:get_wsgi_application"]
    command += ["--factory", "--interface=wsgi", "--host=127.0.0.1", f"--port={port}"]
    command += ["--http=1", "--no-ws", "--log-level=error"]
    process = subprocess.Popen(
        command, env=environment() | {"ZVENO_ADDRESS": address}, cwd=ROOT, start_new_session=True
    )
    try:
        wait_for(port)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def with_a_device(page: Page) -> None:
    """Give the browser a device that knows its owner by a finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_key_is_added_and_signs_in_without_password_and_code(new_page: NewPage, site: str) -> None:
    with transaction.atomic(), scoped(SYSTEM):
        school = organisations.school()
        person = make.person(school)
        Post.objects.create(person=person, organisation=school, role=Post.Role.TEACHER)
    open_account(SYSTEM, person.public_id, sign_in_name="anna", password=make.PASSWORD)
    page = new_page()
    with_a_device(page)
    page.goto(f"{site}/sign-in/?next=/account/second-step/")
    page.fill("#id_username", "anna")
    page.fill("#id_password", make.PASSWORD)
    page.click("form:has(#id_password) button.btn--primary")

    page.fill("#add_password", make.PASSWORD)
    page.click("text=Добавить ключ этого устройства")
    expect(page.locator("ol.codes li")).to_have_count(10)
    page.context.clear_cookies()
    page.goto(f"{site}/sign-in/?next=/account/second-step/")
    page.click("text=Войти ключом этого устройства")

    expect(page.locator("h1")).to_have_text("Моя учётная запись")
    with transaction.atomic(), scoped(SYSTEM):
        used = Passkey.objects.get()
    assert used.used_at is not None
    assert used.count > 0


def test_device_without_a_key_opens_nothing(new_page: NewPage, site: str) -> None:
    page = new_page()
    page.goto(f"{site}/sign-in/")
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")

    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')); }")
    page.click("text=Войти ключом этого устройства")

    expect(page.locator("p[data-failed]")).to_be_visible()
