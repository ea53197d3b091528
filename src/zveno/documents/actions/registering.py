"""Numbers entered and cancelled by hand."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from zveno.documents import rules
from zveno.documents.actions.office import _book_of_year
from zveno.documents.models import Book, Number
from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.organisations.models import Organisation

LARGEST_NUMBER = 99_999_999


class NumberTaken(BadInput):
    """A number is given once a year, whoever gives it."""

    code = "number_taken"
    status = 409
    message = _("Number %(number)s of %(year)s has been given already: %(subject)s.")
    field = "number"


class NotGivenYet(BadInput):
    """What was given on paper has been given."""

    code = "not_given_yet"
    message = _("This day is ahead. Enter the day the paper bears.")
    field = "dated"


class NotByHand(DomainError):
    """A number Zveno gave is void when what it was given for is."""

    code = "not_by_hand"
    message = _("Zveno gave this number. It is voided when its document is withdrawn.")


@dataclass(frozen=True, slots=True)
class Given:
    """A number given on paper: on what day, what for, and why it was given outside Zveno."""

    number: int
    dated: date
    subject: str
    reason: str


@action(rules.keeps_papers, on=Organisation)
def register_number(actor: Actor, organisation: Organisation, *, kind: str, given: Given) -> Number:
    """Enter a number that was given on paper into the book of its year.

    Zveno never gives it again: what it gives itself goes around it. Raises ``NumberTaken`` and
    ``NotGivenYet``.
    """
    if given.dated > clock.today():
        raise NotGivenYet
    book = _book_of_year(organisation, kind, given.dated.year)
    _require_free(book, given.number)
    return Number.objects.create(
        book=book,
        number=given.number,
        subject=given.subject,
        dated=given.dated,
        hand_reason=given.reason,
    )


@action(rules.keeps_number, on=Number, lock=True)
def cancel_number(actor: Actor, number: Number, *, reason: str) -> None:
    """Cancel a number entered by hand: it stays in the book with the reason, and is never reused.

    Cancelled once more, it keeps its first reason. Raises ``NotByHand``.
    """
    if number.dated is None:
        raise NotByHand
    if number.voided_at is None:
        number.voided_at, number.void_reason = clock.now(), reason
        number.save(update_fields=["voided_at", "void_reason"])


def _require_free(book: Book, number: int) -> None:
    for taken in book.numbers.filter(number=number):
        subject = taken.subject or book.get_kind_display()
        raise NumberTaken(number=taken.printed, year=book.year, subject=subject)
