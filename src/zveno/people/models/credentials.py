"""From a credential to an actor: the one function named in ``settings.ZVENO_ACTOR``."""

from typing import Any

from zveno.kernel.actor import NOBODY, SYSTEM, Actor, Bearer, Means
from zveno.people.models.links import Link
from zveno.people.models.persons import Account, held_by, rights_of
from zveno.people.models.setup import Setup
from zveno.people.models.tokens import Token, shown


def actor_of(credential: object) -> Actor:
    """Make the actor of an account, a link's token, a program's, or what a job kept of its actor.

    All rights come from the posts held now, or from what a link lists.
    """
    if isinstance(credential, Account):
        return _of_account(credential)
    if isinstance(credential, str):
        link = Link.objects.live().opened_by(credential).first()
        return _of_link(link) if link else _of_setup(credential)
    if isinstance(credential, Bearer):
        return _of_token(shown(credential.token) if credential.token else None)
    if isinstance(credential, dict):
        return _of_kept(credential)
    return NOBODY


def _of_account(account: Account) -> Actor:
    if not account.is_active or account.person_id is None:
        return NOBODY
    account.held = held_by(account)
    return Actor(
        person=account.person_id,
        means=Means.ACCOUNT,
        scope=frozenset(post.organisation for post in account.held),
        roles=frozenset(
            (post.organisation, role) for post in account.held for role in rights_of(post.role)
        ),
        credential=account.pk,
        until=min((post.until for post in account.held if post.until), default=None),
    )


def _of_link(link: Link | None) -> Actor:
    if link is None:
        return NOBODY
    return Actor(
        means=Means.LINK,
        keys=frozenset((kind, key) for kind, key in link.opens),
        credential=link.pk,
        until=link.until,
    )


def _of_setup(token: str) -> Actor:
    """Act by the link that sets an empty installation up, if this is its token."""
    setup = Setup.objects.live().opened_by(token).first()
    if setup is None:
        return NOBODY
    return Actor(means=Means.LINK, keys=frozenset([("people.Setup", setup.pk)]), until=setup.until)


def _of_token(token: Token | None) -> Actor:
    """Act in the one post the token is of, as long as both last."""
    if token is None:
        return NOBODY
    post = token.post
    return Actor(
        person=post.person_id,
        means=Means.TOKEN,
        scope=frozenset([post.organisation_id]),
        roles=frozenset((post.organisation_id, role) for role in rights_of(post.role)),
        credential=token.pk,
        until=min(filter(None, (post.until, token.until))),
        only_reads=token.may != Token.May.WRITE,
    )


def _of_kept(kept: dict[str, Any]) -> Actor:
    if kept["means"] == Means.SYSTEM:
        return SYSTEM
    if kept["means"] == Means.ACCOUNT:
        account = Account.objects.filter(pk=kept["credential"]).first()
        return NOBODY if account is None else _of_account(account)
    if kept["means"] == Means.TOKEN:
        return _of_token(Token.objects.live().filter(pk=kept["credential"]).with_post().first())
    return _of_link(Link.objects.live().filter(pk=kept["credential"]).first())
