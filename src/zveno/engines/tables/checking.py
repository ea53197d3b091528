"""Judge one value of a form with the same code as a cell of a table."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from zveno.engines.tables.answer import finding_as_data
from zveno.engines.tables.classes import judge_class, parts_of
from zveno.engines.tables.codes import Code
from zveno.engines.tables.dates import birth_judge
from zveno.engines.tables.judging import of_field
from zveno.engines.tables.limits import MAX_VALUE_LENGTH
from zveno.engines.tables.members import JUDGES
from zveno.engines.tables.model import VERSION, Finding, Judge, error
from zveno.engines.tables.organisations import kind_of
from zveno.engines.tables.people import PARTS, judge_part, judge_patronymic
from zveno.engines.tables.posts import judge_head


def checked(field: str, value: str, *, today: date, insisted: bool) -> dict[str, Any]:
    """Judge ``value`` as ``field``; a director, a class and a name come with what they hold.

    Raises ``KeyError`` for a field nobody knows.
    """
    if len(value) > MAX_VALUE_LENGTH:
        return _answer({field: None}, (error(Code.TOO_LONG, limit=MAX_VALUE_LENGTH),))
    more: dict[str, Any] = {}
    if field == "director":
        head = judge_head(value, insisted=insisted)
        judged, more = head.whole, dict(head.values)
    else:
        judged = _judges(today)[field](value)
    settled = of_field(field, judged, insisted=insisted)
    if field == "name":
        more = {"kind": kind_of(settled.likely)[0]}
    if field == "class":
        more = dict(zip(("grade", "letter"), parts_of(settled.value or ""), strict=True))
    return _answer({field: settled.value, **more}, settled.findings)


def _judges(today: date) -> dict[str, Judge]:
    return {
        **JUDGES,
        **dict.fromkeys(PARTS[:2], judge_part),
        "patronymic": judge_patronymic,
        "class": judge_class,
        "birth_date": birth_judge(today),
    }


def _answer(values: dict[str, Any], findings: Iterable[Finding]) -> dict[str, Any]:
    problems = [finding_as_data(finding) for finding in findings]
    return {"version": VERSION, "values": values, "problems": problems}
