"""Out for signature: both files drawn once, a link and a letter to every party."""

import base64
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.documents.actions import Upload, store_file
from zveno.kernel import clock, engines, outbox
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import DomainError
from zveno.network import rules
from zveno.network.actions.agreements import AgreementNotDraft, CannotBePrinted
from zveno.network.models import Agreement, Party, notices
from zveno.people.models import Link, Post, hashed, new_token, notify

LINK_LASTS = timedelta(days=60)
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class NobodySigns(DomainError):
    """A party cannot sign while nobody knows who signs for it."""

    code = "nobody_signs"
    message = _("Enter who signs, their post and the basis for: %(organisations)s.")


class NotOutForSignature(DomainError):
    """A draft is not signed yet, what is in force is signed already."""

    code = "not_out_for_signature"
    message = _("“%(title)s” is not waiting for signatures.")


class AlreadySigned(DomainError):
    """A party signs once."""

    code = "already_signed"
    message = _("%(organisation)s has already signed.")


@action(rules.coordinates_agreement, on=Agreement, lock=True)
def send_agreement(actor: Actor, agreement: Agreement) -> None:
    """Draw the files of a draft once and for ever, and ask every party to sign.

    Raises ``AgreementNotDraft``, ``NobodySigns`` and ``CannotBePrinted``.
    """
    if agreement.state != Agreement.State.DRAFT:
        raise AgreementNotDraft(title=agreement.title)
    parties = list(agreement.parties.select_related("organisation").order_by("place"))
    silent = [str(party.organisation) for party in parties if not party.can_sign]
    if silent:
        raise NobodySigns(organisations=", ".join(silent))
    _draw(actor, agreement, [party.organisation_id for party in parties])
    agreement.state = Agreement.State.OUT_FOR_SIGNATURE
    agreement.sent_at = clock.now()
    agreement.save(update_fields=["state", "sent_at"])
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
    agreement = Agreement.objects.select_for_update().get(pk=party.agreement_id)
    party.refresh_from_db()
    if party.signed_at:
        raise AlreadySigned(organisation=str(party.organisation))
    if agreement.state != Agreement.State.OUT_FOR_SIGNATURE:
        raise NotOutForSignature(title=agreement.title)
    if party.link:
        party.link.ended_at = clock.now()
        party.link.save(update_fields=["ended_at"])
    outbox.take_back(party.letter_about)
    return _invite(agreement, party)


def _draw(actor: Actor, agreement: Agreement, readers: Sequence[int]) -> None:
    paper = agreement.paper
    try:
        drawn = engines.run("papers", {"draw": paper.content["draw"], "formats": list(TYPES)})
    except engines.EngineRefused as refusal:
        raise CannotBePrinted from refusal
    base = agreement.cluster.base
    others = [key for key in readers if key != base.pk]
    for kind, media_type in TYPES.items():
        name = f"{agreement.title[:150]}.{kind}"
        upload = Upload(name, media_type, base64.b64decode(drawn[kind]))
        file = store_file(actor, base.public_id, upload=upload, readers=others)
        setattr(paper, kind, file)
    paper.save(update_fields=list(TYPES))


def _invite(agreement: Agreement, party: Party) -> str:
    token = new_token()
    party.link = Link.objects.create(
        issuer=agreement.cluster.base,
        token_hash=hashed(token),
        opens=[
            ["network.Party", party.pk],
            ["documents.StoredFile", agreement.paper.pdf_id],
            ["documents.StoredFile", agreement.paper.docx_id],
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
