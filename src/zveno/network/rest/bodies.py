"""What programs send with the verbs of agreements."""

import base64
import binascii
from dataclasses import replace
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StrictBool, StrictInt

from zveno.documents import actions as documents
from zveno.kernel.errors import BadInput
from zveno.kernel.meanwhile import Words
from zveno.kernel.rest import Day, Email, Given, OneOf
from zveno.network import actions
from zveno.network.actions.obligations import LARGEST
from zveno.network.forms.obligations import ObligationForm
from zveno.network.models import Kind, Obligation, Period, Side
from zveno.network.models.wording import Owed
from zveno.ui.rest import Line100, Line200, Line300, Line400, Maybe100, Maybe300, Maybe400

IN_BASE64 = 4 * (20 * 1024 * 1024 // 3 + 1)


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


class TermsGiven(Given):
    """The title of an agreement, its place and its days."""

    title: Line200
    place: Line100
    dated: Day
    valid_until: Day

    def terms(self) -> actions.Terms:
        """Return them as the verbs take them."""
        return actions.Terms(**self.model_dump(include=set(TermsGiven.model_fields)))


class ChangedTermsGiven(TermsGiven):
    """What a draft is to say; ``seen``: what you read, so that nobody's change is lost."""

    seen: TermsGiven | None = None

    def was(self) -> Words:
        """Return what was seen as the verb takes it."""
        return self.seen.told() if self.seen else {}


class OwedGiven(Given):
    """What the parties of a role, or one ``party``, owe a period: ``planned`` of ``unit``.

    Without a unit only the words count; ``due`` is for what is owed once.
    """

    role: Annotated[str, OneOf(Side)]
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


class OwedSeen(Given):
    """All obligations as they were read."""

    obligations: Annotated[list[OwedGiven], Field(max_length=60)]


class ChangedObligationsGiven(ObligationsGiven):
    """All obligations of an agreement; ``seen``: those you read, so that no change is lost."""

    seen: OwedSeen | None = None

    def was(self) -> Words:
        """Return what was seen as the verb takes it."""
        return self.seen.told() if self.seen else {}


class ShareGiven(Given):
    """Which side a member of the cluster is, what part it carries out, what it gives."""

    organisation: UUID
    side: Annotated[str, OneOf(Side)]
    part: Maybe400 = ""
    gives: Maybe400 = ""
    licence: Maybe100 = ""


class SubjectGiven(Given):
    """The facts a kind asks for, by name, and the sides of a kind that has seats."""

    facts: Annotated[dict[Line100, Line300], Field(max_length=30)] = {}
    shares: Annotated[list[ShareGiven], Field(max_length=200)] = []

    def taken(self) -> list[actions.Share]:
        """Return the shares as the verbs take them."""
        return [actions.Share(**one.model_dump()) for one in self.shares]


class ChangedSubjectGiven(SubjectGiven):
    """Facts and sides; ``seen``: what you read, so that nobody's change is lost."""

    seen: SubjectGiven | None = None

    def was(self) -> Words:
        """Return what was seen as the verb takes it."""
        told = self.seen.told() if self.seen else {}
        return {**told.pop("facts", {}), **told}


class AgreementGiven(TermsGiven, ObligationsGiven, SubjectGiven):
    """A draft of a kind; a cooperation agreement is between all who are in the cluster now."""

    kind: Annotated[str, OneOf(Kind)] = Kind.COOPERATION


class FormsGiven(Given):
    """How words are declined in the text; what is left out is left to Zveno."""

    post_genitive: Maybe300 = ""
    person_genitive: Maybe400 = ""
    acting: Literal["", "действующего", "действующей"] = ""
    basis_genitive: Maybe300 = ""


class NewcomerGiven(Given):
    """Which member of the cluster joins."""

    newcomer: UUID


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


class ChangedSignatoryGiven(SignatoryGiven):
    """Who signs; ``seen``: what you read, so that nobody's change is lost."""

    seen: SignatoryGiven | None = None

    def was(self) -> Words:
        """Return what was seen as the verb takes it."""
        if self.seen is None:
            return {}
        told = self.seen.told() | self.seen.forms.told()
        return {name: text for name, text in told.items() if name != "forms"}


class ScanGiven(Given):
    """The signed page: PDF, JPEG or PNG in base64."""

    name: Line200
    data: Annotated[
        str,
        Field(max_length=IN_BASE64, pattern="^[A-Za-z0-9+/]*={0,2}$"),
        Field(json_schema_extra={"contentEncoding": "base64"}),
    ]


class ReportGiven(Given):
    """How much was done on a day, in what words, and a scan that proves it."""

    day: Day
    amount: Annotated[StrictInt, Field(ge=1, le=LARGEST)] = 1
    note: Maybe300 = ""
    proof: ScanGiven | None = None


def upload_of(given: ScanGiven) -> documents.Upload:
    """Return a file as the verbs take it. Raises ``NotBase64``."""
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
