"""What stands on a paper form."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from zveno.engines import Refusal
from zveno.engines.printing import bind, breakable, clean


@dataclass(frozen=True, slots=True)
class Form:
    """One page to fill in by hand: who it is about, a text, answers to choose from, signatures.

    ``code`` is what its QR says, ``short`` is printed beside it for reading by eye. ``blanks`` are
    lines to be filled in, ``signatures`` say who signs.
    """

    title: str
    about: str
    code: str
    short: str
    text: tuple[str, ...]
    answers: tuple[str, ...]
    blanks: tuple[str, ...]
    signatures: tuple[str, ...]
    footer: str


def read_form(raw: Mapping[str, Any]) -> Form:
    """Read a form from plain data, its words cleaned; refuses keys unknown or missing."""
    known = {field.name for field in fields(Form)}
    if wrong := sorted(known ^ set(raw)):
        raise Refusal("wrong_keys", keys=wrong)
    return Form(**{key: _words(value, key) for key, value in raw.items()})


def _words(value: Any, key: str) -> Any:
    if isinstance(value, list):
        return tuple(_words(each, key) for each in value)
    return value if key == "code" else breakable(bind(clean(str(value), key)))
