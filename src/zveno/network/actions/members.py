"""A table of organisations becomes members of a cluster, and no row of it is lost."""

from collections.abc import Iterable, Mapping, Sequence
from subprocess import SubprocessError
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock, engines
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.network import rules
from zveno.network.models import Cluster, Fate, ListRow, MemberList, Membership, Role, require_open
from zveno.organisations.actions import (
    Passport,
    add_organisation,
    complete_organisation,
    remember_headings,
)
from zveno.organisations.models import Headings, Organisation, name_key
from zveno.people.actions import Appointment, appoint
from zveno.people.models import Post
from zveno.people.rules import may_appoint

KIND = "members"
Mends = Mapping[int, Mapping[str, str]]


class NoRows(BadInput):
    """A table needs rows below its headings."""

    code = "no_rows"
    message = _("There are no organisations in the table. Copy the rows with their heading.")
    field = "text"


class TableUnreadable(BadInput):
    """The engine gave up: the table is damaged or asks for too much."""

    code = "table_unreadable"
    message = _("The table could not be read. Save it as XLSX, or copy and paste the rows.")
    field = "file"


@action(rules.coordinates, on=Cluster, lock=True)
def bring_members(actor: Actor, cluster: Cluster, *, source: Mapping[str, str]) -> MemberList:
    """Read a table, ``{"text": …}`` or ``{"file": base64, "name": …}``; nobody is added yet.

    The same table brought again before anything was done with it stays one list. Raises
    ``EngineRefused``, ``ClusterClosed``, ``TableUnreadable`` and ``NoRows``.
    """
    require_open(cluster)
    untouched = cluster.member_lists.filter(mapping={}, mends={}, insisted={}, accepted_at=None)
    same = untouched.filter(owner=cluster.base, source=dict(source))
    members = same.first() or MemberList(cluster=cluster, owner=cluster.base, source=dict(source))
    _judge(actor, members)
    if not set(members.counts()) - {Fate.SKIPPED}:
        raise NoRows
    members.save()
    return members


@action(rules.coordinates_list, on=MemberList, lock=True)
def mend_rows(
    actor: Actor, members: MemberList, *, mends: Mends, kept: Mapping[int, Sequence[str]]
) -> MemberList:
    """Put values right (row to field to value), or leave them as they came.

    ``kept`` names, for a row, the fields to leave so, or ``row`` for the row as a whole. Rows
    already accepted do not change.
    """
    for number, values in mends.items():
        row = members.mends.setdefault(str(number), {})
        row |= dict(values)
    for number, fields in kept.items():
        before = members.insisted.get(str(number), [])
        members.insisted[str(number)] = sorted({*before, *fields})
    return _judged_anew(actor, members)


@action(rules.coordinates_list, on=MemberList, lock=True)
def map_columns(
    actor: Actor, members: MemberList, *, mapping: Mapping[int, str | None]
) -> MemberList:
    """Say which field each column (counted from 0) holds; nothing for a column not to take.

    What headings mean is remembered for tables to come.
    """
    members.mapping = {str(index): field for index, field in mapping.items()}
    columns = members.verdicts["columns"]
    meant = {one["header"]: mapping[one["index"]] for one in columns if one["index"] in mapping}
    meant.pop("", None)
    remember_headings(actor, members.owner.public_id, kind=KIND, fields=meant)
    return _judged_anew(actor, members)


@action(rules.coordinates_list, on=MemberList, lock=True)
def accept_members(actor: Actor, members: MemberList) -> int:
    """Make members of the rows that are ready; return how many were.

    Held rows stay on the list, and so do those whose organisation came into the register since
    they were shown: a person sees first what they will join. Accepting once more adds only what
    was mended since. Raises ``ClusterClosed``.
    """
    cluster = Cluster.objects.select_for_update(of=("self",)).get(pk=members.cluster_id)
    require_open(cluster)
    shown = _ready(members)
    if _has_come(shown):
        _judged_anew(actor, members)
    meant = {row.number: row.organisation for row in shown}
    ready = [row for row in _ready(members) if meant.get(row.number) == row.organisation]
    for row in ready:
        organisation, fate = _settled(actor, cluster, row)
        members.outcomes[str(row.number)] = {
            "fate": fate,
            "organisation": str(organisation.public_id),
        }
    if ready:
        members.accepted_at = clock.now()
        members.save(update_fields=["outcomes", "accepted_at"])
    return len(ready)


def _ready(members: MemberList) -> list[ListRow]:
    return [row for row in members.rows() if row.fate is Fate.READY]


def _has_come(ready: Iterable[ListRow]) -> bool:
    """Whether the register holds an organisation that a row was going to enter."""
    new = [row for row in ready if not row.organisation]
    names, inns = {name_key(row.value("name")) for row in new}, {row.value("inn") for row in new}
    known = Organisation.objects.filter(Q(name_key__in=names) | Q(inn__in=inns - {""}))
    return known.exists()


