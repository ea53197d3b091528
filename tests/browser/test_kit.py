"""The gallery of the kit in a real browser: three schemes, every width, keys alone, paper."""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import PHONE, NewPage
from zveno.ui import looks

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
AXE = Axe().axe_script
RULES = {"resultTypes": ["violations"], "preload": False}
BEYOND = "document.documentElement.scrollWidth - innerWidth"
WIDTHS = (320, 375, 768, 960, 1440)
LARGE = {"zoom": "200", "letters": "wide", "lines": "wide"}
PAGES = ("/ui/", "/ui/?errors", "/view/", *(f"/ui/bases/{name}/" for name in ("public", "auth")))


def opened(new_page: NewPage, server: LiveServer, **view: str) -> Page:
    """Open a browser in which a view was chosen."""
    page = new_page(base_url=server.url, reduced_motion="reduce")
    kept = looks.written(view)
    page.context.add_cookies([{"name": looks.COOKIE, "value": kept, "url": server.url}])
    return page


def barriers(page: Page) -> list[str]:
    """Return what axe finds on the page as it stands."""
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(rules)", RULES)["violations"]
    return [f"{one['id']} {[node['target'] for node in one['nodes']]}" for one in found]


def boxes(page: Page) -> Iterator[str]:
    """Open each dialog of the gallery in turn and name it."""
    for key in ("view", "palette", "sample", "cases"):
        page.evaluate("key => document.getElementById(key).showModal()", key)
        yield key
        page.keyboard.press("Escape")


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_gallery_has_no_barriers(theme: str, live_server: LiveServer, new_page: NewPage) -> None:
    page = opened(new_page, live_server, theme=theme)

    found = []
    for address in PAGES:
        page.goto(address)
        found += [f"{address}: {one}" for one in barriers(page)]
    page.goto("/ui/")
    found += [f"{key}: {one}" for key in boxes(page) for one in barriers(page)]
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    found += [f"phone: {one}" for one in barriers(page)]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("view", [{}, LARGE], ids=["usual", "large"])
def test_nothing_is_wider_than_the_screen(
    view: dict[str, str], live_server: LiveServer, new_page: NewPage
) -> None:
    page = opened(new_page, live_server, **view)

    beyond = {}
    for address in PAGES:
        for width in WIDTHS[bool(view) :]:  # 320 px stand for 400 % already
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address)
            if page.evaluate(BEYOND) > 0:
                beyond[address, width] = page.evaluate(BEYOND)

    assert beyond == {}


def test_palette_opens_by_its_key_in_any_layout_and_is_walked_by_arrows(
    live_server: LiveServer, new_page: NewPage
) -> None:
    page = opened(new_page, live_server)
    page.goto("/ui/")
    box = page.get_by_role("combobox", name="Что найти или сделать")

    page.evaluate(
        """() => document.body.dispatchEvent(new KeyboardEvent("keydown",
        {key: "л", code: "KeyK", ctrlKey: true, bubbles: true, cancelable: true}))"""
    )
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "found-2")
    expect(page.get_by_role("option", name="Школа № 47")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box).to_have_attribute("aria-activedescendant", "found-3")
    page.keyboard.press("Enter")

    assert page.url.endswith("/ui/#event")


def test_one_of_many_is_chosen_by_keys(live_server: LiveServer, new_page: NewPage) -> None:
    page = opened(new_page, live_server)
    page.goto("/ui/")
    box = page.get_by_role("combobox", name="Школа")

    box.press_sequentially("47")
    expect(page.get_by_role("option", name="Гимназия № 470")).to_be_visible()
    found = barriers(page)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", name="СОШ № 147")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")

    expect(box).to_have_value("ГБОУ СОШ № 147 (пример)")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(page.locator("[name=school-key]")).to_have_value(str(UUID(int=2)))
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    assert not found


def test_dialog_gives_the_focus_back(live_server: LiveServer, new_page: NewPage) -> None:
    page = opened(new_page, live_server)
    page.goto("/ui/")
    opener = page.get_by_role("button", name="Панель")

    opener.press("Enter")
    expect(page.get_by_role("dialog", name="Имена по падежам")).to_be_visible()
    page.keyboard.press("Escape")

    expect(opener).to_be_focused()


def test_view_is_shown_at_once_and_stays(live_server: LiveServer, new_page: NewPage) -> None:
    page = opened(new_page, live_server)
    page.goto("/ui/")

    page.locator("a[data-open=view]").first.press("Enter")
    page.get_by_label("Контрастная").check()
    page.get_by_label("150 %").check()
    expect(page.locator("html")).to_have_attribute("data-theme", "contrast")
    page.goto("/ui/bases/public/")

    expect(page.locator("html")).to_have_attribute("data-theme", "contrast")
    expect(page.locator("html")).to_have_attribute("data-zoom", "150")


def test_view_and_language_are_chosen_without_script(
    live_server: LiveServer, new_page: NewPage
) -> None:
    page = new_page(base_url=live_server.url, java_script_enabled=False)
    page.goto("/ui/bases/public/")

    page.get_by_role("link", name="Вид и доступность").click()
    page.get_by_label("Тёмная").check()
    page.get_by_role("button", name="Запомнить вид").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="English").click()

    expect(page).to_have_url(re.compile("/ui/bases/public/$"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_chosen_rows_bring_what_can_be_done_with_them(
    live_server: LiveServer, new_page: NewPage
) -> None:
    page = opened(new_page, live_server)
    page.goto("/ui/")
    bar = page.get_by_role("region", name="С отмеченными")
    whole = page.get_by_label("Выбрать все строки")
    expect(bar).to_be_hidden()

    page.get_by_label("Выбрать: Школа № 47").press("Space")
    expect(bar).to_contain_text("Выбрано: 1")
    assert whole.evaluate("box => box.indeterminate")
    whole.press("Space")
    expect(bar).to_contain_text("Выбрано: 2")
    whole.press("Space")

    expect(bar).to_be_hidden()


def test_paper_is_white_and_bears_no_menus(live_server: LiveServer, new_page: NewPage) -> None:
    page = opened(new_page, live_server, theme="dark")
    page.goto("/ui/")

    page.emulate_media(media="print")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    expect(page.locator(".sidebar")).to_be_hidden()
    expect(page.get_by_text("Напечатано из «Звена»")).to_be_visible()


def test_week_is_a_grid_where_there_is_room_and_a_list_on_a_phone(
    live_server: LiveServer, new_page: NewPage
) -> None:
    page = opened(new_page, live_server)
    page.goto("/ui/")
    first, second = page.locator(".cal__day").nth(0), page.locator(".cal__day").nth(1)

    assert _top(first) == _top(second)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.reload()

    assert _top(first) < _top(second)


def _top(found: object) -> float:
    box = found.bounding_box()  # type: ignore[attr-defined]
    return float(box["y"])
