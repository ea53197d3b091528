"""Words somebody has written their way once: taken from, and kept for, all papers of a base."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from zveno.documents.models import Declension, remembered, tidy
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


def given_up(party: Party, forms: Mapping[str, str]) -> Iterator[Declension]:
    """Yield what is remembered of words whose form was emptied, so that the engine writes it."""
    for name, (kind, text) in _said(party).items():
        if not forms.get(name, "left"):
            owner = party.agreement.cluster.base_id
            yield from Declension.objects.filter(owner=owner, kind=kind, text=tidy(kind, text))


def _said(party: Party) -> dict[str, tuple[str, str]]:
    return {name: (kind, getattr(party, Party.FORMS[name])) for name, kind in KINDS.items()}
