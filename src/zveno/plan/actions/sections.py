"""The sections of a plan."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.network.models import Cluster, require_open
from zveno.plan import rules
from zveno.plan.models import Plan, PlanItem, Section, tell_if_ended


class SectionInUse(BadInput):
    """A section goes when nothing stands in it."""

    code = "section_in_use"
    status = 409
    message = _("“%(name)s” has items. Move them to another section first.")


class SectionTwice(BadInput):
    """A plan has one section of a name."""

    code = "section_twice"
    message = _("There are two sections “%(name)s”. Change one of the names.")


class KeptSection(NamedTuple):
    """A section as it is given: a known one by its key; without a name it goes."""

    name: str
    key: UUID | None = None


@action(rules.plans, on=Cluster, lock=True)
def keep_sections(
    actor: Actor, cluster: Cluster, *, year: int, sections: Sequence[KeptSection]
) -> None:
    """Name, order, add and remove sections of the plan of an academic year.

    They stand in the order given; one that is not named here stays, behind them. Raises
    ``ClusterClosed``, ``SectionTwice`` and ``SectionInUse``.
    """
    require_open(cluster)
    plan, _made = Plan.objects.get_or_create(cluster=cluster, year=year)
    known = {one.public_id: one for one in plan.sections.order_by("place", "pk")}
    named = {one.key for one in sections}
    _remove([known[one.key] for one in sections if not one.name and one.key in known])
    kept = [
        _called(known.get(one.key) if one.key else None, one.name, plan)
        for one in sections
        if one.name
    ]
    kept += [section for key, section in known.items() if key not in named]
    _require_different(kept)
    _store(kept)
    tell_if_ended(actor, plan)


def _called(section: Section | None, name: str, plan: Plan) -> Section:
    section = section or Section(plan=plan)
    section.name = name
    return section


def _remove(sections: Sequence[Section]) -> None:
    used = PlanItem.objects.filter(section__in=sections).select_related("section").first()
    if used and used.section:
        raise SectionInUse(name=used.section.name)
    Section.objects.filter(pk__in=[section.pk for section in sections]).delete()


def _require_different(sections: Sequence[Section]) -> None:
    names = [section.name for section in sections]
    for name in names:
        if names.count(name) > 1:
            raise SectionTwice(name=name)


def _store(sections: Sequence[Section]) -> None:
    """Store them in their order; two may have swapped names, so the old names go first."""
    old = [section for section in sections if section.pk]
    for section in old:
        Section.objects.filter(pk=section.pk).update(name=str(section.public_id))
    for place, section in enumerate(sections, start=1):
        section.place = place
        section.save()
