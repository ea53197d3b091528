"""Pictures for the guide and the read-me, taken where the tour goes anyway (``make pictures``)."""

import base64
import os
import re
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from django.utils import timezone
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "pictures"
TAKING = bool(os.environ.get("ZVENO_PICTURES"))
MOMENT = datetime(2026, 11, 19, 7, 30, tzinfo=UTC)
LANGUAGES = ("ru", "en")
DESKTOP, PHONE = 1280, 375
TALLEST = {DESKTOP: 900, PHONE: 760}
SHORTEST, MARGIN = 420, 32
END = """[innerWidth, Math.max(...Array.from(document.querySelectorAll("main, main *"),
    e => e.matches("main") ? 0 : Math.ceil(e.getBoundingClientRect().bottom)))]"""
QUALITY = 80
NAMED = re.compile(r"pictures/(?:ru|en)/([a-z-]+)\.webp")


CHANCE = Random(1)  # noqa: S311
"""What codes of certificates are made of: they are in a picture."""
_asked = count()


def shift() -> timedelta:
    """Return how far off the moment of the pictures is: one minute, never the same twice."""
    return MOMENT + timedelta(milliseconds=next(_asked)) - timezone.now()


def named() -> set[str]:
    """Name the pictures that texts show."""
    texts = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    return {name for text in texts for name in NAMED.findall(text.read_text("utf-8"))}


def take(page: Page, names: tuple[str, ...]) -> None:
    """Save the open page under each name, in each language; the name tells size and colours."""
    for language in LANGUAGES:
        _speak(page, language)
        for name in names:
            _turn(page, name)
            _save(page, FOLDER / language / f"{name}.webp")
    _speak(page, LANGUAGES[0])


def _speak(page: Page, language: str) -> None:
    host = urlsplit(page.url).hostname
    cookie = {"name": "zveno-language", "value": language, "domain": host, "path": "/"}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    # What was posted is posted again: a page that answers a form stays that page.
    page.reload()


def _turn(page: Page, name: str) -> None:
    width = PHONE if name.endswith("-phone") else DESKTOP
    page.emulate_media(color_scheme="dark" if "-dark" in name else "light")
    page.set_viewport_size({"width": width, "height": TALLEST[width]})
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    page.evaluate("document.fonts.ready.then(() => 0)")
    page.evaluate("new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(seen)))")


def _save(page: Page, path: Path) -> None:
    width, end = page.evaluate(END)
    tall = min(max(end + MARGIN, SHORTEST), TALLEST[width])
    clip = {"x": 0, "y": 0, "width": width, "height": tall, "scale": 1}
    asked = {"format": "webp", "quality": QUALITY, "clip": clip}
    shot = page.context.new_cdp_session(page).send("Page.captureScreenshot", asked)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(base64.b64decode(shot["data"]))
