"""How a visitor wants to see pages: colours, text size, spacing, density. Kept in a cookie.

The server writes what was chosen on ``<html>``, so the first paint is right and no script is
needed; the dialog of the kit writes the same cookie.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zveno.ui import languages

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

COOKIE = "zveno-view"
YEAR = 365 * 24 * 60 * 60
# Text this large leaves no room for the side bar on most screens; a script knows better.
_FOLDED = {"150": {"nav": "bar"}, "200": {"nav": "bar", "narrow": ""}}


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing that can be chosen: its name, what it is called, its values, the usual first."""

    name: str
    label: "StrPromise"
    choices: "tuple[tuple[str, str | StrPromise], ...]"

    @property
    def usual(self) -> str:
        """What a page shows when nothing was chosen."""
        return self.choices[0][0]

    def known(self, value: str) -> str:
        """Return ``value`` if it can be chosen, else the usual one."""
        return value if value in dict(self.choices) else self.usual


ASPECTS = (
    Aspect(
        "theme",
        _("Colours"),
        (
            ("auto", _("Same as my device")),
            ("light", pgettext_lazy("view", "Light")),
            ("dark", pgettext_lazy("view", "Dark")),
            ("contrast", pgettext_lazy("view", "Contrast")),
        ),
    ),
    Aspect(
        "zoom",
        _("Text size"),
        tuple((size, f"{size} %") for size in ("100", "112", "125", "150", "200")),
    ),
    Aspect(
        "letters",
        _("Letter spacing"),
        (("normal", pgettext_lazy("space", "Usual")), ("wide", pgettext_lazy("space", "Wide"))),
    ),
    Aspect(
        "lines",
        _("Line spacing"),
        (("normal", pgettext_lazy("space", "Usual")), ("wide", pgettext_lazy("space", "Wide"))),
    ),
    Aspect(
        "density",
        _("Table density"),
        (
            ("normal", pgettext_lazy("view", "Roomy")),
            ("compact", pgettext_lazy("view", "Dense")),
        ),
    ),
)


def chosen(cookies: Mapping[str, str]) -> dict[str, str]:
    """Return the value of every aspect: ``theme:dark.zoom:125`` names some, the rest is usual."""
    said = dict(part.partition(":")[::2] for part in cookies.get(COOKIE, "").split("."))
    return {one.name: one.known(said.get(one.name, "")) for one in ASPECTS}


def written(view: Mapping[str, str]) -> str:
    """Return the cookie that names ``view``."""
    return ".".join(f"{one.name}:{one.known(view.get(one.name, ''))}" for one in ASPECTS)


def attributes(view: Mapping[str, str]) -> dict[str, str]:
    """Return what stands on ``<html>`` as ``data-…``: the theme, and what is not usual."""
    unusual = {one.name: view[one.name] for one in ASPECTS[1:] if view[one.name] != one.usual}
    return {"theme": view["theme"]} | unusual | _FOLDED.get(view["zoom"], {})


def cookies(sent: Mapping[str, str]) -> dict[str, str]:
    """Return what the look of a page depends on: for pages kept for several visitors."""
    return {COOKIE: written(chosen(sent)), settings.LANGUAGE_COOKIE_NAME: languages.chosen(sent)}
