"""Who may appoint, open accounts, sign in."""

from zveno.kernel import registry
from zveno.kernel.actor import Actor, Means
from zveno.organisations.models import Organisation, Territory
from zveno.people.models import (
    Account,
    Invitation,
    Notice,
    Passkey,
    Person,
    Post,
    Recovery,
    Setup,
    SignIn,
    Task,
    Token,
)

LEADING = (Post.Role.HEAD, Post.Role.COORDINATOR)
HELPING = (*LEADING, Post.Role.REPRESENTATIVE)
RANKS = {
    Post.Role.OPERATOR: 5,
    Post.Role.HEAD: 4,
    Post.Role.AUDITOR: 4,
    Post.Role.REGIONAL_AUTHORITY: 4,
    Post.Role.COORDINATOR: 3,
    Post.Role.REPRESENTATIVE: 2,
    Post.Role.SCHOOL_REPRESENTATIVE: 2,
    Post.Role.KINDERGARTEN_REPRESENTATIVE: 2,
    Post.Role.EMPLOYER_REPRESENTATIVE: 2,
}
"""Who stands above whom where somebody helps another into an account; all others stand at 1."""


def may_appoint(actor: Actor, organisation: Organisation) -> bool:
    """Whether ``actor`` leads the organisation or the one that answers for it."""
    answering = (organisation.pk, organisation.steward_id)
    return actor.is_system() or any(actor.holds(role, key) for role in LEADING for key in answering)


def may_end(actor: Actor, post: Post) -> bool:
    """Whether ``actor`` appoints there, holds the post, or let somebody stand in there."""
    lent = post.stands_in_for
    holders = {post.person_id, lent.person_id if lent else post.person_id}
    return actor.person in holders or may_appoint(actor, post.organisation)


def may_invite(actor: Actor, post: Post) -> bool:
    """Whether ``actor`` appoints where the post is."""
    return may_appoint(actor, post.organisation)


def may_hand_over(actor: Actor, post: Post) -> bool:
    """Whether ``actor`` holds the post in its own right, or appoints there."""
    own = post.person_id == actor.person and actor.holds(post.role, post.organisation_id)
    return post.stands_in_for_id is None and (own or may_appoint(actor, post.organisation))


def is_invited(actor: Actor, invitation: Invitation) -> bool:
    """Whether ``actor`` came by the link of this invitation."""
    return invitation.pk in actor.listed("people.Invitation")


def takes_invited_post(actor: Actor, invitation: Invitation) -> bool:
    """Whether ``actor`` is signed in and came by the link of this invitation."""
    return actor.means is Means.ACCOUNT and is_invited(actor, invitation)


def is_system(actor: Actor, person: Person) -> bool:
    """Whether this is Zveno itself: nobody chooses a password for somebody else."""
    return actor.is_system()


def offers_setup(actor: Actor, country: Territory) -> bool:
    """Whether this is Zveno itself: whoever starts it reads the link."""
    return actor.is_system()


def sets_up(actor: Actor, setup: Setup) -> bool:
    """Whether ``actor`` came by the link that sets Zveno up, or is Zveno itself."""
    return actor.is_system() or setup.pk in actor.listed("people.Setup")


def is_own(actor: Actor, account: Account) -> bool:
    """Whether the account is the actor's, who came in person: a token signs nobody out."""
    return actor.means is Means.ACCOUNT and account.person_id == actor.person


def holds_post(actor: Actor, post: Post) -> bool:
    """Whether ``actor`` holds the post now and came in person: a token makes no tokens."""
    mine = actor.means is Means.ACCOUNT and post.person_id == actor.person
    return mine and actor.holds(post.role, post.organisation_id)


def holds_token(actor: Actor, token: Token) -> bool:
    """Whether the token is of a post of the actor's, who came in person."""
    return actor.means is Means.ACCOUNT and token.post.person_id == actor.person


def is_own_sign_in(actor: Actor, sign_in: SignIn) -> bool:
    """Whether the actor signed in there."""
    account = sign_in.account
    return account is not None and is_own(actor, account)


def is_told(actor: Actor, notice: Notice) -> bool:
    """Whether the notice is for the actor."""
    return actor.person == notice.person_id


def gives_tasks(actor: Actor, organisation: Organisation) -> bool:
    """Whether ``actor`` works in the organisation, or leads the one that answers for it."""
    return organisation.pk in actor.scope or may_appoint(actor, organisation)


def does_task(actor: Actor, task: Task) -> bool:
    """Whether ``actor`` is to do it, leads where it is to be done or given, or gave it."""
    own = Task.objects.visible_to(actor).mine(actor).filter(pk=task.pk)
    return drops_task(actor, task) or own.exists()


def drops_task(actor: Actor, task: Task) -> bool:
    """Whether ``actor`` leads where it is to be done, or the organisation that gave it."""
    houses = (task.organisation_id, task.giver_id)
    leads = any(actor.holds(role, key) for role in LEADING for key in houses)
    return leads or (actor.person is not None and task.given_by_id == actor.person)


def settles_tasks(actor: Actor, organisation: Organisation) -> bool:
    """Whether this is Zveno itself: others settle tasks by what they do in an upper room."""
    return actor.is_system()


def reminds(actor: Actor, task: Task) -> bool:
    """Whether this is Zveno itself."""
    return actor.is_system()


def is_own_passkey(actor: Actor, passkey: Passkey) -> bool:
    """Whether the key opens the actor's account."""
    return is_own(actor, passkey.account)


def writes_to(actor: Actor, account: Account) -> bool:
    """Whether this is Zveno itself, which writes to whoever forgot a password."""
    return actor.is_system()


def is_at_the_console(actor: Actor, account: Account) -> bool:
    """Whether this is Zveno itself: whoever keeps the installation runs a command."""
    return actor.is_system()


def came_to_recover(actor: Actor, recovery: Recovery) -> bool:
    """Whether ``actor`` came by the link for a new password."""
    return recovery.pk in actor.listed("people.Recovery")


def may_reset(actor: Actor, post: Post) -> bool:
    """Whether ``actor`` leads where the person works, or operates the house, and is not below.

    Never for oneself, and only if it holds for every post of the person: an account is one.
    """
    return _stands_above(actor, post, LEADING)


def may_hand_over_a_link(actor: Actor, post: Post) -> bool:
    """Whether ``actor`` may do so, or represents the organisation and is not below."""
    return _stands_above(actor, post, HELPING)


def helps_here(actor: Actor, post: Post) -> bool:
    """Whether ``actor`` stands no lower where ``post`` is: other posts of the person aside."""
    if actor.means is not Means.ACCOUNT or actor.person == post.person_id or post.is_over:
        return False
    return _rank(actor, post, HELPING) >= RANKS.get(Post.Role(post.role), 1)


def _stands_above(actor: Actor, post: Post, roles: tuple[Post.Role, ...]) -> bool:
    if not helps_here(actor, post):
        return False
    held = Post.objects.live().filter(person=post.person_id).select_related("organisation")
    return all(
        _rank(actor, one, roles) >= RANKS.get(Post.Role(one.role), 1) for one in (post, *held)
    )


def _rank(actor: Actor, post: Post, roles: tuple[Post.Role, ...]) -> int:
    """Return how high ``actor`` stands over the organisation of ``post``."""
    if registry.operates(actor):
        return RANKS[Post.Role.OPERATOR]
    house = post.organisation
    ranks = [RANKS[role] for role in roles if actor.holds(role, house.pk)]
    if house.steward_id:
        ranks += [RANKS[role] for role in LEADING if actor.holds(role, house.steward_id)]
    return max(ranks, default=0)
