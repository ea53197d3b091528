"""The phone at the door: the network is cut, the camera reads codes; nothing is lost."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import segno
from django.conf import settings
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import live
from tests.browser.conftest import PHONE, NewPage, Start
from zveno.events.models import Event, Place
from zveno.events.models.entrance import Names, entrance_url
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.kernel.tests.races import seeing_all
from zveno.organisations.tests import make as organisations
from zveno.people.models import Account, Post
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
SIDE, RATE, SECONDS = 320, 5, 3
FED = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
# All that the phone keeps, as text: what lies open in it, lies open there.
KEPT = """async () => {
    const said = [];
    for (const name of ["zveno-door-lists", "zveno-door-marks"]) {
        const base = await new Promise(done => {
            const ask = indexedDB.open(name);
            ask.onsuccess = () => done(ask.result);
        });
        for (const store of base.objectStoreNames) {
            const rows = await new Promise(done => {
                const ask = base.transaction(store).objectStore(store).getAll();
                ask.onsuccess = () => done(ask.result);
            });
            for (const row of rows) {
                said.push(JSON.stringify(row));
                if (row.sealed) said.push(new TextDecoder().decode(row.sealed));
            }
        }
        base.close();
    }
    const pages = await caches.open("zveno-door");
    for (const one of await pages.keys()) {
        const answer = await pages.match(one);
        const kind = answer.headers.get("content-type") || "";
        if (kind.includes("html")) said.push(await answer.text());
    }
    return said.join("\\n");
}"""


@pytest.fixture
def door() -> tuple[Event, list[Place], Account]:
    """Let three children be expected, and a teacher of the host meet them."""
    with seeing_all():
        event = make.event(starts_at=clock.now() - timedelta(minutes=10))
        group = make.coming(event, organisations.school(), 3)
        places = list(group.places.select_related("learner").order_by("pk"))
        return event, places, people.account(event.host, Post.Role.TEACHER)


def opened(page: Page, live_server: LiveServer, account: Account, event: Event) -> str:
    """Sign in and open the page of the door; return its address."""
    cookie = live.signed_in(account, 0).cookies[settings.SESSION_COOKIE_NAME]
    kept = {"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}
    page.context.add_cookies([kept])  # type: ignore[list-item]
    address = f"{live_server.url}/check/{event.public_id}/phone/"
    page.goto(address)
    expect(page.get_by_text("Эта страница открывается и без связи.")).to_be_visible()
    return address


def row(page: Page, place: Place) -> Locator:
    return page.locator(f"#p-{place.public_id}")


def came() -> int:
    with seeing_all():
        return Event.objects.get().came


def test_marks_made_without_a_network_are_sent_when_it_returns(
    live_server: LiveServer, new_page: NewPage, door: tuple[Event, list[Place], Account]
) -> None:
    event, [first, second, third], account = door
    page = new_page(PHONE)
    opened(page, live_server, account, event)

    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_text("Нет связи.")).to_be_visible()
    for place in (first, second, third, third):
        row(page, place).locator("[data-tap]").click()
    row(page, second).get_by_role("button", name="Уход раньше").click()
    expect(page.locator("[data-waits]")).to_have_text("5")
    assert came() == 0
    page.reload()
    expect(page.locator("[data-came]")).to_have_text("2")
    page.context.set_offline(False)

    expect(page.locator("[data-waits]")).to_have_text("0")
    assert came() == 2
    with seeing_all():
        assert Place.objects.get(pk=second.pk).left_at


def test_nothing_that_names_a_child_lies_open_on_the_phone(
    live_server: LiveServer, new_page: NewPage, door: tuple[Event, list[Place], Account]
) -> None:
    event, places, account = door
    page = new_page(PHONE)
    opened(page, live_server, account, event)
    row(page, places[0]).locator("[data-tap]").click()
    expect(page.locator("[data-waits]")).to_have_text("0")

    kept = page.evaluate(KEPT)

    assert "sealed" in kept
    assert not any(one.learner.given_name in kept for one in places)


def test_signing_out_leaves_no_list(
    live_server: LiveServer, new_page: NewPage, door: tuple[Event, list[Place], Account]
) -> None:
    event, _places, account = door
    page = new_page(PHONE)
    opened(page, live_server, account, event)
    page.goto(f"{live_server.url}/")
    page.locator(".menu--right > summary").last.click()

    page.get_by_role("button", name="Выйти").click()
    page.wait_for_url("**/sign-in/**")

    assert "sealed" not in page.evaluate(KEPT)


def test_the_phone_forgets_the_list_after_a_day(
    live_server: LiveServer, new_page: NewPage, door: tuple[Event, list[Place], Account]
) -> None:
    event, places, account = door
    page = new_page(PHONE)
    page.clock.install()
    opened(page, live_server, account, event)
    expect(row(page, places[0])).to_be_visible()
    page.context.set_offline(True)

    page.clock.fast_forward("24:01:00")

    expect(row(page, places[0])).to_be_hidden()
    assert "sealed" not in page.evaluate(KEPT)


def test_the_camera_tells_four_answers(
    start: Start,
    live_server: LiveServer,
    door: tuple[Event, list[Place], Account],
    tmp_path: Path,
) -> None:
    event, [child, unlisted, _], account = door
    with seeing_all():
        Place.objects.filter(pk=unlisted.pk).update(consented=False)
    says = [
        entrance_url(event, Names.CHILD, child.public_id),
        "https://example.org/",
        entrance_url(event, Names.CHILD, unlisted.public_id),
    ]
    with camera(start, tmp_path / "codes.y4m", says) as page:
        opened(page, live_server, account, event)
        page.get_by_role("button", name="Навести камеру").click()
        result = page.locator("[data-result]")

        expect(result).to_contain_text("Проходите")
        expect(result).to_contain_text(child.learner.door_name)
        expect(result).to_contain_text("Не наш код")
        expect(result).to_contain_text("Нет в списке телефона")
        expect(result).to_contain_text("Уже отмечен")
        expect(page.locator("[data-lost]")).to_be_visible()
    assert came() == 1


@contextmanager
def camera(start: Start, film: Path, says: Sequence[str]) -> Iterator[Page]:
    """Open a page whose camera sees codes, each for a while, over and over."""
    film.write_bytes(b"YUV4MPEG2 W%d H%d F%d:1 C420jpeg\n" % (SIDE, SIDE, RATE))
    with film.open("ab") as frames:
        for said in says:
            frames.write((b"FRAME\n" + seen(said)) * RATE * SECONDS)
    browser = start(*FED, f"--use-file-for-fake-video-capture={film}")
    page = browser.new_context(permissions=["camera"], locale="ru-RU").new_page()
    page.set_default_timeout(60_000)
    try:
        yield page
    finally:
        browser.close()


def seen(said: str) -> bytes:
    """Draw a code in the middle of a white picture: grey values, then two planes of no colour."""
    dots = [list(row) for row in segno.make(said, error="m").matrix]
    size = SIDE // (len(dots) + 8)
    edge = (SIDE - size * len(dots)) // 2
    white = b"\xeb" * SIDE
    lines = [white] * edge
    for row in dots:
        line = b"".join((b"\x10" if dot else b"\xeb") * size for dot in row)
        lines += [(white[:edge] + line + white)[:SIDE]] * size
    lines += [white] * (SIDE - len(lines))
    return b"".join(lines) + b"\x80" * (SIDE * SIDE // 2)
