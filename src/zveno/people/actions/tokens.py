"""Tokens are given to programs and taken from them."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.people import rules
from zveno.people.models import Post, Token, hashed
from zveno.people.models.tokens import new_secret

MOST_DAYS = 366


class BadTerm(BadInput):
    """A token lasts a day at least and a year at most."""

    code = "bad_term"
    message = _("A token lasts between one day and one year.")
    field = "days"


@action(rules.holds_post, on=Post, lock=True)
def make_token(actor: Actor, post: Post, *, name: str, may: str, days: int) -> Token:
    """Make a key for a program that acts in this post for ``days``, or until the post ends.

    Only its hash is kept: ``secret`` of what is returned is seen this once. Raises ``BadTerm``.
    """
    if not 1 <= days <= MOST_DAYS:
        raise BadTerm
    secret, moment = new_secret(), clock.now()
    token = Token.objects.create(
        post=post,
        name=name,
        may=may,
        token_hash=hashed(secret),
        made_at=moment,
        until=moment + timedelta(days=days),
    )
    token.secret = secret
    return token


@action(rules.holds_token, on=Token, lock=True)
def end_token(actor: Actor, token: Token) -> None:
    """Let a token open nothing from now on; ending twice changes nothing."""
    if token.ended_at is None:
        token.ended_at = clock.now()
        token.save(update_fields=["ended_at"])
