"""Out for signature: both files drawn once, a link and a letter to every party."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.documents.models import Paper, Reader
from zveno.kernel import clock, outbox
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.network import rules
from zveno.network.actions.agreements import (
    AgreementNotDraft,
    _redraw,
)
from zveno.network.actions.amending import _require_same_parties
from zveno.network.actions.drawing import _draw
from zveno.network.actions.parties import Signatory, _decline
from zveno.network.actions.reviews import _end_review, _require_review
from zveno.network.models import Agreement, Cluster, Party, notices, require_open
from zveno.people.models import Link, Post, hashed, new_token, notify, settle
from zveno.people.models.notices import Telling

LINK_LASTS = timedelta(days=60)
CONCERNED = (Post.Role.HEAD, Post.Role.REPRESENTATIVE, Post.Role.COORDINATOR)
UNSIGNED: dict[str, Any] = {
    "signed_at": None,
    "method": "",
    "scan": None,
    "signed_hash": "",
    "evidence": {},
    "refused_at": None,
    "refusal": "",
}


class NobodySigns(DomainError):
    """A party cannot sign while nobody knows who signs for it."""

    code = "nobody_signs"
    message = _("Enter who signs, their post and the basis for: %(organisations)s.")


class NotOutForSignature(DomainError):
    """A draft is not signed yet, what is in force is signed already."""

    code = "not_out_for_signature"
    message = _("“%(title)s” is not waiting for signatures.")


class NoReason(BadInput):
    """Who refuses or takes back says why."""

    code = "no_reason"
    message = _("Say why: the others will read it.")
    field = "reason"


class AlreadySigned(DomainError):
    """A party signs once."""

    code = "already_signed"
    message = _("%(organisation)s has already signed.")


@action(rules.coordinates_agreement, on=Agreement, lock=True)
def send_agreement(actor: Actor, agreement: Agreement) -> None:
    """Draw the files of a draft once and for ever, and ask every party to sign.

    Raises ``AgreementNotDraft``, ``ClusterClosed``, ``NotReviewed``, ``NobodySigns``,
    ``PartiesMoved``, ``CannotBePrinted`` and ``TemplateLacks``.
    """
    if agreement.state != Agreement.State.DRAFT:
        raise AgreementNotDraft(title=agreement.title)
    require_open(Cluster.objects.select_for_update(no_key=True).get(pk=agreement.cluster_id))
    _require_review(agreement)
    parties = list(agreement.parties.select_related("organisation").order_by("place"))
    silent = [str(party.organisation) for party in parties if not party.can_sign]
    if silent:
        raise NobodySigns(organisations=", ".join(silent))
    _require_same_parties(agreement)
    _end_review(actor, agreement)
    _draw(actor, agreement, [party.organisation_id for party in parties])
    agreement.state = Agreement.State.OUT_FOR_SIGNATURE
    agreement.sent_at = clock.now()
    agreement.save(update_fields=["state", "sent_at", "template"])
    if agreement.parent:
        _show(agreement.parent.paper, [party.organisation_id for party in parties])
    for party in parties:
        _invite(agreement, party)
        notify(
            actor, notices.please_sign(agreement, party), [party.organisation_id], [Post.Role.HEAD]
        )


@action(rules.coordinates_party, on=Party)
def renew_link(actor: Actor, party: Party) -> str:
    """Give a party a new link in place of the old one, send it anew, and return its token.

    Only its hash is kept: who asks sees it this once. Raises ``NotOutForSignature`` and
    ``AlreadySigned``.
    """
    agreement = _awaited(party)
    _close(party)
    return _invite(agreement, party)


@action(rules.coordinates_party, on=Party)
def change_signatory(actor: Actor, party: Party, *, signatory: Signatory) -> str:
    """Let another sign for a party; send them a link of their own and return its token.

    The text that was sent does not change, and need not: the agreement says that a change of who
    may sign takes no amendment. Who stands in it is kept. Raises as ``renew_link`` and
    ``NobodySigns``.
    """
    agreement = _awaited(party)
    if not (signatory.name and signatory.post and signatory.basis):
        raise NobodySigns(organisations=str(party.organisation))
    words = ("signatory", "signatory_post", "basis")
    party.in_text = party.in_text or {word: getattr(party, word) for word in words}
    party.signatory, party.signatory_post = signatory.name, signatory.post
    party.basis, party.email = signatory.basis, signatory.email
    party.forms, party.refused_at, party.refusal = {}, None, ""
    party.save()
    _close(party)
    settle(party.letter_about)
    telling = notices.please_sign(agreement, party)
    notify(actor, telling, [party.organisation_id], [Post.Role.HEAD])
    return _invite(agreement, party)


@action(rules.coordinates_agreement, on=Agreement, lock=True)
def withdraw_agreement(actor: Actor, agreement: Agreement, *, reason: str) -> None:
    """Take an agreement back from signature: a draft again, its links ended, its parties told.

    Who has signed has signed the old text: it counts no more, the scans stay with who keeps them.
    Raises ``NotOutForSignature`` and ``NoReason``.
    """
    if agreement.state != Agreement.State.OUT_FOR_SIGNATURE:
        raise NotOutForSignature(title=agreement.title)
    if not reason.strip():
        raise NoReason
    parties = list(agreement.parties.select_related("link", "organisation").order_by("place"))
    for party in parties:
        _close(party)
        settle(party.letter_about)
    agreement.parties.update(**UNSIGNED, link=None, in_text={})
    agreement.state, agreement.signed, agreement.sent_at = Agreement.State.DRAFT, 0, None
    agreement.template = None
    agreement.save(update_fields=["state", "signed", "sent_at", "template"])
    Paper.objects.filter(pk=agreement.paper_id).update(pdf=None, docx=None)
    changed = [party for party in parties if party.in_text]
    _decline(changed)
    Party.objects.bulk_update(changed, ["declined"])
    _redraw(agreement)
    _spread(actor, agreement, notices.is_withdrawn(agreement, reason.strip()))


def _awaited(party: Party) -> Agreement:
    """Lock the agreement; the party has not signed it yet."""
    agreement = Agreement.objects.select_for_update().get(pk=party.agreement_id)
    party.refresh_from_db()
    if party.signed_at:
        raise AlreadySigned(organisation=str(party.organisation))
    if agreement.state != Agreement.State.OUT_FOR_SIGNATURE:
        raise NotOutForSignature(title=agreement.title)
    return agreement


def _close(party: Party) -> None:
    """Let the link of a party open nothing, and its letter not leave any more."""
    if party.link:
        party.link.ended_at = clock.now()
        party.link.save(update_fields=["ended_at"])
    outbox.take_back(party.letter_about)


def _spread(actor: Actor, agreement: Agreement, telling: Telling) -> None:
    """Tell all parties, by notices and by letters: who signs by a link has no account."""
    parties = list(agreement.parties.all())
    sides = {agreement.cluster.base_id, *(party.organisation_id for party in parties)}
    notify(actor, telling, sides, CONCERNED)
    with translation.override(settings.LANGUAGE_CODE):
        note = telling()
    text = "\n\n".join(filter(None, [note.title, note.text, settings.ADDRESS + note.url]))
    for email in sorted({party.email for party in parties if party.email}):
        outbox.post(email, note.title, text, about=f"network.Agreement:{agreement.pk}")


def _show(paper: Paper, readers: Sequence[int]) -> None:
    """Let who is asked to join an agreement read it."""
    files = [key for key in (paper.pdf_id, paper.docx_id) if key]
    Reader.objects.bulk_create(
        [Reader(file_id=key, organisation_id=reader) for key in files for reader in readers],
        ignore_conflicts=True,
    )


def _invite(agreement: Agreement, party: Party) -> str:
    token, parent = new_token(), agreement.parent
    party.link = Link.objects.create(
        issuer=agreement.cluster.base,
        token_hash=hashed(token),
        opens=[
            ["network.Party", party.pk],
            ["documents.StoredFile", agreement.paper.pdf_id],
            ["documents.StoredFile", agreement.paper.docx_id],
            *([["documents.StoredFile", parent.original_id]] if parent else []),
            ["organisations.Organisation", party.organisation_id],
        ],
        until=clock.now() + LINK_LASTS,
    )
    party.save(update_fields=["link"])
    facts = {
        "agreement": agreement,
        "party": party,
        "until": party.link.until,
        "address": f"{settings.ADDRESS}/sign/{token}/",
    }
    with translation.override(settings.LANGUAGE_CODE):
        subject = gettext("Please sign: %(title)s") % {"title": agreement.title}
        text = render_to_string("network/letters/invitation.txt", facts)
    outbox.post(party.email, subject, text, about=party.letter_about)
    return token
