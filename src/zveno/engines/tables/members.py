"""Judge rows of a list of organisations: the members of a cluster."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from zveno.engines.tables.codes import Code
from zveno.engines.tables.contacts import judge_email, judge_phone
from zveno.engines.tables.inn import judge_inn
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
from zveno.engines.tables.model import (
    Draft,
    Finding,
    Judge,
    Judged,
    Row,
    Wishes,
    error,
    note,
    question,
)
from zveno.engines.tables.organisations import (
    judge_name,
    kind_named,
    kind_of,
    organisation_key,
    role_named,
)
from zveno.engines.tables.people import doubted
from zveno.engines.tables.posts import judge_head
from zveno.engines.tables.registration import judge_kpp, judge_ogrn, swapped, with_kpp_after_inn
from zveno.engines.tables.text import tidied

JUDGES: dict[str, Judge] = {
    "name": judge_name,
    "inn": judge_inn,
    "kpp": judge_kpp,
    "ogrn": judge_ogrn,
    "email": judge_email,
    "phone": judge_phone,
}
_ROLES_BY_KIND = {"college": "base", "methodical_centre": "methodical_operator"}


def judge_members(drafts: Sequence[Draft], wishes: Wishes) -> list[Row]:
    """Judge organisations as members of a cluster: the roles are guessed too."""
    return list(_with_roles(judge_organisations(drafts, wishes)))


def judge_organisations(drafts: Sequence[Draft], wishes: Wishes) -> list[Row]:
    """Judge every draft, then look for doubles."""
    rows = [
        skipped(number, draft) if draft.skip else _judge(number, draft, wishes)
        for number, draft in enumerate(drafts, 1)
    ]
    doubles = Doubles(wishes)
    return [doubles.judged(row) for row in rows]


def _judge(number: int, draft: Draft, wishes: Wishes) -> Row:
    inputs, marks = inputs_of(number, draft, wishes)
    inputs = with_kpp_after_inn(inputs)
    insisted = wishes.insist.get(number, frozenset())
    head = judge_head(
        inputs.get("director", ""),
        inputs.get("director_post", ""),
        insisted="director" in insisted,
    )
    judged = {**_judged(inputs), "director": head.whole}
    judged = marked(_with_missing(judged), marks)
    judged = {name: of_field(name, one, insisted=name in insisted) for name, one in judged.items()}
    kind, doubts = _kind(inputs.get("kind", ""), judged["name"].likely)
    findings = [
        *row_findings(draft.findings, insisted=WHOLE_ROW in insisted),
        *(finding for one in judged.values() for finding in one.findings),
        *doubts,
    ]
    values = {**values_of(judged), **head.values, "kind": kind, "role": inputs.get("role", "")}
    likely = {name: judged[name].value or "" for name in ("inn", "kpp")}
    likely["name"] = organisation_key(judged["name"].likely)
    return Row(number, draft, values, tuple(findings), verdict_of(findings), likely=likely)


def _judged(inputs: Mapping[str, str]) -> dict[str, Judged]:
    judged = {name: judge(inputs.get(name, "")) for name, judge in JUDGES.items()}
    judged["kpp"] = judge_kpp(inputs.get("kpp", ""), judged["inn"].likely)
    for name, finding in swapped(inputs).items():
        judged[name] = Judged(None, "", None, (finding,))
    return judged


def _with_missing(judged: dict[str, Judged]) -> dict[str, Judged]:
    if not judged["name"].likely and not judged["name"].findings:
        judged["name"] = doubted(judged["name"], error(Code.VALUE_MISSING))
    if judged["inn"].value == "":
        missing = (*judged["inn"].findings, note(Code.INN_MISSING))
        judged["inn"] = replace(judged["inn"], findings=missing)
    return judged


def _kind(said: str, name: str) -> tuple[str, list[Finding]]:
    named = kind_named(tidied(said)[0]) if said.strip() else None
    kind, doubts = (named, []) if named else kind_of(name)
    return kind, [replace(doubt, field="kind") for doubt in doubts]


class Doubles:
    """The organisations met so far, in the list and in the system."""

    def __init__(self, wishes: Wishes) -> None:
        """Begin with what the system already has."""
        self.insist = wishes.insist
        self.known = [
            (
                str(one["key"]),
                str(one.get("inn") or ""),
                organisation_key(str(one.get("name") or "")),
            )
            for one in wishes.known
        ]
        self.known_kpp = {str(one["key"]): str(one.get("kpp") or "") for one in wishes.known}
        self.known_by_inn = {inn: key for key, inn, _ in reversed(self.known) if inn}
        self.known_by_name = {name: (key, inn) for key, inn, name in reversed(self.known) if name}
        self.by_inn: dict[str, Row] = {}
        self.by_name: dict[str, Row] = {}

    def judged(self, row: Row) -> Row:
        """Say whether a row repeats another one, and remember it."""
        if row.verdict == "skip" or WHOLE_ROW in self.insist.get(row.number, ()):
            return row
        inn, name = row.likely["inn"], row.likely["name"]
        row = self._against_rows(row, inn, name)
        if row.verdict != "duplicate":
            row = self._against_known(row, inn, name)
        if row.duplicate_of is None:
            self.by_inn.setdefault(inn, row)
            self.by_name.setdefault(name, row)
        return row

    def _against_known(self, row: Row, inn: str, name: str) -> Row:
        key, same = self.known_by_inn.get(inn), "inn"
        if key is None:
            key, other_inn = self.known_by_name.get(name, (None, ""))
            same, key = "name", None if inn and other_inn else key
        if key is None or row.verdict != "accept":
            return row
        if same == "inn" and _others(row.likely["kpp"], self.known_kpp[key]):
            return with_finding(row, _branch(row, of=None, key=key))
        return as_duplicate(row, question(Code.KNOWN_ROW, key=key, same=same), of=None, known=key)

    def _against_rows(self, row: Row, inn: str, name: str) -> Row:
        twin, same = self.by_inn.get(inn) if inn else None, "inn"
        if twin is None:
            twin, same = self.by_name.get(name) if name else None, "name"
        if twin is None:
            return row
        if same == "name" and inn and twin.likely["inn"]:
            return with_finding(row, note(Code.SAME_NAME_OTHER_INN, row=twin.number))
        if same == "inn" and _others(row.likely["kpp"], twin.likely["kpp"]):
            return with_finding(row, _branch(row, of=twin.number, key=None))
        found = question(Code.DUPLICATE_ROW, row=twin.number, same=same)
        return as_duplicate(row, found, of=twin.number)


def _others(one: str, other: str) -> bool:
    """Whether both are known and not equal."""
    return bool(one and other and one != other)


def _branch(row: Row, *, of: int | None, key: str | None) -> Finding:
    """Hold a branch: one INN is one organisation, so its number or its row has to go."""
    found = error(Code.SAME_INN_OTHER_KPP, row=of, key=key)
    return replace(found, field="inn", before=row.likely["inn"])


def _with_roles(rows: Sequence[Row]) -> Iterator[Row]:
    """Put the roles that the table names, and guess the others by kind: one base, one operator."""
    counted = [row for row in rows if row.verdict != "skip" and row.duplicate_of is None]
    named = {row.number: role_named(row.values["role"]) for row in counted}
    free = {role for role in _ROLES_BY_KIND.values() if role not in named.values()}
    for row in rows:
        role = named.get(row.number)
        if row.verdict == "skip" or role:
            yield replace(row, values={**row.values, "role": role}) if role else row
            continue
        likely = _ROLES_BY_KIND.get(row.values["kind"], "member")
        guess = likely if likely in free and row.number in named else "member"
        free.discard(guess)
        said = row.values["role"].strip() and row.number in named
        told = with_finding(row, replace(note(Code.ROLE_UNKNOWN), field="role")) if said else row
        yield replace(told, values={**row.values, "role": guess})
