"""A pasted list on its way to children: recognised, mended in place, matched with those known.

Nothing of it is stored before it is accepted: the page carries the text and what was mended.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from subprocess import SubprocessError
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.events.forms.columns import Choice, Column, columns_of
from zveno.events.models import Event
from zveno.kernel import engines
from zveno.learners.facts import refusal, sentence, wrong_grade
from zveno.learners.models import Child, Learner
from zveno.ui.faces import Cell
from zveno.ui.tables import PastedOrNot, TableForm

NAMES = ("family_name", "given_name", "patronymic")
ASKED = (*NAMES, "class")
LABELS = {"family_name": _("Family name"), "given_name": _("Given name")}
LABELS |= {"patronymic": _("Patronymic"), "class": _("Class")}
LEFT_OUT = {
    *("hidden_row", "hidden_sheet", "withdrawn_in_text", "adult_not_pupil", "unnamed_people"),
    *("duplicate_row", "possible_duplicate"),
}
OTHER = "other"
GRADE = r"^\s*(1[01]|[1-9])\s*-?\s*[«\"]?\s*[А-Яа-яЁё]?\s*[»\"]?\s*$"
_MEND = re.compile(r"mend-([0-9]{1,5})-(family_name|given_name|patronymic|class)")
_INSIST = re.compile(r"(take|keep)-([0-9]{1,5})")


class PasteForm(TableForm):
    """A list as it comes, pasted or as a file, and the class of those who have none in it."""

    megabytes = 1
    pasted = "paste"
    text = None  # type: ignore[assignment]
    paste = PastedOrNot(
        label=_("Paste the list from a table, a document or a message"),
        help_text=_("Name and class, one child per line, columns in any order"),
    )
    label = forms.CharField(
        label=_("Class, if the list does not give it"),
        max_length=10,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "size": "6"}),
    )
    field_order = ("paste", "file", "label")

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields["file"].help_text = _("XLSX, ODS, DOCX or CSV, up to 1 MB")
        self.fields["file"].allow_empty_file = False  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Row:
    """A row as the page shows it: what stands, what must be mended, who it may be."""

    number: int
    values: Mapping[str, Any]
    raw: str
    taken: bool
    cells: Mapping[str, Cell]
    remarks: tuple[str, ...] = ()
    doubts: bool = False
    kept: bool = False
    known: tuple[tuple[str, str], ...] = ()
    who: str = ""
    told: str = ""
    unclear: bool = False
    mended: tuple[tuple[str, str], ...] = ()

    @property
    def is_bad(self) -> bool:
        """Whether the row holds up the list."""
        return self.taken and (bool(self.cells) or self.unclear)

    @property
    def name_cells(self) -> list[tuple[str, Cell]]:
        """The parts of the name to mend, with their labels: all if one is to be mended."""
        return [(str(LABELS[part]), self.cells[part]) for part in NAMES if part in self.cells]

    @property
    def class_cell(self) -> Cell | None:
        """The class to mend."""
        return self.cells.get("class")

    @property
    def name(self) -> str:
        """The name as it stands, as far as it stands."""
        return " ".join(filter(None, (self.values[part] for part in NAMES)))

    @property
    def child(self) -> Child:
        """The child that the row means."""
        return Child(
            family_name=self.values["family_name"] or "",
            given_name=self.values["given_name"] or "",
            patronymic=self.values["patronymic"] or "",
            grade=self.values["grade"] or 0,
            letter=self.values["letter"] or "",
            same=UUID(self.who) if self.who and self.who != OTHER else None,
            new=self.who == OTHER,
        )


@dataclass(slots=True)
class Roll:
    """A list as the engine reads it, with what a person has said of it so far.

    It came as ``text`` or as a ``file`` (base64); ``remembered`` is what headings mean.
    """

    event: Event
    kindergarten: bool
    text: str
    file: str
    label: str
    remembered: Mapping[str, str | None]
    posted: Mapping[str, str] = field(default_factory=dict)
    columns: list[Column] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    refused: str = ""

    def __post_init__(self) -> None:
        try:
            answer = engines.run("tables", self._problem())
        except engines.EngineRefused as problem:
            self.refused = refusal(problem.facts["reason"])
            return
        except SubprocessError:
            # The engine gave up: too much of something, or a fault of ours.
            self.refused = refusal("unreadable")
            return
        places = {found["field"]: found["index"] for found in answer["columns"]}
        self.columns = columns_of(answer, Choice(self.posted).mapping)
        self.passed_over = [line["text"] for line in answer["asides"] if line["text"].strip()]
        self.rows = [
            self._row(found, places) for found in answer["rows"] if found["verdict"] != "skip"
        ]
        if not self.rows:
            self.refused = refusal("unreadable")

    @property
    def taken(self) -> list[Row]:
        """The rows that come."""
        return [row for row in self.rows if row.taken]

    @property
    def bad(self) -> list[Row]:
        """The rows that hold up the list."""
        return [row for row in self.rows if row.is_bad]

    @property
    def headed(self) -> bool:
        """Whether a person says that the first line holds the headings."""
        return Choice(self.posted).headed

    @property
    def has_headings(self) -> bool:
        """Whether its columns have headings."""
        return any(column.header for column in self.columns)

    @property
    def is_unclear(self) -> bool:
        """Whether it has columns, and none of them holds names."""
        return not {"full_name", "family_name"} & {column.field for column in self.columns}

    def children(self) -> list[Child]:
        """Return the children of the list."""
        return [row.child for row in self.taken]

    def keys(self) -> list[str]:
        """Return the name keys of the rows that stand."""
        return [row.child.key[0] for row in self.taken]

    def match(self, known: list[Learner], remarks: Mapping[int, str]) -> None:
        """Say of each row which child it may be, and what is told of that one (by key)."""
        times = Counter(row.child.key for row in self.taken if not row.cells)
        said = {str(child.public_id): remarks[child.pk] for child in known if child.pk in remarks}
        rows = (self._matched(row, known, times[row.child.key]) for row in self.rows)
        self.rows = [replace(row, told=said.get(row.who, "")) for row in rows]

    def _problem(self) -> dict[str, Any]:
        choice = Choice(self.posted)
        mends: dict[str, dict[str, str]] = {}
        insist: dict[str, list[str]] = {}
        for name, value in self.posted.items():
            if found := _MEND.fullmatch(name):
                mends.setdefault(found[1], {})[found[2]] = value
            elif found := _INSIST.fullmatch(name):
                insist.setdefault(found[2], []).extend(["row"] if found[1] == "take" else ASKED)
        return {
            "profile": "class_list",
            "source": {"bytes": self.file} if self.file else {"text": self.text},
            "mapping": choice.mapping,
            "headings": [1, 1] if choice.headed else [],
            "remembered": self.remembered,
            "class": self.label,
            "mends": mends,
            "insist": insist,
        }

    def _row(self, found: Mapping[str, Any], places: Mapping[str, int]) -> Row:
        number = found["row"]
        asked = [p for p in found["problems"] if p["severity"] != "note"]
        row = Row(
            number=number,
            values=self._values(found["values"]),
            raw=" ".join(filter(None, found["raw"])),
            taken=self._is_taken(number, found["verdict"], asked),
            cells={},
            remarks=tuple(sentence(p) for p in asked if p["field"] is None),
            kept=f"keep-{number}" in self.posted,
        )
        raw = dict(enumerate(found["raw"]))
        typed = {part: raw.get(at) or "" for part, at in places.items()}
        cells = dict(self._cells(row, [p for p in asked if p["field"] in ASKED], typed))
        doubts = any(p["severity"] == "question" and p["field"] in NAMES for p in asked)
        return replace(row, cells=cells, doubts=doubts, mended=self._mended(number, cells))

    def _mended(self, number: int, cells: Mapping[str, Cell]) -> tuple[tuple[str, str], ...]:
        """Return what was mended in a row and stands now: the page carries it along."""
        names = {f"mend-{number}-{part}" for part in ASKED if part not in cells}
        return tuple((name, self.posted[name]) for name in sorted(names & set(self.posted)))

    def _values(self, values: Mapping[str, Any]) -> dict[str, Any]:
        grade = 0 if self.kindergarten else values["grade"]
        letter = "" if self.kindergarten else values["letter"]
        return {**values, "grade": grade, "letter": letter}

    def _is_taken(self, number: int, verdict: str, asked: list[Mapping[str, Any]]) -> bool:
        """Take what a person ticked; at first all but what the list itself takes back."""
        if "shown" in self.posted:
            return f"take-{number}" in self.posted
        return verdict != "duplicate" and not any(p["code"] in LEFT_OUT for p in asked)

    def _cells(
        self, row: Row, asked: list[Mapping[str, Any]], typed: Mapping[str, str]
    ) -> Iterator[tuple[str, Cell]]:
        errors = {p["field"]: p for p in asked}
        if any(part in errors for part in NAMES):
            for part in NAMES:
                yield part, self._cell(row, part, errors.get(part), typed.get(part, ""))
        if self.kindergarten:
            return
        if "class" in errors:
            yield "class", self._cell(row, "class", errors["class"], typed.get("class", ""))
        elif row.values["grade"] is None:
            yield "class", self._class_cell(row, gettext("Write the class"))
        elif not self.event.is_for(row.values["grade"]):
            yield "class", self._class_cell(row, wrong_grade(self.event.grades))

    def _cell(
        self, row: Row, part: str, problem: Mapping[str, Any] | None, typed: str = ""
    ) -> Cell:
        offered = problem["suggestion"] if problem else None
        likely = offered or row.values[part] or typed
        value = self.posted.get(f"mend-{row.number}-{part}", likely)
        pattern = GRADE if part == "class" else r"\S" if problem else ""
        label = f"{LABELS[part]}: {row.raw}"
        error = sentence(problem) if problem else ""
        return Cell(f"mend-{row.number}-{part}", value, label, error, pattern)

    def _class_cell(self, row: Row, error: str) -> Cell:
        cell = self._cell(row, "class", None)
        return replace(cell, error=error, pattern=GRADE)

    def _matched(self, row: Row, known: list[Learner], times: int) -> Row:
        if row.cells or not row.taken:
            return row
        child = row.child
        likely = [learner for learner in known if learner.may_be(child)]
        choices = tuple((str(learner.public_id), _since(learner)) for learner in likely)
        said = self.posted.get(f"who-{row.number}", "")
        who = said if said in {OTHER, *dict(choices)} else ""
        if not who and len(choices) == 1 and times == 1:
            who = choices[0][0]
        if not who and not choices and times > 1:
            who = OTHER
        return replace(row, known=choices, who=who, unclear=bool(choices) and not who)


def _since(learner: Learner) -> str:
    day = date_format(localdate(learner.entered_at), "j E Y")
    facts = {"name": learner.full_name, "label": learner.class_label, "day": day}
    return gettext("%(name)s, %(label)s, entered on %(day)s") % facts
