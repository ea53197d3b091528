"""Who may enter territory and organisations."""

from zveno.kernel import registry
from zveno.kernel.actor import Actor
from zveno.organisations.models import Import, Merger, Organisation, Territory, Unit

KEEPING = "operator"
BRINGING = ("head", "coordinator", "regional_authority")
SPEAKING = (*BRINGING, "representative", "employer_representative")


def is_system(actor: Actor, territory: Territory) -> bool:
    """Whether this is Zveno itself, laying the ground of an empty installation."""
    return actor.is_system()


def keeps_places(actor: Actor, above: Territory) -> bool:
    """Whether ``actor`` keeps this installation: enters districts that are not in the list."""
    return actor.is_system() or any(role == KEEPING for _key, role in actor.roles)


def acts_for(actor: Actor, steward: Organisation) -> bool:
    """Whether ``actor`` acts for the organisation that will answer for the new one."""
    return actor.is_system() or steward.pk in actor.scope


def answers_for(actor: Actor, organisation: Organisation) -> bool:
    """Whether ``actor`` acts for the organisation or for its steward."""
    return bool({organisation.pk, organisation.steward_id} & actor.scope)


def keeps_card(actor: Actor, organisation: Organisation) -> bool:
    """Whether ``actor`` speaks for the organisation, or leads the one that answers for it."""
    own = any(actor.holds(role, organisation.pk) for role in SPEAKING)
    steward = organisation.steward_id
    return own or (steward is not None and any(actor.holds(role, steward) for role in BRINGING))


def keeps_unit(actor: Actor, unit: Unit) -> bool:
    """Whether ``actor`` keeps the card of the organisation that the unit is a part of."""
    return keeps_card(actor, unit.organisation)


def brings(actor: Actor, owner: Organisation) -> bool:
    """Whether ``actor`` leads the organisation or is the authority: may bring a whole register."""
    return actor.is_system() or any(actor.holds(role, owner.pk) for role in BRINGING)


def keeps(actor: Actor, brought: Import) -> bool:
    """Whether ``actor`` may bring tables for the organisation that brought this one."""
    return brings(actor, brought.owner)


def keeps_register(actor: Actor, organisation: Organisation) -> bool:
    """Whether ``actor`` looks after the installation: rows of the register are made one."""
    return registry.operates(actor)


def keeps_mergers(actor: Actor, merger: Merger) -> bool:
    """Whether ``actor`` looks after the installation: what was made one becomes two again."""
    return registry.operates(actor)
