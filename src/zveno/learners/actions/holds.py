"""Erasure is stopped for a while, with a reason, and let go on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from zveno.codes.models import retention
from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, NotFound
from zveno.kernel.registry import operates
from zveno.learners import rules
from zveno.learners.models import LONGEST_HOLD, Hold, Learner, midnight
from zveno.organisations.models import Organisation

SHORTEST = 5


class ReasonForHold(BadInput):
    """Whoever stops the clock says what for."""

    code = "reason_for_hold"
    message = _("Say briefly why the data must stay.")
    field = "reason"


class HoldTooLong(BadInput):
    """A hold has an end, after today and within three years."""

    code = "hold_too_long"
    message = _("Choose a day after today and within three years.")
    field = "until"


class NoSuchCategory(BadInput):
    """What is held is one of the categories."""

    code = "no_such_category"
    message = _("There is no such category.")
    field = "category"


@dataclass(frozen=True, slots=True)
class Stay:
    """What stays until the end of a day, and why; an empty category means all of them.

    ``everywhere``: in every organisation, which only who looks after the installation says.
    """

    reason: str
    until: date
    category: str = ""
    learner: Learner | None = None
    everywhere: bool = False


@action(rules.answers_or_operates, on=Organisation, lock=True)
def hold_erasure(actor: Actor, organisation: Organisation, *, stay: Stay) -> Hold:
    """Stop the clock: nothing of a category, or of one child, goes until a day.

    Raises ``ReasonForHold``, ``HoldTooLong``, ``NoSuchCategory``, and ``NotFound`` for a child of
    another organisation.
    """
    reason = " ".join(stay.reason.split())
    if len(reason) < SHORTEST:
        raise ReasonForHold
    if not clock.today() < stay.until <= clock.today() + LONGEST_HOLD:
        raise HoldTooLong
    if stay.category and stay.category not in retention().by_code:
        raise NoSuchCategory
    if stay.learner and not _is_here(stay.learner, organisation):
        raise NotFound
    said: dict[str, Any] = {
        "organisation": organisation,
        "everywhere": stay.everywhere and operates(actor),
        "category": stay.category,
        "learner": stay.learner,
        "reason": reason[:300],
        "until": midnight(stay.until),
    }
    return Hold.objects.live().filter(**said).first() or Hold.objects.create(**said)


def _is_here(learner: Learner, organisation: Organisation) -> bool:
    """Whether the organisation has the child; who erases it at this moment is waited for."""
    own = Learner.objects.filter(pk=learner.pk, owner=organisation)
    return bool(own.select_for_update().values_list("pk"))


@action(rules.lifts_hold, on=Hold, lock=True)
def lift_hold(actor: Actor, hold: Hold) -> None:
    """Let the clock go on; lifting twice is lifting once."""
    if hold.lifted_at is None:
        hold.lifted_at = clock.now()
        hold.save(update_fields=["lifted_at"])
