"""Who may do what with children and what is kept about them."""

from zveno.kernel.actor import Actor
from zveno.learners.models import (
    ChildList,
    Destruction,
    DistrictTable,
    Guardian,
    Hold,
    Learner,
    ScannedPage,
    Transfer,
)
from zveno.network.models import Membership
from zveno.network.rules import speaks_for_members
from zveno.organisations.models import Organisation
from zveno.people.models import Post

ANSWER = (Post.Role.HEAD, Post.Role.REPRESENTATIVE)


def answers_for_children(actor: Actor, organisation: Organisation) -> bool:
    """Whether ``actor`` enters and sends the children of the organisation."""
    return any(actor.holds(role, organisation.pk) for role in ANSWER)


def keeps_list(actor: Actor, brought: ChildList) -> bool:
    """Whether ``actor`` answers for the children of the list."""
    return any(actor.holds(role, brought.owner_id) for role in ANSWER)


def brings_for_many(actor: Actor, organisation: Organisation) -> bool:
    """Whether ``actor`` coordinates a cluster from there, or is the methodist of its operator."""
    own = Membership.objects.live().filter(organisation=organisation, cluster__closed_on=None)
    return any(speaks_for_members(actor, one) for one in own)


def keeps_table(actor: Actor, table: DistrictTable) -> bool:
    """Whether ``actor`` may bring tables for the organisation that brought this one."""
    return brings_for_many(actor, table.owner)


def lets_go(actor: Actor, offer: Transfer) -> bool:
    """Whether ``actor`` answers for the child that is offered."""
    return any(actor.holds(role, offer.owner_id) for role in ANSWER)


def takes_in(actor: Actor, offer: Transfer) -> bool:
    """Whether ``actor`` answers for children where the child is to come."""
    return any(actor.holds(role, offer.taker_id) for role in ANSWER)


def answers_for(actor: Actor, learner: Learner) -> bool:
    """Whether ``actor`` answers for the child."""
    return any(actor.holds(role, learner.owner_id) for role in ANSWER)


def may_have_file(actor: Actor, learner: Learner) -> bool:
    """Whether ``actor`` answers for the child, or came by its family's link."""
    return answers_for(actor, learner) or learner.pk in actor.listed("learners.Learner")


def reads_register(actor: Actor) -> bool:
    """Whether ``actor`` answers for children, looks after the installation or audits it."""
    roles = {role for _key, role in actor.roles}
    return actor.is_live() and bool(roles & {*ANSWER, Post.Role.OPERATOR, Post.Role.AUDITOR})


def is_system(actor: Actor, organisation: Organisation) -> bool:
    """Whether Zveno itself acts."""
    return actor.is_system()


def answers_or_operates(actor: Actor, organisation: Organisation) -> bool:
    """Whether ``actor`` answers for its children, or looks after the installation from there."""
    return answers_for_children(actor, organisation) or actor.holds(
        Post.Role.OPERATOR, organisation.pk
    )


def draws_act(actor: Actor, act: Destruction) -> bool:
    """Whether ``actor`` answers for the children that were, or Zveno draws what it owes."""
    return actor.is_system() or answers_for_children(actor, act.owner)


def lifts_hold(actor: Actor, hold: Hold) -> bool:
    """Whether ``actor`` might have said that nothing goes."""
    if hold.everywhere:
        return actor.holds(Post.Role.OPERATOR, hold.organisation_id)
    return answers_or_operates(actor, hold.organisation)


def keeps_terms(actor: Actor) -> bool:
    """Whether ``actor`` sees what is due: for own children, or for the installation."""
    roles = {role for _key, role in actor.roles}
    return actor.is_live() and bool(roles & {*ANSWER, Post.Role.OPERATOR})


def answers_for_family(actor: Actor, guardian: Guardian) -> bool:
    """Whether ``actor`` answers for the child of the guardian."""
    return any(actor.holds(role, guardian.owner_id) for role in ANSWER)


def keeps_page(actor: Actor, page: ScannedPage) -> bool:
    """Whether ``actor`` answers for the children of the organisation a page came to."""
    return any(actor.holds(role, page.owner_id) for role in ANSWER)


def is_asked_who(actor: Actor, guardian: Guardian) -> bool:
    """Whether it is the guardian's own link."""
    return guardian.pk in actor.listed("learners.Guardian")


def decides(actor: Actor, guardian: Guardian) -> bool:
    """Whether the guardian acts by their own link, is confirmed and not held back."""
    free = guardian.confirmed_at is not None and guardian.restricted_at is None
    return free and is_asked_who(actor, guardian)
