"""What a search engine finds in a page: read by an extractor that knows nothing of Zveno."""

from typing import Any

from extruct import extract


def linked_data(page: str) -> dict[str, Any]:
    """Return the one description (JSON-LD) that stands in a page."""
    (found,) = extract(page, syntaxes=["json-ld"], errors="strict")["json-ld"]
    description: dict[str, Any] = found
    return description
