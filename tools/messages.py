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
from io import BytesIO
from pathlib import Path

import polib
from babel.messages.extract import extract
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
            for message in in_file(path):
                known = found.get(message.key)
                found[message.key] = message if known is None or not known.plural else known
    return found


def in_file(path: Path) -> Iterator[Message]:
    """Yield the messages of one file of code or one template."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # The extractor reads lines of Python; what Django blanks out keeps a meaningless indent.
        text = "\n".join(line.lstrip() for line in templatize(text).splitlines())
    for _line, found, _notes, context in extract("python", BytesIO(text.encode()), _KEYWORDS):
        one, many = found if isinstance(found, tuple) else (found, "")
        if one:
            yield Message(one, context or "", many)


def merge(room: str) -> list[str]:
    """Bring the catalogue of ``room`` up to its code; return the translations that were dropped."""
    path, found = catalogue(room), messages(room)
    known = _entries(path)
    file = polib.POFile(wrapwidth=98)
    file.metadata = {
        "Project-Id-Version": "zveno",
        "Language": LANGUAGE,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL,
    }
    file.extend(_entry(found[key], known.get(key)) for key in sorted(found))
    path.parent.mkdir(parents=True, exist_ok=True)
    file.save(str(path))
    return [
        f"{room}: dropped “{entry.msgid}” ({entry.msgstr or entry.msgstr_plural.get(0, '')})"
        for key, entry in known.items()
        if key not in found and entry.translated()
    ]


def _entries(path: Path) -> dict[Key, polib.POEntry]:
    if not path.exists():
        return {}
    return {(entry.msgctxt or "", entry.msgid): entry for entry in polib.pofile(str(path))}


def _entry(message: Message, known: polib.POEntry | None) -> polib.POEntry:
    forms = known.msgstr_plural if known else {}
    return polib.POEntry(
        msgctxt=message.context or None,
        msgid=message.text,
        msgid_plural=message.plural,
        msgstr="" if message.plural else known.msgstr if known else "",
        msgstr_plural={n: forms.get(n, "") for n in range(FORMS)} if message.plural else {},
        flags=["python-format"] if message.placeholders else [],
    )


def problems(chosen: list[str]) -> list[str]:
    """Say, a line each, what is wrong with the catalogues of the ``chosen`` rooms."""
    lines = [line for room in chosen for line in _problems(room)]
    return lines + _quarrels()


def _problems(room: str) -> Iterator[str]:
    found, known = messages(room), _entries(catalogue(room))
    for key in sorted(known.keys() - found.keys()):
        yield f"{room}: no longer used: {key[1]!r}"
    for key, message in sorted(found.items()):
        if wrong := complaint(message, known.get(key)):
            yield f"{room}: {wrong}: {message.text!r}"


def complaint(message: Message, entry: polib.POEntry | None) -> str:
    """Say what is wrong with ``entry`` as the translation of ``message``, if anything."""
    if entry is None or bool(entry.msgid_plural) != bool(message.plural):
        return "missing, run extract"
    if entry.fuzzy:
        return "fuzzy"
    forms = [entry.msgstr_plural.get(n, "") for n in range(FORMS)] if message.plural else []
    for text in forms or [entry.msgstr]:
        if not text:
            return "empty"
        if set(_PLACEHOLDER.findall(text)) != message.placeholders:
            return f"placeholders differ in {text!r}"
    return ""


def _quarrels() -> list[str]:
    said: dict[Key, tuple[str, str]] = {}
    lines = []
    for room in rooms():
        for key, entry in _entries(catalogue(room)).items():
            first, text = said.setdefault(key, (room, entry.msgstr))
            if entry.msgstr and text and text != entry.msgstr:
                lines.append(f"{room} and {first} translate {key[1]!r} differently: use pgettext")
    return lines


def main() -> None:
    """Extract or check, for the rooms named or for all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("deed", choices=["extract", "check"])
    parser.add_argument("rooms", nargs="*", help="all rooms, if none is named")
    asked = parser.parse_args()
    chosen = asked.rooms or rooms()
    if asked.deed == "extract":
        lines = [line for room in chosen for line in merge(room)]
    else:
        lines = problems(chosen)
    print("\n".join(lines) or "Done")
    sys.exit(1 if lines and asked.deed == "check" else 0)


if __name__ == "__main__":
    main()
