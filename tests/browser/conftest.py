"""A real browser: the system's Chromium, driven by Playwright."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

# Playwright runs an event loop in this thread; the tests' own queries are synchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# What Playwright switches off (a second such flag replaces the first), and the suggestions of the
# address line: two more pages behind each window, which take most of the time of opening one.
OFF = [
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "OptimizationHints", "NetworkTimeServiceQuerying"),
    *("AimEnabled", "PreconnectToSearch", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
]
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
    f"--disable-features={','.join(OFF)}",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
OURS = ("http://127.0.0.1:", "http://localhost:", "data:", "blob:")
DESKTOP, PHONE = (1440, 900), (375, 720)
PATIENCE = 60_000
NewPage = Callable[..., Page]
Start = Callable[..., Browser]
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def start() -> Iterator[Start]:
    """Return what starts a browser with more flags; its absence fails the tests loudly."""
    path = os.environ.get("ZVENO_CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        yield lambda *more: playwright.chromium.launch(executable_path=path, args=[*FLAGS, *more])


@pytest.fixture(scope="session")
def chromium(start: Start) -> Iterator[Browser]:
    """Start the browser once."""
    browser = start()
    yield browser
    browser.close()


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[NewPage]:
    """Open pages that speak Russian; a request to another host fails the test."""
    contexts: list[BrowserContext] = []
    strangers: list[str] = []

    def watch(request: Request) -> None:
        # Only watched: a route would cost a call for each request and the cache.
        if not request.url.startswith(OURS):
            strangers.append(request.url)

    def make(size: tuple[int, int] = DESKTOP, **options: object) -> Page:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="ru-RU",
            timezone_id="Europe/Moscow",
            has_touch=size == PHONE,
            **options,  # type: ignore[arg-type]
        )
        contexts.append(context)
        context.on("request", watch)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not strangers
