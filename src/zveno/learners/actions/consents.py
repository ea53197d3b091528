"""Consents are given and withdrawn."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import DomainError
from zveno.learners import rules
from zveno.learners.actions.grounds import _note_grounds
from zveno.learners.actions.orders import _order_for
from zveno.learners.models import (
    CONSENT_TEXTS,
    Consent,
    ConsentOrder,
    Guardian,
    Learner,
    Purpose,
    lasts_until,
)
from zveno.learners.models.grounds import signer_for, suffice, who_must
from zveno.organisations.models import Organisation


class TextChanged(DomainError):
    """Nobody agrees to words they have not seen."""

    code = "text_changed"
    message = _("The text has changed. Reload the page, read it and decide anew.")


@action(rules.answers_for_children, on=Organisation, consequence=True)
def keep_consents(
    actor: Actor,
    organisation: Organisation,
    *,
    learners: Collection[int],
    purpose: Purpose = Purpose.PARTICIPATION,
    day: date | None = None,
) -> int:
    """Note that all who must agreed to a purpose on paper which the organisation keeps.

    ``learners`` are keys of its own children. Who has such a consent keeps it, unless one of
    today lasts longer, so a class is renewed for the next year, or is signed by more, as it has
    to be from a birthday on. Whoever must agree on ``day`` (today) has signed. Return how many
    were noted. Raises ``WayOff``.
    """
    order, day = _order_for(organisation.pk, Consent.Method.KEPT), day or clock.today()
    known = Consent.objects.valid().filter(
        learner__in=learners, purpose=purpose, method=Consent.Method.KEPT
    )
    lasting = known.exclude(expires_on__lt=lasts_until(clock.today()))
    signed = dict(lasting.values_list("learner", "signed_by"))
    own = Learner.objects.filter(owner=organisation, pk__in=learners).order_by("pk")
    missing = [one for one in own if not suffice(_said_by(signed.get(one.pk)), who_must(one, day))]
    _take(_kept(missing, purpose, order, day))
    return len(missing)


def _said_by(signer: str | None) -> list[tuple[str, bool]]:
    return [(signer, False)] if signer else []


def _kept(
    learners: Iterable[Learner], purpose: Purpose, order: ConsentOrder, day: date
) -> list[Consent]:
    """Make consents on paper of all who must agree on ``day``."""
    text, until = CONSENT_TEXTS[purpose], lasts_until(clock.today())
    return [
        Consent(
            learner=learner,
            owner_id=learner.owner_id,
            purpose=purpose,
            method=Consent.Method.KEPT,
            order=order,
            signed_by=signer_for(learner, day),
            text_hash=text.sha256,
            expires_on=until,
        )
        for learner in learners
    ]


def _take(answers: Sequence[Consent]) -> None:
    """Let answers to one purpose take the place of earlier ones; note what holds now."""
    keys = [answer.learner_id for answer in answers]
    for purpose, guardian in {(answer.purpose, answer.guardian_id) for answer in answers}:
        Consent.objects.filter(
            learner__in=keys, purpose=purpose, guardian=guardian, withdrawn_at=None
        ).update(withdrawn_at=clock.now())
    Consent.objects.bulk_create(answers, ignore_conflicts=True)
    _note_grounds(keys)


@action(rules.decides, on=Guardian, consequence=True)
def answer_consent(
    actor: Actor, guardian: Guardian, *, purpose: Purpose, agreed: bool, text: str
) -> None:
    """Give or refuse a consent by the family link; refusing takes back what was given before.

    ``text`` is the SHA-256 of the text that was shown. Whether others still see the child follows
    at once, everywhere. Raises ``TextChanged`` and ``WayOff``; to refuse, no way is needed.
    """
    now = CONSENT_TEXTS[purpose]
    if agreed and text != now.sha256:
        raise TextChanged
    order = _order_for(guardian.owner_id, Consent.Method.LINK) if agreed else None
    own = guardian.relation == Guardian.Relation.SELF
    answer = Consent(
        learner_id=guardian.learner_id,
        owner_id=guardian.owner_id,
        purpose=purpose,
        method=Consent.Method.LINK,
        signed_by=Consent.Signer.CHILD if own else Consent.Signer.GUARDIAN,
        guardian=guardian,
        order=order,
        refused=not agreed,
        text_hash=now.sha256,
        summary_hash=now.summary_sha256,
        expires_on=lasts_until(clock.today()),
    )
    if not _is_said(answer):
        _take([answer])


def _is_said(answer: Consent) -> bool:
    """Whether the same person has said the same to the same text, for as long."""
    same = Consent.objects.standing().filter(
        guardian=answer.guardian_id,
        purpose=answer.purpose,
        refused=answer.refused,
        text_hash=answer.text_hash,
        expires_on=answer.expires_on,
    )
    return same.exists()


@action(rules.decides, on=Guardian)
def refuse_all(actor: Actor, guardian: Guardian) -> None:
    """Take all consents back at once: nobody but the school sees the child from now on."""
    for purpose in Purpose:
        answer_consent(actor, guardian.public_id, purpose=purpose, agreed=False, text="")


@action(rules.answers_for, on=Learner, consequence=True)
def withdraw_consent(actor: Actor, learner: Learner, *, purpose: Purpose) -> bool:
    """Note that somebody no longer agrees: nobody else reads the child for it from now on.

    Return whether there was a consent.
    """
    given = Consent.objects.valid().filter(learner=learner, purpose=purpose)
    withdrawn = given.update(withdrawn_at=clock.now())
    _note_grounds([learner.pk])
    return bool(withdrawn)
