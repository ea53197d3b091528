"""The end of an agreement: reminders, a term prolonged or over, and who leaves before."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.network import rules
from zveno.network.actions.obligations import AgreementNotInForce
from zveno.network.actions.sending import NoReason, _spread
from zveno.network.actions.sides import NotAlone
from zveno.network.models import PARTS, Agreement, notices

NOTICE = timedelta(days=30)


class TooSoon(BadInput):
    """Who leaves says so in time, unless all agree."""

    code = "too_soon"
    message = _("The agreement asks for notice of 30 days. Choose %(day)s or later.")
    field = "day"


class DayHasPassed(BadInput):
    """An agreement ends today or later."""

    code = "day_has_passed"
    message = _("This day has passed. Choose today or a later day.")
    field = "day"


@dataclass(frozen=True, slots=True)
class Ending:
    """The last day of an agreement, why, and whether all parties agree to it."""

    day: date
    reason: str
    agreed: bool = False


@action(rules.coordinates_agreement, on=Agreement, lock=True)
def terminate_agreement(actor: Actor, agreement: Agreement, *, ending: Ending) -> None:
    """Let an agreement end on a day: with notice of 30 days, or sooner if all agree.

    It is in force until the end of that day. Told anew, another day and reason take the place of
    the first. Raises ``AgreementNotInForce``, ``NotAlone``, ``NoReason``, ``DayHasPassed`` and
    ``TooSoon``.
    """
    if agreement.state != Agreement.State.IN_FORCE:
        raise AgreementNotInForce(title=agreement.title)
    if agreement.shape.part:
        raise NotAlone
    if not ending.reason.strip():
        raise NoReason
    today = clock.today()
    if ending.day < today:
        raise DayHasPassed
    if ending.day < today + NOTICE and not ending.agreed:
        raise TooSoon(day=f"{today + NOTICE:%d.%m.%Y}")
    told = (ending.day, ending.reason.strip()[:400])
    if told == (agreement.ends_on, agreement.end_reason):
        return
    agreement.ends_on, agreement.end_reason = told
    agreement.reminded = None
    agreement.save(update_fields=["ends_on", "end_reason", "reminded"])
    _spread(actor, agreement, notices.ends(agreement))


@action(rules.is_zveno, on=Agreement, lock=True)
def tend_agreement(actor: Actor, agreement: Agreement) -> None:
    """Remind the parties of the last day; when it is over, prolong or end the agreement.

    The worker does this every day. Nothing ends or goes on in silence.
    """
    if agreement.state != Agreement.State.IN_FORCE:
        return
    left = (agreement.last_day - clock.today()).days
    if left < 0:
        _end(actor, agreement)
    else:
        _remind(actor, agreement, left)


def _end(actor: Actor, agreement: Agreement) -> None:
    today = clock.today()
    if agreement.auto_renew and agreement.ends_on is None:
        while agreement.valid_until < today:
            agreement.valid_until = _year_later(agreement.valid_until)
        telling = notices.is_prolonged(agreement)
    else:
        agreement.state = _over(agreement)
        telling = notices.has_ended(agreement)
    agreement.reminded = None
    agreement.save(update_fields=["valid_until", "state", "reminded"])
    parts = agreement.papers.filter(kind__in=PARTS, state=Agreement.State.IN_FORCE)
    parts.update(state=agreement.state, valid_until=agreement.valid_until)
    _spread(actor, agreement, telling)


def _over(agreement: Agreement) -> Agreement.State:
    if agreement.ends_on:
        return Agreement.State.TERMINATED
    renewal = agreement.renewal()
    goes_on = renewal is not None and renewal.state == Agreement.State.IN_FORCE
    return Agreement.State.RENEWED if goes_on else Agreement.State.EXPIRED


def _remind(actor: Actor, agreement: Agreement, left: int) -> None:
    mark = min((days for days in settings.ZVENO_REMIND_DAYS if left <= days), default=None)
    if mark is None or (agreement.reminded is not None and agreement.reminded <= mark):
        return
    agreement.reminded = mark
    agreement.save(update_fields=["reminded"])
    _spread(actor, agreement, notices.ends_soon(agreement, left))


def _year_later(day: date) -> date:
    leap = (day.month, day.day) == (2, 29)
    return date(day.year + 1, day.month, day.day - 1 if leap else day.day)
