"""What programs see of clusters, their members and agreements."""

from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from ninja import Query
from pydantic import Field

from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Computed, Endpoints, Named, OneOf, Shown
from zveno.network.models import (
    Agreement,
    Fulfilment,
    Kind,
    Membership,
    Obligation,
    Party,
    Period,
    Role,
    Side,
)
from zveno.network.models.full_texts import LONGEST, telling_of

router = Endpoints(tags=["network"])


class MembershipShown(Shown):
    """That an organisation belongs to a cluster."""

    cluster: Named
    organisation: Named
    role: Annotated[str, OneOf(Role)]
    since: datetime
    until: datetime | None


class AgreementShown(Computed):
    """An agreement; its files are there once it has gone out for signature.

    ``facts`` are what its kind asks for, ``version`` is that of the clauses it was drawn with.
    ``signed_as`` names the file that is signed: the DOCX if an own template drew it.
    """

    cluster: Named
    kind: Annotated[str, OneOf(Kind)]
    parent: Shown | None
    facts: dict[str, str]
    title: str
    place: str
    dated: date
    valid_until: date
    state: Annotated[str, OneOf(Agreement.State)]
    parties_count: int
    signed: int
    sent_at: datetime | None
    in_force_at: datetime | None
    auto_renew: bool
    ends_on: date | None
    end_reason: str
    number: int | None
    version: int
    pdf: UUID | None
    docx: UUID | None
    signed_as: Annotated[str, Field(pattern="^(pdf|docx)$")]

    @staticmethod
    def resolve_number(shown: Agreement) -> int | None:
        """Return the number in the register of the base organisation."""
        return shown.number.number if shown.number else None

    @staticmethod
    def resolve_pdf(shown: Agreement) -> UUID | None:
        """Return the key of the file."""
        return shown.paper.pdf.public_id if shown.paper.pdf else None

    @staticmethod
    def resolve_docx(shown: Agreement) -> UUID | None:
        """Return the key of the file."""
        return shown.paper.docx.public_id if shown.paper.docx else None


class PartyShown(Shown):
    """A side of an agreement: who signs for it and by what right, as text of that day."""

    agreement: Shown
    organisation: Named
    place: int
    role: Annotated[str, OneOf(Side)]
    part: str
    gives: str
    licence: str
    signatory: str
    signatory_post: str
    basis: str
    email: str
    refused_at: datetime | None
    refusal: str
    joined_by: Shown | None
    signed_at: datetime | None
    signed_hash: str
    method: Annotated[str, OneOf(Party.Method, blank=True)]
    scan: Shown | None


class ObligationShown(Shown):
    """What the parties of one role, or one party, owe a period, and how much was done in all."""

    agreement: Shown
    place: int
    role: Annotated[str, OneOf(Side)]
    party: Shown | None
    text: str
    unit: Annotated[str, OneOf(Obligation.Unit, blank=True)]
    planned: int
    period: Annotated[str, OneOf(Period)]
    due: date | None
    done: int


class FulfilmentShown(Shown):
    """What was done of an obligation on a day: counted from the plan, or reported by somebody."""

    obligation: Shown
    amount: int
    day: date
    at: datetime
    by: Named | None
    note: str
    proof: Shown | None


class MembershipsAsked(Asked):
    """Which memberships; those that have ended are shown too."""

    LOOKUPS: ClassVar = {"cluster": "cluster__public_id", "organisation": "organisation__public_id"}
    cluster: UUID | None = None
    organisation: UUID | None = None


class AgreementsAsked(Asked):
    """Which agreements; ``q`` are words of their text, in any form."""

    LOOKUPS: ClassVar = {"cluster": "cluster__public_id", "state": "state", "kind": "kind"}
    cluster: UUID | None = None
    kind: Annotated[str, OneOf(Kind)] | None = None
    state: Annotated[str, OneOf(Agreement.State)] | None = None
    q: Annotated[str, Field(min_length=1, max_length=LONGEST)] | None = None


