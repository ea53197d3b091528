"""What the forms of a draft work on, field by field, as JSON has it: to tell who changed what."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from zveno.network.models.agreements import Agreement, Party
from zveno.network.models.wording import words_of

SHARES, OBLIGATIONS = "shares", "obligations"


def terms_of(draft: Agreement) -> dict[str, Any]:
    """Return the title, the place and the days."""
    return {
        "title": draft.title,
        "place": draft.place,
        "dated": draft.dated.isoformat(),
        "valid_until": draft.valid_until.isoformat(),
    }


def subject_of(draft: Agreement) -> dict[str, Any]:
    """Return the facts by name, and what each side does."""
    sides = draft.parties.select_related("organisation").order_by("place")
    return {**draft.facts, SHARES: [_share(party) for party in sides]}


def _share(party: Party) -> dict[str, str]:
    key, words = str(party.organisation.public_id), ("part", "gives", "licence")
    return {"organisation": key, "side": party.role} | {
        name: getattr(party, name) for name in words
    }


def obligations_of(draft: Agreement) -> dict[str, Any]:
    """Return all obligations as one field: they are saved together."""
    rows = draft.obligations.select_related("party").order_by("place")
    return {
        OBLIGATIONS: [
            {
                "role": row.role,
                "text": row.text,
                "unit": row.unit,
                "planned": row.planned,
                "period": row.period,
                "due": row.due.isoformat() if row.due else None,
                "party": str(row.party.public_id) if row.party else None,
            }
            for row in rows
        ]
    }


def party_of(party: Party) -> dict[str, str]:
    """Return who signs, where the letter goes, and how the words are declined."""
    return words_of(party) | {"email": party.email}


def mark_of(draft: Agreement, words: Mapping[str, Any]) -> str:
    """Return the mark of all that is agreed on: the ``words`` of the paper, and what is owed."""
    told = [words, terms_of(draft), subject_of(draft), obligations_of(draft)]
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
