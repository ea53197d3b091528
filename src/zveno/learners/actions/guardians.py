"""Guardians get a link to the page of their family; the school says who they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock, outbox
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError, NotFound
from zveno.learners import rules
from zveno.learners.actions.grounds import _note_grounds
from zveno.learners.models import Consent, Guardian, Learner, Purpose, lasts_until, letters
from zveno.organisations.models import Organisation
from zveno.people.models import Link, hashed, new_token, notify, settle
from zveno.people.models.seals import sealed

LONGEST_REASON = 300


class GuardianNameMissing(BadInput):
    """A guardian is somebody."""

    code = "guardian_name_missing"
    message = _("Enter the family name, given name and patronymic.")
    field = "name"


class AlreadyNamed(DomainError):
    """A link is one person's: whoever came first has said who they are."""

    code = "already_named"
    message = _("Someone has already used this code. Ask the school for another one.")


class NotNamedYet(DomainError):
    """Nobody is confirmed who has not said who they are."""

    code = "not_named_yet"
    message = _("Nobody has opened this link yet. There is nobody to confirm.")


class ReasonMissing(BadInput):
    """A parent is held back for a reason only."""

    code = "reason_missing"
    message = _("Name the document: a court order or a decision of the guardianship authority.")
    field = "reason"


