"""What may stand in double braces in an organisation's own template: each with an example."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from zveno.network.models.clause_text import SIDES
from zveno.network.models.placeholders import PARTIES as PREAMBLE
from zveno.network.models.placeholders import placeholders
from zveno.network.models.samples import sample_of
from zveno.network.models.told import ADDED

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

PARTIES = _("Parties, one after another: {%p for party in parties %}")
ROWS = _("Rows of the sides: {%tr for side in sides %}")
SECTIONS = _("Sections Zveno adds: {%p for section in added_sections %}")
OF_PARTY = {
    "organisation": _("name of the organisation"),
    "role": _("what it is in the agreement"),
    "post": _("post of who signs"),
    "person": _("full name of who signs"),
    "basis": _("basis of authority"),
    "post_genitive": _("post, in the genitive: represented by whom"),
    "person_genitive": _("full name, in the genitive"),
    "basis_genitive": _("basis, in the genitive"),
    "called": _("“named”, in the gender of the organisation"),
    "acting": _("“acting”, in the gender of who signs"),
    "signature": _("name for the signature: initials and family name"),
    "requisites": _("a list inside the list: {%p for line in party.requisites %}"),
}
PARTY_EXAMPLES = {
    "organisation": "ГБОУ школа № 47",
    "role": "Участник",
    "post": "Директор",
    "person": "Соколова Анна Викторовна",
    "basis": "Устав",
    "post_genitive": "директора",
    "person_genitive": "Соколовой Анны Викторовны",
    "basis_genitive": "Устава",
    "called": "именуемое",
    "acting": "действующей",
    "signature": "А. В. Соколова",
    "requisites": "ИНН 0010007005",
}
OF_SIDE = {
    "name": _("name of the organisation"),
    "part": _("its part of the programme"),
    "gives": _("what it gives"),
}
SIDE_EXAMPLES = {"name": "ГБОУ школа № 47", "part": "теория, 72 часа", "gives": "кабинет"}
OF_SECTION = {
    "title": _("title of the section"),
    "clauses": _("its paragraphs: {%p for clause in section.clauses %}"),
}
OF_CLAUSE = {
    "text": _("the paragraph"),
    "lines": _("its items: {%p for line in clause.lines %}"),
}
SECTION_EXAMPLE = "Поручение обработки персональных данных"


@dataclass(frozen=True, slots=True)
class Field:
    """A field: how it is named, what is put in its place, an example; ``of`` what it is a part."""

    name: str
    words: "str | StrPromise"
    example: str = ""
    is_list: bool = False
    of: "str | StrPromise" = ""
    needed: bool = False

    @property
    def typed(self) -> str:
        """The way it is typed; a list is gone over in three paragraphs."""
        return "{%p for line in " + self.name + " %}" if self.is_list else f"{{{{ {self.name} }}}}"


def fields_of(kind: str) -> list[Field]:
    """List the fields of a kind of agreement; those nobody may sign without are ``needed``."""
    told = sample_of(kind)
    needed = set(told["needed"])
    listed = [*_plain(kind, told), *_parts(kind, needed)]
    return [replace(one, needed=one.name in needed) for one in listed]


def _plain(kind: str, told: dict[str, Any]) -> Iterator[Field]:
    """List what the clause library has as well, under the same names."""
    for one in placeholders(kind):
        if one.typed != SIDES and one.name in {PREAMBLE, *told["offered"]}:
            value = told["paper"]["fields"].get(one.name, one.example)
            is_list = one.is_list or isinstance(value, list)
            example = "; ".join(value) if isinstance(value, list) else value
            yield Field(one.name, one.words, example, is_list, one.of)


def _parts(kind: str, needed: set[str]) -> Iterator[Field]:
    """List the parts of the parties, of the sides and of what is added."""
    yield from _of("party", PARTIES, OF_PARTY, PARTY_EXAMPLES)
    if any(one.typed == SIDES for one in placeholders(kind)):
        yield from _of("side", ROWS, OF_SIDE, SIDE_EXAMPLES)
    if ADDED in needed:
        yield from _of("section", SECTIONS, OF_SECTION, {"title": SECTION_EXAMPLE})
        yield from _of("clause", SECTIONS, OF_CLAUSE, {})


def _of(
    thing: str,
    of: "StrPromise",
    parts: "dict[str, StrPromise]",
    examples: dict[str, str],
) -> Iterator[Field]:
    for name, words in parts.items():
        yield Field(f"{thing}.{name}", words, examples.get(name, ""), of=of)
