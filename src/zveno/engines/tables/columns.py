"""Find the line of headings and say which column holds which field."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from zveno.engines.tables.codes import Code
from zveno.engines.tables.model import Column, Finding, Line, Sheet, note, question
from zveno.engines.tables.profiles import (
    GROUP,
    NUMBER,
    Looks,
    Profile,
    folded_heading,
    is_full_name,
)
from zveno.engines.tables.text import printable

_LOOKED_THROUGH = 20
_MOST_HEADING_LINES = 3
_SAMPLE = 200
_SHARE = 0.6
_HALF = 0.5
_ORDINAL = re.compile(r"\s*([0-9]{1,4})\s*[.)]?\s*")
_FIELDS_OF_A_HEADING = 2
_HEADING_LIMIT = 200
Heading = tuple[str | None, str | None]
_UNKNOWN: Heading = (None, None)
_DATA = re.compile(r"[0-9@«№\"]")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person said of columns: now by place (``mapping``), before by heading."""

    mapping: Mapping[int, str | None]
    remembered: Mapping[str, str | None]


def heading_of(profile: Profile, text: str) -> Heading:
    """Say which field a heading names, or which personal data that the profile leaves out."""
    key = folded_heading(text) if len(text) <= _HEADING_LIMIT else ""
    if not key:
        return _UNKNOWN
    for kind, pattern in profile.left_out:
        if pattern.fullmatch(key):
            return None, kind
    return next((name for name, pattern in profile.headings if pattern.fullmatch(key)), None), None


def is_heading(profile: Profile, cells: Sequence[str]) -> bool:
    """Whether a line reads like headings: two different ones at least, and nothing but words."""
    known, unknown = _known_and_unknown(profile, cells)
    if len(set(known)) < _FIELDS_OF_A_HEADING:
        return False
    return len(unknown) < len(known) or not any(map(_DATA.search, unknown))


def _known_and_unknown(profile: Profile, cells: Sequence[str]) -> tuple[list[Heading], list[str]]:
    filled = [cell for cell in cells if cell.strip()]
    said = [heading_of(profile, cell) for cell in filled]
    unknown = [cell for cell, heading in zip(filled, said, strict=True) if heading == _UNKNOWN]
    return [heading for heading in said if heading != _UNKNOWN], unknown


def _is_poor_heading(profile: Profile, cells: Sequence[str]) -> bool:
    """Whether a line has one heading that is understood, among words that could be others."""
    known, unknown = _known_and_unknown(profile, cells)
    telling = [field for field, _ in known if field not in {None, NUMBER, GROUP}]
    return bool(telling and unknown) and not any(map(_DATA.search, unknown))


