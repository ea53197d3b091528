"""Everything that changes books, files, words in cases and what may be verified."""

from zveno.documents.actions.declensions import NothingSaid, forget_form, remember_form
from zveno.documents.actions.numbering import BadPattern, PatternRepeats, set_numbering
from zveno.documents.actions.office import (
    LARGEST,
    Claim,
    FileEmpty,
    FileTooLarge,
    Upload,
    publish_claims,
    store_file,
    take_numbers,
    void_claims,
    void_numbers,
)

__all__ = [
    "LARGEST",
    "BadPattern",
    "Claim",
    "FileEmpty",
    "FileTooLarge",
    "NothingSaid",
    "PatternRepeats",
    "Upload",
    "forget_form",
    "publish_claims",
    "remember_form",
    "set_numbering",
    "store_file",
    "take_numbers",
    "void_claims",
    "void_numbers",
]
