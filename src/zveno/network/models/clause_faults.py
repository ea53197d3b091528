"""What is wrong with the text of clauses: where, and how to mend it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _

from zveno.network.models.clause_text import FIELD, ITEM, ROW, SIDES, cells_of, lines_of
from zveno.ui.inputs import PRINTED

_BRACES = re.compile(r"\{+([^{}]*)\}*|\}+")
_UNPRINTED = re.compile(f"[^{PRINTED}]")
_FEW = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a line (counted from 1), and how to mend it; 0: in all of the text."""

    line: int
    words: str

    def __str__(self) -> str:
        """Say where and what."""
        if not self.line:
            return self.words
        return _("Line %(line)s. %(words)s") % {"line": self.line, "words": self.words}


def faults_in(text: str, lists: Mapping[str, bool], needed: set[str]) -> Iterator[Fault]:
    """Say what is wrong with a text.

    ``lists`` names all placeholders and tells which of them are lists; the ``needed`` ones must be
    there.
    """
    lines = lines_of(text)
    yield from _misplaced(lines)
    for number, line in enumerate(lines, start=1):
        yield from (Fault(number, words) for words in _strange(line, lists))
    missing = sorted(needed - set(FIELD.findall(text)))
    if missing:
        fields = ", ".join(f"{{{name}}}" for name in missing)
        yield Fault(0, _("The text lacks placeholders it needs: %(fields)s.") % {"fields": fields})


def _misplaced(lines: list[str]) -> Iterator[Fault]:
    """Look at the order of lines: sections hold paragraphs, paragraphs hold items and rows."""
    section, above = 0, ""
    for number, line in enumerate(lines, start=1):
        if line.startswith("#"):
            if above.startswith("#"):
                yield Fault(section, _("This section is empty. Add a paragraph or delete it."))
            if not line.strip("# "):
                yield Fault(number, _("Write the title of the section after the # sign."))
            section = number
        elif line.startswith((ITEM, ROW)):
            yield from _hanging(number, line, above if section else "#")
        above = line or above
    if above.startswith("#") or not section:
        words = _("Add a section: a line that begins with # and a paragraph below it.")
        yield Fault(section, words)


def _hanging(number: int, line: str, above: str) -> Iterator[Fault]:
    """Look at an item or a row of a table, and at the line above it."""
    if above.startswith("#"):
        yield Fault(number, _("A list or a table needs a paragraph above it. Write one."))
    in_table = line.startswith(ROW) and above.startswith(ROW) and cells_of(line) != [SIDES]
    if in_table and cells_of(above) != [SIDES] and len(cells_of(line)) != len(cells_of(above)):
        yield Fault(number, _("This row has more or fewer cells than the row above it."))


def _strange(line: str, lists: Mapping[str, bool]) -> Iterator[str]:
    """Look at what stands in braces, and at signs that no paper can show."""
    alone = FIELD.fullmatch(line.removeprefix(ITEM).strip("| "))
    for name in FIELD.findall(line):
        if name not in lists:
            yield _no_such(name, lists)
        elif lists[name] and not alone:
            facts = {"field": f"{{{name}}}"}
            yield _("%(field)s is a list. Put it on a line of its own: - %(field)s") % facts
    for broken in _BRACES.finditer(FIELD.sub("", line)):
        yield _no_such(broken[1] or "", lists)
    signs = sorted(set(_UNPRINTED.findall(line)))[:_FEW]
    if signs:
        shown = " ".join(sign if sign.isprintable() else f"U+{ord(sign):04X}" for sign in signs)
        yield _("Remove characters that cannot be printed: %(signs)s") % {"signs": shown}


def _no_such(name: str, lists: Mapping[str, bool]) -> str:
    typed = f"{{{name[:60]}}}"
    close = get_close_matches(name.strip().lower()[:60], lists, 1)
    if close:
        facts = {"name": typed, "close": f"{{{close[0]}}}"}
        return _("There is no placeholder %(name)s. Did you mean %(close)s?") % facts
    words = _("There is no placeholder %(name)s. Take one from the list of placeholders.")
    return words % {"name": typed}
