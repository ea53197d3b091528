"""Who may appoint, open accounts, sign in."""

from zveno.kernel.actor import Actor, Means
from zveno.organisations.models import Organisation
from zveno.people.models import Account, Person, Post, SignIn, Token

LEADING = (Post.Role.HEAD, Post.Role.COORDINATOR)


def may_appoint(actor: Actor, organisation: Organisation) -> bool:
    """Whether ``actor`` leads the organisation or the one that answers for it."""
    answering = (organisation.pk, organisation.steward_id)
    return actor.is_system() or any(actor.holds(role, key) for role in LEADING for key in answering)


def is_system(actor: Actor, person: Person) -> bool:
    """Whether this is Zveno itself: nobody chooses a password for somebody else."""
    return actor.is_system()


def is_own(actor: Actor, account: Account) -> bool:
    """Whether the account is the actor's, who came in person: a token signs nobody out."""
    return actor.means is Means.ACCOUNT and account.person_id == actor.person


def is_own_sign_in(actor: Actor, sign_in: SignIn) -> bool:
    """Whether the actor signed in there."""
    account = sign_in.account
    return account is not None and is_own(actor, account)


def holds_post(actor: Actor, post: Post) -> bool:
    """Whether ``actor`` holds the post now and came in person: a token makes no tokens."""
    mine = actor.means is Means.ACCOUNT and post.person_id == actor.person
    return mine and actor.holds(post.role, post.organisation_id)


def holds_token(actor: Actor, token: Token) -> bool:
    """Whether the token is of a post of the actor's, who came in person."""
    return actor.means is Means.ACCOUNT and token.post.person_id == actor.person
