"""What the engine says of a list of children, held against the school and its register."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from zveno.learners.models.children import Child, Learner, class_label, first_year_of, initial
from zveno.learners.models.initials import keeps_initials
from zveno.learners.models.lists import ChildList, ChildListRow
from zveno.organisations.models import Organisation
from zveno.ui.held import WHOLE_ROW, doubts_in

Fate = ChildListRow.Fate
FATES = {"accept": Fate.READY, "hold": Fate.HELD, "duplicate": Fate.DUPLICATE, "skip": Fate.SKIPPED}
NAMES = ("family_name", "given_name")
NEVER_KEPT = ("birth_date", "birth_year", "phone")
LONGEST_GROUP = 30
Verdict = dict[str, Any]


class Known(NamedTuple):
    """A child of the register, as far as a row may mean it."""

    pk: int
    name_key: str
    patronymic: str
    first_year: int | None
    letter: str

    def may_be(self, child: Child) -> bool:
        """Whether nothing but the class may tell the two apart."""
        patronymics = {self.patronymic.casefold(), child.patronymic.casefold()} - {""}
        return self.name_key == child.key[0] and len(patronymics) <= 1

    def is_in(self, child: Child) -> bool:
        """Whether it is in the class of the row."""
        return (self.first_year, self.letter) == (first_year_of(child.grade), child.letter)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A verdict with the fate it comes to and the child it repeats."""

    verdict: Verdict
    fate: str
    learner: int | None = None


def fitted(brought: ChildList, rows: Iterable[Verdict], columns: Any) -> list[Fitted]:
    """Give each row of an answer its fate, as things stand in the register now."""
    garden = brought.owner.kind == Organisation.Kind.PRESCHOOL
    group = _Groups(brought.label, columns) if garden else None
    judged = [_judged(row, group) for row in rows]
    return against_register(brought, judged)


class _Groups:
    """The groups of a kindergarten: what its column says, else what was said of the list."""

    def __init__(self, label: str, columns: Iterable[Mapping[str, Any]]) -> None:
        self.label = label
        self.places = {one["sheet"]: one["index"] for one in columns if one["field"] == "class"}

    def of(self, row: Verdict) -> str:
        at = self.places.get(row["place"]["sheet"])
        cell = row["raw"][at] if at is not None and at < len(row["raw"]) else ""
        return (" ".join((cell or "").split()) or self.label)[:LONGEST_GROUP]


def _judged(row: Verdict, groups: _Groups | None) -> Fitted:
    """Ask for what a card cannot be without; leave out what is not kept of children."""
    if row["verdict"] == "skip":
        return Fitted(row, Fate.SKIPPED)
    values = {name: value for name, value in row["values"].items() if name not in NEVER_KEPT}
    problems = row["problems"]
    if groups:
        values |= {"grade": 0, "letter": groups.of(row)}
        problems = [one for one in problems if one["field"] != "class"]
    open_ones = doubts_in(problems)
    lacking = [name for name in NAMES if not values[name] and name not in open_ones]
    lacking += ["class"] if values["grade"] is None and "class" not in open_ones else []
    problems = [*problems, *(_finding(name, "value_missing", "error") for name in lacking)]
    fate = FATES[row["verdict"]]
    if fate != Fate.DUPLICATE:
        fate = Fate.HELD if doubts_in(problems) else Fate.READY
    return Fitted(row | {"values": values, "problems": problems}, fate)


def _finding(field: str | None, code: str, severity: str, **facts: Any) -> dict[str, Any]:
    nothing = dict.fromkeys(["suggestion", "before", "after", "cell"])
    return nothing | {"field": field, "code": code, "severity": severity, "facts": facts}


def against_register(brought: ChildList, rows: Sequence[Fitted]) -> list[Fitted]:
    """Say of ready rows who is known already, and ask about namesakes: nobody is merged alone."""
    short = keeps_initials(brought.owner)
    rows = [_shortened(row) if row.fate == Fate.READY else row for row in rows] if short else rows
    insisted = {int(number) for number, said in brought.insisted.items() if WHOLE_ROW in said}
    open_rows = [r for r in rows if r.fate == Fate.READY and r.verdict["row"] not in insisted]
    children = {id(row): _child(row) for row in open_rows}
    known = _known(brought, {child.key[0] for child in children.values()})
    alike = {
        id(row): [one for one in known[child.key[0]] if one.may_be(child)]
        for row in open_rows
        for child in [children[id(row)]]
    }
    times = Counter(child.key for row, child in children.items() if alike[row])
    return [
        _met(row, children[id(row)], alike[id(row)], times, short=short)
        if alike.get(id(row))
        else row
        for row in rows
    ]


def _shortened(row: Fitted) -> Fitted:
    """Leave initials of a name, as the organisation keeps it."""
    told = row.verdict["values"]
    short = {part: initial(told[part] or "") for part in (*NAMES, "patronymic")}
    return replace(row, verdict=row.verdict | {"values": told | short})


def _met(
    row: Fitted, child: Child, alike: list[Known], times: Counter[Any], *, short: bool
) -> Fitted:
    """Say what it comes to that children of this name are known; initials tell nobody apart."""
    here = [one for one in alike if one.is_in(child)]
    if len(here) >= times[child.key] and not short:
        return replace(row, fate=Fate.KNOWN, learner=here[0].pk)
    label = class_label(alike[0].first_year, alike[0].letter)
    code = "namesake_known" if here else "known_elsewhere"
    asked = _finding(None, code, "question", label=label)
    problems = [*row.verdict["problems"], asked]
    return replace(row, verdict=row.verdict | {"problems": problems}, fate=Fate.HELD)


def _known(brought: ChildList, keys: set[str]) -> dict[str, list[Known]]:
    """Find who is called so in the register, but for those this very list has entered."""
    own = brought.rows.filter(fate=Fate.ENTERED).exclude(learner=None).values("learner")
    rows = Learner.objects.filter(owner=brought.owner_id, name_key__in=keys).exclude(pk__in=own)
    fields = ("pk", "name_key", "patronymic", "first_year", "letter")
    found: dict[str, list[Known]] = defaultdict(list)
    for row in rows.order_by("pk").values_list(*fields):
        found[row[1]].append(Known(*row))
    return found


def _child(row: Fitted) -> Child:
    return ChildListRow(verdict=row.verdict).child
