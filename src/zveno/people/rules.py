"""Who may appoint, open accounts, sign in."""

from zveno.kernel.actor import Actor, Means
from zveno.organisations.models import Organisation, Territory
from zveno.people.models import (
    Account,
    Invitation,
    Notice,
    Passkey,
    Person,
    Post,
    Setup,
    SignIn,
    Token,
)

LEADING = (Post.Role.HEAD, Post.Role.COORDINATOR)


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


def is_own_passkey(actor: Actor, passkey: Passkey) -> bool:
    """Whether the key opens the actor's account."""
    return is_own(actor, passkey.account)
