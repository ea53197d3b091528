"""Who writes in the name of a cluster, and who speaks for a member."""

from zveno.kernel.actor import Actor
from zveno.people.models import Post

SPEAKING = (
    *(Post.Role.HEAD, Post.Role.REPRESENTATIVE, Post.Role.COORDINATOR),
    Post.Role.EMPLOYER_REPRESENTATIVE,
)
"""Who is written to in an organisation, and answers for it."""


def coordinated(actor: Actor) -> set[int]:
    """Return the organisations ``actor`` is a coordinator at."""
    return {key for key, role in actor.roles if role == Post.Role.COORDINATOR}


def spoken_for(actor: Actor) -> set[int]:
    """Return the organisations ``actor`` speaks for."""
    return {key for key, role in actor.roles if role in SPEAKING}
