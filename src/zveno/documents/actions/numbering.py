"""How the numbers of books are written."""

import re

from django.utils.translation import gettext_lazy as _

from zveno.documents import rules
from zveno.documents.models import YEAR, Book, Numbering
from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.organisations.models import Organisation

MOST_DIGITS, LEAST_OF_CERTIFICATES = 8, 6


class BadPattern(BadInput):
    """A number is written by one run of #, and by the year where it must tell years apart."""

    code = "bad_pattern"
    message = _("Write # once for each digit, in one place: № #### or {год}-####.")
    field = "pattern"


class PatternRepeats(BadInput):
    """Numbers of certificates are told apart in any year, and stand in their order."""

    code = "pattern_repeats"
    message = _("Numbers of certificates need the year and six digits at least: {год}-######.")
    field = "pattern"


@action(rules.keeps_papers, on=Organisation)
def set_numbering(actor: Actor, organisation: Organisation, *, kind: str, pattern: str) -> None:
    """Write the numbers of books of ``kind`` by ``pattern``, from the next book on.

    This year's book follows if none of its numbers is taken. Raises ``BadPattern`` and
    ``PatternRepeats``.
    """
    _check(kind, pattern)
    Numbering.objects.update_or_create(
        organisation=organisation, kind=kind, defaults={"pattern": pattern}
    )
    Book.objects.filter(
        organisation=organisation, kind=kind, year__gte=clock.today().year, numbers=None
    ).update(pattern=pattern)


def _check(kind: str, pattern: str) -> None:
    runs = re.findall("#+", pattern)
    if len(runs) != 1 or len(runs[0]) > MOST_DIGITS or set("{}") & set(pattern.replace(YEAR, "")):
        raise BadPattern
    tells_apart = YEAR in pattern and len(runs[0]) >= LEAST_OF_CERTIFICATES
    if kind == Book.Kind.CERTIFICATES and not tells_apart:
        raise PatternRepeats
