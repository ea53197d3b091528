"""Who may read and take away what concerns the whole house."""

from zveno.kernel.actor import Actor
from zveno.kernel.models import Record, reads_all
from zveno.people.models import Person


def reads_journal(actor: Actor) -> bool:
    """Whether the journal of the whole installation is open to ``actor``."""
    return actor.is_live() and reads_all(actor)


def takes_journal(actor: Actor, person: Person) -> bool:
    """Whether an auditor takes away a part of the journal in their own name."""
    return person.pk == actor.person and reads_all(actor)


def knows_who_saw(actor: Actor, record: Record) -> bool:
    """Whether ``actor`` may know who did what with a record: its own house, and an auditor."""
    return record.home() in actor.scope or reads_all(actor)
