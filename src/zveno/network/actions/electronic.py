"""Electronic signatures: simple, by an account proven at this moment, and a signature file."""

import base64
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.documents.actions import Upload, store_file
from zveno.documents.models import Paper, StoredFile
from zveno.kernel import engines
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.network import rules
from zveno.network.actions.signatures import _came, _count, _lock
from zveno.network.models import Agreement, Method, Party, Signature, SigningOrder
from zveno.people.actions import prove_again
from zveno.people.models import Account, SignIn


class NotOrdered(DomainError):
    """An organisation signs electronically by its own order only."""

    code = "not_ordered"
    message = _("%(organisation)s has no order for this method of signing. Sign on paper.")


class TextHasChanged(DomainError):
    """Who signs has read the very text that is signed."""

    code = "text_has_changed"
    message = _("The text is not the one you were shown. Open the page again and read it.")


class NotASignatureFile(BadInput):
    """A signature file is CMS, detached, with somebody who has signed."""

    code = "not_a_signature_file"
    message = _(
        "This is not a detached signature file. In your signing program choose a detached "
        "signature, with the text left out, and save it as .sig or .p7s."
    )
    field = "file"


class OtherFileSigned(BadInput):
    """A signature belongs to the bytes it was made over."""

    code = "other_file_signed"
    message = _(
        "This signature was made over another file. Download the file to sign from this page again "
        "and sign it without opening it in an editor."
    )
    field = "file"


@dataclass(frozen=True, slots=True)
class Proof:
    """What a person shows to sign: password, perhaps a code, and the browser they are in."""

    password: str = field(repr=False)
    code: str = field(default="", repr=False)
    sign_in: UUID | None = None


@action(rules.signs_in_person, on=Party)
def sign_in_zveno(actor: Actor, party: Party, *, sha256: str, proof: Proof) -> None:
    """Sign by a simple signature the text with this hash, proving who one is at this moment.

    Raises ``NotOrdered``, ``TextHasChanged``, ``WrongPassword``, ``WrongCode``, ``AlreadySigned``
    and ``NotOutForSignature``.
    """
    agreement = _lock(party)
    order = _ordered(party, Method.SIMPLE)
    text = _text(agreement)
    if not sha256 == text.sha256 == text.hash_now:
        raise TextHasChanged
    account = Account.objects.visible_to(actor).get()
    step = prove_again(actor, account.public_id, password=proof.password, code=proof.code)
    evidence = _came(actor) | {"order": str(order), "second_step": step}
    if proof.sign_in:
        browser = SignIn.objects.visible_to(actor).pick(proof.sign_in)
        since = date_format(localtime(browser.since), "d.m.Y H:i")
        evidence |= {"device": browser.device, "signed_in": since}
    _count(actor, agreement, party, Signature(Method.SIMPLE, evidence=evidence))


@action(rules.signs_for, on=Party)
def sign_by_file(actor: Actor, party: Party, *, upload: Upload) -> StoredFile:
    """Sign by a detached signature file, made by a program of one's own over what is signed.

    Whether its digest is that of that file is looked at; whose the certificate is, is not. Raises
    ``NotOrdered``, ``NotASignatureFile``, ``OtherFileSigned``, ``FileTooLarge``, ``FileEmpty``,
    ``AlreadySigned`` and ``NotOutForSignature``.
    """
    agreement = _lock(party)
    order = _ordered(party, Method.DETACHED)
    name = f"{party.organisation}. {gettext('Signature')}.sig"
    kept = replace(upload, name=name, media_type="application/pkcs7-signature")
    base = agreement.cluster.base
    readers = [base.pk] if base != party.organisation else []
    file = store_file(actor, party.organisation.public_id, upload=kept, readers=readers)
    evidence = _came(actor) | {"order": str(order)} | _compared(upload, _text(agreement))
    _count(actor, agreement, party, Signature(Method.DETACHED, file, evidence))
    return file


def _ordered(party: Party, method: Method) -> SigningOrder:
    orders = SigningOrder.objects.live().filter(organisation=party.organisation_id, method=method)
    order = orders.first()
    if order is None:
        raise NotOrdered(organisation=str(party.organisation))
    return order


def _text(agreement: Agreement) -> StoredFile:
    original = Paper.objects.values_list(agreement.signed_as, flat=True).get(pk=agreement.paper_id)
    return StoredFile.objects.hashed_now().defer("data").get(pk=original)


def _compared(upload: Upload, text: StoredFile) -> dict[str, str]:
    """Return what the engine finds. Raises ``NotASignatureFile`` and ``OtherFileSigned``."""
    files = {"signature": upload.data, "text": bytes(text.data)}
    problem = {name: base64.b64encode(data).decode() for name, data in files.items()}
    try:
        found = engines.run("signatures", problem)
    except engines.EngineRefused as refusal:
        raise NotASignatureFile from refusal
    if found["digest"] == "differs":
        raise OtherFileSigned
    return {"digest": found["digest"], "algorithm": found["algorithm"]}