def _judged_anew(actor: Actor, members: MemberList) -> MemberList:
    _judge(actor, members)
    members.save(update_fields=["mapping", "mends", "insisted", "verdicts"])
    return members


def _judge(actor: Actor, members: MemberList) -> None:
    problem = {
        "profile": KIND,
        "source": _as_the_engine_takes_it(members.source),
        "mapping": members.mapping,
        "remembered": Headings.objects.explained(members.owner_id, KIND),
        "mends": members.mends,
        "insist": members.insisted,
        "known": list(_known(actor, members)),
    }
    try:
        members.verdicts = engines.run("tables", problem)
    except SubprocessError as failure:
        raise TableUnreadable from failure


def _as_the_engine_takes_it(source: Mapping[str, str]) -> dict[str, str]:
    return {"bytes": source["file"]} if "file" in source else {"text": source["text"]}


def _known(actor: Actor, members: MemberList) -> Iterable[dict[str, Any]]:
    """Name the organisations that rows may mean, but those that came by this very list."""
    added = {
        outcome["organisation"]
        for outcome in members.outcomes.values()
        if outcome["fate"] == Fate.ADDED
    }
    register = Organisation.objects.visible_to(actor).values_list("public_id", "name", "inn")
    for key, name, inn in register:
        if str(key) not in added:
            yield {"key": str(key), "name": name, "inn": inn}


def _settled(actor: Actor, cluster: Cluster, row: ListRow) -> tuple[Organisation, Fate]:
    """Make the row's organisation a member, adding it to the register if it is new there."""
    organisation, passport = _meant(cluster, row), _passport(cluster, row)
    if organisation is None:
        fate = Fate.ADDED
        organisation = add_organisation(actor, cluster.base.public_id, passport=passport)
    else:
        fate = _fate_of_known(cluster, organisation)
        if may_appoint(actor, organisation):
            complete_organisation(actor, organisation.public_id, passport=passport)
    if may_appoint(actor, organisation):
        _appoint_head(actor, organisation, row)
    if fate is not Fate.MEMBER:
        role = _role(cluster, row)
        Membership.objects.create(cluster=cluster, organisation=organisation, role=role)
    return organisation, fate


def _fate_of_known(cluster: Cluster, organisation: Organisation) -> Fate:
    inside = Membership.objects.live().filter(cluster=cluster, organisation=organisation)
    return Fate.MEMBER if inside.exists() else Fate.JOINED


def _meant(cluster: Cluster, row: ListRow) -> Organisation | None:
    """Find the organisation a row means: by INN, else by name in the cluster or its place."""
    inn, name = row.value("inn"), row.value("name")
    found = Organisation.objects.with_inn(inn).first()
    if found is None and row.organisation:
        found = Organisation.objects.filter(public_id=row.organisation).first()
    if found is None and cluster.base.name_key == name_key(name) and not cluster.base.inn:
        found = cluster.base
    return found


def _passport(cluster: Cluster, row: ListRow) -> Passport:
    return Passport(
        kind=row.value("kind") or Organisation.Kind.OTHER,
        name=row.value("name"),
        inn=row.value("inn"),
        kpp=row.value("kpp"),
        ogrn=row.value("ogrn"),
        email=row.value("email"),
        territory=cluster.territory_id,
    )


def _appoint_head(actor: Actor, organisation: Organisation, row: ListRow) -> None:
    """Appoint the row's director, unless the organisation has a head already."""
    family_name = row.value("director_family_name")
    if not family_name or organisation.posts.live().filter(role=Post.Role.HEAD).exists():
        return
    appointment = Appointment(
        family_name=family_name,
        given_name=row.value("director_given_name"),
        patronymic=row.value("director_patronymic"),
        role=Post.Role.HEAD,
        title=_in_a_sentence(row.value("director_post")),
    )
    appoint(actor, organisation.public_id, appointment=appointment)


def _in_a_sentence(post: str) -> str:
    """Write a post small, as it stands inside a sentence; abbreviations stay."""
    return post[:1].lower() + post[1:] if post[1:2].islower() else post


def _role(cluster: Cluster, row: ListRow) -> Role:
    """Return the row's role; there is one base, the cluster's own, and one operator."""
    role = row.value("role")
    operators = Membership.objects.filter(
        cluster=cluster, role=Role.METHODICAL_OPERATOR, until=None
    )
    if role == Role.METHODICAL_OPERATOR and not operators.exists():
        return Role.METHODICAL_OPERATOR
    return Role.PARTNER if row.value("kind") == Organisation.Kind.EMPLOYER else Role.MEMBER
