"""Members leave, change their role from a day, hand the lead over; who was in stays on record."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.network import rules
from zveno.network.models import Cluster, Membership, Role, require_open, start_of
from zveno.network.models.leading import leads_no_more, leads_now
from zveno.people.models import Post, notify

LEADING = (Post.Role.COORDINATOR, Post.Role.HEAD)


class MembershipOver(DomainError):
    """What has ended does not change any more."""

    code = "membership_over"
    message = _(
        "%(organisation)s has already left or has another role by that day. Reload the page."
    )


class BaseStays(DomainError):
    """A cluster has a base: it is handed over first."""

    code = "base_stays"
    message = _("The base organisation leads the cluster. Hand the cluster over first.")


class BeforeItBegan(BadInput):
    """A membership lasts from its first day on."""

    code = "before_it_began"
    message = _("The membership began later, on %(since)s. Choose that day or a later one.")


class OperatorThere(BadInput):
    """A cluster has one methodical operator at a time."""

    code = "operator_there"
    status = 409
    message = _("%(operator)s is the methodical operator then. Change its role first.")
    field = "role"


class CannotLead(BadInput):
    """A cluster is led by a member where somebody coordinates."""

    code = "cannot_lead"
    message = _("Nobody in this organisation is a coordinator. Ask it to appoint one first.")
    field = "to"


@action(rules.coordinates_membership, on=Membership, lock=True)
def end_membership(actor: Actor, membership: Membership, *, last_day: date) -> None:
    """Let a member leave after ``last_day``; what was planned for it later is dropped.

    Raises ``BaseStays``, ``MembershipOver`` and ``BeforeItBegan``.
    """
    _lock(membership.cluster_id)
    until = start_of(last_day + timedelta(days=1))
    _require_changeable(membership, membership.since)
    if until <= membership.since:
        raise BeforeItBegan(since=_day(membership.since))
    later = Membership.objects.filter(
        cluster=membership.cluster_id, organisation=membership.organisation_id
    )
    later.filter(since__gt=membership.since).delete()
    membership.until = until
    membership.save(update_fields=["until"])


@action(rules.coordinates_membership, on=Membership, lock=True)
def change_role(actor: Actor, membership: Membership, *, role: str, day: date) -> Membership:
    """Give a member another role from ``day`` on; until then the one it has stays on record.

    Raises ``BaseStays``, ``MembershipOver``, ``BeforeItBegan`` and ``OperatorThere``.
    """
    _lock(membership.cluster_id)
    moment = max(start_of(day), membership.since)
    _require_changeable(membership, moment)
    if start_of(day + timedelta(days=1)) <= membership.since:
        raise BeforeItBegan(since=_day(membership.since))
    if role == Role.BASE:
        raise BaseStays
    if role == membership.role:
        return membership
    _require_no_other_operator(membership, role, moment)
    return _turn(membership, role, moment)


@action(rules.coordinates, on=Cluster, lock=True)
def hand_over(actor: Actor, cluster: Cluster, *, to: UUID) -> None:
    """Let another member lead from now on; the base so far stays a member.

    Its coordinators and heads are told, and so are those who led. Raises ``ClusterClosed`` and
    ``CannotLead``.
    """
    require_open(cluster)
    moment = clock.now()
    inside = cluster.memberships.live().select_related("organisation")
    heir = inside.filter(organisation__public_id=to).exclude(role=Role.BASE).first()
    coordinators = Post.objects.live().filter(role=Post.Role.COORDINATOR)
    if heir is None or not coordinators.filter(organisation=heir.organisation_id).exists():
        raise CannotLead
    old = inside.get(role=Role.BASE)
    _turn(old, Role.MEMBER, moment)
    _turn(heir, Role.BASE, moment)
    cluster.base = heir.organisation
    cluster.save(update_fields=["base"])
    notify(actor, leads_now(cluster), [heir.organisation_id], LEADING)
    notify(actor, leads_no_more(cluster), [old.organisation_id], LEADING)


def _turn(membership: Membership, role: str, moment: datetime) -> Membership:
    """End a row at ``moment`` and go on with another, or change it where it begins there."""
    if membership.since >= moment:
        membership.role = role
        membership.save(update_fields=["role"])
        return membership
    until, membership.until = membership.until, moment
    membership.save(update_fields=["until"])
    return Membership.objects.create(
        cluster_id=membership.cluster_id,
        organisation_id=membership.organisation_id,
        role=role,
        since=moment,
        until=until,
    )


def _lock(cluster: int) -> None:
    """Let changes of one cluster come one after the other."""
    Cluster.objects.select_for_update(of=("self",)).get(pk=cluster)


def _require_changeable(membership: Membership, moment: datetime) -> None:
    if membership.role == Role.BASE:
        raise BaseStays
    if membership.is_over or (membership.until and membership.until <= moment):
        raise MembershipOver(organisation=membership.organisation)


def _require_no_other_operator(membership: Membership, role: str, moment: datetime) -> None:
    if role != Role.METHODICAL_OPERATOR:
        return
    others = Membership.objects.filter(cluster=membership.cluster_id, role=role)
    ends = membership.until
    before = others.filter(since__lt=ends) if ends else others
    for other in before.select_related("organisation"):
        if other.until is None or other.until > moment:
            raise OperatorThere(operator=other.organisation)


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(start_of(moment.date()).tzinfo):%d.%m.%Y}"
