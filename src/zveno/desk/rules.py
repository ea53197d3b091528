"""Who may read and take away what concerns many."""

from zveno.desk.models import ExportRequest
from zveno.kernel import registry
from zveno.kernel.actor import Actor
from zveno.kernel.models import Record
from zveno.organisations.models import Organisation
from zveno.people.models import Person, Post

Role = Post.Role
TAKE_LISTS = (Role.HEAD, Role.COORDINATOR, Role.REPRESENTATIVE)


def reads_journal(actor: Actor) -> bool:
    """Whether ``actor`` is an auditor."""
    return actor.is_live() and any(role == Role.AUDITOR for _, role in actor.roles)


def takes_journal(actor: Actor, person: Person) -> bool:
    """Whether an auditor takes away a part of the journal in their own name."""
    return person.pk == actor.person and reads_journal(actor)


def knows_who_saw(actor: Actor, record: Record) -> bool:
    """Whether the record belongs to an organisation ``actor`` works for."""
    return actor.is_live() and record.home() in actor.scope


def takes_lists(actor: Actor, organisation: Organisation) -> bool:
    """Whether ``actor`` may ask for a list of the organisation's people or children."""
    return any(actor.holds(role, organisation.pk) for role in TAKE_LISTS)


def confirms(actor: Actor, request: ExportRequest) -> bool:
    """Whether ``actor`` is the second person: one who may ask for it, but did not."""
    return actor.person not in {None, request.person_id} and takes_lists(
        actor, request.organisation
    )


def asked(actor: Actor, request: ExportRequest) -> bool:
    """Whether ``actor`` asked for it, and might do so now."""
    return request.person_id == actor.person and takes_lists(actor, request.organisation)


def looks_after(actor: Actor) -> bool:
    """Whether ``actor`` is the operator of the installation."""
    return actor.is_live() and registry.operates(actor)


def operates(actor: Actor, thing: Record) -> bool:
    """Whether ``actor`` may do work of the installation anew."""
    return looks_after(actor)
