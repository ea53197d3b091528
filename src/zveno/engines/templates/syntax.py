"""What a clerk has typed in braces, paragraph by paragraph: only fields, lists and conditions.

``{{ city }}``, ``{{ party.post }}``; ``{% for item in base_obligations %}`` … ``{% endfor %}``;
``{% if not loop.last %}`` … ``{% else %}`` … ``{% endif %}``. With ``p`` (``{%p for``) a tag has a
paragraph to itself and repeats paragraphs, with ``tr`` a row of a table and repeats rows.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from zveno.engines.templates.model import Context, Fault, Value

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PATH = r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*"
_TAG = re.compile(r"\{\{(?P<said>.*?)\}\}|\{%(?P<kind>p|tr)?(?=\s)(?P<done>.*?)%\}", re.DOTALL)
_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_FIELD = re.compile(rf"\s*({_PATH})\s*")
_FOR = re.compile(rf"\s*for\s+([a-z][a-z0-9_]*)\s+in\s+({_PATH})\s*")
_IF = re.compile(rf"\s*if\s+(?:not\s+)?({_PATH})\s*")
_WORD = re.compile(r"\s*(else|endif|endfor)\s*")
_CLOSES = {"endfor": "for", "endif": "if", "else": "if"}
_LOOP: dict[str, Value] = {"index": "1", "first": "1", "last": "1"}
_PLACE = 80


@dataclass(slots=True)
class _Open:
    """A list or a condition that has begun: its tag, where, and what it names."""

    word: str
    kind: str
    tag: str
    place: str
    inside: Any
    names: Mapping[str, Value] = field(default_factory=dict)


def faults_in(part: Any, known: Context) -> Iterator[Fault]:
    """Say what is wrong with the braces of a part; ``known`` are the fields, with examples."""
    reader = _Reader(known)
    for paragraph in part.iter(f"{W}p"):
        yield from reader.read(paragraph)
    yield from (Fault("unclosed", one.place, {"tag": one.tag}) for one in reader.open)


def words_of(paragraph: Any) -> str:
    """Return the text of a paragraph as a reader sees it."""
    return "".join(
        (element.text or "") if element.tag == f"{W}t" else " "
        for element in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr")
        if element.getparent().tag == f"{W}r"
    )


class _Reader:
    """The tags of a part, one after another."""

    def __init__(self, known: Context) -> None:
        self.known = known
        self.open: list[_Open] = []

    def read(self, paragraph: Any) -> Iterator[Fault]:
        """Look at a paragraph."""
        text = words_of(paragraph)
        place = " ".join(text.split())[:_PLACE]
        for tag in _TAG.finditer(text):
            for code, facts in self._look(tag, paragraph, place):
                yield Fault(code, place, {"tag": tag[0][:_PLACE], **facts})
        if _BRACES.search(_TAG.sub("", text)):
            yield Fault("broken_braces", place)
        for one in [one for one in self.open if not one.kind and one.inside is paragraph]:
            self.open.remove(one)
            yield Fault("unclosed", place, {"tag": one.tag})

    def _look(
        self, tag: re.Match[str], paragraph: Any, place: str
    ) -> Iterator[tuple[str, dict[str, str]]]:
        if tag["said"] is not None:
            yield from self._field(tag["said"])
            return
        kind = tag["kind"] or ""
        holder = _holder(paragraph, kind)
        if holder is None or (kind and _words_in(holder, paragraph) != tag[0].strip()):
            yield "stands_apart", {}
        inside = paragraph if not kind else holder.getparent() if holder is not None else None
        yield from self._done(_Open("", kind, tag[0][:_PLACE], place, inside), tag["done"])

    def _field(self, said: str) -> Iterator[tuple[str, dict[str, str]]]:
        path = _FIELD.fullmatch(said)
        if path is None:
            yield "forbidden", {}
            return
        value = self._value(path[1])
        if value is None:
            yield "no_such_field", self._closest(path[1])
        elif not isinstance(value, str):
            yield "list_in_text", {"field": path[1]}

    def _done(self, tag: _Open, done: str) -> Iterator[tuple[str, dict[str, str]]]:
        word, of, named = _WORD.fullmatch(done), _FOR.fullmatch(done), _IF.fullmatch(done)
        if word:
            yield from self._end(tag, word[1])
        elif of:
            yield from self._begin_list(tag, of[1], of[2])
        elif named:
            tag.word = "if"
            self.open.append(tag)
            if self._value(named[1]) is None:
                yield "no_such_field", self._closest(named[1])
        else:
            yield "forbidden", {}

    def _begin_list(self, tag: _Open, name: str, path: str) -> Iterator[tuple[str, dict[str, str]]]:
        lists = [one for one in self.open if one.word == "for"]
        value = self._value(path)
        tag.word, example = "for", value[0] if isinstance(value, list) and value else ""
        if value is None:
            yield "no_such_field", self._closest(path)
        elif not isinstance(value, list):
            yield "not_a_list", {"field": path}
        elif lists and not any(path.partition(".")[0] in one.names for one in lists):
            yield "list_in_list", {"field": path}
        if self._value(name) is not None or name == "loop":
            yield "name_taken", {"name": name}
        tag.names = {name: example, "loop": _LOOP}
        self.open.append(tag)

    def _end(self, tag: _Open, word: str) -> Iterator[tuple[str, dict[str, str]]]:
        begun = self.open[-1] if self.open else None
        if begun is None or begun.word != _CLOSES[word]:
            yield "unopened", {}
            return
        if begun.kind != tag.kind or begun.inside is not tag.inside:
            yield "other_place", {"begun": begun.tag}
        if word != "else":
            self.open.pop()

    def _value(self, path: str) -> Value | None:
        first, *others = path.split(".")
        scopes = [one.names for one in reversed(self.open)]
        value: Value | None = next(
            (scope[first] for scope in scopes if first in scope), self.known.get(first)
        )
        for name in others:
            value = value.get(name) if isinstance(value, dict) else None
        return value

    def _closest(self, path: str) -> dict[str, str]:
        """Name the field and the closest there is."""
        first, dot, last = path.rpartition(".")
        above = self._value(first) if dot else None
        names = [*self.known, *(name for one in self.open for name in one.names)]
        close = get_close_matches(last, above if isinstance(above, dict) else names, 1)
        return {"field": path, "close": f"{first}{dot}{close[0]}" if close else ""}


def _holder(paragraph: Any, kind: str) -> Any:
    """Return what a tag of a ``kind`` has to itself: its paragraph or its row."""
    if kind != "tr":
        return paragraph
    return next(iter(paragraph.iterancestors(f"{W}tr")), None)


def _words_in(holder: Any, paragraph: Any) -> str:
    paragraphs = [paragraph] if holder is paragraph else holder.iter(f"{W}p")
    return "".join(map(words_of, paragraphs)).strip()
