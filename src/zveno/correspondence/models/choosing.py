"""Members to choose from: all, by role or kind, who has not signed, who is silent."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zveno.network.models import Agreement, Cluster, Membership, Party, Role, heard_in, silent
from zveno.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Group:
    """Members that can be chosen together: the public ids of their organisations."""

    key: str
    words: str
    members: frozenset[str]


def members_of(cluster: Cluster) -> list[Membership]:
    """Return who can be written to: all members but the base, by name."""
    rows = Membership.objects.live().filter(cluster=cluster).exclude(organisation=cluster.base_id)
    return list(rows.select_related("organisation").order_by("organisation__name", "pk"))


def groups_of(cluster: Cluster, members: list[Membership]) -> list[Group]:
    """Return the groups of members that have anybody in them; all of them stand first."""
    found = [Group("all", _("All members"), _keys(members)), *_waited_for(cluster, members)]
    for role in Role:
        here = [one for one in members if one.role == role]
        words = pgettext("members", "Role: %(role)s") % {"role": role.label}
        found.append(Group(f"role-{role}", words, _keys(here)))
    for kind in Organisation.Kind:
        here = [one for one in members if one.organisation.kind == kind]
        words = pgettext("members", "Kind: %(kind)s") % {"kind": kind.label}
        found.append(Group(f"kind-{kind}", words, _keys(here)))
    return [group for group in found if group.members]


def _waited_for(cluster: Cluster, members: list[Membership]) -> Iterator[Group]:
    waiting = Party.objects.filter(
        agreement__cluster=cluster,
        agreement__state=Agreement.State.OUT_FOR_SIGNATURE,
        signed_at=None,
    )
    asked = set(waiting.values_list("organisation", flat=True))
    unsigned = [one for one in members if one.organisation_id in asked]
    yield Group("unsigned", _("Have not signed what was sent"), _keys(unsigned))
    quiet = frozenset(str(one.key) for one in silent(heard_in([cluster.pk])))
    yield Group("silent", _("Silent for a long time"), _keys(members) & quiet)


def _keys(members: list[Membership]) -> frozenset[str]:
    return frozenset(str(one.organisation.public_id) for one in members)
