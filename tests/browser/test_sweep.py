"""Every page there is: accessible, within the screen, in Russian, silent, sending nobody away."""

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import pictures
from tests.browser.conftest import NewPage
from tests.browser.grounds import Grounds
from tests.browser.tour import (
    NOBODY,
    PARTS,
    POSTED,
    Visit,
    all_names,
    files,
    parts,
    refused,
    tables,
)
from tests.fresh import Fresh
from tests.live import TOKEN
from zveno.demo.management import story
from zveno.documents.models import verifications
from zveno.kernel import clock

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
HEIGHT, FOUND = 900, 302
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILES = {"application/pdf", "application/zip", "image/jpeg", DOCX}
KEPT = {"text/csv", "text/calendar", "text/plain", "application/xml", DOCX}
KEPT |= {"application/json", "text/javascript", "application/manifest+json"}
ALL_RULES = {"resultTypes": ["violations"], "preload": False}
COLOURS = ALL_RULES | {"runOnly": ["color-contrast", "link-in-text-block"]}
# Each view once: what does not depend on the colours is looked at in light ones only.
VIEWS: list[tuple[int, Literal["light", "dark"], dict[str, object]]] = [
    (320, "light", {}),
    (375, "light", ALL_RULES),
    (375, "dark", COLOURS),
    (768, "dark", {}),
    (1440, "dark", COLOURS),
    (1440, "light", ALL_RULES),
]
AXE = Axe().axe_script
TURN = """() => document.querySelectorAll("[lang=en]").forEach(e => { e.hidden = !e.hidden; })"""
SPOKEN = """() => [document.body.innerText, document.title, ...Array.from(
    document.querySelectorAll("[aria-label], [placeholder], [title]"),
    e => [e.ariaLabel, e.placeholder, e.title].join(" "))].join("\\n")"""
# In the next frame the page's own script has heard of another width or other colours.
BEYOND = """() => new Promise(requestAnimationFrame).then(() =>
    document.documentElement.scrollWidth > innerWidth && Array.from(
    document.querySelectorAll("body *")).filter(e => e.getBoundingClientRect().right > innerWidth)
    .map(e => `${e.tagName}.${e.className}`))"""
NO_WORDS = re.compile(
    r"\S+@\S+|zveno [a-z-]+|ZVENO_[A-Z_]+|https?://\S+|[0-9a-f-]{16,}|\b[0-9a-f]{8}\b"
    r"|\b[0-9A-F]{4}-[0-9A-F]{4}\b|[A-Z0-9]{5}(-[A-Z0-9]{1,5}){5}"
    r"|\{[a-z_]+\}|\{\{[a-z_. ]+\}\}|\{%[^%]*%\}"
)
LATIN = re.compile(r"[A-Za-z]{4,}")
NAMES_OF_THINGS = {
    *("DOCX", "XLSX", "PPTX", "JPEG", "Excel", "Word", "Caps", "Lock", "Golos", "Text", "English"),
    *("Ctrl", "Chrome", "Linux", "TOTP", "OpenID", "Connect"),
}


class Guide:
    """Leads through the pages, signed in as whoever fits, and notes what is wrong with them."""

    def __init__(self, new_page: NewPage, address: str) -> None:
        self.new_page, self.address = new_page, address
        self.open: dict[str, Page] = {}
        self.said: list[str] = []

    def page(self, who: str) -> Page:
        """Return the browser of somebody, signed in the first time."""
        if who not in self.open:
            self.open[who] = page = self.new_page(base_url=self.address, reduced_motion="reduce")
            page.add_init_script(AXE)
            page.on("console", self._hear)
            if who != NOBODY:
                sign_in(page, who)
        return self.open[who]

    def _hear(self, message: ConsoleMessage) -> None:
        # The answer of the page itself, when it is a refusal, is no fault of the page.
        own = message.location["url"].partition("?")[0] == self.open_url.partition("?")[0]
        if message.type in {"error", "warning"} and not own:
            self.said.append(message.text)

    def faults(self, visit: Visit) -> Iterator[str]:
        """Open a page and name what is wrong with it."""
        page = self.page(visit.who)
        self.open_url = self.address + visit.address
        self.said.clear()
        answer = page.goto(visit.address)
        if answer is None or answer.status != visit.status:
            yield f"answers {answer and answer.status}"
        for label, words in visit.fill.items():
            page.locator("main").get_by_label(label).first.fill(words)
        if visit.press:
            page.get_by_role("button", name=visit.press, exact=visit.exact).first.click()
            page.wait_for_load_state()
        yield from () if pictures.TAKING else _faults(page)
        yield from self.said
        if pictures.TAKING:
            pictures.take(page, visit.pictures)


