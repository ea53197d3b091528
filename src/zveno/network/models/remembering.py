"""Words somebody has written their way once: taken from, and kept for, all papers of a base."""

from collections.abc import Iterator, Sequence
from typing import Any

from zveno.documents.models import remembered
from zveno.network.models.agreements import Party

CASE = "genitive"
KINDS = {"post_genitive": "post", "person_genitive": "person", "basis_genitive": "basis"}


def recall(parties: Sequence[Party]) -> None:
    """Put words as they were written before in place of what ``engines.names`` made of them."""
    for owner in {party.agreement.cluster.base_id for party in parties}:
        known = remembered(owner, [words for party in parties for words in _said(party).values()])
        for party in parties:
            for name, words in _said(party).items():
                form = known.get(words, {}).get(CASE, "")
                if form:
                    party.declined = {**party.declined, name: {"text": form, "why": ""}}


def newly_said(party: Party) -> Iterator[dict[str, Any]]:
    """Yield what ``remember_form`` takes for each word typed otherwise than it would be written."""
    for name, (kind, text) in _said(party).items():
        form = party.forms.get(name, "")
        if form and form != party.declined.get(name, {}).get("text"):
            yield {"kind": kind, "text": text, "forms": {CASE: form}}


def _said(party: Party) -> dict[str, tuple[str, str]]:
    return {name: (kind, getattr(party, Party.FORMS[name])) for name, kind in KINDS.items()}
