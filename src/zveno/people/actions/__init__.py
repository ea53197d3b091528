"""Everything that changes people, their posts and accounts."""

from zveno.people.actions.accounts import (
    AccountOpen,
    SignInNameTaken,
    WeakPassword,
    note_sign_in,
    open_account,
)
from zveno.people.actions.posts import Appointment, appoint
from zveno.people.actions.sign_ins import end_other_sign_ins, end_sign_in
from zveno.people.actions.tokens import BadTerm, end_token, make_token

__all__ = [
    "AccountOpen",
    "Appointment",
    "SignInNameTaken",
    "BadTerm",
    "WeakPassword",
    "end_token",
    "make_token",
    "appoint",
    "end_other_sign_ins",
    "end_sign_in",
    "note_sign_in",
    "open_account",
]
