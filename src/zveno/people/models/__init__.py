"""Persons, accounts, posts, links, sign-ins, and the actors made of them."""

from zveno.people.models.attempts import (
    Attempt,
    Bound,
    bound_of_password,
    count_attempt,
    forgive_attempts,
    late_words,
    passed,
)
from zveno.people.models.credentials import actor_of
from zveno.people.models.factors import CodeKey, PaperCode, Passkey
from zveno.people.models.finding import contacts_found
from zveno.people.models.identities import Identity
from zveno.people.models.invitations import Invitation
from zveno.people.models.links import Link, hashed, new_token
from zveno.people.models.mailing import SPEAKING, Mail, write_to
from zveno.people.models.notices import (
    Hearing,
    Note,
    Notice,
    in_each_language,
    notify,
    settle,
    tell_person,
    told_about,
)
from zveno.people.models.persons import (
    FAR_SIGHTED,
    Account,
    Person,
    Post,
    account_of,
    doer_of,
    has_account,
    needs_second_step,
    rights_of,
)
from zveno.people.models.recoveries import Recovery, accounts_named, ask_for_letter
from zveno.people.models.setup import Setup
from zveno.people.models.sign_ins import SessionStore, SignIn
from zveno.people.models.tasks import Task
from zveno.people.models.tokens import Token, end_tokens
from zveno.people.models.ways import tell_owner

__all__ = [
    "FAR_SIGHTED",
    "SPEAKING",
    "Account",
    "Attempt",
    "Bound",
    "CodeKey",
    "Hearing",
    "Identity",
    "Invitation",
    "Link",
    "Mail",
    "Note",
    "Notice",
    "PaperCode",
    "Passkey",
    "Person",
    "Post",
    "Recovery",
    "SessionStore",
    "Setup",
    "SignIn",
    "Task",
    "Token",
    "account_of",
    "accounts_named",
    "actor_of",
    "ask_for_letter",
    "bound_of_password",
    "contacts_found",
    "count_attempt",
    "doer_of",
    "end_tokens",
    "forgive_attempts",
    "has_account",
    "hashed",
    "in_each_language",
    "late_words",
    "needs_second_step",
    "new_token",
    "notify",
    "passed",
    "rights_of",
    "settle",
    "tell_owner",
    "tell_person",
    "told_about",
    "write_to",
]
