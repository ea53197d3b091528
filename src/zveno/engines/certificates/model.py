"""What stands on a certificate."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any

from zveno.engines import Refusal
from zveno.engines.printing import bind, clean


@dataclass(frozen=True, slots=True)
class Sheet:
    """One certificate in its final words.

    ``name`` in the nominative; ``award`` what a diploma is given for; ``words`` say what the
    person did; ``details`` kind, day and length of the event; ``address`` is where the QR
    leads; ``code`` is typed by hand there; ``mark`` stands beside the heading, «(пример)» on a sheet of the demonstration.
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


def read_sheet(raw: Mapping[str, Any]) -> Sheet:
    """Read a sheet from plain data, its words cleaned; refuses keys unknown or missing."""
    known = {field.name for field in fields(Sheet)}
    needed = {field.name for field in fields(Sheet) if field.default is MISSING}
    wrong = sorted((set(raw) - known) | (needed - set(raw)))
    if wrong:
        raise Refusal("wrong_keys", keys=wrong)
    return Sheet(**{key: bind(clean(str(value), key)) for key, value in raw.items()})
