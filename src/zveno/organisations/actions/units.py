"""Verbs: an organisation tells of its branches, buildings, departments and laboratories."""

from dataclasses import asdict, dataclass

from django.utils.translation import gettext_lazy as _

from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.organisations import rules
from zveno.organisations.models import Organisation, Unit


class UnitThere(BadInput):
    """Units beside each other have names of their own."""

    code = "unit_there"
    status = 409
    message = _("“%(name)s” is there already.")
    field = "name"


class UnitElsewhere(BadInput):
    """A unit lies in its own organisation."""

    code = "unit_elsewhere"
    message = _("The unit above is one of the same organisation.")
    field = "above"


class HasParts(DomainError):
    """What holds something else stays."""

    code = "has_parts"
    message = _("Something stands on this unit. Remove that first.")


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is told of a unit."""

    kind: str
    name: str
    address: str = ""


@action(rules.keeps_card, on=Organisation, lock=True)
def add_unit(
    actor: Actor, organisation: Organisation, *, facts: UnitFacts, above: Unit | None = None
) -> Unit:
    """Enter a unit of an organisation. Raises ``UnitThere`` and ``UnitElsewhere``."""
    if above is not None and above.organisation_id != organisation.pk:
        raise UnitElsewhere
    _check(Unit(organisation=organisation, above=above, name=facts.name))
    return Unit.objects.create(organisation=organisation, above=above, **asdict(facts))


@action(rules.keeps_unit, on=Unit, lock=True)
def change_unit(actor: Actor, unit: Unit, *, facts: UnitFacts) -> None:
    """Put right what is told of a unit. Raises ``UnitThere``."""
    unit.kind, unit.name, unit.address = facts.kind, facts.name, facts.address
    _check(unit)
    unit.save(update_fields=["kind", "name", "address"])


@action(rules.keeps_unit, on=Unit, lock=True)
def remove_unit(actor: Actor, unit: Unit) -> None:
    """Remove a unit that nothing stands on. Raises ``HasParts``."""
    if unit.below.exists():
        raise HasParts
    unit.delete()


def _check(unit: Unit) -> None:
    beside = Unit.objects.filter(organisation=unit.organisation_id, above=unit.above_id)
    if beside.filter(name=unit.name).exclude(public_id=unit.public_id).exists():
        raise UnitThere(name=unit.name)