def sign_in(page: Page, who: str) -> None:
    """Send the form of the door without drawing a page: how it looks is seen elsewhere."""
    token = TOKEN.findall(page.request.get("/sign-in/").text())[0]
    typed = {"username": who, "password": story.TOLD["password"], "csrfmiddlewaretoken": token}
    assert page.request.post("/sign-in/", form=typed, max_redirects=0).status == FOUND


def _faults(page: Page) -> Iterator[str]:
    if page.locator("h1").count() != 1:
        yield "has not one h1"
    page.evaluate(TURN)
    spoken = NO_WORDS.sub("", page.evaluate(SPOKEN))
    page.evaluate(TURN)
    english = set(LATIN.findall(spoken)) - NAMES_OF_THINGS
    if english:
        yield f"speaks English: {sorted(english)}"
    for width, scheme, rules in VIEWS:
        _turn(page, width, scheme)
        beyond = page.evaluate(BEYOND)
        if beyond:
            yield f"is too wide at {width}: {beyond}"
        found = page.evaluate("rules => axe.run(rules)", rules)["violations"] if rules else []
        for one in found:
            where = [node["target"] for node in one["nodes"]]
            yield f"axe, {width} {scheme}: {one['id']} {where}"


def _turn(page: Page, width: int, scheme: Literal["light", "dark"]) -> None:
    """Change the width and the colours."""
    if page.viewport_size != {"width": width, "height": HEIGHT}:
        page.set_viewport_size({"width": width, "height": HEIGHT})
    page.emulate_media(color_scheme=scheme)


@pytest.fixture(autouse=True)
def _moment_of_the_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    if pictures.TAKING:
        monkeypatch.setattr(clock, "_setting", pictures.shift)
        monkeypatch.setattr(verifications, "secrets", pictures.CHANCE)


@pytest.fixture(scope="module")
def built() -> dict[str, Grounds]:
    """Keep the grounds once they are built."""
    return {}


@pytest.fixture(scope="module")
def rows() -> Fresh:
    """Keep the rows of the grounds."""
    return Fresh("owner")


@pytest.fixture
def grounds(live_server: LiveServer, built: dict[str, Grounds], rows: Fresh) -> Grounds:
    """Build the grounds once; put their rows back for each test after the first."""
    if built:
        rows.restore()
    else:
        built["once"] = Grounds()
        rows.remember()
    return built["once"]


@pytest.mark.parametrize("part", PARTS)
def test_pages(part: str, live_server: LiveServer, new_page: NewPage, grounds: Grounds) -> None:
    guide = Guide(new_page, live_server.url)
    visits = [visit for found in PARTS[part](grounds).values() for visit in found]
    if pictures.TAKING:
        visits = [visit for visit in visits if visit.pictures]

    faults = [f"{visit}: {fault}" for visit in visits for fault in guide.faults(visit)]
    assert not faults, "\n".join(faults)


def test_every_address_is_on_the_tour(
    live_server: LiveServer, new_page: NewPage, grounds: Grounds
) -> None:
    guide = Guide(new_page, live_server.url)
    tour = [stops for of_part in PARTS.values() for stops in of_part(grounds).items()]
    shown = {name for name, _visits in tour} - {"nowhere"}
    taken = {name for _address, visits in tour for visit in visits for name in visit.pictures}
    downloads, lists = files(grounds), tables(grounds)

    assert shown | set(downloads) | set(lists) | set(parts(grounds)) | POSTED == all_names()
    assert taken == pictures.named()
    for visit in downloads.values():
        answer = guide.page(visit.who).request.get(visit.address)
        assert answer.headers["content-type"] in FILES
    for visit in lists.values():
        answer = guide.page(visit.who).request.get(visit.address)
        assert answer.headers["content-type"].partition(";")[0] in KEPT
    for address in refused().values():
        assert guide.page("anna").request.get(address).status == 405
