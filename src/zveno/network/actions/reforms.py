"""A cluster is split, or taken up by another; undone while nobody has built on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError, NotAllowed
from zveno.kernel.walls import scoped
from zveno.network import rules
from zveno.network.actions.clusters import ClusterPassport, _fill_in
from zveno.network.actions.inviting import _for_base
from zveno.network.actions.memberships import LEADING, BaseStays
from zveno.network.models import (
    Cluster,
    Membership,
    Participation,
    Reform,
    Role,
    places_of,
    require_open,
    start_of,
)
from zveno.network.models.leading import leads_now
from zveno.network.models.reformed import is_reformed, is_undone, participant_changed
from zveno.people.models import Post, notify

Kind = Reform.Kind


class NobodyGoes(BadInput):
    """A new cluster is made of members of the old one."""

    code = "nobody_goes"
    message = _("Choose the members of the new cluster: they are in this one on that day.")


class BaseCannotLead(BadInput):
    """A new cluster is led by one of its members, where somebody coordinates."""

    code = "base_cannot_lead"
    message = _(
        "The base of the new cluster is one of its members and has a coordinator. "
        "Choose another, or ask it to appoint one first."
    )
    field = "base"


class DayToCome(BadInput):
    """What is noted has happened."""

    code = "day_to_come"
    message = _("This day has not come yet. Choose today or an earlier day.")
    field = "day"


class MovesLater(BadInput):
    """Whoever goes over has nothing behind that day."""

    code = "moves_later"
    status = 409
    message = _(
        "%(organisation)s joins, leaves or changes its role after that day. Choose a later day."
    )
    field = "day"


class NotBoth(BadInput):
    """Who lets one cluster take up another coordinates both."""

    code = "not_both"
    message = _("Choose another cluster that you coordinate.")
    field = "into"


class JoiningsWait(DomainError):
    """Whoever asked gets an answer before the cluster is no more."""

    code = "joinings_wait"
    message = _(
        "Invitations or applications to this cluster wait for an answer. "
        "Answer them or take them back first."
    )


class ReformStands(DomainError):
    """What others have built on is not undone."""

    code = "reform_stands"
    message = _("Something has happened in these clusters since: this can no longer be undone.")


@dataclass(frozen=True, slots=True)
class Split:
    """Who makes up a new cluster from a day on, which of them leads it, who stays here as well."""

    passport: ClusterPassport
    base: UUID
    members: Sequence[UUID]
    day: date
    staying: Sequence[UUID] = ()


@action(rules.coordinates, on=Cluster, lock=True)
def split_cluster(actor: Actor, cluster: Cluster, *, split: Split) -> Reform:
    """Let chosen members make up a new cluster from a day on; they keep their roles there.

    Agreements, obligations and participations stay with the old one. Raises ``ClusterClosed``,
    ``DayToCome``, ``NobodyGoes``, ``BaseStays``, ``BaseCannotLead``, ``MovesLater`` and what
    ``found_cluster`` raises.
    """
    require_open(cluster)
    moment = _moment(split.day)
    rows = _chosen(_lasting(cluster, moment), split, moment)
    heir = _heir(rows, split.base)
    target = Cluster(base=heir.organisation, founded_on=split.day)
    _fill_in(target, _placed(split.passport, cluster, target))
    target.save()
    reform = Reform(kind=Kind.SPLIT, source=cluster, target=target, day=split.day, at=moment)
    reform.save()
    _begin(reform, {row.organisation_id: _role_in_new(row, heir) for row in rows})
    _end(reform, [row for row in rows if row.organisation.public_id not in split.staying])
    notify(actor, leads_now(target), [target.base_id], LEADING)
    return _told(actor, reform)


@action(rules.coordinates, on=Cluster)
def merge_cluster(actor: Actor, cluster: Cluster, *, into: UUID, day: date) -> Reform:
    """Let another cluster take this one up from a day on: its members go over, it is no more.

    Agreements stay where they were signed, obligations and plans as they are. Raises
    ``ClusterClosed``, ``NotBoth``, ``DayToCome``, ``JoiningsWait`` and ``MovesLater``.
    """
    found = _locked(Q(pk=cluster.pk) | Q(public_id=into))
    source = found.pop(cluster.pk)
    target = next(iter(found.values()), None)
    _require_both(actor, source, target)
    if target is None:
        raise NotBoth
    moment = _moment(day)
    rows, there = _lasting(source, moment), _lasting(target, moment)
    moving = {row.organisation_id for row in rows}
    _require_steady([*rows, *(one for one in there if one.organisation_id in moving)], moment)
    reform = Reform(kind=Kind.MERGER, source=source, target=target, day=day, at=moment)
    reform.save()
    _begin(reform, _newcomers(rows, there))
    _end(reform, rows)
    source.closed_on = day
    source.save(update_fields=["closed_on"])
    return _told(actor, reform)


@action(rules.undoes_reform, on=Reform, lock=True)
def undo_reform(actor: Actor, reform: Reform) -> None:
    """Let a split or a merger never have been, while nobody has built on it.

    Raises ``ReformStands``.
    """
    found = _locked(Q(pk__in=[reform.source_id, reform.target_id]))
    reform.source, reform.target = found[reform.source_id], found[reform.target_id]
    with scoped(_for_base(actor, reform.target)):
        if not reform.is_untouched:
            raise ReformStands
    houses = _houses(reform)
    notify(actor, is_undone(reform), houses, rules.JOINING)
    reform.begun.all().delete()
    reform.ended.update(until=None, ended_by=None)
    reform.delete()
    if reform.is_split:
        reform.target.delete()
        return
    reform.source.closed_on = None
    reform.source.save(update_fields=["closed_on"])


def _locked(which: Q) -> dict[int, Cluster]:
    """Lock clusters in one order, so that nobody waits for somebody who waits for them."""
    rows = Cluster.objects.select_for_update(of=("self",)).filter(which).order_by("pk")
    return {row.pk: row for row in rows.select_related("base")}


def _require_both(actor: Actor, source: Cluster, target: Cluster | None) -> None:
    if not rules.coordinates(actor, source):
        raise NotAllowed
    require_open(source)
    if target is None or not rules.coordinates(actor, target):
        raise NotBoth
    require_open(target)
    if source.joinings.waiting().exists():
        raise JoiningsWait


def _moment(day: date) -> datetime:
    """Return when a day's change takes place: today it is now, else when the day begins."""
    if day > clock.today():
        raise DayToCome
    return clock.now() if day == clock.today() else start_of(day)


