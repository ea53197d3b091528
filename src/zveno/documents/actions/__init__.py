"""Everything that changes books, files, words in cases and what may be verified."""

from zveno.documents.actions.attaching import ATTACHABLE, Attached, NotAttachable
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
from zveno.documents.actions.registering import (
    LARGEST_NUMBER,
    Given,
    NotByHand,
    NotGivenYet,
    NumberTaken,
    cancel_number,
    register_number,
)

__all__ = [
    "ATTACHABLE",
    "LARGEST",
    "LARGEST_NUMBER",
    "Attached",
    "BadPattern",
    "Claim",
    "FileEmpty",
    "FileTooLarge",
    "Given",
    "NotAttachable",
    "NotByHand",
    "NotGivenYet",
    "NothingSaid",
    "NumberTaken",
    "PatternRepeats",
    "Upload",
    "cancel_number",
    "forget_form",
    "publish_claims",
    "register_number",
    "remember_form",
    "set_numbering",
    "store_file",
    "take_numbers",
    "void_claims",
    "void_numbers",
]
