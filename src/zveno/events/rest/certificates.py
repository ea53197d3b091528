"""Certificates for programs: issued, taken back, drawn."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from ninja import Query

from zveno.events import actions
from zveno.events.models import (
    Accent,
    Award,
    AwardKind,
    Batch,
    Certificate,
    CertificateDesign,
    Look,
)
from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Computed, Endpoints, Given, Named, Shown
from zveno.ui.rest import Line200, Maybe60, Maybe200, Maybe400

router = Endpoints(tags=["certificates"])


class BatchShown(Shown):
    """Sheets of one kind issued at once; ``file`` is the one PDF of all once it is drawn."""

    event: Shown
    kind: AwardKind
    size: int
    issued_at: datetime
    undo_until: datetime
    undone_at: datetime | None
    file: Shown | None
    packing: bool
    packed: int


class CertificateShown(Computed):
    """A sheet of a child or an adult: its words as they are printed, the code to verify it by."""

    event: Shown
    kind: AwardKind
    award: str
    batch: Shown
    issuer: Named
    name: str
    school_class: str
    number: str
    code: str
    voided_at: datetime | None

    @staticmethod
    def resolve_number(certificate: Certificate) -> str:
        """Return the number as it is printed."""
        return certificate.verification.number

    @staticmethod
    def resolve_code(certificate: Certificate) -> str:
        """Return the code of its verification."""
        return certificate.verification.code


class WhyVoidGiven(Given):
    """Why a certificate is not valid; it names no child."""

    why: Line200


class AwardGiven(Given):
    """A child by the key of its place, and what its diploma is for."""

    place: UUID
    award: Award


class AwardsGiven(Given):
    """Who gets a diploma, and what for."""

    awards: list[AwardGiven]


class ThankedByNameGiven(Given):
    """An adult who is thanked by name, with what they do and where."""

    name: Line200
    job: Maybe200 = ""


class ThankedGiven(Given):
    """Who is thanked: leaders (escorts), posts of the host, organisations that sent groups."""

    leaders: list[UUID] = []
    posts: list[UUID] = []
    organisations: list[UUID] = []
    others: list[ThankedByNameGiven] = []


class DesignShown(Shown):
    """How sheets of a kind look at an organisation, and what they say."""

    organisation: Shown
    kind: AwardKind
    look: Look
    accent: Accent
    portrait: bool
    heading: str
    words: str
    signatory: str
    signatory_post: str


class DesignGiven(Given):
    """How sheets of a kind look; words in braces are filled in."""

    kind: AwardKind
    look: Look = Look.FRAME
    accent: Accent = Accent.PETROL
    portrait: bool = False
    heading: Maybe60 = ""
    words: Maybe400 = ""
    signatory: Maybe200 = ""
    signatory_post: Maybe200 = ""

    def design(self) -> actions.Design:
        """Return it as the verb takes it."""
        return actions.Design(**self.dict(exclude={"kind"}))


class EventAsked(Asked):
    """Those of an event."""

    LOOKUPS: ClassVar = {"event": "event__public_id"}
    event: UUID | None = None


CERTIFICATE = ("event", "batch", "issuer", "verification")


@router.lists("/certificate-designs", DesignShown)
def certificate_designs(request: Request, asked: Query[Asked]) -> object:
    """List how sheets of your organisations look, where they have said so."""
    rows = CertificateDesign.objects.visible_to(request.actor).select_related("organisation")
    return part_of(rows, asked.after, asked.limit)


@router.does("/organisations/{uuid:key}", actions.set_design, refuses=[actions.BadPlaceholder])
def set_design(request: Request, key: UUID, body: DesignGiven) -> object:
    """Say how sheets of a kind look from the next issue on."""
    return actions.set_design(request.actor, key, kind=body.kind, design=body.design())


@router.lists("/batches", BatchShown)
def batches(request: Request, asked: Query[EventAsked]) -> object:
    """List the batches of certificates your organisation has issued."""
    rows = Batch.objects.visible_to(request.actor).filter(**asked.chosen())
    shown = rows.select_related("event", "file").defer("file__data")
    return part_of(shown, asked.after, asked.limit)


@router.shows("/batches/{uuid:key}", BatchShown)
def batch(request: Request, key: UUID) -> object:
    """Show one batch."""
    rows = Batch.objects.visible_to(request.actor)
    return rows.select_related("event", "file").defer("file__data").pick(key)


@router.lists("/certificates", CertificateShown)
def certificates(request: Request, asked: Query[EventAsked]) -> object:
    """List the certificates you issued, and those of your own children."""
    rows = Certificate.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.select_related(*CERTIFICATE), asked.after, asked.limit)


@router.shows("/certificates/{uuid:key}", CertificateShown)
def certificate(request: Request, key: UUID) -> object:
    """Show one certificate."""
    return Certificate.objects.visible_to(request.actor).select_related(*CERTIFICATE).pick(key)


@router.does(
    "/events/{uuid:key}",
    actions.issue_certificates,
    makes=True,
    refuses=[actions.NotHeldYet, actions.NothingToIssue],
)
def issue_certificates(request: Request, key: UUID) -> object:
    """Issue certificates to all who came and have none, and let the worker draw them."""
    return actions.issue_certificates(request.actor, key)


@router.does(
    "/events/{uuid:key}",
    actions.issue_diplomas,
    makes=True,
    refuses=[actions.NotHeldYet, actions.NobodyToAward],
)
def issue_diplomas(request: Request, key: UUID, body: AwardsGiven) -> object:
    """Issue diplomas to chosen children who came and have none of this event."""
    awards = {one.place: one.award for one in body.awards}
    return actions.issue_diplomas(request.actor, key, awards=awards)


@router.does(
    "/events/{uuid:key}",
    actions.issue_thanks,
    makes=True,
    refuses=[actions.NotHeldYet, actions.NobodyToThank, actions.TooManyThanked],
)
def issue_thanks(request: Request, key: UUID, body: ThankedGiven) -> object:
    """Issue letters of thanks to adults and organisations who have none for this event."""
    others = [actions.Other(one.name, one.job) for one in body.others]
    thanked = actions.Thanked(body.leaders, body.posts, body.organisations, others)
    return actions.issue_thanks(request.actor, key, thanked=thanked)


@router.does("/batches/{uuid:key}", actions.undo_issue, refuses=[actions.TooLateToUndo])
def undo_issue(request: Request, key: UUID) -> object:
    """Take a batch back: letters are not sent, numbers and certificates are void."""
    return actions.undo_issue(request.actor, key)


@router.does("/batches/{uuid:key}", actions.pack_batch, refuses=[actions.NothingToPack])
def pack_batch(request: Request, key: UUID) -> object:
    """Ask for an archive with a file for each sheet; ``packed`` of the batch counts them."""
    return actions.pack_batch(request.actor, key)


@router.does("/batches/{uuid:key}", actions.draw_batch)
def draw_batch(request: Request, key: UUID) -> object:
    """Draw the PDF of a batch now, if the worker has not."""
    return actions.draw_batch(request.actor, key)


@router.does("/certificates/{uuid:key}", actions.void_certificate)
def void_certificate(request: Request, key: UUID, body: WhyVoidGiven) -> object:
    """Void one certificate: its number stays in the book with the reason, the school is told."""
    return actions.void_certificate(request.actor, key, why=body.why)


@router.does(
    "/certificates/{uuid:key}",
    actions.replace_certificate,
    makes=True,
    refuses=[actions.NothingToReplace],
)
def replace_certificate(request: Request, key: UUID) -> object:
    """Issue a new certificate, a batch of one, in place of a void one."""
    return actions.replace_certificate(request.actor, key)
