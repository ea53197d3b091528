"""The fields of a template: everything a paper tells, by name."""

from collections.abc import Iterator

from zveno.engines.papers.model import Clause, Paper, Party, Section, Table, Values
from zveno.engines.papers.parties import forms, preamble
from zveno.engines.papers.words import fill, fill_rows, punctuate
from zveno.engines.printing import bind, clean
from zveno.engines.templates.model import Told, Value

PARTIES, PREAMBLE, SIDES, ADDED = "parties", "parties_preamble", "sides", "added_sections"
_NAMES = "_names"
_FORMS = (
    "post_genitive", "person_genitive", "basis_genitive", "called", "acting", "post", "signature",
)  # fmt: skip


def context_of(told: Told) -> dict[str, Value]:
    """Return every field by its name; lists are punctuated, except those of names.

    Refuses (``Refusal``) as ``papers.compose``.
    """
    paper = told.paper
    found: dict[str, Value] = {
        name: _text(value) if isinstance(value, str) else _rows(name, value)
        for name, value in paper.fields.items()
        if name in told.offered
    }
    found[PREAMBLE] = [_text(line) for line in preamble(paper.parties)]
    found[PARTIES] = [_party(party) for party in paper.parties]
    if SIDES in told.offered:
        found[SIDES] = list(_sides(paper))
    if ADDED in told.offered:
        found[ADDED] = [_section(section, paper.fields) for section in told.added]
    return found


def _text(words: str) -> str:
    return bind(clean(words, "field"))


def _rows(name: str, rows: tuple[str, ...]) -> list[Value]:
    clear = [_text(row) for row in rows]
    return [*(clear if name.endswith(_NAMES) else punctuate(clear))]


def _party(party: Party) -> dict[str, Value]:
    declined = forms(party)
    told = {name: declined[name] for name in _FORMS}
    told |= {"organisation": party.organisation, "role": party.role, "basis": party.basis}
    told["person"] = " ".join(
        filter(None, (party.person.family, party.person.given, party.person.patronymic))
    )
    lines: list[Value] = [_text(line) for line in party.requisites]
    return {**{name: _text(words) for name, words in told.items()}, "requisites": lines}


def _sides(paper: Paper) -> Iterator[Value]:
    """Return what each side does, of the cells of the table of a paper."""
    place = 0
    while f"side_{place}" in paper.fields:
        cells = {"name": "side", "part": "part", "gives": "gives"}
        yield {name: _text(str(paper.fields[f"{of}_{place}"])) for name, of in cells.items()}
        place += 1


def _section(section: Section, values: Values) -> Value:
    title = fill(section.title, values, ADDED)
    return {"title": title, "clauses": [_clause(clause, values) for clause in section.clauses]}


def _clause(clause: Clause, values: Values) -> Value:
    table = clause.table or Table((), ())
    pairs = [
        "; ".join(
            f"{head}: {fill(cell, values, ADDED)}"
            for head, cell in zip(table.header, row, strict=True)
        )
        for row in table.rows
    ]
    lines = punctuate([*pairs, *fill_rows(clause.items, values, ADDED)])
    return {"text": fill(clause.text, values, ADDED), "lines": [*lines]}
