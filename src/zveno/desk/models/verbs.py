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
    "desk.request_export": _("List of people asked for"),
    "desk.run_job": _("Job of the timetable run by hand"),
    "desk.take_journal": _("Part of the journal downloaded"),
    "desk.try_again": _("Stuck work tried again"),
    "documents.publish_claims": _("Documents made verifiable by code"),
    "documents.store_file": _("File stored"),
    "documents.take_numbers": _("Numbers taken from a book"),
    "documents.void_claims": _("Documents declared void"),
    "documents.void_numbers": _("Numbers voided"),
    "events.announce": _("Event announced"),
    "events.change_event": _("Draft of an event changed"),
    "events.check_in": _("Child marked as come"),
    "events.draw_batch": _("File of certificates drawn"),
    "events.explain_columns": _("Headings of a class list explained"),
    "events.give_back": _("Seats given back"),
    "events.hold_event": _("Event closed"),
    "events.issue_certificates": _("Certificates issued"),
    "events.join_waiting_list": _("Group put on the waiting list"),
    "events.keep_consents": _("Consents noted"),
    "events.list_children": _("List of children brought"),
    "events.make_event": _("Draft of an event made"),
    "events.reserve_seats": _("Seats reserved"),
    "events.undo_check_in": _("Mark of coming taken back"),
    "events.undo_issue": _("Certificates taken back"),
    "events.withdraw_consent": _("Consent withdrawn at an event"),
    SEEN: _("Children looked at on a page"),
    "learners.conceal": _("Disclosure of children ended"),
    "learners.disclose": _("Children disclosed to a host"),
    "learners.enter_children": _("Children entered"),
    "learners.keep_consents": _("Consents of guardians kept"),
    "learners.withdraw_consent": _("Consent of a guardian withdrawn"),
    "network.accept_members": _("Members accepted"),
    "network.bring_members": _("List of members brought"),
    "network.change_obligations": _("Obligations of a draft changed"),
    "network.change_terms": _("Terms of a draft changed"),
    "network.drop_agreement": _("Draft of an agreement dropped"),
    "network.file_scan": _("Signed page filed"),
    "network.found_cluster": _("Cluster founded"),
    "network.map_columns": _("Columns of a list of members named"),
    "network.mend_rows": _("Rows of a list of members mended"),
    "network.put_right": _("Party of a draft put right"),
    "network.record_fulfilment": _("Fulfilment of an obligation counted"),
    "network.renew_link": _("Link for signing renewed"),
    "network.send_agreement": _("Agreement sent for signing"),
    "network.sign_by_scan": _("Agreement signed by scan"),
    "network.start_agreement": _("Draft of an agreement made"),
    "organisations.add_districts": _("Districts entered"),
    "organisations.add_organisation": _("Organisation entered"),
    "organisations.add_territory": _("Region or district entered"),
    "organisations.bring_organisations": _("Table of organisations brought"),
    "organisations.choose_columns": _("Columns of a table of organisations chosen"),
    "organisations.complete_organisation": _("Organisation completed"),
    "organisations.enter_organisations": _("Entering of organisations begun"),
    "organisations.enter_part": _("Part of the organisations entered"),
    "organisations.found_organisation": _("First organisation entered"),
    "organisations.lay_ground": _("Regions and districts entered"),
    "organisations.mend_organisations": _("Rows of a table of organisations mended"),
    "organisations.pass_on": _("Organisation answers for itself"),
    "organisations.read_organisations": _("Table of organisations read"),
    "organisations.remember_headings": _("Meaning of headings remembered"),
    "organisations.take_back_part": _("Part of the organisations taken back"),
    "organisations.undo_import": _("Import of organisations undone"),
    "people.accept_invitation": _("Invitation accepted, account opened"),
    "people.add_passkey": _("Key of a device added"),
    "people.appoint": _("Post given"),
    "people.change_password": _("Own password changed"),
    "people.choose_hearing": _("Ways of hearing chosen"),
    "people.choose_password": _("New password chosen by a link"),
    "people.confirm_codes": _("Program of codes set up"),
    "people.end_other_sign_ins": _("Other sign-ins ended"),
    "people.end_post": _("Post ended"),
    "people.end_sign_in": _("Sign-in ended"),
    "people.end_token": _("Token ended"),
    "people.invite": _("Invitation made"),
    "people.make_token": _("Token made"),
    "people.note_setup": _("Step of setting up kept"),
    "people.note_sign_in": _("Signed in"),
    "people.offer_setup": _("Link for setting up made"),
    "people.open_account": _("Account opened by Zveno"),
    "people.open_notice": _("Notice read"),
    "people.prepare_codes": _("Setting up of codes begun"),
    "people.print_recovery": _("Page for a new password printed"),
    "people.read_all": _("All notices read"),
    "people.remove_codes": _("Program of codes removed"),
    "people.remove_passkey": _("Key of a device removed"),
    "people.renew_paper_codes": _("Codes on paper renewed"),
    "people.reset_second_step": _("Second step of another taken away"),
    "people.reset_second_step_at_console": _("Second step taken away from the console"),
    "people.send_recovery": _("Letter for a new password sent"),
    "people.set_up": _("Zveno set up"),
    "people.stand_in": _("Stand-in given"),
    "people.take_invitation_back": _("Invitation taken back"),
    "people.take_invited_post": _("Another post taken by invitation"),
    "people.take_second_step": _("Second step of signing in taken"),
    "people.tell": _("Notices carried"),
    "people.tie_identity": _("Identity elsewhere tied"),
    "people.untie_identity": _("Identity elsewhere untied"),
    "people.use_passkey": _("Key of a device used"),
    "plan.date_item": _("Item of the plan dated"),
    "plan.mark_done": _("Item of the plan done"),
    "plan.plan_obligation": _("Obligation put into the plan"),
    "webhooks.end_subscription": _("Webhook ended"),
    "webhooks.redeliver": _("Webhook delivery repeated"),
    "webhooks.subscribe": _("Webhook made"),
    "webhooks.switch_off": _("Webhook switched off"),
    "webhooks.switch_on": _("Webhook switched on"),
}
"""Each verb; a test compares them with the verbs there are."""
PAGES: dict[str, "StrPromise"] = {
    "events:group": _("group of an event"),
    "events:children": _("bringing a list"),
    "events:consents": _("marking consents"),
    "events:done": _("group with its consents"),
    "events:check": _("check-in at the door"),
    "events:event": _("event"),
    "events:certificates": _("certificates of an event"),
    "events:certificates_pdf": _("file of certificates"),
    "events:certificate_pdf": _("file of a certificate"),
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
