"""Put persons, posts, organisations and bases of authority into the six Russian cases."""

from collections.abc import Iterable, Mapping
from typing import Any

from zveno.engines.names.model import (
    Basis,
    Case,
    Declined,
    Form,
    Gender,
    Item,
    Organisation,
    Person,
    Post,
    Why,
)
from zveno.engines.names.parse import composed, parse
from zveno.engines.names.persons import decline_person, find_gender
from zveno.engines.names.phrases import decline_basis, decline_organisation, decline_post

__all__ = [
    "VERSION",
    "Basis",
    "Case",
    "Declined",
    "Form",
    "Gender",
    "Item",
    "Organisation",
    "Person",
    "Post",
    "Why",
    "decline",
    "find_gender",
    "initials",
    "letters",
    "parse",
    "signature",
    "solve",
]

VERSION = "names 1"
_TEXT_KINDS: Mapping[str, type[Post | Organisation | Basis]] = {
    "post": Post,
    "organisation": Organisation,
    "basis": Basis,
}


def decline(items: Iterable[Item], cases: Iterable[Case] = tuple(Case)) -> tuple[Declined, ...]:
    """Put every item into ``cases``, each on its own; the nominative is as given."""
    asked = tuple(cases)
    return tuple(_decline_one(item, asked) for item in items)


def _decline_one(item: Item, cases: tuple[Case, ...]) -> Declined:
    match item:
        case Person():
            return decline_person(item, cases)
        case Post(text):
            return decline_post(text, cases)
        case Organisation(text):
            return decline_organisation(text, cases)
        case Basis(text):
            return decline_basis(text, cases)


def initials(person: Person) -> str:
    """Return «Соколов А. В.»."""
    return " ".join(part for part in (person.family, _first_letters(person)) if part)


def signature(person: Person) -> str:
    """Return «А. В. Соколов», as it stands beside a signature."""
    return " ".join(part for part in (_first_letters(person), person.family) if part)


def letters(person: Person) -> str:
    """Return «С. А.», all that a public page may show of a child."""
    names = (person.family, person.given)
    return " ".join(f"{name[0].upper()}." for name in names if name)


def _first_letters(person: Person) -> str:
    names = (person.given, person.patronymic)
    return " ".join(f"{name[0].upper()}." for name in names if name and not name.islower())


def solve(problem: Mapping[str, Any]) -> dict[str, Any]:
    """Answer ``decline`` in plain data, for the child process.

    ``items``: ``{"kind": "person", "text"}``, ``{"kind": "person", "family", "given",
    "patronymic", "gender"}`` or ``{"kind": "post" | "organisation" | "basis", "text"}``;
    ``cases``: all six if left out.
    """
    items = [_item(raw) for raw in problem["items"]]
    cases = [Case(name) for name in problem.get("cases", tuple(Case))]
    answers = decline(items, cases)
    return {
        "version": VERSION,
        "items": [_plain(item, answer) for item, answer in zip(items, answers, strict=True)],
    }


def _item(raw: Mapping[str, Any]) -> Item:
    """Read one item; raises ``ValueError`` for a kind we do not know."""
    if raw["kind"] == "person":
        return parse(raw)
    if raw["kind"] not in _TEXT_KINDS:
        raise ValueError(f"Unknown kind of name: {raw['kind']}")
    return _TEXT_KINDS[raw["kind"]](composed(raw["text"]))


def _plain(item: Item, answer: Declined) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "gender": answer.gender,
        "forms": {
            case: {"text": form.text, "sure": form.sure, "why": form.why}
            for case, form in answer.forms.items()
        },
    }
    if isinstance(item, Person):
        plain |= {
            "initials": initials(item),
            "signature": signature(item),
            "letters": letters(item),
        }
    return plain
