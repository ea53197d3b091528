"""Verbs of the room people in words."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

OF_PEOPLE: dict[str, "StrPromise"] = {
    "people.accept_invitation": _("Invitation accepted, account opened"),
    "people.add_passkey": _("Passkey added"),
    "people.appoint": _("Post assigned"),
    "people.change_password": _("Own password changed"),
    "people.choose_hearing": _("Notice settings changed"),
    "people.choose_password": _("New password set through a link"),
    "people.confirm_codes": _("Authenticator app set up"),
    "people.drop_task": _("Task dropped"),
    "people.end_other_sign_ins": _("Other sign-ins ended"),
    "people.end_post": _("Post ended"),
    "people.end_sign_in": _("Sign-in ended"),
    "people.end_token": _("Token ended"),
    "people.finish_task": _("Task done"),
    "people.give_task": _("Task given"),
    "people.invite": _("Invitation created"),
    "people.make_token": _("Token created"),
    "people.note_setup": _("Setup step saved"),
    "people.note_sign_in": _("Signed in"),
    "people.offer_setup": _("Setup link created"),
    "people.open_account": _("Account opened by Zveno"),
    "people.open_notice": _("Notice read"),
    "people.prepare_codes": _("Authenticator app setup started"),
    "people.print_recovery": _("Page for a new password printed"),
    "people.read_all": _("All notices read"),
    "people.remind_of_task": _("Reminder of a task sent"),
    "people.remove_codes": _("Authenticator app removed"),
    "people.prove_again": _("Person proven again before signing"),
    "people.remove_passkey": _("Passkey removed"),
    "people.reopen_task": _("Task opened again"),
    "people.renew_paper_codes": _("Recovery codes renewed"),
    "people.reset_second_step": _("Another person’s second step removed"),
    "people.reset_second_step_at_console": _("Second step removed from the console"),
    "people.send_recovery": _("Password reset email sent"),
    "people.set_up": _("Zveno set up"),
    "people.settle_origin": _("Tasks settled by what was done"),
    "people.retitle_post": _("Title of a post changed"),
    "people.stand_in": _("Stand-in given"),
    "people.take_invitation_back": _("Invitation withdrawn"),
    "people.take_invited_post": _("Another post accepted by invitation"),
    "people.take_second_step": _("Second step passed"),
    "people.tell": _("Notices sent"),
    "people.tie_identity": _("External identity linked"),
    "people.untie_identity": _("External identity unlinked"),
    "people.use_passkey": _("Passkey used"),
}