def _is_lone_heading(profile: Profile, cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    named = [heading_of(profile, cell)[0] for cell in filled]
    return len(filled) == 1 and named[0] not in {None, NUMBER, GROUP}


def heading_lines(profile: Profile, sheet: Sheet) -> range:
    """Find the lines of headings (indexes); an empty range if there are none.

    A heading may stand on up to three lines, one above the other.
    """
    top = sheet.lines[:_LOOKED_THROUGH]
    first = next((n for n, line in enumerate(top) if is_heading(profile, line.cells)), None)
    if first is None:
        single = max((len(line.cells) for line in top), default=0) == 1
        fewest, likely = (1, _is_lone_heading) if single else (2, _is_poor_heading)
        wide = (n for n, line in enumerate(top) if sum(map(bool, line.cells)) >= fewest)
        lone = next(wide, None)
        found = lone is not None and likely(profile, top[lone].cells)
        return range(lone, lone + 1) if lone is not None and found else range(0)
    last = first + 1
    bottom = min(len(top), first + _MOST_HEADING_LINES)
    while last < bottom and _is_below(profile, top[first : last + 1]):
        last += 1
    return range(first, last)


def remembered_line(sheet: Sheet, chosen: Chosen) -> range:
    """Find the line that consists of headings a person explained before; empty if there is none."""
    known = {folded_heading(text) for text in chosen.remembered}
    for index, line in enumerate(sheet.lines[:_LOOKED_THROUGH] if known else ()):
        said = [folded_heading(cell[:_HEADING_LIMIT]) in known for cell in line.cells if cell]
        if sum(said) >= _FIELDS_OF_A_HEADING and sum(said) > _HALF * len(said):
            return range(index, index + 1)
    return range(0)


def _is_below(profile: Profile, lines: Sequence[Line]) -> bool:
    """Whether the last of the lines is a heading under the others: it fills what they leave blank.

    A row of data that happens to consist of words like headings does not.
    """
    *above, below = (line.cells for line in lines)
    filled = {n for n, cell in enumerate(below) if cell.strip()}
    headed = {n for cells in above for n, cell in enumerate(cells) if cell.strip()}
    known = sum(heading_of(profile, below[n]) != _UNKNOWN for n in filled)
    return bool(filled - headed) and known > _HALF * len(filled) and is_heading(profile, below)


def columns_of(
    profile: Profile, sheet: Sheet, headings: range, chosen: Chosen
) -> tuple[tuple[Column, ...], list[Finding]]:
    """Recognise the columns of a sheet by headings, then by contents; a person overrules."""
    lines = [sheet.lines[n] for n in headings]
    body = sheet.lines[headings.stop :]
    width = max((len(line.cells) for line in lines or body), default=0)
    read = [_read_heading(profile, lines, index) for index in range(width)]
    found = [
        Column(
            sheet.name, n, text, field, sure=True, hidden=n in sheet.hidden_columns, left_out=out
        )
        for n, (text, (field, out)) in enumerate(read)
    ]
    found, remarks = _without_twins(found)
    taken = {column.field for column in found} - {None}
    found = _by_contents(profile, found, body, taken, bare=not lines)
    mapping = {**_remembered(found, chosen.remembered), **chosen.mapping}
    asked = [one for one in remarks if one.facts.get("index") not in mapping]
    return tuple(_mapped(found, mapping)), asked


def _remembered(
    found: Iterable[Column], remembered: Mapping[str, str | None]
) -> dict[int, str | None]:
    """Find the columns whose headings a person explained before; a field is given once."""
    known = {folded_heading(text): field for text, field in remembered.items()}
    mapping: dict[int, str | None] = {}
    for column in found:
        heading = folded_heading(column.header)
        if heading and heading in known:
            field = known[heading]
            mapping[column.index] = None if field in set(mapping.values()) else field
    return mapping


def _read_heading(profile: Profile, lines: list[Line], index: int) -> tuple[str, Heading]:
    """Read the headings of one column; the lowest that is understood says what it is."""
    texts = [line.cells[index] for line in lines if index < len(line.cells)]
    texts = [text for text in texts if text.strip()]
    said = _UNKNOWN
    for text in reversed(texts):
        said = heading_of(profile, text)
        if said != _UNKNOWN and said[0] != GROUP:
            break
    whole = printable(" ".join(" / ".join(texts).split()))[:_HEADING_LIMIT]
    return whole, (None, said[1]) if said[0] == GROUP else said


def _without_twins(found: list[Column]) -> tuple[list[Column], list[Finding]]:
    """Let a field have one column: the first that is not hidden. Hidden ones wait for a mapping."""
    kept, remarks, first = [], [], dict[str, int]()
    for column in found:
        if column.hidden and (column.field or column.left_out or column.header):
            remarks.append(question(Code.COLUMN_HIDDEN, sheet=column.sheet, index=column.index))
            kept.append(replace(column, field=None))
        elif column.field in first:
            facts = {"field": column.field, "index": column.index, "first": first[column.field]}
            remarks.append(note(Code.COLUMN_TWICE, **facts))
            kept.append(replace(column, field=None))
        else:
            if column.field:
                first[column.field] = column.index
            kept.append(column)
    return kept, remarks


def _by_contents(
    profile: Profile,
    found: list[Column],
    body: Sequence[Line],
    taken: set[str | None],
    *,
    bare: bool,
) -> list[Column]:
    """Recognise columns whose heading said nothing by what stands in them.

    Under headings only telling contents are trusted, unless a required field is still missing.
    """
    missing = any(not taken.intersection(group) for group in profile.required)
    every = {name for name, _ in profile.contents}
    wanted = (every if bare or missing else set(profile.telling)) - taken
    kept = []
    for column in found:
        open_to_guess = not (column.field or column.hidden or column.left_out)
        cells = _sample(body, column.index) if open_to_guess else []
        out = _look(profile.contents_left_out.items(), cells)
        field = None if out else _guess(profile, cells, wanted)
        if field:
            wanted.discard(field)
            kept.append(replace(column, field=field, sure=False))
        else:
            kept.append(replace(column, left_out=column.left_out or out))
    return kept


def _sample(body: Sequence[Line], index: int) -> list[str]:
    cells = (line.cells[index] for line in body[:_SAMPLE] if index < len(line.cells))
    return [cell[:_HEADING_LIMIT] for cell in cells if cell.strip()]


def _guess(profile: Profile, cells: list[str], wanted: set[str]) -> str | None:
    ordinals = [int(match[1]) for match in map(_ORDINAL.fullmatch, cells) if match]
    counted = ordinals == sorted(set(ordinals))
    if ordinals and counted and len(ordinals) >= _SHARE * len(cells):
        return NUMBER
    return _look(((name, look) for name, look in profile.contents if name in wanted), cells)


def _look(looks: Iterable[tuple[str, Looks]], cells: list[str]) -> str | None:
    needed = _SHARE * len(cells)
    return next((name for name, look in looks if cells and sum(map(look, cells)) >= needed), None)


def _mapped(found: list[Column], mapping: Mapping[int, str | None]) -> Iterator[Column]:
    chosen = set(mapping.values())
    for column in found:
        if column.index in mapping:
            field = mapping[column.index]
            left_out = None if field else column.left_out
            yield replace(column, field=field, sure=True, left_out=left_out)
        elif column.field in chosen:
            yield replace(column, field=None)
        else:
            yield column


def holds_names(sheet: Sheet, index: int) -> bool:
    """Whether a column of a sheet without headings mostly holds full names."""
    return _look([("full_name", is_full_name)], _sample(sheet.lines, index)) is not None
