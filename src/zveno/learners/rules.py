"""Who may do what with children and what is kept about them."""

from zveno.kernel.actor import Actor
from zveno.learners.models import Learner
from zveno.organisations.models import Organisation
from zveno.people.models import Post

ANSWER = (Post.Role.HEAD, Post.Role.REPRESENTATIVE)


def answers_for_children(actor: Actor, organisation: Organisation) -> bool:
    """Whether ``actor`` enters and sends the children of the organisation."""
    return any(actor.holds(role, organisation.pk) for role in ANSWER)


def answers_for(actor: Actor, learner: Learner) -> bool:
    """Whether ``actor`` answers for the child."""
    return any(actor.holds(role, learner.owner_id) for role in ANSWER)
