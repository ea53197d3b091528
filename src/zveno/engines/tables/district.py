"""Judge rows of a table of children of many schools: only whose each child is.

What it says of the child goes on as it came: the school judges that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from zveno.engines.tables.codes import Code
from zveno.engines.tables.judging import skipped, verdict_of
from zveno.engines.tables.markup import column_letters
from zveno.engines.tables.model import Draft, Finding, Row, error
from zveno.engines.tables.text import printable

WHOSE = ("organisation", "inn")
_LETTER = "letter"


def judge_district(drafts: Sequence[Draft]) -> list[Row]:
    """Judge every draft: a row waits if it names no organisation or was read with doubts."""
    return [
        skipped(number, draft) if draft.skip else _judge(number, draft)
        for number, draft in enumerate(drafts, 1)
    ]


def _judge(number: int, draft: Draft) -> Row:
    # A letter with a column of its own stands in the class already.
    told = {name: text for name, text in draft.inputs.items() if name != _LETTER}
    values = {name: " ".join(printable(text).split()) for name, text in told.items()}
    column = next((draft.places[name] for name in WHOSE if name in draft.places), None)
    if column is not None:
        values["cell"] = f"{column_letters(column)}{draft.line}"
    findings = tuple(_findings(draft, values))
    return Row(number, draft, values, findings, verdict_of(findings))


def _findings(draft: Draft, values: dict[str, str]) -> Iterator[Finding]:
    yield from draft.findings
    for name, mark in draft.marks.items():
        yield replace(mark, field=name)
    if not any(values.get(name) for name in WHOSE):
        yield replace(error(Code.VALUE_MISSING), field=WHOSE[0])
