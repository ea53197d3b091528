"""Persons, accounts, posts, links, sign-ins, and the actors made of them."""

from zveno.people.models.attempts import Attempt, Bound, count_attempt, forgive_attempts
from zveno.people.models.credentials import actor_of
from zveno.people.models.invitations import Invitation
from zveno.people.models.links import Link, hashed, new_token
from zveno.people.models.notices import Hearing, Note, Notice, notify, settle
from zveno.people.models.persons import Account, Person, Post, rights_of
from zveno.people.models.sign_ins import SessionStore, SignIn
from zveno.people.models.tokens import Token

__all__ = [
    "Account",
    "Attempt",
    "Bound",
    "Hearing",
    "Invitation",
    "Link",
    "Note",
    "Notice",
    "Person",
    "Post",
    "SessionStore",
    "SignIn",
    "Token",
    "actor_of",
    "count_attempt",
    "forgive_attempts",
    "hashed",
    "new_token",
    "notify",
    "rights_of",
    "settle",
]
