"""Everything that changes people, their posts and accounts."""

from zveno.people.actions.accounts import (
    AccountOpen,
    SignInNameTaken,
    WeakPassword,
    note_sign_in,
    open_account,
)
from zveno.people.actions.invitations import (
    BadSignInName,
    InvitationUsed,
    accept_invitation,
    invite,
    take_invitation_back,
)
from zveno.people.actions.notices import (
    NoSuchZone,
    choose_hearing,
    open_notice,
    read_all,
    tell,
)
from zveno.people.actions.posts import (
    Appointment,
    BadStandIn,
    EndsTooEarly,
    PostOver,
    RoleElsewhere,
    appoint,
    end_post,
    stand_in,
)
from zveno.people.actions.sign_ins import end_other_sign_ins, end_sign_in
from zveno.people.actions.tokens import BadTerm, end_token, make_token

__all__ = [
    "AccountOpen",
    "Appointment",
    "BadSignInName",
    "BadStandIn",
    "BadTerm",
    "EndsTooEarly",
    "InvitationUsed",
    "NoSuchZone",
    "PostOver",
    "RoleElsewhere",
    "SignInNameTaken",
    "WeakPassword",
    "accept_invitation",
    "appoint",
    "choose_hearing",
    "end_other_sign_ins",
    "end_post",
    "end_sign_in",
    "end_token",
    "invite",
    "make_token",
    "note_sign_in",
    "open_account",
    "open_notice",
    "read_all",
    "stand_in",
    "take_invitation_back",
    "tell",
]
