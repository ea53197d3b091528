"""A draft of an agreement: who its parties are, what they owe, in which words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from zveno.documents.models import Paper
from zveno.kernel import engines
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.kernel.meanwhile import Words, guarding
from zveno.network import rules
from zveno.network.actions.assigning import _assign
from zveno.network.actions.full_texts import _keep_text
from zveno.network.actions.parties import _decline, _parties_of, _take
from zveno.network.actions.reviews import _end_review
from zveno.network.actions.sides import (
    COOPERATION,
    NoSuchSide,
    Seats,
    Share,
    Subject,
    _check_facts,
    _check_shares,
    _seated,
)
from zveno.network.models import (
    SHAPES,
    Agreement,
    Change,
    Cluster,
    Obligation,
    Party,
    Wording,
    require_open,
)
from zveno.network.models.drafts import mark_of, obligations_of, subject_of, terms_of
from zveno.network.models.wording import Owed, clauses, paper_of


class LastsNoDay(BadInput):
    """An agreement ends after it begins."""

    code = "lasts_no_day"
    message = _("The agreement must end after its date.")
    field = "valid_until"


class AgreementNotDraft(DomainError):
    """What went out for signature does not change any more."""

    code = "agreement_not_draft"
    message = _("“%(title)s” has been sent for signature: its text no longer changes.")


class NoSuchParty(BadInput):
    """Only a party of the agreement owes anything under it."""

    code = "no_such_party"
    message = _("One of the named organisations is not a party to this agreement.")


class CannotBePrinted(BadInput):
    """The text holds a sign that no printed paper can."""

    code = "cannot_be_printed"
    message = _(
        "The text has a character that cannot be printed, such as an emoji. "
        "Find it in the names or obligations and remove it."
    )


@dataclass(frozen=True, slots=True)
class Terms:
    """The title, the place, and the days from which and until which an agreement lasts."""

    title: str
    place: str
    dated: date
    valid_until: date


@action(rules.coordinates, on=Cluster, lock=True)
def start_agreement(
    actor: Actor,
    cluster: Cluster,
    *,
    terms: Terms,
    obligations: Sequence[Owed],
    subject: Subject = COOPERATION,
) -> Agreement:
    """Draw a draft of a kind; the heads of its sides sign, upon the charter.

    A cooperation agreement is between all who are in the cluster now. Asked for the same once
    more, it returns the draft there is: two clicks draw one. Raises ``LastsNoDay``,
    ``NoSuchParty``, ``ClusterClosed`` and as the kind asks.
    """
    require_open(cluster)
    _check(terms)
    seats = _seated(cluster, subject)
    drawn = _drawn_already(cluster, _fields(terms) | _known(subject), seats)
    if drawn:
        return drawn
    draft = Agreement(
        cluster=cluster,
        auto_renew=SHAPES[subject.kind].renews,
        **_fields(terms),
        **_known(subject),
    )
    return _begin(draft, seats, obligations)


@action(rules.coordinates_agreement, on=Agreement, lock=True)
def change_terms(
    actor: Actor, agreement: Agreement, *, terms: Terms, seen: Words | None = None
) -> None:
    """Put the title, the place or the days of a draft right, if they are what was ``seen``.

    Raises ``AgreementNotDraft``, ``LastsNoDay`` and ``ChangedMeanwhile``.
    """
    _require_draft(agreement)
    _check(terms)
    fields = _fields(terms)
    with guarding(seen, lambda: terms_of(agreement)):
        for name, value in fields.items():
            setattr(agreement, name, value)
    agreement.save(update_fields=list(fields))
    _redraw(agreement)


@action(rules.coordinates_agreement, on=Agreement, lock=True)
def change_subject(
    actor: Actor,
    agreement: Agreement,
    *,
    facts: Mapping[str, str],
    shares: Sequence[Share],
    seen: Words | None = None,
) -> None:
    """Put the facts of a draft right, and what its parties do: the parties stay who they are.

    Raises ``AgreementNotDraft``, ``FactMissing``, ``ChangedMeanwhile`` and as the kind asks.
    """
    _require_draft(agreement)
    subject = Subject(agreement.kind, facts, shares)
    _check_facts(subject)
    with guarding(seen, lambda: subject_of(agreement)):
        if agreement.shape.seats:
            _reseat(agreement, subject)
        agreement.facts |= _known(subject)["facts"]
    agreement.save(update_fields=["facts"])
    _redraw(agreement)


@action(rules.coordinates_agreement, on=Agreement, lock=True)
def change_obligations(
    actor: Actor,
    agreement: Agreement,
    *,
    obligations: Sequence[Owed],
    seen: Words | None = None,
) -> None:
    """Put other obligations in place of those of a draft, if they are what was ``seen``.

    Raises ``AgreementNotDraft``, ``NoSuchParty`` and ``ChangedMeanwhile``.
    """
    _require_draft(agreement)
    with guarding(seen, lambda: obligations_of(agreement)):
        agreement.obligations.all().delete()
        _owe(agreement, obligations)
    _redraw(agreement)


@action(rules.coordinates_agreement, on=Agreement, lock=True)
def drop_agreement(actor: Actor, agreement: Agreement) -> None:
    """Throw a draft away, to draw another with whoever is in the cluster then.

    Raises ``AgreementNotDraft``.
    """
    _require_draft(agreement)
    _end_review(actor, agreement)
    agreement.delete()
    agreement.paper.delete()


def _begin(
    draft: Agreement, seats: Seats, obligations: Sequence[Owed], changes: Sequence[Change] = ()
) -> Agreement:
    """Store a draft with its parties, what they owe, what it changes, and its paper."""
    draft.paper = Paper.objects.create(owner=draft.cluster.base, content={})
    draft.wording = Wording.objects.in_use(draft.cluster.base, draft.kind)
    draft.parties_count = len(seats)
    draft.save()
    parties = _parties_of(draft, seats)
    _decline(parties)
    Party.objects.bulk_create(parties)
    _owe(draft, obligations)
    _change(draft, changes)
    _redraw(draft)
    return draft


def _reseat(agreement: Agreement, subject: Subject) -> None:
    sides = agreement.parties.select_related("organisation")
    parties = {party.organisation.public_id: party for party in sides}
    if {share.organisation for share in subject.shares} != set(parties):
        raise NoSuchSide
    _check_shares(subject, {key: party.organisation for key, party in parties.items()})
    for share in subject.shares:
        _take(parties[share.organisation], share)
    Party.objects.bulk_update(parties.values(), ["role", "part", "gives", "licence"])


def _drawn_already(cluster: Cluster, fields: dict[str, Any], seats: Seats) -> Agreement | None:
    sides = {organisation.pk for organisation, _share in seats}
    drafts = cluster.agreements.filter(state=Agreement.State.DRAFT, **fields)
    for draft in drafts.order_by("pk"):
        if sides == set(draft.parties.values_list("organisation", flat=True)):
            return draft
    return None


def _known(subject: Subject) -> dict[str, Any]:
    names = [fact.name for fact in SHAPES[subject.kind].facts]
    return {"kind": subject.kind, "facts": {name: subject.facts[name] for name in names}}


def _check(terms: Terms) -> None:
    if terms.valid_until <= terms.dated:
        raise LastsNoDay


def _require_draft(agreement: Agreement) -> None:
    if agreement.state != Agreement.State.DRAFT:
        raise AgreementNotDraft(title=agreement.title)


def _fields(terms: Terms) -> dict[str, Any]:
    return {
        "title": terms.title,
        "place": terms.place,
        "dated": terms.dated,
        "valid_until": terms.valid_until,
    }


def _owe(agreement: Agreement, obligations: Sequence[Owed]) -> None:
    parties = {party.public_id: party for party in agreement.parties.all()}
    if {owed.role for owed in obligations} - set(clauses(agreement.kind)["roles"]):
        raise NoSuchParty
    if {owed.party for owed in obligations} - {None, *parties}:
        raise NoSuchParty
    alone = [parties[owed.party] if owed.party else None for owed in obligations]
    Obligation.objects.bulk_create(
        Obligation(
            agreement=agreement,
            place=place,
            role=party.role if party else owed.role,
            party=party,
            text=owed.text,
            unit=owed.unit,
            planned=owed.planned if owed.unit else 0,
            period=owed.period,
            due=owed.due,
        )
        for place, (owed, party) in enumerate(zip(obligations, alone, strict=True), start=1)
    )


def _change(amendment: Agreement, changes: Sequence[Change]) -> None:
    for place, change in enumerate(changes, start=1):
        change.amendment, change.place = amendment, place
    Change.objects.bulk_create(changes)


def _redraw(agreement: Agreement) -> None:
    """Put the words together anew; the paper keeps them with the blocks a page shows."""
    parties = agreement.parties.select_related("organisation").order_by("place")
    owed = agreement.obligations.select_related("party__organisation").order_by("place")
    changes = agreement.changes.order_by("place")
    assignments = _assign(agreement)
    words = paper_of(agreement, list(parties), list(owed), list(changes), assignments)
    try:
        drawn = engines.run("papers", {"draw": words, "formats": ["blocks"]})
    except engines.EngineRefused as refusal:
        raise CannotBePrinted from refusal
    Paper.objects.filter(pk=agreement.paper_id).update(
        content={"draw": words, "blocks": drawn["blocks"]}
    )
    agreement.mark = mark_of(agreement, words)
    agreement.save(update_fields=["mark"])
    _keep_text(agreement)
