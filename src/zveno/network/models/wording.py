"""The words of an agreement: its clauses, what is filled into them, what has to be declined."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.formats import date_format

from zveno.network.models.agreements import Agreement, Party
from zveno.network.models.amending import Change
from zveno.network.models.assigning import Assignment, section_of
from zveno.network.models.clause_text import clauses_in
from zveno.network.models.kinds import SHAPES, Kind
from zveno.network.models.obligations import Obligation
from zveno.network.models.owing import Period

BASIS = "Устав"
BLANK = "____________________"
ALONE = frozenset({"base", "methodical_operator"})
TOLD = ("name", "post", "person", "post_genitive", "person_genitive", "basis_genitive")
GENDER_DOUBTFUL = "gender_doubtful"
POINT_WORDS = {False: ("пункт", "пунктом"), True: ("приложение №", "приложением №")}
ACTING = {"masculine": "действующего", "feminine": "действующей"}


@dataclass(frozen=True, slots=True)
class Owed:
    """What the parties of a role owe a period: ``planned`` of ``unit``, or only the words.

    ``party`` is the public id of the one that owes it alone; ``due`` is for what is owed once.
    """

    role: str
    text: str
    unit: str = ""
    planned: int = 0
    period: str = Period.YEAR
    due: date | None = None
    party: UUID | None = None


@cache
def clauses(kind: str = Kind.COOPERATION) -> dict[str, Any]:
    """Return the clauses of a kind of agreement, its sides and their usual obligations."""
    text = files("zveno.network").joinpath("data", f"{SHAPES[kind].file}.json").read_text("utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


def usual_obligations(roles: Iterable[str], kind: str = Kind.COOPERATION) -> list[Owed]:
    """Return what parties of ``roles`` (one a party) usually owe; what each owes is added up."""
    parties = Counter(roles)
    return [
        _usual(role, parties[role], line)
        for role, lines in clauses(kind)["obligations"].items()
        if parties[role]
        for line in lines
    ]


def _usual(role: str, parties: int, line: Mapping[str, Any]) -> Owed:
    planned = line["planned"] * (parties if line.get("each") else 1)
    return Owed(role, line["text"].replace("{planned}", str(planned)), line["unit"], planned)


def words_of(party: Party) -> dict[str, str]:
    """Return who signs, in what post and by what right, and how that is declined in the text."""
    words = {word: str(getattr(party, word)) for word in Party.FORMS.values()}
    return words | {name: party.form(name).text for name in Party.FORMS}


def names_of(party: Party) -> list[dict[str, str]]:
    """List what ``engines.names`` has to decline for a party; ``read_names`` reads the answers."""
    return [
        {"kind": "post", "text": party.signatory_post},
        {"kind": "person", "text": party.signatory},
        {"kind": "basis", "text": party.basis},
    ]


def read_names(
    post: Mapping[str, Any], person: Mapping[str, Any], basis: Mapping[str, Any]
) -> dict[str, dict[str, str]]:
    """Return what a party keeps of the answers of ``engines.names``, by ``Party.FORMS``."""
    gender = person["gender"]
    return {
        "post_genitive": _genitive(post),
        "person_genitive": _genitive(person),
        "acting": {
            "text": ACTING.get(gender, ACTING["masculine"]),
            "why": "" if gender in ACTING else GENDER_DOUBTFUL,
        },
        "basis_genitive": _genitive(basis),
    }


def _genitive(answer: Mapping[str, Any]) -> dict[str, str]:
    form = answer["forms"]["genitive"]
    return {"text": form["text"], "why": form["why"]}


def paper_of(
    agreement: Agreement,
    parties: Sequence[Party],
    obligations: Sequence[Obligation],
    changes: Sequence[Change] = (),
    assignments: Sequence[Assignment] = (),
) -> dict[str, Any]:
    """Put the clauses and what is filled into them together, as ``engines.papers`` reads them."""
    data = clauses(agreement.kind)
    paper: dict[str, Any] = data["paper"]
    if agreement.wording:
        paper = paper | clauses_in(agreement.wording.text)
    owed: dict[str, list[str]] = {f"{role}_obligations": [] for role in data["roles"]}
    for obligation in obligations:
        owed[f"{obligation.role}_obligations"].append(_line(obligation, data["periods"]))
    fields = {
        "cluster_name": agreement.cluster.name,
        "city": agreement.place,
        "date_words": in_words(agreement.dated),
        "valid_until": in_words(agreement.valid_until),
        "changes": [_change(one) for one in changes],
    }
    rows, cells = _shares(parties)
    assigning, names = section_of(assignments)
    said = _told(agreement) | cells | names | _named(agreement.kind, parties)
    return {
        **paper,
        "sections": [*(_with_rows(one, rows) for one in paper["sections"]), *assigning],
        "fields": paper["fields"] | said | _joined(agreement) | fields | owed,
        "parties": [_side(party, agreement) for party in parties],
    }


def _told(agreement: Agreement) -> dict[str, str]:
    """Return the facts of an agreement in the words of its paper."""
    words = clauses(agreement.kind).get("words", {})
    return {name: words.get(name, {}).get(said, said) for name, said in agreement.facts.items()}


def alone_in(kind: str) -> frozenset[str]:
    """Return the sides a kind has once: the text may tell of that party."""
    seats = SHAPES[kind].seats
    return frozenset(seat.side for seat in seats if seat.once) if seats else ALONE


def _named(kind: str, parties: Sequence[Party]) -> dict[str, str | list[str]]:
    """Return what a wording may say of the sides, besides the preamble."""
    named: dict[str, str | list[str]] = {}
    for side in clauses(kind)["roles"]:
        of_side = [party for party in parties if party.role == side]
        named[f"{side}_names"] = [party.organisation.name for party in of_side]
        if side in alone_in(kind):
            words = _words_of(of_side[0]) if of_side else dict.fromkeys(TOLD, "")
            named |= {f"{side}_{word}": text or BLANK for word, text in words.items()}
    return named


def _words_of(party: Party) -> dict[str, str]:
    forms = {name: party.form(name).text for name in Party.FORMS if name in TOLD}
    words = {"post": party.signatory_post, "person": party.signatory}
    return {"name": party.organisation.name} | words | forms


def _joined(agreement: Agreement) -> dict[str, str]:
    """Name the agreement this one is a part of, and what a newcomer is in it."""
    parent = agreement.parent
    if parent is None or not agreement.shape.part:
        return {}
    told = clauses(parent.kind)
    role = agreement.facts.get("role")
    newcomer = {"newcomer_role": told["roles"][role]["role"]} if role else {}
    return newcomer | {
        "parent_dative": told["dative"],
        "parent_title": parent.title,
        "parent_date": in_words(parent.dated),
        "parent_number": parent.number.printed if parent.number else BLANK,
    }


def _shares(parties: Sequence[Party]) -> tuple[list[list[str]], dict[str, str]]:
    """Return the rows of the table of what each side does, and what is filled into them."""
    rows: list[list[str]] = []
    cells: dict[str, str] = {}
    for place, party in enumerate(parties):
        told = {"side": party.organisation.name, "part": party.part, "gives": party.gives}
        rows.append([f"{{{name}_{place}}}" for name in told])
        cells |= {f"{name}_{place}": said or "—" for name, said in told.items()}
    return rows, cells


def _with_rows(section: dict[str, Any], rows: list[list[str]]) -> dict[str, Any]:
    """Put the rows of the sides into the tables of a section that say ``"rows": "sides"``."""
    return section | {
        "clauses": [
            clause | {"table": clause["table"] | {"rows": rows}}
            if clause.get("table", {}).get("rows") == "sides"
            else clause
            for clause in section["clauses"]
        ]
    }


def _line(obligation: Obligation, periods: Mapping[str, str]) -> str:
    """Write an obligation as it is signed: whose alone it is, how often, until when."""
    whose = f" ({obligation.party.organisation})" if obligation.party else ""
    until = f", срок — до {in_words(obligation.due)}" if obligation.due else ""
    return f"{obligation.text}{periods[obligation.period]}{until}{whose}"


def _side(party: Party, agreement: Agreement) -> dict[str, Any]:
    forms = {name: party.form(name).text or BLANK for name in Party.FORMS}
    return {
        **roles_of(agreement)[party.role],
        "organisation": party.organisation.name,
        "post": party.signatory_post or BLANK,
        "person": party.signatory,
        "basis": party.basis,
        "requisites": _requisites(party, agreement),
        "forms": forms if party.signatory else forms | {"signature": BLANK},
    }


def roles_of(agreement: Agreement) -> dict[str, dict[str, str]]:
    """Return how the text calls its sides: an amendment as the agreement it amends."""
    amended = agreement.parent if agreement.kind == Kind.AMENDMENT else None
    roles: dict[str, dict[str, str]] = clauses((amended or agreement).kind)["roles"]
    return roles


def _change(change: Change) -> str:
    """Write a change as it is signed: «пункт 3.1 изложить в следующей редакции: …»."""
    of, by = POINT_WORDS[change.is_annex]
    if not change.text:
        return f"{of} {change.point} исключить"
    text = change.text if change.is_annex else f"{change.point}. {change.text}"
    if change.adds:
        return f"дополнить {by} {change.point} следующего содержания: «{text}»"
    return f"{of} {change.point} изложить в следующей редакции: «{text}»"


def _requisites(party: Party, agreement: Agreement) -> list[str]:
    inn, seat = party.organisation.inn, agreement.shape.seat(party.role)
    lines = [f"ИНН {inn}"] if inn else []
    return [*lines, f"Лицензия {party.licence or BLANK}"] if seat and seat.teaches else lines


def in_words(day: date) -> str:
    """Write a day as papers do: «20 мая 2025 г.»."""
    with translation.override("ru"):
        return f"{date_format(day, 'j E Y')} г."