@dataclass(frozen=True, slots=True)
class Named:
    """Who a guardian is: name, relation to the child, perhaps an address for letters."""

    name: str
    relation: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A guardian and the token of their link, known this once; empty if they had a link."""

    guardian: UUID
    learner: UUID
    token: str


@action(rules.answers_for, on=Learner)
def add_guardian(
    actor: Actor, learner: Learner, *, named: Named, known: UUID | None = None
) -> Opened:
    """Enter who answers for a child and give them a link; the school knows them, so it confirms.

    ``known`` is the same person at another child of the organisation: their link opens this child
    too. Otherwise a letter with a new link goes to their address if there is one. Raises
    ``GuardianNameMissing``, and ``NotFound`` for a ``known`` of another organisation.
    """
    named = named if known is None else _as_known(learner, known)
    _require_name(named)
    link, token = (_same_link(learner, known), "") if known else _new_link(learner.owner)
    guardian = Guardian.objects.create(
        learner=learner,
        owner_id=learner.owner_id,
        link=link,
        name=named.name,
        relation=named.relation,
        email=named.email,
        named_at=clock.now(),
        confirmed_at=clock.now(),
        confirmed_by_id=actor.person,
    )
    _open(link)
    if token:
        outbox.post(named.email, *letters.family_link(learner.owner, token), about=guardian.about)
    return Opened(guardian.public_id, learner.public_id, token)


@action(rules.answers_for_children, on=Organisation)
def invite_families(
    actor: Actor, organisation: Organisation, *, learners: Sequence[UUID]
) -> list[Opened]:
    """Make a link for each child that has none unused, to be printed and handed over.

    Whoever opens it says who they are and sees nothing until the school has confirmed them. A
    code printed before that nobody has used opens nothing any more.
    """
    own = Learner.objects.filter(owner=organisation, public_id__in=learners).order_by("name_key")
    opened = []
    for learner in own:
        unused = Guardian.objects.filter(learner=learner, named_at=None)
        Link.objects.filter(pk__in=unused.values("link"), ended_at=None).update(
            ended_at=clock.now()
        )
        unused.delete()
        link, token = _new_link(organisation)
        guardian = Guardian.objects.create(learner=learner, owner=organisation, link=link)
        _open(link)
        opened.append(Opened(guardian.public_id, learner.public_id, token))
    return opened


@action(rules.answers_for_children, on=Organisation)
def remind_families(actor: Actor, organisation: Organisation, *, learners: Sequence[UUID]) -> int:
    """Write to guardians who have not decided on taking part; return how many letters there are.

    Each letter has a new link: the one before opens nothing any more.
    """
    answered = Consent.objects.standing().filter(
        purpose=Purpose.PARTICIPATION, guardian=OuterRef("pk")
    )
    silent = (
        Guardian.objects.confirmed()
        .free()
        .filter(owner=organisation, learner__public_id__in=learners)
        .exclude(email="")
        .exclude(Exists(answered.exclude(expires_on__lt=lasts_until(clock.today()))))
    )
    by_link = {guardian.link_id: guardian for guardian in silent.select_related("owner", "link")}
    for guardian in by_link.values():
        _send_again(guardian)
    return len(by_link)


@action(rules.is_asked_who, on=Guardian, lock=True)
def name_guardian(actor: Actor, guardian: Guardian, *, named: Named) -> None:
    """Say by a printed link who one is; the school is asked to confirm it.

    Raises ``AlreadyNamed`` and ``GuardianNameMissing``.
    """
    if guardian.named_at:
        raise AlreadyNamed
    _require_name(named)
    Guardian.objects.filter(pk=guardian.pk).update(
        name=named.name, relation=named.relation, email=named.email, named_at=clock.now()
    )
    notify(actor, letters.somebody_to_confirm(guardian), [guardian.owner_id], rules.ANSWER)


@action(rules.answers_for_family, on=Guardian, lock=True)
def confirm_guardian(actor: Actor, guardian: Guardian) -> None:
    """Say that a guardian is who they say they are: from now on their link shows the child.

    Raises ``NotNamedYet``.
    """
    if not guardian.named_at:
        raise NotNamedYet
    Guardian.objects.filter(pk=guardian.pk, confirmed_at=None).update(
        confirmed_at=clock.now(), confirmed_by=actor.person
    )
    _open(guardian.link)
    settle(guardian.about)


@action(rules.answers_for_family, on=Guardian, lock=True)
def turn_guardian_away(actor: Actor, guardian: Guardian) -> None:
    """Remove a claim that is not true, or a guardian entered by mistake; their answers end."""
    learner, link = guardian.learner_id, guardian.link
    settle(guardian.about)
    outbox.forget(guardian.about)
    guardian.delete()
    _open(link)
    _note_grounds([learner])


@action(rules.answers_for_family, on=Guardian, lock=True)
def restrict_guardian(actor: Actor, guardian: Guardian, *, reason: str) -> None:
    """Hold a guardian back, for a reason kept sealed: they see nothing, their word counts no more.

    Raises ``ReasonMissing``.
    """
    if not reason.strip():
        raise ReasonMissing
    Guardian.objects.filter(pk=guardian.pk, restricted_at=None).update(
        restricted_at=clock.now(), restriction=sealed(reason.strip()[:LONGEST_REASON].encode())
    )
    Consent.objects.filter(guardian=guardian, withdrawn_at=None).update(withdrawn_at=clock.now())
    _open(guardian.link)
    settle(guardian.about)
    _note_grounds([guardian.learner_id])


@action(rules.answers_for_family, on=Guardian, lock=True)
def free_guardian(actor: Actor, guardian: Guardian) -> None:
    """End a restriction; answers that ended with it have to be given anew."""
    Guardian.objects.filter(pk=guardian.pk).update(restricted_at=None, restriction="")
    _open(guardian.link)


@action(rules.answers_for_family, on=Guardian, lock=True)
def renew_family_link(actor: Actor, guardian: Guardian) -> str:
    """Give a guardian another link, for all their children; the one before opens nothing more.

    Return the token, known this once; a letter goes to their address if there is one.
    """
    return _send_again(guardian)


def _send_again(guardian: Guardian) -> str:
    token = new_token()
    Link.objects.filter(pk=guardian.link_id).update(
        token_hash=hashed(token), until=_until(), ended_at=None
    )
    _open(guardian.link)
    outbox.post(guardian.email, *letters.family_link(guardian.owner, token), about=guardian.about)
    return token


def _as_known(learner: Learner, key: UUID) -> Named:
    known = Guardian.objects.filter(owner=learner.owner_id).confirmed().free().pick(key)
    if known.relation == Guardian.Relation.SELF:
        raise NotFound
    return Named(known.name, known.relation, known.email)


def _same_link(learner: Learner, key: UUID) -> Link:
    return Guardian.objects.select_related("link").get(owner=learner.owner_id, public_id=key).link


def _require_name(named: Named) -> None:
    if not named.name.strip():
        raise GuardianNameMissing


def _new_link(issuer: Organisation) -> tuple[Link, str]:
    token = new_token()
    link = Link.objects.create(issuer=issuer, token_hash=hashed(token), until=_until())
    return link, token


def _until() -> datetime:
    """Return the end of the day on which a consent of today ends."""
    return timezone.make_aware(datetime.combine(lasts_until(clock.today()), time.max))


def _open(link: Link) -> None:
    """Let a link list what its holder may see now: themselves, and children once confirmed."""
    opens: list[tuple[str, int]] = []
    for one in Guardian.objects.filter(link=link).free().order_by("pk"):
        opens += [("learners.Guardian", one.pk), ("organisations.Organisation", one.owner_id)]
        if one.confirmed_at:
            opens.append(("learners.Learner", one.learner_id))
    Link.objects.filter(pk=link.pk).update(opens=opens)
