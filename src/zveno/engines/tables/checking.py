"""Judge one value of a form with the same code as a cell of a table."""

from datetime import date
from typing import Any

from zveno.engines.tables.answer import finding_as_data
from zveno.engines.tables.classes import judge_class, parts_of
from zveno.engines.tables.dates import birth_judge
from zveno.engines.tables.judging import of_field
from zveno.engines.tables.members import JUDGES
from zveno.engines.tables.model import VERSION
from zveno.engines.tables.organisations import kind_of
from zveno.engines.tables.people import PARTS, judge_part, judge_patronymic
from zveno.engines.tables.posts import judge_head


def checked(field: str, value: str, *, today: date, insisted: bool) -> dict[str, Any]:
    """Judge ``value`` as ``field``; a director, a class and a name come with what they hold.

    Raises ``KeyError`` for a field nobody knows.
    """
    more: dict[str, Any] = {}
    if field == "director":
        head = judge_head(value, insisted=insisted)
        judged, more = head.whole, dict(head.values)
    else:
        judges = {
            **JUDGES,
            **dict.fromkeys(PARTS[:2], judge_part),
            "patronymic": judge_patronymic,
            "class": judge_class,
            "birth_date": birth_judge(today),
        }
        judged = judges[field](value)
    settled = of_field(field, judged, insisted=insisted)
    if field == "name":
        more = {"kind": kind_of(settled.likely)[0]}
    if field == "class":
        more = dict(zip(("grade", "letter"), parts_of(settled.value or ""), strict=True))
    return {
        "version": VERSION,
        "values": {field: settled.value, **more},
        "problems": [finding_as_data(finding) for finding in settled.findings],
    }
