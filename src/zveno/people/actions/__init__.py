"""Everything that changes people, their posts and accounts."""

from zveno.people.actions.accounts import (
    AccountOpen,
    SignInNameTaken,
    WeakPassword,
    note_sign_in,
    open_account,
)
from zveno.people.actions.posts import Appointment, appoint

__all__ = [
    "AccountOpen",
    "Appointment",
    "SignInNameTaken",
    "WeakPassword",
    "appoint",
    "note_sign_in",
    "open_account",
]
