"""Papers, numbered books, stored files, words in their cases, and what anybody may verify."""

from zveno.documents.models.books import Book, BookQuerySet, Number, NumberQuerySet
from zveno.documents.models.declensions import (
    CASES,
    Declension,
    DeclensionQuerySet,
    remembered,
    tidy,
    usual_posts,
)
from zveno.documents.models.files import (
    SCANS,
    Reader,
    ReaderQuerySet,
    StoredFile,
    StoredFileQuerySet,
    media_type_of,
)
from zveno.documents.models.papers import Paper, PaperQuerySet
from zveno.documents.models.verifications import Verification, VerificationQuerySet, new_code

__all__ = [
    "CASES",
    "SCANS",
    "Book",
    "BookQuerySet",
    "Declension",
    "DeclensionQuerySet",
    "Number",
    "NumberQuerySet",
    "Paper",
    "PaperQuerySet",
    "Reader",
    "ReaderQuerySet",
    "StoredFile",
    "StoredFileQuerySet",
    "Verification",
    "VerificationQuerySet",
    "media_type_of",
    "new_code",
    "remembered",
    "tidy",
    "usual_posts",
]
