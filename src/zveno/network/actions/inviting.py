"""A cluster invites an organisation, or an organisation applies: both wait for an answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError, NotFound
from zveno.kernel.walls import scoped
from zveno.network import rules
from zveno.network.models import Cluster, Joining, Membership, require_open
from zveno.network.models.joined import please_join, wants_to_join, write_letter
from zveno.network.models.joining import CONFIRMED_WITHIN, LASTS, REMINDED_EVERY
from zveno.organisations.models import Organisation
from zveno.people.models import Account, Link, Person, Post, notify

Kind, State = Joining.Kind, Joining.State
NAME = ("family_name", "given_name", "patronymic")
DAY, MOST_LETTERS = timedelta(days=1), 3
"""How many applications of one address are written to in a day."""


class MemberAlready(DomainError):
    """An organisation is in a cluster once."""

    code = "member_already"
    message = _("%(organisation)s is already in the cluster.")


class AskedAlready(DomainError):
    """One question waits for one answer."""

    code = "asked_already"
    message = _("An application of this organisation is already waiting. The cluster will answer.")


class NobodyInvited(BadInput):
    """An invitation is for somebody."""

    code = "nobody_invited"
    message = _("Choose an organisation of the register, or enter a name and an email.")
    field = "organisation"


class NowhereToWrite(BadInput):
    """An invitation reaches somebody."""

    code = "nowhere_to_write"
    message = _("Nobody there has an account and no email is known. Enter the email of the head.")
    field = "email"


class AnswersForItself(BadInput):
    """Who came by a letter does not speak for an organisation that has people in Zveno."""

    code = "answers_for_itself"
    status = 409
    message = _(
        "An organisation with this INN already works in Zveno. Sign in with its account, or ask "
        "the coordinator to invite it from the register."
    )
    field = "inn"


@dataclass(frozen=True, slots=True)
class Invitee:
    """Who is invited: an organisation of the register, or a name and an e-mail; and a word."""

    organisation: UUID | None = None
    name: str = ""
    email: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Application:
    """What somebody without an account tells: of the organisation and of themselves."""

    name: str
    email: str
    word: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


@action(rules.coordinates, on=Cluster, lock=True)
def invite_to_join(actor: Actor, cluster: Cluster, *, invitee: Invitee) -> Joining:
    """Invite an organisation by a letter and by a notice to who represents it.

    One that was asked already, or has applied, is not asked twice: what waits is returned. Raises
    ``ClusterClosed``, ``NobodyInvited``, ``NowhereToWrite`` and ``MemberAlready``.
    """
    require_open(cluster)
    house = _of_register(invitee.organisation)
    if house is None and (invitee.organisation or not (invitee.name and invitee.email)):
        raise NobodyInvited
    _require_outside(cluster, house)
    head = _head_of(house)
    known = [invitee.email, head.email if head else "", house.email if house else ""]
    email = next(filter(None, known), "").casefold()
    waiting = _waiting(cluster, house, email)
    if waiting:
        return waiting
    if not email and not _has_people(house):
        raise NowhereToWrite
    joining = _asked(
        cluster,
        Kind.INVITATION,
        house,
        name=house.name if house else invitee.name,
        email=email,
        word=invitee.word,
    )
    if joining.is_new_here:
        joining.answers = _told_of(head)
        joining.save(update_fields=["answers"])
    write_letter(joining, "join")
    if house:
        notify(actor, please_join(joining), [house.pk], rules.JOINING)
    return joining


@action(rules.joins_for, on=Organisation)
def apply_to_join(
    actor: Actor, organisation: Organisation, *, cluster: UUID, word: str = ""
) -> Joining:
    """Apply to a cluster; one that has invited the organisation is not asked: that is returned.

    Raises ``ClusterClosed`` and ``MemberAlready``.
    """
    found = Cluster.objects.select_for_update(of=("self",)).filter(public_id=cluster).first()
    if found is None:
        raise NotFound
    require_open(found)
    _require_outside(found, organisation)
    waiting = _waiting(found, organisation, "")
    if waiting:
        return waiting
    joining = _asked(found, Kind.APPLICATION, organisation, name=organisation.name, word=word)
    _ask_coordinators(actor, joining)
    return joining


@action(rules.takes_applications, on=Cluster)
def apply_by_letter(actor: Actor, cluster: Cluster, *, application: Application) -> Joining | None:
    """Write to somebody without an account, so that they confirm their application by the link.

    Nothing happens if enough was written to the address within a day, or the cluster is closed.
    """
    email = application.email.casefold()
    lately = Joining.objects.filter(email=email, made_at__gt=clock.now() - DAY)
    if cluster.is_closed or lately.filter(kind=Kind.APPLICATION).count() >= MOST_LETTERS:
        return None
    house = Organisation.objects.with_inn(application.answers.get("inn", "")).first()
    joining = Joining.objects.create(
        cluster=cluster,
        kind=Kind.APPLICATION,
        state=State.UNCONFIRMED,
        organisation=house,
        name=application.name,
        email=email,
        word=application.word,
        answers={**application.answers},
        until=clock.now() + CONFIRMED_WITHIN,
    )
    write_letter(joining, "apply")
    return joining


@action(rules.came_to_join, on=Joining, lock=True)
def confirm_application(actor: Actor, joining: Joining) -> None:
    """Send an application whose address is right to the coordinator; once more changes nothing.

    Raises ``ClusterClosed``, ``MemberAlready`` and ``AskedAlready``.
    """
    if joining.state != State.UNCONFIRMED:
        return
    cluster = Cluster.objects.get(pk=joining.cluster_id)
    require_open(cluster)
    _require_outside(cluster, joining.organisation)
    with scoped(_for_base(actor, cluster)):
        if _waiting(cluster, joining.organisation, joining.email):
            raise AskedAlready
        joining.state = State.WAITING
        joining.until, joining.remind_at = _terms()
        joining.save(update_fields=["state", "until", "remind_at"])
        # The link of the letter tells, from now on, what became of the application.
        Link.objects.filter(pk=actor.credential or 0).update(until=joining.until)
    _ask_coordinators(actor, joining)


@action(rules.came_to_join, on=Joining, lock=True)
def note_joining(actor: Actor, joining: Joining, *, answers: Mapping[str, str]) -> None:
    """Keep what the invited told of the organisation and of its head, until they agree.

    Raises ``AnswersForItself``.
    """
    if not (joining.waits and joining.is_new_here):
        return
    others = Organisation.objects.with_inn(answers.get("inn", ""))
    if joining.organisation_id:
        others = others.exclude(pk=joining.organisation_id)
    else:
        others = others.exclude(steward=joining.cluster.base_id)
    if others.exists():
        raise AnswersForItself
    joining.answers = {**answers}
    joining.save(update_fields=["answers"])


def _of_register(key: UUID | None) -> Organisation | None:
    return Organisation.objects.filter(public_id=key).first() if key else None


def _asked(cluster: Cluster, kind: str, house: Organisation | None, **told: str) -> Joining:
    until, remind_at = _terms()
    return Joining.objects.create(
        cluster=cluster, kind=kind, organisation=house, until=until, remind_at=remind_at, **told
    )


def _terms() -> tuple[datetime, datetime]:
    """Return until when a question waits, and when somebody is reminded of it."""
    moment = clock.now()
    return moment + LASTS, moment + REMINDED_EVERY


def _waiting(cluster: Cluster, house: Organisation | None, email: str) -> Joining | None:
    """Find what waits for an answer already: of this organisation, or of this newcomer."""
    waiting = cluster.joinings.waiting()
    if house:
        return waiting.filter(organisation=house).first()
    return waiting.filter(organisation=None, email=email).first()


def _require_outside(cluster: Cluster, house: Organisation | None) -> None:
    inside = Membership.objects.filter(cluster=cluster, organisation=house)
    if house and inside.filter(Q(until=None) | Q(until__gt=clock.now())).exists():
        raise MemberAlready(organisation=house)


def _head_of(house: Organisation | None) -> Person | None:
    if house is None:
        return None
    heads = house.posts.live().filter(role=Post.Role.HEAD).select_related("person")
    return next((post.person for post in heads), None)


def _told_of(head: Person | None) -> dict[str, str]:
    """Return what is known of the head, so that it need not be typed anew."""
    return {part: getattr(head, part) for part in NAME} if head else {}


def _has_people(house: Organisation | None) -> bool:
    live = Post.objects.live().filter(organisation=house, role__in=rules.JOINING)
    return Account.objects.filter(person__in=live.values("person"), is_active=True).exists()


def _ask_coordinators(actor: Actor, joining: Joining) -> None:
    notify(actor, wants_to_join(joining), [joining.cluster.base_id], [Post.Role.COORDINATOR])


def _for_base(actor: Actor, cluster: Cluster) -> Actor:
    """Let whoever came by a letter of the base act in its name, as far as the letter goes."""
    return replace(actor, scope=actor.scope | {cluster.base_id})
