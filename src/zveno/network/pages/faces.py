"""How agreements and signatures look: words, tones, icons."""

import re
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from zveno.network.models import Agreement, Contribution, Obligation, Party, Sum
from zveno.network.models.owing import Standing
from zveno.network.models.wording import BASIS
from zveno.ui.faces import Face

CONTRIBUTIONS: dict[str, Face] = {
    Contribution.State.PROMISED: Face(_("Promised"), "", "clock"),
    Contribution.State.GIVEN: Face(_("To be confirmed"), "warn", "pen"),
    Contribution.State.CONFIRMED: Face(_("Confirmed"), "ok", "check"),
    Contribution.State.WITHDRAWN: Face(_("Withdrawn"), "", "x"),
}
STATES: dict[str, Face] = {
    Agreement.State.DRAFT: Face(_("Draft"), "", "pen"),
    Agreement.State.OUT_FOR_SIGNATURE: Face(_("Being signed"), "warn", "clock"),
    Agreement.State.IN_FORCE: Face(_("In force"), "ok", "check"),
    Agreement.State.EXPIRED: Face(_("Term is over"), "", "clock"),
    Agreement.State.TERMINATED: Face(_("Terminated"), "", "x"),
    Agreement.State.RENEWED: Face(_("Renewed"), "", "check"),
}
SIGNED = Face(_("Signed"), "ok", "check")
REFUSED = Face(_("Refused"), "bad", "warn")
AWAITED = Face(_("Waiting"), "", "clock")
YOURS = Face(_("Waiting for you"), "warn", "pen")
NOBODY = Face(_("No signatory"), "bad", "warn")
READY = Face(_("Ready"), "ok", "check")
BY_RULE = Face(_("By a rule"), "ok", "check")
LOOK = Face(_("Please check"), "warn", "warn")
LOOKED = Face(_("Checked"), "ok", "check")
DONE = Face(_("Done"), "ok", "check")
GOING = Face(_("Under way"), "info", "clock")
AHEAD = Face(_("Not started"), "", "clock")
UNCOUNTED = Face(_("Not counted"), "", "info")
OVERDUE = Face(_("Overdue"), "bad", "warn")
LACKING = Face(_("Shortfall"), "warn", "warn")
COMING = Face(pgettext_lazy("of a programme", "Ahead"), "", "clock")
RUNNING = Face(_("Running"), "ok", "check")
OVER = Face(_("Over"), "", "clock")
Unit = Obligation.Unit
COUNTED = {
    Unit.EVENTS: ngettext_lazy(
        "%(done)s of %(planned)s event", "%(done)s of %(planned)s events", "planned"
    ),
    Unit.CHILDREN: ngettext_lazy(
        "%(done)s of %(planned)s child", "%(done)s of %(planned)s children", "planned"
    ),
    Unit.PEOPLE: ngettext_lazy(
        "%(done)s of %(planned)s person", "%(done)s of %(planned)s people", "planned"
    ),
    Unit.HOURS: ngettext_lazy(
        "%(done)s of %(planned)s hour", "%(done)s of %(planned)s hours", "planned"
    ),
    Unit.ROUBLES: ngettext_lazy(
        "%(done)s of %(planned)s rouble", "%(done)s of %(planned)s roubles", "planned"
    ),
}

WHY = {
    "family_unchanged": _("the family name did not change: check that this is right"),
    "given_unchanged": _("the given name did not change: check that this is right"),
    "rare_family": _("a rare family name: ask its owner how it is declined"),
    "foreign_name": _("a foreign name: ask its owner how it is declined"),
    "gender_doubtful": _("the name does not show gender: choose the form of “acting”"),
    "unknown_word": _("an unknown word: check its form"),
    "acting_head": _("acting head: name an order instead of the charter"),
}
ACTING = re.compile(r"и\.\s*о\.|врио|исполняющ|временно исполняющ", re.IGNORECASE)


def of_party(party: Party, *, draft: bool, yours: bool) -> Face:
    """Return how the signature of a party looks."""
    if party.signed_at:
        return SIGNED
    if draft:
        return _of_draft(party)
    if party.refused_at:
        return REFUSED
    return YOURS if yours else AWAITED


def _of_draft(party: Party) -> Face:
    if not party.can_sign:
        return NOBODY
    return LOOK if doubts(party) else READY


def doubts(party: Party) -> list[str]:
    """Say why somebody should look at the forms of a party."""
    whys = [party.form(name).why for name in Party.FORMS]
    if party.basis == BASIS and ACTING.match(party.signatory_post):
        whys.append("acting_head")
    return [str(WHY[why]) if why in WHY else str(WHY["unknown_word"]) for why in whys if why]


def amount(obligation: Obligation, stands: Standing) -> str:
    """Say how much of an obligation is done in this period: «7 из 12 мероприятий»."""
    if not obligation.unit:
        return ""
    words = COUNTED[Obligation.Unit(obligation.unit)]
    return words % {"done": stands.done, "planned": stands.owed}


def of_obligation(obligation: Obligation, stands: Standing) -> Face:
    """Return how far an obligation is."""
    has_measure = bool(obligation.unit or obligation.due)
    if has_measure and stands.is_overdue:
        return LACKING if stands.lacks and not stands.is_missed else OVERDUE
    if stands.is_done:
        return DONE
    if stands.done:
        return GOING
    return AHEAD if has_measure else UNCOUNTED


def roubles(amount: Decimal) -> str:
    """Write an amount as people do: «1 200 000,50 ₽», kopecks only where there are any."""
    whole = amount == amount.to_integral_value()
    digits = number_format(amount, 0 if whole else 2, use_l10n=True, force_grouping=True)
    return f"{digits}\u00a0₽"


def share(money: Sum) -> str:
    """Say how much of what was planned has come."""
    words = {"fact": roubles(money.fact), "planned": roubles(money.planned)}
    return gettext("%(fact)s of %(planned)s") % words
