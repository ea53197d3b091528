"""Who writes in the name of a cluster, and who speaks for a member."""

from zveno.kernel.actor import Actor
from zveno.organisations.models import Organisation
from zveno.people.models import SPEAKING, Post, rights_of

DOING = (Post.Role.REPRESENTATIVE, Post.Role.EMPLOYER_REPRESENTATIVE, Post.Role.COORDINATOR)
"""Who is given what an organisation is to do, whoever is there first; else its head."""


def coordinated(actor: Actor) -> set[int]:
    """Return the organisations ``actor`` is a coordinator at."""
    return {key for key, role in actor.roles if role == Post.Role.COORDINATOR}


def spoken_for(actor: Actor) -> set[int]:
    """Return the organisations ``actor`` speaks for."""
    return {key for key, role in actor.roles if role in SPEAKING}


def role_in(member: Organisation) -> str:
    """Return the role that is given what a member is to do."""
    posts = Post.objects.live().filter(organisation=member)
    held = {right for role in posts.values_list("role", flat=True) for right in rights_of(role)}
    return next((role for role in DOING if role in held), Post.Role.HEAD)
