"""Renewal: the next agreement between the same parties, drawn before the term of this one ends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.network import rules
from zveno.network.actions.agreements import Terms, _begin, _check, _fields, _owe, _redraw
from zveno.network.actions.amending import _seats
from zveno.network.actions.sides import FEWEST, NobodyToAgreeWith, Subject, _check_shares
from zveno.network.models import Agreement, Obligation, require_open
from zveno.network.models.owing import Period
from zveno.network.models.wording import Owed


class NotToRenew(DomainError):
    """A renewal is drawn when a term nears its end that is not prolonged by itself."""

    code = "not_to_renew"
    message = _(
        "“%(title)s” cannot be renewed now. A renewal is drawn up in the last %(days)s days of a "
        "term that is not prolonged by itself."
    )


class NoSuchObligation(BadInput):
    """What is carried over was owed by a party that stays."""

    code = "no_such_obligation"
    message = _("One of the obligations cannot be carried over. Reload the page.")


class DueOutside(BadInput):
    """What is owed by a day is owed within the term."""

    code = "due_outside"
    message = _("A new due day must be within the term of the renewal.")
    field = "due"


@dataclass(frozen=True, slots=True)
class Carried:
    """An obligation that goes on, with its new day if it is owed once until a day."""

    obligation: UUID
    due: date | None = None


@action(rules.coordinates_agreement, on=Agreement, lock=True)
def renew_agreement(
    actor: Actor, agreement: Agreement, *, terms: Terms, carried: Sequence[Carried] = ()
) -> Agreement:
    """Draw the next agreement of a kind between the parties that still are members.

    From 90 days before the last day on. Asked for once more, it returns the one there is: an
    agreement is renewed once. Raises ``ClusterClosed``, ``NotToRenew``, ``NoSuchObligation``,
    ``DueOutside``, ``LastsNoDay``, ``NobodyToAgreeWith`` and as the kind asks.
    """
    require_open(agreement.cluster)
    if not Agreement.objects.near_its_end().filter(pk=agreement.pk).exists():
        raise NotToRenew(title=agreement.title, days=max(settings.ZVENO_REMIND_DAYS))
    _check(terms)
    there = agreement.renewal()
    if there:
        return there
    members = agreement.cluster.memberships.live().values_list("organisation", flat=True)
    staying = set(members)
    seats = [seat for seat in _seats(agreement) if seat[0].pk in staying]
    if len(seats) < FEWEST:
        raise NobodyToAgreeWith
    if agreement.shape.seats:
        shares = [share for _organisation, share in seats]
        inside = {organisation.public_id: organisation for organisation, _share in seats}
        _check_shares(Subject(agreement.kind, agreement.facts, shares), inside)
    owed = [_owed(agreement, one, terms) for one in carried]
    draft = _begin(_next(agreement, terms), seats, [])
    _owe(draft, [_of_party(draft, *one) for one in owed])
    _redraw(draft)
    return draft


def _next(agreement: Agreement, terms: Terms) -> Agreement:
    return Agreement(
        cluster=agreement.cluster,
        parent=agreement,
        kind=agreement.kind,
        facts=agreement.facts,
        auto_renew=False,
        **_fields(terms),
    )


def _owed(agreement: Agreement, carried: Carried, terms: Terms) -> tuple[Obligation, date | None]:
    found = agreement.obligations.select_related("party").filter(public_id=carried.obligation)
    obligation = found.first()
    if obligation is None:
        raise NoSuchObligation
    if obligation.period != Period.ONCE or carried.due is None:
        return obligation, None
    if not terms.dated <= carried.due <= terms.valid_until:
        raise DueOutside
    return obligation, carried.due


def _of_party(draft: Agreement, obligation: Obligation, due: date | None) -> Owed:
    """Return what goes on to be owed, by the same organisation if it owes it alone."""
    owed = Owed(
        obligation.role,
        obligation.text,
        obligation.unit,
        obligation.planned,
        obligation.period,
        due,
    )
    if obligation.party is None:
        return owed
    party = draft.parties.filter(organisation=obligation.party.organisation_id).first()
    if party is None:
        raise NoSuchObligation
    return replace(owed, party=party.public_id)
