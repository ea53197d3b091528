"""Who may do what with books and files."""

from zveno.kernel.actor import Actor
from zveno.organisations.models import Organisation


def acts_for(actor: Actor, organisation: Organisation) -> bool:
    """Whether ``actor`` acts for the organisation whose books and files these are."""
    return organisation.pk in actor.scope
