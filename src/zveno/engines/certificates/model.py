"""What stands on a certificate."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any

from zveno.engines import Refusal
from zveno.engines.printing import bind, clean

DESIGNS = ("frame", "stripe", "meadow", "formal")
ACCENTS: Mapping[str, tuple[str, str]] = {
    "petrol": ("#07616a", "#dcf0f0"),
    "blue": ("#1f4e9c", "#e1eaf8"),
    "green": ("#2b6a2f", "#e2f1e0"),
    "plum": ("#7a2a66", "#f5e4f0"),
    "brick": ("#9a3412", "#fbe8df"),
    "graphite": ("#3a4250", "#e8eaee"),
}
"""A colour of lines and headings, readable on white and under white words, and its light tone."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One certificate in its final words.

    ``name`` in the nominative; ``award`` what a diploma is given for; ``words`` say what the
    person did; ``details`` kind, day and length of the event; ``address`` is where the QR
    leads; ``code`` is typed by hand there; ``portrait`` is not empty for an upright sheet;
    ``mark`` stands beside the heading, «(пример)» on a sheet of the demonstration.
    """

    heading: str
    name: str
    event: str
    issuer: str
    signatory: str
    signatory_post: str
    number: str
    issued: str
    address: str
    details: str = ""
    words: str = ""
    award: str = ""
    school_class: str = ""
    cluster: str = ""
    territory: str = ""
    code: str = ""
    mark: str = ""
    design: str = "frame"
    accent: str = "petrol"
    portrait: str = ""


def read_sheet(raw: Mapping[str, Any]) -> Sheet:
    """Read a sheet from plain data, its words cleaned; refuses unknown keys and designs."""
    known = {field.name for field in fields(Sheet)}
    needed = {field.name for field in fields(Sheet) if field.default is MISSING}
    wrong = sorted((set(raw) - known) | (needed - set(raw)))
    if wrong:
        raise Refusal("wrong_keys", keys=wrong)
    sheet = Sheet(**{key: bind(clean(str(value), key)) for key, value in raw.items()})
    if sheet.design not in DESIGNS or sheet.accent not in ACCENTS:
        raise Refusal("no_such_design", design=sheet.design, accent=sheet.accent)
    return sheet
