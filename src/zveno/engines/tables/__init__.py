"""Read a table however it comes and give every row of it one verdict.

The engine reads pasted text, CSV, XLSX, ODS and DOCX, finds the headings, understands the columns
of a few kinds of list (organisations: ``members``, ``organisations``; children: ``class_list``, of
many schools ``district``; a year: ``annual_plan``), tidies what may be tidied, asks about what may
not, and loses nothing. It says codes and facts (``codes``), never sentences.
"""

import base64
import binascii
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from zveno.engines.tables.annual_plan import judge_annual_plan
from zveno.engines.tables.answer import answer_of
from zveno.engines.tables.checking import checked
from zveno.engines.tables.class_list import judge_class_list
from zveno.engines.tables.codes import Code, RefusalCode
from zveno.engines.tables.columns import Chosen, is_heading
from zveno.engines.tables.district import judge_district
from zveno.engines.tables.layout import Choices, laid_out
from zveno.engines.tables.members import judge_members, judge_organisations
from zveno.engines.tables.model import VERSION, Source, Wishes
from zveno.engines.tables.profiles import PROFILES, Profile
from zveno.engines.tables.reading import read_bytes, read_text

__all__ = ["solve"]


def solve(problem: dict[str, Any]) -> dict[str, Any]:
    """Answer one problem in plain data.

    ``{"profile": …, "source": {"text": …} or {"bytes": base64, "encoding": …}}`` reads a table;
    beside them may stand ``mapping`` {column: field or null}, ``remembered`` {heading: field or
    null}, ``headings`` [first line, last line], ``hidden`` {"sheets": [name], "rows": bool},
    ``mends`` {row: {field: value}}, ``insist`` {row: [field, or "row"]}, ``known`` [{key, name,
    inn, kpp}], ``today``, and ``class`` for children without one. ``{"check": {"field", "value",
    "insist"}}`` judges one value; ``{"codes": true}`` lists all codes with the names of their
    facts.

    Raises ``Refusal`` (its codes: ``RefusalCode``) for a source that cannot be read at all, and
    ``KeyError`` or ``ValueError`` for a problem of another shape than this.
    """
    given = problem.get("today")
    today = date.fromisoformat(given) if given else datetime.now(tz=UTC).date()
    if "codes" in problem:
        return _codes()
    if "check" in problem:
        asked = problem["check"]
        insisted = bool(asked.get("insist"))
        return checked(asked["field"], asked["value"], today=today, insisted=insisted)
    return _table(problem, PROFILES[problem["profile"]], today)


def _table(problem: Mapping[str, Any], profile: Profile, today: date) -> dict[str, Any]:
    source = _read(problem["source"], profile)
    layout = laid_out(profile, source, _choices(problem))
    wishes = Wishes(
        mends={int(row): dict(fields) for row, fields in problem.get("mends", {}).items()},
        insist={int(row): frozenset(fields) for row, fields in problem.get("insist", {}).items()},
        known=tuple(problem.get("known", ())),
    )
    if profile.name == "members":
        rows = judge_members(layout.drafts, wishes)
    elif profile.name == "organisations":
        rows = judge_organisations(layout.drafts, wishes)
    elif profile.name == "annual_plan":
        rows = judge_annual_plan(layout, wishes, today=today)
    elif profile.name == "district":
        rows = judge_district(layout.drafts)
    else:
        rows = judge_class_list(layout.drafts, wishes, today=today, date1904=source.date1904)
    return answer_of(source, layout, rows)


def _choices(problem: Mapping[str, Any]) -> Choices:
    mapping = {int(index): name for index, name in problem.get("mapping", {}).items()}
    hidden = problem.get("hidden", {})
    first, last = problem.get("headings") or (1, 0)
    return Choices(
        Chosen(mapping, problem.get("remembered", {})),
        problem.get("class", ""),
        range(max(first - 1, 0), last),
        frozenset(hidden.get("sheets", ())),
        hidden_rows=bool(hidden.get("rows")),
    )


def _read(source: Mapping[str, Any], profile: Profile) -> Source:
    heading = partial(is_heading, profile)
    if "text" in source:
        return read_text(source["text"], heading)
    try:
        data = base64.b64decode(source["bytes"], validate=True)
    except binascii.Error as problem:
        raise ValueError("The bytes of the source are not base64") from problem
    return read_bytes(data, heading, source.get("encoding"))


def _codes() -> dict[str, Any]:
    return {
        "version": VERSION,
        "codes": {code.value: list(code.facts) for code in Code},
        "refusals": {code.value: list(code.facts) for code in RefusalCode},
    }
