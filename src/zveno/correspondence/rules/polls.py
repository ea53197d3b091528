"""Who asks members for a day, and who answers."""

from zveno.correspondence.models import coordinated, spoken_for
from zveno.correspondence.models.polls import Poll, Voter
from zveno.kernel.actor import Actor


def asked(actor: Actor, poll: Poll) -> bool:
    """Whether ``actor`` is a coordinator at the organisation whose poll it is."""
    return poll.sender_id in coordinated(actor)


def speaks_for_voter(actor: Actor, voter: Voter) -> bool:
    """Whether ``actor`` came by the link of this member, or speaks for it."""
    by_link = voter.pk in actor.listed("correspondence.Voter")
    return by_link or voter.organisation_id in spoken_for(actor)
