"""Children, consents, disclosures."""

from zveno.learners.models.children import (
    HIGHEST,
    READABLE,
    Child,
    Disclosure,
    Learner,
    first_year_of,
    name_key,
    readable_by,
    readable_values,
)
from zveno.learners.models.consents import Consent
from zveno.learners.models.purposes import CONSENT_TEXTS, Purpose, consent_hash, consent_text

__all__ = [
    "CONSENT_TEXTS",
    "HIGHEST",
    "READABLE",
    "Child",
    "Consent",
    "Disclosure",
    "Learner",
    "Purpose",
    "consent_hash",
    "consent_text",
    "first_year_of",
    "name_key",
    "readable_by",
    "readable_values",
]
