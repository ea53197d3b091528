"""What differs between two texts: line by line, and word by word in lines that changed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

NEAR = 1
"""How many equal lines stand on each side of a difference, so that one sees where it is."""
ALIKE = 0.4
Words = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """A line: ``mark`` is "gone", "new", "changed", "same" or, for left out ones, "skipped".

    ``words`` are its pieces with the mark of each; ``left_out`` tells how many.
    """

    mark: str
    words: Words = ()
    left_out: int = 0


def differences(old: str, new: str) -> list[Line]:
    """Compare two texts; an empty list says that they are the same."""
    before, after = (text.split("\n") for text in (old.strip(), new.strip()))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if before == after:
        return []
    lines: list[Line] = []
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            lines += _same(before[first:last], begins=not first, ends=last == len(before))
        else:
            lines += _changed(before[first:last], after[start:end])
    return [line for line in lines if line.words or line.left_out]


def _same(lines: Sequence[str], *, begins: bool, ends: bool) -> Iterator[Line]:
    """Show the lines next to a difference, leave out the others."""
    head, tail = (0 if begins else NEAR), (0 if ends else NEAR)
    shown = [Line("same", [("same", line)]) if line else Line("same") for line in lines]
    yield from shown[:head]
    count = len([line for line in lines[head : len(lines) - tail] if line])
    if count:
        yield Line("skipped", left_out=count)
    yield from shown[max(len(lines) - tail, head) :]


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
    for old, new in zip_longest(filter(None, before), filter(None, after), fillvalue=""):
        matcher = SequenceMatcher(None, _words(old), _words(new), autojunk=False)
        if old and new and matcher.ratio() >= ALIKE:
            yield Line("changed", list(_pieces(matcher, _words(old), _words(new))))
            continue
        yield Line("gone", [("gone", old)] if old else [])
        yield Line("new", [("new", new)] if new else [])


def _words(line: str) -> list[str]:
    return re.findall(r"\s+|[^\s]+", line)


def _pieces(
    matcher: "SequenceMatcher[str]", old: list[str], new: list[str]
) -> Iterator[tuple[str, str]]:
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            yield "same", "".join(old[first:last])
            continue
        if last > first:
            yield "gone", "".join(old[first:last])
        if end > start:
            yield "new", "".join(new[start:end])
