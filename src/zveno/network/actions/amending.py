"""Amendments: clauses and annexes of an agreement in force read anew, and all its parties sign."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.network import rules
from zveno.network.actions.agreements import (
    LastsNoDay,
    _begin,
    _change,
    _redraw,
    _require_draft,
)
from zveno.network.actions.obligations import AgreementNotInForce
from zveno.network.actions.sides import NotAlone, Seats, Share
from zveno.network.models import SHAPES, Agreement, Change, Kind, Party, require_open
from zveno.network.models.amending import in_order, read_of, reading_on

ANNEX = re.compile(r"[1-9]\d{0,2}")


class NothingChanges(BadInput):
    """An amendment says of something that it reads differently."""

    code = "nothing_amended"
    message = _("Say at least of one clause or annex how it reads from now on.")
    field = "point"


class NoSuchPoint(BadInput):
    """A clause stands in a section that is there; what is not there is not left out."""

    code = "no_such_point"
    message = _("The agreement has no %(point)s to change. Choose from the list.")
    field = "point"


class PointTwice(BadInput):
    """A point reads one way."""

    code = "point_twice"
    message = _("%(point)s is changed twice. Keep one of the two.")
    field = "point"


class NotAnAmendment(DomainError):
    """Only an amendment changes another agreement."""

    code = "not_an_amendment"
    message = _("“%(title)s” is not an amendment.")


class PartiesMoved(DomainError):
    """All parties of an agreement sign its amendment."""

    code = "parties_moved"
    message = _("The agreement has other parties by now. Delete the draft and draw it anew.")


@dataclass(frozen=True, slots=True)
class Amended:
    """How a clause, «3.1», or an annex, «1», reads from now on; without a text it is left out."""

    point: str
    text: str = ""


@action(rules.coordinates_agreement, on=Agreement, lock=True)
def start_amendment(actor: Actor, agreement: Agreement, *, changes: Sequence[Amended]) -> Agreement:
    """Draw an amendment of an agreement in force: a paper that all its parties sign.

    Asked for the same once more, it returns the draft there is. Raises ``AgreementNotInForce``,
    ``ClusterClosed``, ``NotAlone``, ``LastsNoDay`` and as ``change_amendment``.
    """
    require_open(agreement.cluster)
    if agreement.state != Agreement.State.IN_FORCE:
        raise AgreementNotInForce(title=agreement.title)
    if agreement.shape.part:
        raise NotAlone
    if agreement.last_day <= clock.today():
        raise LastsNoDay
    judged = _judged(agreement, changes)
    amendments = agreement.papers.filter(kind=Kind.AMENDMENT)
    for draft in amendments.filter(state=Agreement.State.DRAFT).order_by("pk"):
        if list(draft.changes.order_by("place").values_list("point", "text")) == _said(judged):
            return draft
    taken = {str(facts["ordinal"]) for facts in amendments.values_list("facts", flat=True)}
    ordinal = next(str(number) for number in count(1) if str(number) not in taken)
    return _begin(_paper(agreement, ordinal), _seats(agreement), [], judged)


@action(rules.coordinates_agreement, on=Agreement, lock=True)
def change_amendment(actor: Actor, agreement: Agreement, *, changes: Sequence[Amended]) -> None:
    """Put other changes in place of those of a draft amendment.

    Raises ``AgreementNotDraft``, ``NotAnAmendment``, ``NothingChanges``, ``NoSuchPoint``,
    ``PointTwice`` and ``CannotBePrinted``.
    """
    _require_draft(agreement)
    if agreement.kind != Kind.AMENDMENT or agreement.parent is None:
        raise NotAnAmendment(title=agreement.title)
    judged = _judged(agreement.parent, changes)
    agreement.changes.all().delete()
    _change(agreement, judged)
    _redraw(agreement)


@action(rules.coordinates_agreement, on=Agreement, lock=True, consequence=True)
def amend_agreement(actor: Actor, agreement: Agreement, *, amendment: Agreement) -> None:
    """Let an agreement read as its amendment says: all have signed it.

    Raises ``AgreementNotInForce``.
    """
    if agreement.state != Agreement.State.IN_FORCE:
        raise AgreementNotInForce(title=agreement.title)


def _require_same_parties(amendment: Agreement) -> None:
    """Look whether who signs an amendment is who the agreement is between. ``PartiesMoved``."""
    if amendment.kind != Kind.AMENDMENT or amendment.parent is None:
        return
    signing = set(amendment.parties.values_list("organisation", flat=True))
    if signing != set(amendment.parent.parties.values_list("organisation", flat=True)):
        raise PartiesMoved


def _judged(agreement: Agreement, changes: Sequence[Amended]) -> list[Change]:
    """Make rows of what is asked for, in the order of the points."""
    changes_now = Change.objects.in_force_of(agreement)
    now = {
        point: reading.text
        for point, history in read_of(agreement, changes_now).items()
        if (reading := reading_on(history, clock.today())) and reading.text
    }
    sections = {point.split(".")[0] for point in now if "." in point}
    points = [one.point for one in changes]
    for point in points:
        if points.count(point) > 1:
            raise PointTwice(point=point)
    rows = [_row(one, now, sections) for one in changes if now.get(one.point) != one.text]
    if not rows:
        raise NothingChanges
    rows.sort(key=lambda row: in_order(row.point))
    return rows


def _row(asked: Amended, now: Mapping[str, str], sections: set[str]) -> Change:
    there = asked.point in now
    section, dot, clause = asked.point.partition(".")
    may_be = section in sections and ANNEX.fullmatch(clause) if dot else ANNEX.fullmatch(section)
    if not (there or (asked.text and may_be)):
        raise NoSuchPoint(point=asked.point)
    return Change(point=asked.point, text=asked.text, adds=not there)


def _said(rows: Sequence[Change]) -> list[tuple[str, str]]:
    return [(row.point, row.text) for row in rows]


def _paper(agreement: Agreement, ordinal: str) -> Agreement:
    facts = {"ordinal": ordinal}
    title = str(SHAPES[Kind.AMENDMENT].title) % (facts | {"title": agreement.title})
    return Agreement(
        cluster=agreement.cluster,
        parent=agreement,
        kind=Kind.AMENDMENT,
        facts=facts,
        title=title[:200],
        place=agreement.place,
        dated=clock.today(),
        valid_until=agreement.last_day,
        auto_renew=False,
    )


def _seats(agreement: Agreement) -> Seats:
    """Return the parties of an agreement as those of another one, each what it is there."""
    parties = agreement.parties.select_related("organisation").order_by("place")
    return [(party.organisation, _share(party)) for party in parties]


def _share(party: Party) -> Share:
    of = party.organisation.public_id
    return Share(of, party.role, party.part, party.gives, party.licence)
