"""Who notes what was said with employers."""

from zveno.correspondence.models import Contact, keeping
from zveno.kernel.actor import Actor
from zveno.organisations.models import Organisation


def notes_contacts(actor: Actor, keeper: Organisation) -> bool:
    """Whether ``actor`` coordinates in the house or is its methodist."""
    return keeper.pk in keeping(actor)


def keeps_contact(actor: Actor, contact: Contact) -> bool:
    """Whether ``actor`` does so in the house that keeps the contact."""
    return contact.keeper_id in keeping(actor)
