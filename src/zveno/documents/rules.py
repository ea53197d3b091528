"""Who may do what with books, files and the words of papers."""

from zveno.documents.models import Declension, Number
from zveno.kernel.actor import Actor
from zveno.organisations.models import Organisation
from zveno.people.models import Post

KEEPING = (Post.Role.HEAD, Post.Role.COORDINATOR)


def acts_for(actor: Actor, organisation: Organisation) -> bool:
    """Whether ``actor`` acts for the organisation whose books and files these are."""
    return organisation.pk in actor.scope


def keeps_papers(actor: Actor, organisation: Organisation) -> bool:
    """Whether ``actor`` heads the organisation or coordinates there."""
    return any(actor.holds(role, organisation.pk) for role in KEEPING)


def keeps_declension(actor: Actor, declension: Declension) -> bool:
    """Whether ``actor`` keeps the papers of the organisation that said it."""
    return any(actor.holds(role, declension.owner_id) for role in KEEPING)


def keeps_number(actor: Actor, number: Number) -> bool:
    """Whether ``actor`` keeps the papers of the organisation whose book it stands in."""
    return keeps_papers(actor, number.book.organisation)
