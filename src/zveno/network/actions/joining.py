"""Invitations and applications are answered, taken back, reminded of."""

from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock, outbox
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import DomainError
from zveno.kernel.walls import scoped
from zveno.network import rules
from zveno.network.actions.inviting import (
    AnswersForItself,
    _ask_coordinators,
    _for_base,
    _require_outside,
)
from zveno.network.actions.memberships import LEADING, _lock
from zveno.network.actions.sending import NoReason
from zveno.network.models import Cluster, Joining, Membership, Role, require_open
from zveno.network.models.joined import (
    does_not_join,
    has_joined,
    please_join,
    went_unanswered,
    write_letter,
)
from zveno.network.models.joining import REMINDED_EVERY
from zveno.organisations.actions import Card, Passport, add_organisation, change_card
from zveno.organisations.models import Organisation
from zveno.people.actions import Appointment, appoint, invite
from zveno.people.models import Post, has_account, notify, settle
from zveno.people.models.notices import Telling

State, Kind = Joining.State, Organisation.Kind
CARD = ("kind", "name", "short_name", "inn", "kpp", "ogrn", "email", "phone", "site", "address")
SPOKEN_FOR_BY = {
    Kind.SCHOOL: Post.Role.SCHOOL_REPRESENTATIVE,
    Kind.PRESCHOOL: Post.Role.KINDERGARTEN_REPRESENTATIVE,
    Kind.EMPLOYER: Post.Role.EMPLOYER_REPRESENTATIVE,
}


class JoiningOver(DomainError):
    """A question is answered once."""

    code = "joining_over"
    message = _("This has been answered or has ended already. Reload the page to see how.")


@action(rules.answers_joining, on=Joining, lock=True)
def accept_joining(actor: Actor, joining: Joining) -> Membership:
    """Let the organisation be a member from now on; return its membership.

    One that is not in the register is entered with the base as its steward, and whoever was told
    of gets an account to act for it. Raises ``JoiningOver``, ``ClusterClosed``, ``MemberAlready``,
    ``InnTaken`` and ``AnswersForItself``.
    """
    _lock(joining.cluster_id)
    _require_waiting(joining)
    cluster = Cluster.objects.select_related("base").get(pk=joining.cluster_id)
    require_open(cluster)
    with scoped(host := _for_base(actor, cluster)):
        house = _house(host, joining, cluster)
        _require_outside(cluster, house)
        role = Role.PARTNER if house.kind == Kind.EMPLOYER else Role.MEMBER
        membership = Membership.objects.create(cluster=cluster, organisation=house, role=role)
        _admit(host, joining, house)
        joining.organisation = house
        _close(joining, State.ACCEPTED, "joined")
    _tell_asker(actor, joining, has_joined(joining))
    return membership


@action(rules.answers_joining, on=Joining, lock=True)
def decline_joining(actor: Actor, joining: Joining, *, reason: str) -> None:
    """Say no, and why: whoever asked reads it. Raises ``JoiningOver`` and ``NoReason``."""
    _require_waiting(joining)
    if not reason.strip():
        raise NoReason
    joining.reason = reason.strip()
    with scoped(_for_base(actor, joining.cluster)):
        _close(joining, State.DECLINED, "declined")
    _tell_asker(actor, joining, does_not_join(joining))


@action(rules.asked_joining, on=Joining, lock=True)
def take_joining_back(actor: Actor, joining: Joining) -> None:
    """Ask no more; a letter that has not left stays here. Raises ``JoiningOver``."""
    _require_waiting(joining)
    _close(joining, State.WITHDRAWN)


@action(rules.tends_joinings, on=Joining, lock=True)
def tend_joining(actor: Actor, joining: Joining) -> None:
    """Remind of what waits, end what was not answered in time, forget what was not confirmed."""
    moment = clock.now()
    if joining.state == State.UNCONFIRMED and joining.until <= moment:
        joining.delete()
    elif joining.waits and joining.until <= moment:
        _tell_asker(actor, joining, went_unanswered(joining))
        _close(joining, State.EXPIRED, "unanswered")
    elif joining.waits and joining.remind_at and joining.remind_at <= moment:
        joining.remind_at = moment + REMINDED_EVERY
        joining.save(update_fields=["remind_at"])
        _remind(actor, joining)


def _require_waiting(joining: Joining) -> None:
    if not joining.waits or joining.until <= clock.now():
        raise JoiningOver


def _remind(actor: Actor, joining: Joining) -> None:
    settle(joining.about)
    outbox.take_back(joining.about)
    if not joining.is_invitation:
        _ask_coordinators(actor, joining)
        return
    write_letter(joining, "join")
    if joining.organisation_id:
        notify(actor, please_join(joining), [joining.organisation_id], rules.JOINING)


def _house(host: Actor, joining: Joining, cluster: Cluster) -> Organisation:
    """Return the organisation that joins, entered or put right as it was told."""
    told = {name: value for name, value in joining.answers.items() if name in CARD and value}
    known = joining.organisation or Organisation.objects.with_inn(told.get("inn", "")).first()
    if known is None:
        kind, name = told.get("kind", Kind.OTHER), told.get("name", joining.name)
        passport = Passport(kind, name, inn=told.get("inn", ""))
        known = add_organisation(host, cluster.base.public_id, passport=passport)
    if not joining.is_invitation or not told:
        return known
    if known.steward_id != cluster.base_id:
        raise AnswersForItself
    card = {name: getattr(known, name) for name in CARD}
    change_card(host, known.public_id, card=Card(**card | told))
    return Organisation.objects.get(pk=known.pk)


def _admit(host: Actor, joining: Joining, house: Organisation) -> None:
    """Let the person who was told of act for an organisation that has nobody of its own yet."""
    told = joining.answers
    if house.steward_id != joining.cluster.base_id or not told.get("family_name"):
        return
    role = SPOKEN_FOR_BY.get(Kind(house.kind), Post.Role.REPRESENTATIVE)
    appointment = Appointment(
        told["family_name"],
        told.get("given_name", ""),
        told.get("patronymic", ""),
        email=joining.email,
        role=Post.Role.HEAD if joining.is_invitation else role,
        title=told.get("post", ""),
    )
    post = appoint(host, house.public_id, appointment=appointment)
    if joining.email and not has_account(post):
        invite(host, post.public_id)


def _close(joining: Joining, state: str, letter: str = "") -> None:
    """Note how it ended; what was told of the person is needed no more."""
    outbox.take_back(joining.about)
    settle(joining.about)
    joining.state, joining.answered_at = state, clock.now()
    if letter and not joining.is_invitation:
        write_letter(joining, letter)
    joining.answers, joining.email, joining.remind_at = {}, "", None
    joining.save()


def _tell_asker(actor: Actor, joining: Joining, telling: Telling) -> None:
    if joining.is_invitation:
        notify(actor, telling, [joining.cluster.base_id], LEADING)
    elif joining.organisation_id:
        notify(actor, telling, [joining.organisation_id], rules.JOINING)
