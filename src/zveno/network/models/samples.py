"""A made-up agreement of each kind: what an organisation's template is tried on."""

from datetime import date
from typing import Any

from zveno.network.models.agreements import Agreement, Party
from zveno.network.models.amending import Change
from zveno.network.models.assigning import Assignment, section_of
from zveno.network.models.clusters import Cluster
from zveno.network.models.kinds import SHAPES, Kind
from zveno.network.models.obligations import Obligation
from zveno.network.models.own_wording import Wording
from zveno.network.models.told import told_of
from zveno.network.models.wording import alone_in, clauses, paper_of
from zveno.organisations.models import Organisation

_PEOPLE = (
    ("Берёзкин Пётр Ильич", "Берёзкина Петра Ильича", "действующего"),
    ("Вишнякова Анна Сергеевна", "Вишняковой Анны Сергеевны", "действующей"),
    ("Грачёв Олег Павлович", "Грачёва Олега Павловича", "действующего"),
    ("Дубинина Ольга Юрьевна", "Дубининой Ольги Юрьевны", "действующей"),
    ("Ежов Иван Андреевич", "Ежова Ивана Андреевича", "действующего"),
    ("Журавлёва Мария Львовна", "Журавлёвой Марии Львовны", "действующей"),
    ("Зимин Антон Егорович", "Зимина Антона Егоровича", "действующего"),
    ("Ильина Вера Борисовна", "Ильиной Веры Борисовны", "действующей"),
)
_POSTS = (("Директор", "директора"), ("Заведующий", "заведующего"), ("Ректор", "ректора"))


def sample_of(kind: str, wording: Wording | None = None) -> dict[str, Any]:
    """Return what a template of a kind is tried on, as ``engines.templates`` reads it.

    Nobody in it exists; every field there is has a value, every list an item.
    """
    parent = _agreement(Kind.COOPERATION) if SHAPES[kind].part else None
    agreement = _agreement(kind)
    agreement.parent, agreement.wording = parent, wording
    roles = _roles(agreement)
    parties = [_party(agreement, place, role) for place, role in enumerate(roles)]
    owed = [_owed(agreement, role) for role in clauses(kind)["roles"]]
    changes = [Change(amendment=agreement, place=1, point="3.1", text="Образец новой редакции.")]
    paper = paper_of(agreement, parties, owed, changes)
    if "number" in paper["fields"]:
        paper["fields"] = paper["fields"] | {"number": "ОБР-117"}
    added = section_of([Assignment(operator=parties[0], processor=parties[-1])])
    return told_of(kind, paper, added)


def _roles(agreement: Agreement) -> list[str]:
    """Seat one party in each role, two where there may be several."""
    roles = clauses(agreement.kind)["roles"] or clauses(Kind.COOPERATION)["roles"]
    alone = alone_in(agreement.kind)
    return [role for role in roles for _one in range(1 if role in alone else 2)]


def _agreement(kind: str) -> Agreement:
    house = Organisation(name="ГБПОУ «Образцовый колледж»")
    shape = SHAPES[kind]
    facts = {
        fact.name: fact.choices[0][0] if fact.choices else f"образец сведений {place}"
        for place, fact in enumerate(shape.facts, start=1)
    }
    if shape.part:
        facts |= {"ordinal": "7", "role": "member"}
    return Agreement(
        cluster=Cluster(name="Образцовый кластер", base=house),
        kind=kind,
        facts=facts,
        title="Образец документа",
        place="Образцовск",
        dated=date(2031, 5, 20),
        valid_until=date(2034, 8, 31),
    )


def _party(agreement: Agreement, place: int, role: str) -> Party:
    person, genitive, acting = _PEOPLE[place % len(_PEOPLE)]
    post, of_post = _POSTS[place % len(_POSTS)]
    return Party(
        agreement=agreement,
        organisation=Organisation(
            name=f"ГБОУ «Образцовая организация {place + 1}»", inn=f"00100070{place:02}"
        ),
        place=place + 1,
        role=role,
        part=f"образец части {place + 1}",
        gives=f"образец средств {place + 1}",
        licence=f"Л035-{place + 1}",
        signatory=person,
        signatory_post=post,
        basis="Устав",
        forms={
            "post_genitive": of_post,
            "person_genitive": genitive,
            "acting": acting,
            "basis_genitive": "Устава",
        },
    )


def _owed(agreement: Agreement, role: str) -> Obligation:
    side = clauses(agreement.kind)["roles"][role]["role"]
    text = f"исполнять образец обязательства, {side}"
    return Obligation(agreement=agreement, place=1, role=role, text=text)
