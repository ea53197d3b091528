"""Message catalogues for developers, without the gettext programs.

``python tools/messages.py extract [room …]`` merges the messages found in the code and the
templates of a room into its own catalogue and keeps the translations. ``check`` names what is
missing, empty, fuzzy or no longer used, and ends with 1 if there is anything.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from babel.messages.extract import extract as extract_messages
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parents[1] / "src" / "zveno"
LANGUAGE = "ru"
PLURAL = (
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
    "n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
)
FORMS = 3
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
Key = tuple[str, str]


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """A string for people: its id, its context, and its plural if it counts something."""

    text: str
    context: str = ""
    plural: str = ""

    @property
    def key(self) -> Key:
        """What a catalogue tells messages apart by."""
        return (self.context, self.text)

    @property
    def placeholders(self) -> set[str]:
        """The names every translation must hold: a Russian form counts 1 and 21 alike."""
        return set(_PLACEHOLDER.findall(self.plural or self.text))


def rooms() -> list[str]:
    """Name the rooms that have a catalogue or anything to put into one."""
    folders = sorted(path for path in SOURCE.iterdir() if (path / "__init__.py").exists())
    return [path.name for path in folders if catalogue(path.name).exists() or messages(path.name)]


def catalogue(room: str) -> Path:
    """Say where the Russian catalogue of ``room`` is."""
    return SOURCE / room / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def messages(room: str) -> dict[Key, Message]:
    """Find the messages of ``room`` in its code and templates, tests and migrations apart."""
    found: dict[Key, Message] = {}
    for path in sorted((SOURCE / room).rglob("*")):
        parts = path.relative_to(SOURCE).parts
        if path.suffix in {".py", ".html", ".txt"} and not {"tests", "migrations"} & set(parts):
            for message in _in_file(path):
                known = found.get(message.key)
                found[message.key] = message if known is None or not known.plural else known
    return found


def _in_file(path: Path) -> Iterator[Message]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        if "{%" not in text and "_(" not in text:
            return
        # The extractor reads lines of Python; what Django blanks out keeps a meaningless indent.
        text = "\n".join(line.lstrip() for line in templatize(text).splitlines())
    lines = (line.encode() + b"\n" for line in text.splitlines())
    source = _Lines(lines)
    for _line, message, _comments, context in extract_messages("python", source, _KEYWORDS):
        one, many = message if isinstance(message, tuple) else (message, "")
        if one:
            yield Message(one, context or "", many)


class _Lines:
    """The little of a file the extractor uses."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._whole = b"".join(lines)
        self._at = 0

    def readline(self) -> bytes:
        """Return the next line, empty at the end."""
        end = self._whole.find(b"\n", self._at) + 1 or len(self._whole)
        line = self._whole[self._at : end]
        self._at = end
        return line

    def seek(self, offset: int) -> int:
        """Go to a place counted from the beginning."""
        self._at = offset
        return offset

    def tell(self) -> int:
        """Say the place."""
        return self._at

    def read(self) -> bytes:
        """Return the rest."""
        return self._whole[self._at :]
