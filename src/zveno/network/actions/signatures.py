"""Signatures: by a scan of the signed page, n of m, the last one brings into force."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from zveno.documents.actions import Upload, take_numbers
from zveno.documents.models import Book, Paper, StoredFile
from zveno.kernel import clock, outbox
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.network import rules
from zveno.network.actions.acceding import admit_newcomer
from zveno.network.actions.amending import amend_agreement
from zveno.network.actions.full_texts import _keep_text
from zveno.network.actions.scans import Scan
from zveno.network.actions.sending import (
    CONCERNED,
    AlreadySigned,
    NoReason,
    NotOutForSignature,
)
from zveno.network.actions.ties import Told, note_deeds
from zveno.network.models import Agreement, Deed, Kind, Method, Party, Signature, notices
from zveno.people.models import Person, Post, notify, settle

SIGNING = ["signed_at", "method", "scan", "refused_at", "refusal", "signed_hash", "evidence"]


@action(rules.signs_for, on=Party)
def sign_by_scan(actor: Actor, party: Party, *, upload: Upload) -> StoredFile:
    """Sign with a scan of the signed page; the party keeps it, the base organisation reads it.

    The last signature brings the agreement into force. Raises ``NotAScan``, ``FileTooLarge``,
    ``FileEmpty``, ``AlreadySigned`` and ``NotOutForSignature``.
    """
    agreement = _lock(party)
    base = agreement.cluster.base
    scan = Scan(upload, _name(party)).keep(actor, party.organisation, base)
    _count(actor, agreement, party, Signature(Method.SCAN, scan, _came(actor)))
    return scan


@action(rules.coordinates_party, on=Party)
def file_scan(actor: Actor, party: Party, *, upload: Upload) -> StoredFile:
    """File the page a party signed and brought on paper; this signs for nobody.

    The base organisation keeps the scan, the party reads it. Raises as ``sign_by_scan``.
    """
    agreement = _lock(party)
    base = agreement.cluster.base
    scan = Scan(upload, _name(party)).keep(actor, base, party.organisation)
    evidence = _came(actor) | {"through": "paper"}
    _count(actor, agreement, party, Signature(Method.SCAN, scan, evidence))
    return scan


@action(rules.signs_for, on=Party)
def refuse_to_sign(actor: Actor, party: Party, *, reason: str) -> None:
    """Say that the party does not sign this text, and why; who changes their mind may still sign.

    The coordinators are told, of one reason once. Raises ``NoReason``, ``AlreadySigned`` and
    ``NotOutForSignature``.
    """
    agreement = _lock(party)
    said = reason.strip()[:400]
    if not said:
        raise NoReason
    if said == party.refusal:
        return
    party.refused_at, party.refusal = clock.now(), said
    party.save(update_fields=["refused_at", "refusal"])
    _heard(actor, party, Deed.What.ANSWER)
    telling = notices.has_refused(agreement, party)
    notify(actor, telling, [agreement.cluster.base_id], [Post.Role.COORDINATOR])


def _lock(party: Party) -> Agreement:
    """Let the parties of an agreement sign one after another, so that one of them is the last."""
    agreement = _alone(party.agreement_id)
    party.refresh_from_db()
    if party.signed_at:
        raise AlreadySigned(organisation=str(party.organisation))
    if agreement.state != Agreement.State.OUT_FOR_SIGNATURE:
        raise NotOutForSignature(title=agreement.title)
    return agreement


def _alone(key: int) -> Agreement:
    return Agreement.objects.select_for_update().get(pk=key)


def _name(party: Party) -> str:
    title = gettext("Signed page")
    return f"{party.organisation}. {title}"


def _came(actor: Actor) -> dict[str, str]:
    """Tell how the signer came: by the link of a letter, or signed in and under which name."""
    if actor.person is None:
        return {"through": "link"}
    return {"through": "account", "who": str(Person.objects.get(pk=actor.person))}


def _count(actor: Actor, agreement: Agreement, party: Party, signature: Signature) -> None:
    party.signed_at, party.method, party.scan = clock.now(), signature.method, signature.file
    party.refused_at, party.refusal = None, ""
    papers = Paper.objects.filter(pk=agreement.paper_id)
    party.signed_hash = papers.values_list(f"{agreement.signed_as}__sha256", flat=True).get()
    party.evidence = dict(signature.evidence)
    party.save(update_fields=SIGNING)
    if party.link:
        # It has served: it opens the party alone, to say that it has signed.
        party.link.opens = [["network.Party", party.pk]]
        party.link.save(update_fields=["opens"])
    outbox.take_back(party.letter_about)
    settle(party.letter_about)
    agreement.signed = agreement.parties.exclude(signed_at=None).count()
    base = agreement.cluster.base_id
    if agreement.signed == agreement.parties_count:
        _bring_into_force(actor, agreement)
        sides = {base, *agreement.parties.values_list("organisation", flat=True)}
        notify(actor, notices.is_in_force(agreement), sides, CONCERNED)
    else:
        notify(actor, notices.has_signed(agreement, party), [base], [Post.Role.COORDINATOR])
    agreement.save(update_fields=["signed", "state", "in_force_at", "number"])
    _heard(actor, party, Deed.What.SIGNATURE)


def _heard(actor: Actor, party: Party, what: str) -> None:
    """Note that something was heard of a member."""
    told = Told(what, f"network.Party:{party.pk}", clock.today(), {party.organisation_id: 0})
    note_deeds(actor, party.agreement.cluster.public_id, told=told)


def _bring_into_force(actor: Actor, agreement: Agreement) -> None:
    (number,) = take_numbers(
        actor,
        agreement.cluster.base.public_id,
        kind=Book.Kind.AGREEMENTS,
        year=agreement.dated.year,
        subjects=[agreement.title],
    )
    agreement.number, agreement.in_force_at = number, clock.now()
    agreement.state = Agreement.State.IN_FORCE
    _keep_text(agreement)
    if agreement.kind == Kind.ACCESSION and agreement.parent:
        admit_newcomer(actor, agreement.parent.public_id, sheet=agreement)
    if agreement.kind == Kind.AMENDMENT and agreement.parent:
        amend_agreement(actor, agreement.parent.public_id, amendment=agreement)
    facts = {"agreement": agreement, "address": f"{settings.ADDRESS}/a/{agreement.public_id}/"}
    with translation.override(settings.LANGUAGE_CODE):
        subject = gettext("In force: %(title)s") % {"title": agreement.title}
        text = render_to_string("network/letters/in_force.txt", facts)
    for email in {party.email for party in agreement.parties.exclude(email="")}:
        outbox.post(email, subject, text, about=f"network.Agreement:{agreement.pk}")
