"""Judge rows of a list of children: a class, or a group that goes to an event."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from zveno.engines.tables.classes import IN_TEXT, judge_class, parts_of
from zveno.engines.tables.codes import Code
from zveno.engines.tables.contacts import judge_phone
from zveno.engines.tables.dates import birth_judge
from zveno.engines.tables.judging import (
    WHOLE_ROW,
    as_duplicate,
    inputs_of,
    marked,
    of_field,
    row_findings,
    skipped,
    values_of,
    verdict_of,
    with_finding,
)
from zveno.engines.tables.lookalikes import name_key
from zveno.engines.tables.model import Draft, Finding, Judge, Judged, Row, Wishes, note, question
from zveno.engines.tables.people import PARTS, Split, judge_person, split_full_name
from zveno.engines.tables.text import tidied

_YEAR_LENGTH = 4
_COMPARED = (*PARTS, "birth_date", "class")
_MOST_NAMESAKES = 50


def judge_class_list(
    drafts: Sequence[Draft], wishes: Wishes, *, today: date, date1904: bool = False
) -> list[Row]:
    """Judge every draft, then ask for missing classes and look for doubles and twins."""
    judge_birth = birth_judge(today, date1904=date1904)
    rows = [
        skipped(number, draft) if draft.skip else _judge(number, draft, wishes, judge_birth)
        for number, draft in enumerate(drafts, 1)
    ]
    doubles = _Doubles(wishes.insist)
    return [doubles.judged(row) for row in _with_missing_classes(rows, wishes)]


def _judge(number: int, draft: Draft, wishes: Wishes, judge_birth: Judge) -> Row:
    inputs, marks = inputs_of(number, draft, wishes)
    mended = wishes.mends.get(number, {})
    insisted = wishes.insist.get(number, frozenset())
    inputs, split, tidy = _named(inputs, draft)
    parts = {**split.parts, **{part: mended[part] for part in PARTS if part in mended}}
    asked = {part: found for part, found in split.asked.items() if part not in mended}
    judged = judge_person(parts, asked)
    judged["class"] = judge_class(inputs.get("class", ""))
    judged["birth_date"] = judge_birth(inputs.get("birth_date", ""))
    if "phone" in inputs:
        judged["phone"] = judge_phone(inputs["phone"])
    if "full_name" in marks:
        marks["family_name"] = marks.pop("full_name")
    judged = marked(judged, marks)
    judged = {name: of_field(name, one, insisted=name in insisted) for name, one in judged.items()}
    findings = [
        *row_findings(draft.findings, insisted=WHOLE_ROW in insisted),
        *tidy,
        *(finding for one in judged.values() for finding in one.findings),
    ]
    likely = {name: one.likely for name, one in judged.items()}
    return Row(number, draft, _values(judged), tuple(findings), verdict_of(findings), likely=likely)


def _named(inputs: dict[str, str], draft: Draft) -> tuple[dict[str, str], Split, list[Finding]]:
    """Tell the parts of the name apart, wherever the table has them."""
    parts = {part: inputs.get(part, "") for part in PARTS}
    if inputs.get("full_name", "").strip():
        text, tidy = tidied(inputs["full_name"])
        found = IN_TEXT.search(text) if not inputs.get("class", "").strip() else None
        if found:
            inputs = {**inputs, "class": found[0]}
            text = f"{text[: found.start()]} {text[found.end() :]}".strip(" ,;–—-")
        return inputs, split_full_name(text), [replace(one, field="full_name") for one in tidy]
    family = tidied(draft.inputs.get("family_name", ""))[0]
    alone = not any(draft.inputs.get(part, "").strip() for part in PARTS[1:])
    if alone and len(family.split()) > 1:
        split = split_full_name(family)
        found_asked = split.asked or {
            part: question(Code.NAME_SPLIT) for part in PARTS if split.parts[part]
        }
        return inputs, Split(split.parts, found_asked), []
    return inputs, Split(parts), []


def _values(judged: Mapping[str, Judged]) -> dict[str, object]:
    values = values_of(judged)
    born, label = values["birth_date"], values["class"]
    grade, letter = parts_of(label or "")
    return {
        **values,
        "grade": grade,
        "letter": letter,
        "birth_date": born if born is None or len(born) != _YEAR_LENGTH else "",
        "birth_year": int(born[:_YEAR_LENGTH]) if born else None,
    }


def _with_missing_classes(rows: Sequence[Row], wishes: Wishes) -> Iterable[Row]:
    """Ask for the class of a row when other rows have one; if none has, only note it."""
    labels = Counter(row.likely["class"] for row in rows if row.likely.get("class"))
    common = labels.most_common(1)[0][0] if labels else None
    missing = replace(
        question(Code.CLASS_MISSING) if common else note(Code.CLASS_MISSING),
        field="class",
        suggestion=common,
    )
    for row in rows:
        asked = row.verdict != "skip" and row.values["class"] == "" and not _is_adult(row)
        insisted = "class" in wishes.insist.get(row.number, ())
        if asked and not insisted:
            values = {**row.values, "class": None} if common else row.values
            yield replace(with_finding(row, missing), values=values)
        else:
            yield row


def _is_adult(row: Row) -> bool:
    return any(found.code == Code.ADULT_NOT_PUPIL for found in row.findings)


class _Doubles:
    """The children met so far; nobody is merged, the row says what it may repeat."""

    def __init__(self, insist: Mapping[int, frozenset[str]]) -> None:
        self.insist = insist
        self.exact: dict[tuple[str, ...], Row] = {}
        self.by_name: dict[tuple[str, str], list[Row]] = defaultdict(list)
        self.by_birth: dict[tuple[str, str], Row] = {}

    def judged(self, row: Row) -> Row:
        """Compare a row with those before it, and remember it."""
        family, given = (name_key(row.likely.get(part, "")) for part in PARTS[:2])
        if row.verdict == "skip" or not family or WHOLE_ROW in self.insist.get(row.number, ()):
            return row
        first = self.exact.setdefault(_signature(row), row)
        if first is not row:
            found = question(Code.DUPLICATE_ROW, row=first.number, same="all")
            return as_duplicate(row, found, of=first.number)
        before = self.by_name[family, given]
        row = self._twin(_against(row, before), family, given)
        if len(before) < _MOST_NAMESAKES:
            before.append(row)
        return row

    def _twin(self, row: Row, family: str, given: str) -> Row:
        born = row.likely["birth_date"]
        if len(born) <= _YEAR_LENGTH:
            return row
        twin = self.by_birth.setdefault((family, born), row)
        if twin is row or name_key(twin.likely["given_name"]) == given:
            return row
        return with_finding(row, note(Code.TWIN, row=twin.number))


def _against(row: Row, before: Sequence[Row]) -> Row:
    """Say which of the rows of the same name may be the same child."""
    for other in before:
        if not _other_child(row, other):
            differs = [name for name in _COMPARED if _said(row, name) != _said(other, name)]
            found = question(Code.POSSIBLE_DUPLICATE, row=other.number, differs=differs)
            return with_finding(row, found)
    return with_finding(row, note(Code.NAMESAKE, row=before[0].number)) if before else row


def _other_child(row: Row, other: Row) -> bool:
    """Whether two of one name are certainly two: other birth dates or other patronymics."""
    return any(
        _said(row, name)
        and _said(other, name)
        and name_key(row.likely[name]) != name_key(other.likely[name])
        for name in ("birth_date", "patronymic")
    )


def _signature(row: Row) -> tuple[str, ...]:
    return tuple(_said(row, name) for name in _COMPARED)


def _said(row: Row, name: str) -> str:
    return row.likely[name].casefold()
