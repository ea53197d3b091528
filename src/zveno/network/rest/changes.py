"""What programs do with agreements; only a person signs, on a page or by a link."""

from uuid import UUID, uuid4

from zveno.documents import actions as documents
from zveno.kernel.http import Request
from zveno.kernel.meanwhile import ChangedMeanwhile
from zveno.kernel.rest import Endpoints
from zveno.network import actions
from zveno.network.models import ClusterClosed
from zveno.network.rest.bodies import (
    AgreementGiven,
    AnotherGiven,
    BadObligation,
    ChangedObligationsGiven,
    ChangedSignatoryGiven,
    ChangedSubjectGiven,
    ChangedTermsGiven,
    EndingGiven,
    NewcomerGiven,
    NotBase64,
    ReasonGiven,
    ReportGiven,
    ScanGiven,
    upload_of,
)

router = Endpoints(tags=["agreements"])


SUBJECT = [
    actions.NotAlone,
    *(actions.FactMissing, actions.TooFewSides, actions.NoSuchSide),
    *(actions.ExactlyOne, actions.ShareUnsaid),
]
DRAFT = [actions.AgreementNotDraft, actions.CannotBePrinted]
MENDED = [*DRAFT, ChangedMeanwhile]


@router.does(
    "/clusters/{uuid:key}",
    actions.start_agreement,
    makes=True,
    refuses=[
        *(ClusterClosed, actions.NobodyToAgreeWith),
        *(actions.LastsNoDay, actions.NoSuchParty),
        *(actions.CannotBePrinted, BadObligation, *SUBJECT),
    ],
)
def start_agreement(request: Request, key: UUID, body: AgreementGiven) -> object:
    """Draw a draft of a kind between members of the cluster."""
    subject = actions.Subject(body.kind, body.facts, body.taken())
    return actions.start_agreement(
        request.actor, key, terms=body.terms(), obligations=body.owed(), subject=subject
    )


@router.does("/agreements/{uuid:key}", actions.change_subject, refuses=[*MENDED, *SUBJECT])
def change_subject(request: Request, key: UUID, body: ChangedSubjectGiven) -> object:
    """Put the facts of a draft right, and what its sides do."""
    shares, seen = body.taken(), body.was()
    return actions.change_subject(request.actor, key, facts=body.facts, shares=shares, seen=seen)


@router.does(
    "/agreements/{uuid:key}",
    actions.start_accession,
    makes=True,
    refuses=[
        *(actions.AgreementNotInForce, ClusterClosed, actions.CannotJoin),
        *(actions.NoSuchSide, actions.LastsNoDay, actions.CannotBePrinted),
    ],
)
def start_accession(request: Request, key: UUID, body: NewcomerGiven) -> object:
    """Draw the sheet by which a member of the cluster joins an agreement in force."""
    return actions.start_accession(request.actor, key, newcomer=body.newcomer)


@router.does("/agreements/{uuid:key}", actions.change_terms, refuses=[*MENDED, actions.LastsNoDay])
def change_terms(request: Request, key: UUID, body: ChangedTermsGiven) -> object:
    """Put the title, the place or the days of a draft right."""
    return actions.change_terms(request.actor, key, terms=body.terms(), seen=body.was())


@router.does(
    "/agreements/{uuid:key}",
    actions.change_obligations,
    refuses=[*MENDED, BadObligation, actions.NoSuchParty],
)
def change_obligations(request: Request, key: UUID, body: ChangedObligationsGiven) -> object:
    """Put other obligations in place of those of a draft."""
    given = body.owed()
    return actions.change_obligations(request.actor, key, obligations=given, seen=body.was())


@router.does("/parties/{uuid:key}", actions.put_right, refuses=MENDED)
def put_right(request: Request, key: UUID, body: ChangedSignatoryGiven) -> object:
    """Say who signs for a party of a draft, and how the words are declined."""
    given = actions.Signatory(body.signatory, body.signatory_post, body.basis, body.email)
    forms = body.forms.model_dump()
    return actions.put_right(request.actor, key, signatory=given, forms=forms, seen=body.was())