def _lasting(cluster: Cluster, moment: datetime) -> list[Membership]:
    """Return who is in at a moment or comes later."""
    rows = cluster.memberships.filter(Q(until=None) | Q(until__gt=moment))
    return list(rows.base_first().select_related("organisation"))


def _require_steady(rows: Iterable[Membership], moment: datetime) -> None:
    for row in rows:
        if row.until is not None or row.since >= moment:
            raise MovesLater(organisation=row.organisation)


def _chosen(lasting: Sequence[Membership], split: Split, moment: datetime) -> list[Membership]:
    chosen = {*split.members}
    rows = [one for one in lasting if one.organisation.public_id in chosen]
    if not chosen or {one.organisation.public_id for one in rows} != chosen:
        raise NobodyGoes
    _require_steady(rows, moment)
    leaving = chosen - {*split.staying}
    if any(one.role == Role.BASE and one.organisation.public_id in leaving for one in rows):
        raise BaseStays
    return rows


def _heir(rows: Sequence[Membership], base: UUID) -> Membership:
    heir = next((row for row in rows if row.organisation.public_id == base), None)
    coordinators = Post.objects.live().filter(role=Post.Role.COORDINATOR)
    if heir is None or not coordinators.filter(organisation=heir.organisation_id).exists():
        raise BaseCannotLead
    return heir


def _placed(passport: ClusterPassport, source: Cluster, target: Cluster) -> ClusterPassport:
    """Let a new cluster work where the old one does, if its base lies there."""
    here = source.territory.public_id
    if passport.territory or here not in {one.public_id for one in places_of(target.base)}:
        return passport
    return replace(passport, territory=here)


def _role_in_new(row: Membership, heir: Membership) -> str:
    if row is heir:
        return Role.BASE
    return Role.MEMBER if row.role == Role.BASE else row.role


def _newcomers(rows: Sequence[Membership], there: Sequence[Membership]) -> dict[int, str]:
    """Return who is not there yet, with their roles: one base leads, one operator helps."""
    inside, roles = {one.organisation_id for one in there}, {one.role for one in there}
    taken = {Role.BASE, *(roles & {Role.METHODICAL_OPERATOR})}
    return {
        row.organisation_id: Role.MEMBER if row.role in taken else row.role
        for row in rows
        if row.organisation_id not in inside
    }


def _begin(reform: Reform, roles: Mapping[int, str]) -> None:
    Membership.objects.bulk_create(
        Membership(
            cluster=reform.target,
            organisation_id=house,
            role=role,
            since=reform.at,
            begun_by=reform,
        )
        for house, role in roles.items()
    )


def _end(reform: Reform, rows: Iterable[Membership]) -> None:
    ended = Membership.objects.filter(pk__in=[row.pk for row in rows])
    ended.update(until=reform.at, ended_by=reform)


def _told(actor: Actor, reform: Reform) -> Reform:
    """Mark how both clusters were left; tell their members and who holds a programme."""
    with scoped(_for_base(actor, reform.target)):
        reform.left = reform.mark()
    reform.save(update_fields=["left"])
    notify(actor, is_reformed(reform), _houses(reform), rules.JOINING)
    parts = Participation.objects.on(reform.day).filter(cluster=reform.source_id)
    for part in parts.select_related("programme"):
        holders = [part.programme.holder_id]
        notify(actor, participant_changed(reform, part), holders, [Post.Role.COORDINATOR])
    return reform


def _houses(reform: Reform) -> set[int]:
    """Return who is in either cluster after it, or went."""
    touched = Q(until=None) | Q(ended_by=reform)
    both = Membership.objects.filter(touched, cluster__in=[reform.source_id, reform.target_id])
    return set(both.values_list("organisation", flat=True))
