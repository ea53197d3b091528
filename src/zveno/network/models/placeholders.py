"""What may stand in braces in the clauses of a kind of agreement, and what must."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from zveno.network.models.clause_faults import Fault, faults_in
from zveno.network.models.clause_text import FIELD, SIDES, written
from zveno.network.models.kinds import SHAPES, Kind
from zveno.network.models.wording import alone_in, clauses

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

PARTIES, CHANGES = "parties_preamble", "changes"
WORDS = {
    "name": _("its name"),
    "post": _("the post of who signs"),
    "person": _("the name of who signs"),
    "post_genitive": _("the post of who signs, in the genitive: represented by whom"),
    "person_genitive": _("the name of who signs, in the genitive: represented by whom"),
    "basis_genitive": _("the basis of authority, in the genitive: acting on the basis of what"),
}
EXPLAINED = {
    PARTIES: _("All parties, each with who signs, their post and the basis, in the right case"),
    "cluster_name": _("Name of the cluster"),
    "city": _("Town of signing"),
    "date_words": _("Date of the agreement in words"),
    "valid_until": _("Last day of the agreement in words"),
    "sides": _("Rows of the table: each side, its part, what it gives"),
    "number": _("Number from the register; a line to write it in until then"),
}
ABOVE = {
    "parent_title": _("Title of the agreement this is a part of"),
    "parent_date": _("Date of that agreement in words"),
    "parent_number": _("Number of that agreement"),
    "parent_dative": _("What that agreement is, in the dative"),
}
OF_PARTS = {
    Kind.ACCESSION: {"newcomer_role": _("What the newcomer is in that agreement")},
    Kind.AMENDMENT: {
        "ordinal": _("Number of the amendment among those of its agreement"),
        CHANGES: _("What each clause or annex reads like from now on"),
    },
}


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A name in braces: what is put in its place, an example, and whether that is a list.

    ``of`` is the role it tells of, if any.
    """

    name: str
    words: "str | StrPromise"
    is_list: bool = False
    example: str = ""
    of: str = ""

    @property
    def typed(self) -> str:
        """The way it is typed."""
        return "{" + self.name + "}"


def shipped_text(kind: str) -> str:
    """Return version 0: the clauses as they come with Zveno."""
    return written(clauses(kind)["paper"])


def faults(kind: str, text: str) -> list[Fault]:
    """Say what is wrong with a wording of a kind of agreement, and how to mend it."""
    known = placeholders(kind)
    owed = {one.name for one in known if one.name.endswith("_obligations")}
    needed = (owed | {PARTIES, CHANGES, "valid_until"}) & set(FIELD.findall(shipped_text(kind)))
    return list(faults_in(text, {one.name: one.is_list for one in known}, needed))


def placeholders(kind: str) -> list[Placeholder]:
    """List what may stand in braces in the clauses of a kind of agreement."""
    return [*_common(kind), *_of_facts(kind), *_with_values(kind), *_of_roles(kind)]


def _common(kind: str) -> Iterator[Placeholder]:
    has_table = SIDES in shipped_text(kind)
    for name, words in EXPLAINED.items():
        if has_table or f"{{{name}}}" != SIDES:
            yield Placeholder(name, words, is_list=name in {PARTIES, "sides"})


def _of_facts(kind: str) -> Iterator[Placeholder]:
    for fact in SHAPES[kind].facts:
        yield Placeholder(fact.name, fact.label)
    for name, words in ABOVE.items() if SHAPES[kind].part else ():
        yield Placeholder(name, words)
    for name, words in OF_PARTS.get(Kind(kind), {}).items():
        yield Placeholder(name, words, is_list=name == CHANGES)


def _of_roles(kind: str) -> Iterator[Placeholder]:
    for role, called in clauses(kind)["roles"].items():
        of = called["role" if role in alone_in(kind) else "roles"]
        yield Placeholder(f"{role}_obligations", _("their obligations"), is_list=True, of=of)
        yield Placeholder(f"{role}_names", _("their names"), is_list=True, of=of)
        for word, words in WORDS.items() if role in alone_in(kind) else ():
            yield Placeholder(f"{role}_{word}", words, of=of)


def _with_values(kind: str) -> Iterator[Placeholder]:
    for name, value in clauses(kind)["paper"]["fields"].items():
        if name not in EXPLAINED:
            is_list = isinstance(value, list)
            words = _("A list as Zveno ships it") if is_list else _("As Zveno ships it")
            example = "; ".join(value) if is_list else value
            yield Placeholder(name, words, is_list, example)
