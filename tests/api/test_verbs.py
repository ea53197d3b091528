"""Whatever a page can do, a program can: verbs are compared with endpoints."""

import re

from ninja import Schema
from pydantic import BaseModel

from tests.guards import sources
from zveno.config.rest import api
from zveno.kernel.actions import VERBS
from zveno.kernel.rest.endpoints import VERBS_SERVED

# Verbs that programs may not call, with the reason.
NOT_FOR_PROGRAMS = {
    "learners.bring_children": "a list is looked over by a person; a program adds children",
    "learners.bring_table": "a table is looked over by a person; a program adds children",
    "learners.give_table": "a table is looked over by a person; a program adds children",
    "learners.place_rows": "a table is looked over by a person; a program adds children",
    "learners.throw_rows": "a table is looked over by a person; a program adds children",
    "learners.choose_list_columns": "a program names the facts itself: learners.add_child",
    "learners.enter_list": "a list is looked over by a person; a program adds children",
    "learners.mend_children": "a list is looked over by a person; a program adds children",
    "learners.undo_list": "a list is looked over by a person; a program adds children",
    "learners.accept_transfer": "a child is handed over by people of both sides",
    "learners.decline_transfer": "a child is handed over by people of both sides",
    "learners.offer_transfer": "a child is handed over by people of both sides",
    "learners.withdraw_transfer": "a child is handed over by people of both sides",
    "learners.add_guardian": "a parent is known to a person, who answers for it",
    "learners.answer_consent": "who came by the link of a family is no program",
    "learners.confirm_guardian": "a parent is known to a person, who answers for it",
    "learners.free_guardian": "a parent is held back by a person who has read the order",
    "learners.invite_families": "codes are printed and handed over by a person",
    "learners.print_sheets": "sheets are printed and handed over by a person",
    "learners.take_scan": "a person scans what families have signed, and looks at each page",
    "learners.tie_page": "a person looks at the page and says whose it is",
    "learners.drop_page": "a person looks at the page and sees that it is no consent",
    "learners.record_answers": "a person looks at the page and says what is ticked on it",
    "learners.name_guardian": "who came by the code of a family is no program",
    "learners.refuse_all": "who came by the link of a family is no program",
    "learners.remind_families": "links of families are given out by a person who is there",
    "learners.renew_family_link": "links of families are given out by a person who is there",
    "learners.restrict_guardian": "a parent is held back by a person who has read the order",
    "learners.keep_initials": "names are erased for good by a person who has looked",
    "learners.keep_names": "what is kept of names is said by a person who is there",
    "learners.switch_consents_off": "how consents are taken is said by a person who is there",
    "learners.switch_consents_on": "how consents are taken is said by a person who is there",
    "learners.turn_guardian_away": "a parent is known to a person, who answers for it",
    "correspondence.open_letter": "a letter is read by a person, not by a list",
    "events.ask_how_it_was": "a code is hung up by a person who is there",
    "events.say_how_it_was": "who came by the code on the wall is no program",
    "events.confirm_slot": "who came by the link of a letter is no program",
    "events.decline_invitation": "who came by the link of a letter is no program",
    "events.register_family": "a family that comes by itself is no program",
    "events.send_ticket_again": "a family that comes by itself is no program",
    "events.give_ticket_back": "who came by the link of a ticket is no program",
    "events.take_ticket_again": "who came by the link of a ticket is no program",
    "events.meet_family": "a family is met by a person at the door",
    "events.undo_meeting_family": "a family is met by a person at the door",
    "events.explain_columns": "a program names the fields itself",
    "events.note_care": "what a child needs is said by a person of the school, on its page",
    "learners.destroy": "what cannot be undone is done by a person who has looked",
    "learners.subject_file": "all that is held of a child is taken by a person who answers for it",
    "learners.hold_erasure": "the clock is stopped by a person who is there",
    "learners.lift_hold": "the clock is stopped by a person who is there",
    "network.confirm_application": "who came by the link of a letter is no program",
    "network.note_joining": "who came by the link of a letter is no program",
    "network.refuse_to_sign": "a signature is given or refused by a person",
    "network.save_template": "a person looks how an agreement is drawn by it",
    "network.use_template": "a template is switched on by a person who has looked at it",
    "network.sign_by_file": "a signature is given by a person, on a page or by a link",
    "network.sign_in_zveno": "a signature is given by a person who proves who they are",
    "network.agree_review": "a draft is read and agreed to by a person",
    "network.return_review": "a draft is read and returned by a person",
    "network.switch_review_on": "how an organisation sends is said by a person who is there",
    "network.switch_review_off": "how an organisation sends is said by a person who is there",
    "network.switch_signing_on": "how an organisation signs is said by a person who is there",
    "network.switch_signing_off": "how an organisation signs is said by a person who is there",
    "network.sign_by_scan": "a signature is given by a person, on a page or by a link",
    "people.note_setup": "an empty house is set up by who started it",
    "people.set_up": "an empty house is set up by who started it",
    "people.note_sign_in": "programs do not sign in",
    "people.make_token": "a token makes no tokens",
    "people.end_token": "a token ends no tokens",
    "people.end_sign_in": "programs do not sign in",
    "people.end_other_sign_ins": "programs do not sign in",
    "people.accept_invitation": "a person chooses the password of their own account",
    "people.prepare_codes": "a person guards their own account",
    "people.confirm_codes": "a person guards their own account",
    "people.take_second_step": "a person guards their own account",
    "people.renew_paper_codes": "a person guards their own account",
    "people.remove_codes": "a person guards their own account",
    "people.add_passkey": "a person guards their own account",
    "people.use_passkey": "a person guards their own account",
    "people.remove_passkey": "a person guards their own account",
    "people.tie_identity": "a person guards their own account",
    "people.untie_identity": "a person guards their own account",
    "people.take_invited_post": "a person accepts what they are invited to",
    "people.change_password": "a person chooses the password of their own account",
    "people.choose_password": "a person chooses the password of their own account",
    "people.print_recovery": "a person who is there helps another, under their own name",
    "people.reset_second_step": "a person who is there helps another, under their own name",
    "people.appoint": "access is given by a person who is there, not by a token somebody lost",
    "people.invite": "access is given by a person who is there",
    "people.stand_in": "access is given by a person who is there",
    "people.take_invitation_back": "access is given and taken by a person who is there",
    "people.end_post": "access is given and taken by a person who is there",
    "plan.approve_plan": "a plan is approved by a person who has read it",
    "plan.collect_wishes": "a person who plans asks members, by letters",
    "plan.renew_wish_link": "a person who plans asks members, by letters",
    "plan.end_wish_link": "a person who plans asks members, by letters",
    "plan.say_wish": "a member says it by the link of its letter",
    "plan.take_wish_back": "a member says it by the link of its letter",
    "events.open_calendar": "a secret address is shown to a person, this once",
    "events.close_calendar": "a person closes the address they have asked for",
    "events.open_class_calendar": "a secret address is shown to a person, this once",
    "events.close_class_calendar": "a person closes the address they have asked for",
    "plan.open_feed": "a secret address is shown to a person, this once",
    "plan.close_feed": "a person closes the address they have asked for",
    "plan.leave_clash": "whoever looks at a clash on its page says that it may stay",
    "desk.request_export": "a bulk export of people needs a reason and a second person",
    "desk.confirm_export": "a bulk export of people needs a reason and a second person",
    "desk.download_export": "a bulk export of people needs a reason and a second person",
    "desk.run_job": "the operator looks at what is stuck first",
    "desk.try_again": "the operator looks at what is stuck first",
    "people.open_notice": "a notice is read by the person it is for",
    "people.read_all": "a notice is read by the person it is for",
    "people.choose_hearing": "a person says how to be told of things",
    "desk.take_journal": "the journal is taken by its auditor, with their watermark",
}


