"""Verbs and pages in words, for whoever reads the journal."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from zveno.kernel.models import Entry
from zveno.kernel.reads import SEEN

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

SAID: dict[str, "StrPromise"] = {
    "desk.confirm_export": _("List of people confirmed by a second person"),
    "desk.download_export": _("List of people downloaded"),
    "desk.request_export": _("List of people requested"),
    "desk.run_job": _("Scheduled job run by hand"),
    "desk.take_journal": _("Part of the journal downloaded"),
    "desk.try_again": _("Stuck work tried again"),
    "documents.forget_form": _("Own forms of words removed"),
    "documents.publish_claims": _("Documents made verifiable by code"),
    "documents.remember_form": _("Own forms of words saved"),
    "documents.set_numbering": _("Way of writing numbers changed"),
    "documents.store_file": _("File stored"),
    "documents.take_numbers": _("Numbers taken from the register"),
    "documents.void_claims": _("Documents declared void"),
    "documents.void_numbers": _("Numbers voided"),
    "events.announce": _("Event published"),
    "events.change_event": _("Draft event changed"),
    "events.check_in": _("Child checked in"),
    "events.draw_batch": _("Certificates file prepared"),
    "events.explain_columns": _("Headings of a class list mapped"),
    "events.give_back": _("Seats released"),
    "events.hold_event": _("Event closed"),
    "events.issue_certificates": _("Certificates issued"),
    "events.join_waiting_list": _("Group put on the waiting list"),
    "events.keep_consents": _("Consents recorded"),
    "events.list_children": _("Class list uploaded"),
    "events.make_event": _("Draft event created"),
    "events.reserve_seats": _("Seats reserved"),
    "events.undo_check_in": _("Check-in undone"),
    "events.undo_issue": _("Issue of certificates undone"),
    "events.withdraw_consent": _("Consent withdrawn at an event"),
    SEEN: _("Children viewed on a page"),
    "learners.conceal": _("Disclosure of children ended"),
    "learners.disclose": _("Children disclosed to a host"),
    "learners.enter_children": _("Children entered"),
    "learners.keep_consents": _("Guardians’ consents recorded"),
    "learners.withdraw_consent": _("Guardian’s consent withdrawn"),
    "network.accept_members": _("Members accepted"),
    "network.change_cluster": _("Cluster details changed"),
    "network.change_signatory": _("Another signatory named"),
    "network.keep_calendar": _("Academic calendar saved"),
    "network.bring_members": _("Member list uploaded"),
    "network.change_obligations": _("Obligations of a draft changed"),
    "network.change_terms": _("Terms of a draft changed"),
    "network.drop_agreement": _("Draft agreement deleted"),
    "network.file_scan": _("Signed page attached"),
    "network.found_cluster": _("Cluster founded"),
    "network.map_columns": _("Columns of a member list mapped"),
    "network.mend_rows": _("Rows of a member list corrected"),
    "network.put_right": _("Party of a draft corrected"),
    "network.record_fulfilment": _("Fulfilment of an obligation counted"),
    "network.refuse_to_sign": _("Signature refused, with a reason"),
    "network.renew_link": _("Signing link renewed"),
    "network.report_fulfilment": _("Fulfilment of an obligation reported"),
    "network.send_agreement": _("Agreement sent for signing"),
    "network.sign_by_scan": _("Signed page of an agreement received"),
    "network.start_agreement": _("Draft agreement created"),
    "network.take_back_report": _("Report of fulfilment withdrawn"),
    "network.tend_agreement": _("Term of an agreement looked after"),
    "network.terminate_agreement": _("Agreement terminated"),
    "network.withdraw_agreement": _("Agreement withdrawn from signature"),
    "organisations.add_districts": _("Districts entered"),
    "organisations.add_organisation": _("Organisation entered"),
    "organisations.add_territory": _("Region or district entered"),
    "organisations.bring_organisations": _("Table of organisations uploaded"),
    "organisations.choose_columns": _("Columns of an organisation table mapped"),
    "organisations.complete_organisation": _("Organisation details added"),
    "organisations.enter_organisations": _("Entry of organisations started"),
    "organisations.enter_part": _("Some organisations entered"),
    "organisations.found_organisation": _("First organisation entered"),
    "organisations.lay_ground": _("Regions and districts entered"),
    "organisations.mend_organisations": _("Rows of an organisation table corrected"),
    "organisations.pass_on": _("Organisation took responsibility for itself"),
    "organisations.read_organisations": _("Table of organisations read"),
    "organisations.remember_headings": _("Meaning of headings remembered"),
    "organisations.take_back_part": _("Entry of some organisations undone"),
    "organisations.undo_import": _("Import of organisations undone"),
    "people.accept_invitation": _("Invitation accepted, account opened"),
    "people.add_passkey": _("Passkey added"),
    "people.appoint": _("Post assigned"),
    "people.change_password": _("Own password changed"),
    "people.choose_hearing": _("Notice settings changed"),
    "people.choose_password": _("New password set through a link"),
    "people.confirm_codes": _("Authenticator app set up"),
    "people.end_other_sign_ins": _("Other sign-ins ended"),
    "people.end_post": _("Post ended"),
    "people.end_sign_in": _("Sign-in ended"),
    "people.end_token": _("Token ended"),
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
    "people.remove_codes": _("Authenticator app removed"),
    "people.remove_passkey": _("Passkey removed"),
    "people.renew_paper_codes": _("Recovery codes renewed"),
    "people.reset_second_step": _("Another person’s second step removed"),
    "people.reset_second_step_at_console": _("Second step removed from the console"),
    "people.send_recovery": _("Password reset email sent"),
    "people.set_up": _("Zveno set up"),
    "people.stand_in": _("Stand-in given"),
    "people.take_invitation_back": _("Invitation withdrawn"),
    "people.take_invited_post": _("Another post accepted by invitation"),
    "people.take_second_step": _("Second step passed"),
    "people.tell": _("Notices sent"),
    "people.tie_identity": _("External identity linked"),
    "people.untie_identity": _("External identity unlinked"),
    "people.use_passkey": _("Passkey used"),
    "plan.date_item": _("Plan item given a date"),
    "plan.mark_done": _("Plan item done"),
    "plan.plan_obligation": _("Obligation added to the plan"),
    "webhooks.end_subscription": _("Webhook ended"),
    "webhooks.redeliver": _("Webhook delivery repeated"),
    "webhooks.subscribe": _("Webhook created"),
    "webhooks.switch_off": _("Webhook switched off"),
    "webhooks.switch_on": _("Webhook switched on"),
}
"""Each verb; a test compares them with the verbs there are."""
PAGES: dict[str, "StrPromise"] = {
    "events:group": _("group of an event"),
    "events:children": _("uploading a list"),
    "events:consents": _("recording consents"),
    "events:done": _("group with its consents"),
    "events:check": _("check-in at the door"),
    "events:event": _("event"),
    "events:certificates": _("certificates of an event"),
    "events:certificates_pdf": _("certificates file"),
    "events:certificate_pdf": _("certificate file"),
    "desk:record": _("who saw and changed it"),
}
"""Pages that show children."""


def said(verb: str) -> str:
    """Say a verb in words; one that is no more keeps its name."""
    return str(SAID.get(verb, verb))


def said_of(entry: Entry) -> str:
    """Say what an entry tells: of a page with children, which one and of how many."""
    seen = entry.details.get("seen")
    if entry.verb != SEEN or not isinstance(seen, list):
        return said(entry.verb)
    page = PAGES.get(entry.target_key, entry.target_key)
    return f"{said(entry.verb)}: {page} ({len(seen)})"
