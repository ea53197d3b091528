"""Contrast of the tokens, weight of the files, and where the files of others come from."""

import gzip
import re
from pathlib import Path

import pytest

from tools import vendor

STATIC = Path(__file__).resolve().parents[1] / "static" / "ui"
THEMES = ["light", "dark", "contrast"]
TEXT = [
    *[(ink, back) for ink in ("ink", "ink-2", "ink-3") for back in ("bg", "surface", "surface-3")],
    *[("primary", back) for back in ("bg", "surface", "surface-2")],
    ("on-primary", "primary"),
    ("on-primary", "primary-hover"),
    ("on-primary-soft", "primary-soft"),
    ("on-brass", "brass"),
    ("on-brass-soft", "brass-soft"),
    *[(tone, f"{tone}-soft") for tone in ("ok", "warn", "bad", "info")],
    *[("ink", f"{tone}-soft") for tone in ("ok", "warn", "bad", "info")],
    *[(tone, "surface") for tone in ("ok", "warn", "bad", "info")],
    ("surface", "bad"),
    ("bg", "ink"),
    ("on-hero", "hero"),
    ("on-hero-2", "hero"),
]
CONTROLS = [
    ("line-strong", "surface"),
    ("line-strong", "bg"),
    ("focus", "surface"),
    ("focus", "bg"),
    ("brass-line", "surface"),
    *[(f"c{n}", "surface") for n in range(1, 7)],
]


def _tokens(theme: str) -> dict[str, str]:
    text = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
    block = text.split(f'[data-theme="{theme}"] {{')[1].split("}")[0]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})", block))


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(d * 2 for d in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_has_the_contrast_the_standard_says() -> None:
    assert round(_contrast("#000", "#ffffff"), 2) == 21.0


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("needed", "pairs"), [(4.5, TEXT), (3.0, CONTROLS)])
def test_tokens_are_told_apart(theme: str, needed: float, pairs: list[tuple[str, str]]) -> None:
    tokens = _tokens(theme)

    faint = [pair for pair in pairs if _contrast(tokens[pair[0]], tokens[pair[1]]) < needed]

    assert faint == []


def _weight(*paths: Path) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def first_load() -> list[Path]:
    """List the style sheets every page links; what only some pages need is a sheet of its own."""
    base = (STATIC.parents[1] / "templates" / "ui" / "base.html").read_text(encoding="utf-8")
    return [STATIC / "css" / name for name in re.findall(r"ui/css/(\w+\.css)", base)]


def test_styles_of_the_first_load_weigh_under_20_kilobytes() -> None:
    assert len(first_load()) == 7
    assert _weight(*first_load()) < 20 * 1024


def test_scripts_weigh_under_40_kilobytes() -> None:
    assert _weight(*STATIC.glob("js/*.js"), STATIC / "vendor/htmx.min.js") < 40 * 1024


def test_the_reader_of_codes_is_asked_for_by_the_door_alone() -> None:
    asking = [
        path.name for path in STATIC.parents[2].rglob("*.html") if "jsQR" in path.read_text("utf-8")
    ]

    assert asking == ["phone.html"]
    assert _weight(STATIC / "vendor/jsQR.js") < 60 * 1024


def test_files_of_others_are_the_ones_taken() -> None:
    assert vendor.SUMS.read_text(encoding="utf-8") == vendor.sums()


def test_who_follows_the_system_sees_the_very_colours_of_the_dark_scheme() -> None:
    assert _tokens("auto") == _tokens("dark")
