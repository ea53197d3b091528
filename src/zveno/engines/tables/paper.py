"""What our papers and certificates can print: Latin, Greek, Cyrillic and the usual signs."""

import re

from zveno.engines.tables.codes import Code
from zveno.engines.tables.model import Finding, error

PRINTED = (
    " -~¡-ɏ\u0300-\u036fͰ-ͷͺ-ͿΆ-ΊΌΎ-ΡΣ-ϿЀ-҂Ҋ-ӿḀ-ỿ"  # letters
    "‐-‧‰-‾₠-₿№℃™←-⇿∀-⋿─-◿"  # punctuation and signs
)
_UNPRINTED = re.compile(f"[^{PRINTED}]")


def printed(text: str) -> tuple[str, Finding | None]:
    """Drop signs that no font of ours has: a name with one would never get its certificate."""
    kept, lost = _UNPRINTED.subn("", text)
    if not lost:
        return text, None
    return " ".join(kept.split()), error(Code.CONTROL_CHARACTERS, count=lost)