def called_by_pages() -> set[str]:
    """Return the verbs that pages call."""
    found = set()
    for path in sources("pages"):
        room = path.relative_to(path.parents[len(path.parts) - path.parts.index("zveno") - 2])
        verbs = re.findall(r"\bactions\.([a-z_]+)\(", path.read_text(encoding="utf-8"))
        found |= {f"{room.parts[0]}.{verb}" for verb in verbs}
    return found


def test_every_verb_of_the_pages_has_an_endpoint() -> None:
    pages = called_by_pages()

    assert len(pages) > 20
    assert pages - set(VERBS_SERVED) <= set(NOT_FOR_PROGRAMS)


def test_no_exception_is_served_all_the_same() -> None:
    assert not set(NOT_FOR_PROGRAMS) & set(VERBS_SERVED)


def test_only_verbs_have_endpoints_that_change_anything() -> None:
    changing = {
        operation["operationId"]
        for path in api.schema["paths"].values()
        for method, operation in path.items()
        if method != "get"
    }

    assert changing == set(VERBS_SERVED)
    assert changing <= set(VERBS)


def test_no_two_shapes_share_a_name() -> None:
    kinds: dict[str, set[type]] = {}
    todo = list(Schema.__subclasses__()) + list(BaseModel.__subclasses__())
    while todo:
        kind = todo.pop()
        todo += kind.__subclasses__()
        if kind.__module__.startswith("zveno.") and ".rest" in kind.__module__:
            kinds.setdefault(kind.__name__, set()).add(kind)

    assert "ClusterShown" in kinds
    assert not [name for name, same in kinds.items() if len(same) > 1]
