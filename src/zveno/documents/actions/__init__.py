"""Everything that changes books, files, words in cases and what may be verified."""

from zveno.documents.actions.declensions import NothingSaid, forget_form, remember_form
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
    "Claim",
    "FileEmpty",
    "FileTooLarge",
    "NothingSaid",
    "Upload",
    "forget_form",
    "publish_claims",
    "remember_form",
    "store_file",
    "take_numbers",
    "void_claims",
    "void_numbers",
]