class PartiesAsked(Asked):
    """Which parties."""

    LOOKUPS: ClassVar = {
        "agreement": "agreement__public_id",
        "organisation": "organisation__public_id",
    }
    agreement: UUID | None = None
    organisation: UUID | None = None


class ObligationsAsked(Asked):
    """Which obligations."""

    LOOKUPS: ClassVar = {"agreement": "agreement__public_id", "role": "role"}
    agreement: UUID | None = None
    role: Annotated[str, OneOf(Side)] | None = None


class FulfilmentsAsked(Asked):
    """Which fulfilments."""

    LOOKUPS: ClassVar = {"obligation": "obligation__public_id"}
    obligation: UUID | None = None


@router.lists("/memberships", MembershipShown)
def memberships(request: Request, asked: Query[MembershipsAsked]) -> object:
    """List who belongs to which cluster."""
    rows = Membership.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("cluster", "organisation"), asked.after, asked.limit)


@router.shows("/memberships/{uuid:key}", MembershipShown)
def membership(request: Request, key: UUID) -> object:
    """Show one membership."""
    rows = Membership.objects.visible_to(request.actor)
    return rows.select_related("cluster", "organisation").pick(key)


AGREEMENT = ("cluster", "parent", "number", "wording", "paper__pdf", "paper__docx")
PARTY = ("agreement", "organisation", "joined_by", "scan")
UNREAD = ("wording__text", "paper__content", "paper__pdf__data", "paper__docx__data")


@router.lists("/agreements", AgreementShown)
def agreements(request: Request, asked: Query[AgreementsAsked]) -> object:
    """List the agreements you lead or are a party of."""
    rows = Agreement.objects.visible_to(request.actor).filter(**asked.chosen())
    rows = telling_of(rows, asked.q) if asked.q else rows
    return part_of(rows.select_related(*AGREEMENT).defer(*UNREAD), asked.after, asked.limit)


@router.shows("/agreements/{uuid:key}", AgreementShown)
def agreement(request: Request, key: UUID) -> object:
    """Show one agreement."""
    rows = Agreement.objects.visible_to(request.actor)
    return rows.select_related(*AGREEMENT).defer(*UNREAD).pick(key)


@router.lists("/parties", PartyShown)
def parties(request: Request, asked: Query[PartiesAsked]) -> object:
    """List the sides of the agreements you see."""
    rows = Party.objects.visible_to(request.actor).filter(**asked.chosen())
    shown = rows.select_related(*PARTY).defer("scan__data")
    return part_of(shown, asked.after, asked.limit)


@router.shows("/parties/{uuid:key}", PartyShown)
def party(request: Request, key: UUID) -> object:
    """Show one side of an agreement."""
    rows = Party.objects.visible_to(request.actor)
    return rows.select_related(*PARTY).defer("scan__data").pick(key)


@router.lists("/obligations", ObligationShown)
def obligations(request: Request, asked: Query[ObligationsAsked]) -> object:
    """List what the parties of the agreements you see owe, and how much of it is done."""
    rows = Obligation.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related("agreement", "party"), asked.after, asked.limit)


@router.shows("/obligations/{uuid:key}", ObligationShown)
def obligation(request: Request, key: UUID) -> object:
    """Show one obligation."""
    rows = Obligation.objects.visible_to(request.actor)
    return rows.select_related("agreement", "party").pick(key)


@router.lists("/fulfilments", FulfilmentShown)
def fulfilments(request: Request, asked: Query[FulfilmentsAsked]) -> object:
    """List what has been done of the obligations you see."""
    rows = Fulfilment.objects.visible_to(request.actor).filter(**asked.chosen())
    shown = rows.select_related("obligation", "by", "proof").defer("proof__data")
    return part_of(shown, asked.after, asked.limit)


@router.shows("/fulfilments/{uuid:key}", FulfilmentShown)
def fulfilment(request: Request, key: UUID) -> object:
    """Show what was done of an obligation on one day."""
    rows = Fulfilment.objects.visible_to(request.actor)
    return rows.select_related("obligation", "by", "proof").defer("proof__data").pick(key)
