"""What programs do with agreements; only a person signs, on a page or by a link."""

import base64
import binascii
from dataclasses import replace
from typing import Annotated, Literal
from uuid import UUID, uuid4

from pydantic import Field, StrictBool, StrictInt

from zveno.documents import actions as documents
from zveno.kernel.errors import BadInput
from zveno.kernel.http import Request
from zveno.kernel.rest import Day, Email, Endpoints, Given, OneOf
from zveno.network import actions
from zveno.network.actions.obligations import LARGEST
from zveno.network.forms.obligations import ObligationForm
from zveno.network.models import Obligation, Period, Role
from zveno.network.models.wording import Owed
from zveno.ui.rest import Line100, Line200, Line300, Line400, Maybe300, Maybe400

router = Endpoints(tags=["agreements"])
IN_BASE64 = 4 * (20 * 1024 * 1024 // 3 + 1)


class TermsGiven(Given):
    """The title of an agreement, its place and its days."""

    title: Line200
    place: Line100
    dated: Day
    valid_until: Day

    def terms(self) -> actions.Terms:
        """Return them as the verbs take them."""
        return actions.Terms(**self.model_dump(include=set(TermsGiven.model_fields)))


class OwedGiven(Given):
    """What the parties of a role, or one ``party``, owe a period: ``planned`` of ``unit``.

    Without a unit only the words count; ``due`` is for what is owed once.
    """

    role: Annotated[str, OneOf(Role)]
    text: Line400
    unit: Annotated[str, OneOf(Obligation.Unit, blank=True)] = ""
    planned: Annotated[StrictInt, Field(ge=0, le=LARGEST)] = 0
    period: Annotated[str, OneOf(Period)] = Period.YEAR
    due: Day | None = None
    party: UUID | None = None


class ObligationsGiven(Given):
    """All obligations of an agreement, in their order."""

    obligations: Annotated[list[OwedGiven], Field(min_length=1, max_length=60)]

    def owed(self) -> list[Owed]:
        """Return them as the verbs take them; raises ``BadObligation``."""
        return [_owed(given) for given in self.obligations]


class AgreementGiven(TermsGiven, ObligationsGiven):
    """A draft of an agreement between all who are in the cluster now."""


class FormsGiven(Given):
    """How words are declined in the text; what is left out is left to Zveno."""

    post_genitive: Maybe300 = ""
    person_genitive: Maybe400 = ""
    acting: Literal["", "действующего", "действующей"] = ""
    basis_genitive: Maybe300 = ""


class AnotherGiven(Given):
    """Who signs for a party, in what post, by what right, and where the letter goes."""

    signatory: Line300
    signatory_post: Line200
    basis: Line200
    email: Email | Literal[""] = ""


class ReasonGiven(Given):
    """Why something is taken back: the parties read it."""

    reason: Line400


class EndingGiven(ReasonGiven):
    """The last day of an agreement, why it ends, and whether all parties agree to it."""

    day: Day
    agreed: StrictBool = False


class SignatoryGiven(AnotherGiven):
    """Who signs for a party of a draft, and how the words are declined."""

    forms: FormsGiven = FormsGiven()


class ScanGiven(Given):
    """The signed page: PDF, JPEG or PNG in base64."""

    name: Line200
    data: Annotated[
        str,
        Field(max_length=IN_BASE64, pattern="^[A-Za-z0-9+/]*={0,2}$"),
        Field(json_schema_extra={"contentEncoding": "base64"}),
    ]


class BadObligation(BadInput):
    """What is counted agrees with what is signed."""

    code = "bad_obligation"
    field = "obligations"

    def __str__(self) -> str:
        """Say it as the form does."""
        return str(self.facts["words"])


class NotBase64(BadInput):
    """Bytes come as base64."""

    code = "not_base64"
    message = actions.NotAScan.message
    field = "data"


class ReportGiven(Given):
    """How much was done on a day, in what words, and a scan that proves it."""

    day: Day
    amount: Annotated[StrictInt, Field(ge=1, le=LARGEST)] = 1
    note: Maybe300 = ""
    proof: ScanGiven | None = None


DRAFT = [actions.AgreementNotDraft, actions.CannotBePrinted]


@router.does(
    "/clusters/{uuid:key}",
    actions.start_agreement,
    makes=True,
    refuses=[
        *(actions.NobodyToAgreeWith, actions.LastsNoDay, actions.NoSuchParty),
        *(actions.CannotBePrinted, BadObligation),
    ],
)
def start_agreement(request: Request, key: UUID, body: AgreementGiven) -> object:
    """Draw a draft between all who are in the cluster now."""
    terms, owed = body.terms(), body.owed()
    return actions.start_agreement(request.actor, key, terms=terms, obligations=owed)


@router.does("/agreements/{uuid:key}", actions.change_terms, refuses=[*DRAFT, actions.LastsNoDay])
def change_terms(request: Request, key: UUID, body: TermsGiven) -> object:
    """Put the title, the place or the days of a draft right."""
    return actions.change_terms(request.actor, key, terms=body.terms())


@router.does(
    "/agreements/{uuid:key}",
    actions.change_obligations,
    refuses=[*DRAFT, BadObligation, actions.NoSuchParty],
)
def change_obligations(request: Request, key: UUID, body: ObligationsGiven) -> object:
    """Put other obligations in place of those of a draft."""
    return actions.change_obligations(request.actor, key, obligations=body.owed())


@router.does("/parties/{uuid:key}", actions.put_right, refuses=DRAFT)
def put_right(request: Request, key: UUID, body: SignatoryGiven) -> object:
    """Say who signs for a party of a draft, and how the words are declined."""
    given = actions.Signatory(body.signatory, body.signatory_post, body.basis, body.email)
    forms = body.forms.model_dump()
    return actions.put_right(request.actor, key, signatory=given, forms=forms)


@router.does(
    "/agreements/{uuid:key}", actions.send_agreement, refuses=[*DRAFT, actions.NobodySigns]
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
        *(actions.DayHasPassed, actions.TooSoon),
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
    return actions.file_scan(request.actor, key, upload=_upload(body))


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
    proof = _upload(body.proof) if body.proof else None
    report = actions.Report(uuid4(), body.day, body.amount, body.note, proof)
    return actions.report_fulfilment(request.actor, key, report=report)


@router.does("/fulfilments/{uuid:key}", actions.take_back_report)
def take_back_report(request: Request, key: UUID) -> object:
    """Let a report count no more."""
    return actions.take_back_report(request.actor, key)


def _upload(given: ScanGiven) -> documents.Upload:
    try:
        data = base64.b64decode(given.data, validate=True)
    except binascii.Error as error:
        raise NotBase64 from error
    return documents.Upload(given.name, "", data)


def _owed(given: OwedGiven) -> Owed:
    form = ObligationForm(given.model_dump())
    if not form.is_valid():
        words = " ".join(str(word) for _field, found in form.errors.items() for word in found)
        raise BadObligation(words=words)
    return replace(form.owed(), text=given.text, party=given.party)
