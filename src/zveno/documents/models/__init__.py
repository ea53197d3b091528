"""Papers, numbered books, stored files, words in their cases, and what anybody may verify."""

from zveno.documents.models.books import (
    PATTERNS,
    YEAR,
    Book,
    BookQuerySet,
    Number,
    Numbering,
    NumberingQuerySet,
    NumberQuerySet,
    written,
)
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
from zveno.documents.models.finding import papers_found
from zveno.documents.models.papers import Paper, PaperQuerySet
from zveno.documents.models.verifications import Verification, VerificationQuerySet, new_code

__all__ = [
    "CASES",
    "PATTERNS",
    "SCANS",
    "YEAR",
    "Book",
    "BookQuerySet",
    "Declension",
    "DeclensionQuerySet",
    "Number",
    "NumberQuerySet",
    "Numbering",
    "NumberingQuerySet",
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
    "papers_found",
    "remembered",
    "tidy",
    "usual_posts",
    "written",
]
