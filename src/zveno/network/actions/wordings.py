"""The clauses agreements are drawn from, as an organisation words them."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.network import rules
from zveno.network.models import Wording
from zveno.network.models.clause_faults import Fault
from zveno.network.models.clause_text import LONGEST_TEXT, tidy
from zveno.network.models.own_wording import SHIPPED
from zveno.network.models.placeholders import faults, shipped_text
from zveno.organisations.models import Organisation


class WordingUnclear(BadInput):
    """An agreement cannot be drawn from this text: each fault is told with its line."""

    code = "wording_unclear"
    field = "text"

    def __init__(self, found: Sequence[Fault]) -> None:
        super().__init__(faults=[*map(str, found)])
        self.found = found

    def __str__(self) -> str:
        """Say all that is wrong."""
        return " ".join(map(str, self.found))


class WordingTooLong(BadInput):
    """Nobody signs a book."""

    code = "wording_too_long"
    message = _("The text is too long: at most %(limit)s characters.")
    field = "text"


class WordingMoved(BadInput):
    """Who edits an older version than the current one looks first at what has changed."""

    code = "wording_moved"
    status = 409
    message = _(
        "Version %(number)s is in use now: a colleague chose it while you were editing. "
        "Compare it with your text, which is kept below, and save again."
    )
    field = "text"


class NoSuchWording(BadInput):
    """Only a version that is there can be used."""

    code = "no_such_wording"
    message = _("There is no version %(number)s.")
    field = "number"


@action(rules.keeps_wording, on=Organisation)
def save_wording(
    actor: Actor, organisation: Organisation, *, kind: str, text: str, seen: int
) -> Wording | None:
    """Save the clauses of a kind of agreement as the next version; new drafts are drawn with it.

    ``seen`` is the number of the version in use when the editing began. The text that is in use
    already is not saved anew. Drafts there are keep theirs. Raises ``WordingUnclear``,
    ``WordingTooLong`` and ``WordingMoved``.
    """
    own = list(Wording.objects.of(organisation, kind).defer("text"))
    now = next((one for one in own if one.current), None)
    neat = tidy(text)
    if neat == tidy(now.text if now else shipped_text(kind)):
        return now
    if seen != (now.number if now else SHIPPED):
        raise WordingMoved(number=now.number if now else SHIPPED)
    if len(neat) > LONGEST_TEXT:
        raise WordingTooLong(limit=LONGEST_TEXT)
    found = faults(kind, text)
    if found:
        raise WordingUnclear(found)
    Wording.objects.of(organisation, kind).filter(current=True).update(current=False)
    # One more than what was looked at: who saved meanwhile has this number, and both are told.
    number = own[0].number + 1 if own else 1
    return Wording.objects.create(
        owner=organisation, kind=kind, number=number, text=neat, current=True
    )


@action(rules.keeps_wording, on=Organisation)
def use_wording(actor: Actor, organisation: Organisation, *, kind: str, number: int) -> None:
    """Draw the next drafts with a version that was saved before, or with the shipped one, 0.

    Raises ``NoSuchWording``.
    """
    own = Wording.objects.of(organisation, kind)
    own.filter(current=True).exclude(number=number).update(current=False)
    if number != SHIPPED and not own.filter(number=number).update(current=True):
        raise NoSuchWording(number=number)
