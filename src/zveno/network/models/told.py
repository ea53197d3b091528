"""What a template of an organisation tells of an agreement, and what it must."""

import base64
from collections.abc import Iterable, Iterator
from typing import Any

from zveno.network.models.agreements import Agreement
from zveno.network.models.assigning import Assignment, section_of
from zveno.network.models.clause_text import SIDES
from zveno.network.models.kinds import SHAPES, Kind
from zveno.network.models.own_templates import OwnTemplate
from zveno.network.models.placeholders import placeholders
from zveno.network.models.wording import clauses

ADDED = "added_sections"


def problem_of(
    agreement: Agreement, template: OwnTemplate, assignments: Iterable[Assignment]
) -> dict[str, Any]:
    """Ask ``engines.templates`` to draw an agreement."""
    paper = agreement.paper.content["draw"]
    return drawn_by(template, told_of(agreement.kind, paper, section_of(assignments)))


def drawn_by(template: OwnTemplate, told: dict[str, Any]) -> dict[str, Any]:
    """Ask ``engines.templates`` to draw what is told."""
    data = base64.b64encode(bytes(template.file.data)).decode()
    return {"do": "draw", "told": told, "docx": data}


def told_of(
    kind: str, paper: dict[str, Any], added: tuple[list[dict[str, Any]], dict[str, str]]
) -> dict[str, Any]:
    """Put together what a template tells; ``added`` is what ``section_of`` returns."""
    sections, names = added
    return {
        "paper": paper | {"fields": paper["fields"] | names},
        "offered": list(_offered(kind, paper["fields"])),
        "added": sections,
        "needed": list(_needed(kind)),
    }


def _offered(kind: str, fields: dict[str, Any]) -> Iterator[str]:
    """Name what a template may tell besides the parties."""
    for one in placeholders(kind):
        if one.name in fields or one.typed == SIDES:
            yield one.name
    if SHAPES[kind].sends:
        yield ADDED


def _needed(kind: str) -> Iterator[str]:
    """Name what nobody may sign without."""
    said = str(clauses(kind)["paper"])
    yield from (name for name in ("number", "date_words", "valid_until") if f"{{{name}}}" in said)
    yield "parties"
    yield from (f"{role}_obligations" for role in clauses(kind)["roles"])
    if kind == Kind.AMENDMENT:
        yield "changes"
    if SHAPES[kind].sends:
        yield ADDED