@router.does(
    "/agreements/{uuid:key}",
    actions.send_agreement,
    refuses=[
        *(*DRAFT, ClusterClosed, actions.NotReviewed),
        *(actions.NobodySigns, actions.PartiesMoved),
    ],
)
def send_agreement(request: Request, key: UUID) -> object:
    """Draw the files of a draft once and for ever, and ask every party to sign."""
    return actions.send_agreement(request.actor, key)


@router.does("/agreements/{uuid:key}", actions.drop_agreement, refuses=DRAFT[:1])
def drop_agreement(request: Request, key: UUID) -> object:
    """Throw a draft away."""
    return actions.drop_agreement(request.actor, key)


@router.does(
    "/parties/{uuid:key}",
    actions.renew_link,
    refuses=[actions.NotOutForSignature, actions.AlreadySigned],
)
def renew_link(request: Request, key: UUID) -> object:
    """Send a party a new link in place of the old one; the link itself is in the letter only."""
    return actions.renew_link(request.actor, key)


@router.does(
    "/parties/{uuid:key}",
    actions.change_signatory,
    refuses=[actions.NobodySigns, actions.NotOutForSignature, actions.AlreadySigned],
)
def change_signatory(request: Request, key: UUID, body: AnotherGiven) -> object:
    """Let another sign for a party; the text sent does not change, the link is in the letter."""
    given = actions.Signatory(body.signatory, body.signatory_post, body.basis, body.email)
    return actions.change_signatory(request.actor, key, signatory=given)


@router.does(
    "/agreements/{uuid:key}",
    actions.withdraw_agreement,
    refuses=[actions.NotOutForSignature, actions.NoReason],
)
def withdraw_agreement(request: Request, key: UUID, body: ReasonGiven) -> object:
    """Take an agreement back from signature: a draft again, its links ended."""
    return actions.withdraw_agreement(request.actor, key, reason=body.reason)


@router.does(
    "/agreements/{uuid:key}",
    actions.terminate_agreement,
    refuses=[
        *(actions.AgreementNotInForce, actions.NoReason),
        *(actions.DayHasPassed, actions.TooSoon, actions.NotAlone),
    ],
)
def terminate_agreement(request: Request, key: UUID, body: EndingGiven) -> object:
    """Let an agreement end on a day: with notice of 30 days, or sooner if all agree."""
    ending = actions.Ending(body.day, body.reason, body.agreed)
    return actions.terminate_agreement(request.actor, key, ending=ending)


@router.does(
    "/parties/{uuid:key}",
    actions.file_scan,
    makes=True,
    refuses=[
        *(NotBase64, actions.NotAScan, documents.FileTooLarge, documents.FileEmpty),
        *(actions.AlreadySigned, actions.NotOutForSignature),
    ],
)
def file_scan(request: Request, key: UUID, body: ScanGiven) -> object:
    """File the page a party signed and brought on paper; this signs for nobody."""
    return actions.file_scan(request.actor, key, upload=upload_of(body))


@router.does(
    "/obligations/{uuid:key}",
    actions.report_fulfilment,
    makes=True,
    refuses=[
        *(actions.NothingDone, actions.NotYetDone, actions.AgreementNotInForce),
        *(NotBase64, actions.NotAScan, documents.FileTooLarge, documents.FileEmpty),
    ],
)
def report_fulfilment(request: Request, key: UUID, body: ReportGiven) -> object:
    """Report what a party has done; send an Idempotency-Key to report it once."""
    proof = upload_of(body.proof) if body.proof else None
    report = actions.Report(uuid4(), body.day, body.amount, body.note, proof)
    return actions.report_fulfilment(request.actor, key, report=report)


@router.does("/fulfilments/{uuid:key}", actions.take_back_report)
def take_back_report(request: Request, key: UUID) -> object:
    """Let a report count no more."""
    return actions.take_back_report(request.actor, key)
