"""Who calls meetings, answers invitations and writes minutes."""

from zveno.correspondence.models import Invited, Meeting, spoken_for
from zveno.kernel.actor import Actor
from zveno.network.models import Cluster
from zveno.people.models import Post


def calls_meetings(actor: Actor, cluster: Cluster) -> bool:
    """Whether ``actor`` is a coordinator at the base organisation of ``cluster``."""
    return actor.holds(Post.Role.COORDINATOR, cluster.base_id)


def leads_meeting(actor: Actor, meeting: Meeting) -> bool:
    """Whether ``actor`` coordinates the cluster of the meeting."""
    return calls_meetings(actor, meeting.cluster)


def is_invited(actor: Actor, invited: Invited) -> bool:
    """Whether ``actor`` came by the link of an invitation, is invited, or speaks for who is."""
    if invited.pk in actor.listed("correspondence.Invited"):
        return True
    if invited.post:
        return actor.person == invited.post.person_id
    return invited.organisation_id in spoken_for(actor)


def answers_invitation(actor: Actor, invited: Invited) -> bool:
    """Whether ``actor`` is invited, or notes as the coordinator what those invited have said.

    Who has no account answers by telephone.
    """
    return is_invited(actor, invited) or leads_meeting(actor, invited.meeting)
