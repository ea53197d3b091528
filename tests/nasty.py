"""What nobody should type, and the forms to type it into."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.world import World, present
from zveno.correspondence.models import (
    Addressee,
    Circular,
    Contact,
    Invited,
    Meeting,
    Minutes,
    Poll,
)
from zveno.desk.models import ExportRequest
from zveno.documents.models import CASES, Declension, Number
from zveno.events.models import CertificateDesign, Engineer, Event, Group, OutsideHours, Slot
from zveno.kernel import clock
from zveno.learners.models import Hold
from zveno.network.actions import bring_members
from zveno.network.models import (
    Agreement,
    Change,
    Cluster,
    Contribution,
    Fulfilment,
    Interest,
    MemberList,
    Obligation,
    Offer,
    Party,
    Programme,
    Review,
    SigningOrder,
    YearCheck,
)
from zveno.organisations.models import Organisation, Unit
from zveno.people.models import Account, Post, Recovery, Task, actor_of
from zveno.people.tests import make as people
from zveno.plan.models import PlanItem, Section
from zveno.plan.tests import make as plan

LIST = (Path(__file__).parent / "data" / "naughty-strings.txt").read_text(encoding="utf-8")
NAUGHTY = [line for line in LIST.splitlines() if line and not line.startswith("#")]

WORDS = [
    *("\0", "а\x0bб", "\x1b[31mа", "\x7f", "\ufffe", "\U0010ffff", "\ue000"),
    *("и\u202eя", "\u2066а\u2069", "\u200bа\ufeff", "\u200b", "\u3164", "\U000e0001а"),
    *("а\r\nBcc: all@example.org", "\u2028а\u2029", "\tа\tб "),
    *("я" * 401, "Е\u0308лка", "З" + "\u0301" * 50, "\u0300\u0301"),
    *("👨\u200d👩\u200d👧", "漢字", "שלום", "１２٣"),
    *("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'),
    *("{{ 7*7 }}{% debug %}", "%s %(x)s %n", "{0.__class__}", "' OR 1=1--"),
    *("../../etc/passwd", 'а\\б"в', "=HYPERLINK(1)", "null", "О'Нил – Ёлкин-Ван дер Ваальс"),
]
"""For fields of words."""

LONG = "я" * 1_000_000

VALUES = [
    *("", "0", "-1", "1e400", "9" * 30, "2147483648", "NaN", "１２"),
    *("31.02.2027", "29.02.2013", "01.01.0001", "31.12.9999", "завтра"),
    *("24:00", "23:60", "not-a-uuid", "0" * 32, "\0", "я" * 5000),
]
"""For fields of numbers, days, times, choices and keys."""

Stored = Callable[[World], list[str]]


@dataclass(frozen=True)
class Form:
    """A form: who fills it in, which fields hold words, and where these words are kept."""

    name: str
    who: str
    path: str
    words: tuple[str, ...]
    stored: Stored | None = None


def _event(event: Event | None) -> list[str]:
    event = present(event)
    return [event.title, event.lede, event.venue]


def _newest_event(_world: World) -> list[str]:
    return _event(Event.objects.order_by("pk").last())


def _draft_event(world: World) -> list[str]:
    return _event(Event.objects.get(pk=world.event_draft.pk))


def _asked_for(_world: World) -> list[str]:
    return [Slot.objects.latest("pk").topic]


def _sent(_world: World) -> list[str]:
    engineer = Engineer.objects.latest("pk")
    return [engineer.name, engineer.job]


def _looks(_world: World) -> list[str]:
    design = CertificateDesign.objects.latest("pk")
    return [design.heading, design.signatory, design.signatory_post]


def _outside(_world: World) -> list[str]:
    return [OutsideHours.objects.latest("pk").basis]


def _facts_of(item: PlanItem) -> list[str]:
    return [item.title, item.audience, item.venue, item.responsible, item.note]


def _newest_item(_world: World) -> list[str]:
    return _facts_of(present(PlanItem.objects.order_by("pk").last()))


def _free_item(world: World) -> list[str]:
    return _facts_of(PlanItem.objects.get(pk=world.free_item.pk))


def _section(_world: World) -> list[str]:
    return list(Section.objects.values_list("name", flat=True))


def _item(_world: World) -> list[str]:
    item = present(PlanItem.objects.order_by("pk").last())
    return [item.title, item.audience]


def _newest_cluster(_world: World) -> list[str]:
    cluster = present(Cluster.objects.order_by("pk").last())
    return [cluster.name, cluster.aim]


def _cluster(world: World) -> list[str]:
    cluster = Cluster.objects.get(pk=world.cluster.pk)
    return [cluster.name, cluster.aim]


def _newest_agreement(_world: World) -> list[str]:
    agreement = present(Agreement.objects.order_by("pk").last())
    return [agreement.title, agreement.place]


def _draft_agreement(world: World) -> list[str]:
    agreement = Agreement.objects.get(pk=world.draft.pk)
    return [agreement.title, agreement.place]


def _changed(_world: World) -> list[str]:
    return [present(Change.objects.order_by("pk").last()).text]


def _signatory(world: World) -> list[str]:
    party = world.draft.parties.get(pk=world.draft_party.pk)
    return [party.signatory, party.signatory_post, party.basis]


def _newest_programme(_world: World) -> list[str]:
    one = present(Programme.objects.order_by("pk").last())
    return [one.number, one.name, one.funder]


def _newest_contribution(_world: World) -> list[str]:
    return [present(Contribution.objects.order_by("pk").last()).what]


def _withdrawn(world: World) -> list[str]:
    return [Contribution.objects.get(pk=world.gift.pk).reason]


def _table(_world: World) -> list[str]:
    return [present(MemberList.objects.order_by("pk").last()).source["text"]]


def _export(_world: World) -> list[str]:
    return [present(ExportRequest.objects.order_by("pk").last()).reason]


def _hold(_world: World) -> list[str]:
    return [present(Hold.objects.order_by("pk").last()).reason]


def _offer(_world: World) -> list[str]:
    offer = present(Offer.objects.order_by("pk").last())
    return [offer.text, offer.audience]


def _check(_world: World) -> list[str]:
    check = present(YearCheck.objects.order_by("checked_at").last())
    return [present(check.head).title, check.basis, check.address]


def _poll(_world: World) -> list[str]:
    poll = present(Poll.objects.order_by("pk").last())
    return [poll.title, poll.text]


def _letter(_world: World) -> list[str]:
    letter = present(Circular.objects.order_by("pk").last())
    return [letter.subject, letter.text]


def _answered(world: World) -> list[str]:
    return [Addressee.objects.get(pk=world.addressee.pk).words]


def _interest(_world: World) -> list[str]:
    return [present(Interest.objects.order_by("pk").last()).note]


def _meeting(_world: World) -> list[str]:
    return _named(present(Meeting.objects.order_by("pk").last()))


def _changed_meeting(world: World) -> list[str]:
    return _named(Meeting.objects.get(pk=world.meeting.pk))


def _named(meeting: Meeting) -> list[str]:
    items = [word for one in meeting.items.all() for word in (one.text, one.reporter)]
    return [meeting.subject, meeting.place, meeting.guests, *items]


def _cancelled_meeting(world: World) -> list[str]:
    return [Meeting.objects.get(pk=world.meeting.pk).cancel_reason]


def _answer(world: World) -> list[str]:
    return [Invited.objects.get(pk=world.invited_a.pk).note]


def _minutes(_world: World) -> list[str]:
    told = present(Minutes.objects.order_by("pk").last()).content
    decided = told["items"][0]["decisions"][0]["text"]
    return [told["chair"], told["secretary"], told["others"], told["items"][0]["heard"], decided]


def _contact(_world: World) -> list[str]:
    return _said_in(present(Contact.objects.order_by("pk").last()))


def _changed_contact(world: World) -> list[str]:
    return _said_in(Contact.objects.get(pk=world.contact.pk))


def _said_in(one: Contact) -> list[str]:
    return [one.name, one.whom, one.about, one.agreed]


def _task(_world: World) -> list[str]:
    return [present(Task.objects.order_by("pk").last()).text]


def _helped(_world: World) -> list[str]:
    return [present(Recovery.objects.order_by("pk").last()).reason]


def _refused(world: World) -> list[str]:
    return [Party.objects.get(pk=world.party_a.pk).refusal]


def _ended(world: World) -> list[str]:
    return [Agreement.objects.get(pk=world.in_force.pk).end_reason]


def _reported(_world: World) -> list[str]:
    return [present(Fulfilment.objects.order_by("pk").last()).note]


def _words(_world: World) -> list[str]:
    row = present(Declension.objects.order_by("said_at").last())
    return [row.text, *row.forms.values()]


def _card(world: World) -> list[str]:
    school = Organisation.objects.get(pk=world.school_a.pk)
    return [school.name, school.short_name, school.address]


def _unit(_world: World) -> list[str]:
    unit = present(Unit.objects.order_by("pk").last())
    return [unit.name, unit.address]


NAMED = ("family_name", "given_name")


def _entered(_world: World) -> list[str]:
    line = present(Number.objects.order_by("pk").last())
    return [line.subject, line.hand_reason]


def _cancelled(world: World) -> list[str]:
    return [Number.objects.get(pk=world.by_hand.pk).void_reason]


def _moved_event(world: World) -> Event:
    return Event.objects.get(pk=world.event.pk)


def _orders(_world: World) -> list[str]:
    return [present(SigningOrder.objects.order_by("pk").last()).number]


def _remark(_world: World) -> list[str]:
    return [present(Review.objects.order_by("pk").last()).remark]


CARD = ("name", "short_name", "address")
PARTY = ("signatory", "signatory_post", "basis")
EVENT = ("title", "lede", "venue")
TALK = ("name", "whom", "about", "agreed")
CALL = ("subject", "place", "guests", "form-0-text", "form-0-reporter")
TERMS = ("title", "place")
PROGRAMME = ("number", "name", "funder")
FORMS = [
    Form(
        "network:start_agreement",
        "coordinator",
        "/c/{cluster}/agreements/new/",
        TERMS,
        _newest_agreement,
    ),
    Form("network:edit_subject", "coordinator", "/a/{contract}/subject/", ("programme", "level")),
    Form("network:renew", "coordinator", "/a/{ending}/renew/", TERMS, _newest_agreement),
    Form("network:amend", "coordinator", "/a/{in_force}/amend/", ("form-0-text",), _changed),
    Form("network:edit_amendment", "coordinator", "/a/{amendment}/changes/", ("form-0-text",)),
    Form("network:edit_terms", "coordinator", "/a/{draft}/terms/", TERMS, _draft_agreement),
    Form("network:party", "coordinator", "/parties/{draft_party}/", PARTY, _signatory),
    Form(
        "network:edit_obligations", "coordinator", "/a/{draft}/obligations/edit/", ("form-0-text",)
    ),
    Form("network:refuse", "head_a", "/parties/{party_a}/refuse/", ("reason",), _refused),
    Form("network:invite_to_join", "coordinator", "/c/{cluster}/joining/invite/", ("name", "word")),
    Form("network:apply", "anonymous", "/p/c/{cluster}/join/", ("name", *NAMED, "word")),
    Form("network:join_facts", "anonymous", "/join/{joins}/organisation/", ("address", *NAMED)),
    Form("network:decline_joining", "outsider", "/joinings/{invitation}/decline/", ("reason",)),
    Form("network:withdraw_agreement", "coordinator", "/a/{agreement}/withdraw/", ("reason",)),
    Form(
        "network:terminate_agreement",
        "coordinator",
        "/a/{in_force}/terminate/",
        ("reason",),
        _ended,
    ),
    Form(
        "learners:consent_orders",
        "head_a",
        "/learners/at/{school_a}/consents/ways/?method=link",
        ("number",),
    ),
    Form("learners:guardians", "head_a", "/learners/{child}/guardians/", ("name",)),
    Form(
        "learners:restrict_guardian",
        "head_a",
        "/learners/guardians/{mother}/restrict/",
        ("reason",),
    ),
    Form("desk:family", "anonymous", "/family/{unused}/", ("name",)),
    Form(
        "network:signing_orders",
        "coordinator",
        "/papers/{college}/signing/?method=simple",
        ("number",),
        _orders,
    ),
    Form("network:ask_review", "coordinator", "/a/{draft}/review/", ()),
    Form("network:review", "coordinator", "/reviews/{review}/", ("remark",), _remark),
    Form("network:report_obligation", "deputy_a", "/o/{duty}/report/", ("note",), _reported),
    Form("network:new_cluster", "coordinator", "/c/new/", ("name", "aim"), _newest_cluster),
    Form("network:edit_cluster", "coordinator", "/c/{cluster}/edit/", ("name", "aim"), _cluster),
    Form("network:change_role", "coordinator", "/c/{cluster}/members/{membership_b}/role/", ()),
    Form("network:end_membership", "coordinator", "/c/{cluster}/members/{membership_b}/end/", ()),
    Form("network:hand_over", "coordinator", "/c/{cluster}/hand-over/", ()),
    Form("network:split_cluster", "coordinator", "/c/{cluster}/split/", ("name", "aim")),
    Form("network:merge_cluster", "coordinator", "/c/{small}/merge/", ()),
    Form("network:edit_calendar", "coordinator", "/c/{cluster}/calendar/edit/", ("form-0-name",)),
    Form("network:choose_member", "coordinator", "/c/{cluster}/members/choose/", ()),
    Form("network:add_members", "coordinator", "/c/{cluster}/members/add/", ("text",), _table),
    Form("network:new_programme", "coordinator", "/programmes/new/", PROGRAMME, _newest_programme),
    Form(
        "network:edit_programme",
        "coordinator",
        "/programmes/{programme}/edit/",
        PROGRAMME,
        _newest_programme,
    ),
    Form(
        "network:promise_contribution",
        "coordinator",
        "/programmes/{programme}/contribute/",
        ("what",),
        _newest_contribution,
    ),
    Form("network:give_contribution", "deputy_a", "/contributions/{promise}/give/", ()),
    Form(
        "network:return_contribution",
        "coordinator",
        "/contributions/{gift}/return/",
        ("reason",),
        _withdrawn,
    ),
    Form(
        "network:withdraw_contribution",
        "deputy_a",
        "/contributions/{gift}/withdraw/",
        ("reason",),
        _withdrawn,
    ),
    Form("network:edit_money", "coordinator", "/programmes/{programme}/money/", ()),
    Form("network:add_participant", "coordinator", "/programmes/{programme}/participants/", ()),
    Form("network:end_participation", "coordinator", "/participations/{participation}/end/", ()),
    Form(
        "network:mend_rows",
        "coordinator",
        "/c/{cluster}/members/lists/{list}/mend/",
        (),
    ),
    Form(
        "plan:obligation",
        "planner",
        "/c/{planned_cluster}/plan/obligations/{planned}/",
        ("title", "audience"),
        _item,
    ),
    Form("plan:approval", "coordinator", "/c/{cluster}/plan/approval/", ()),
    Form("plan:take", "coordinator", "/plan/items/{free_item}/take/?to={small}", ()),
    Form("plan:wishes", "coordinator", "/c/{cluster}/plan/wishes/", ("text",)),
    Form("plan:decline_wish", "coordinator", "/plan/wishes/{wish}/decline/", ("reason",)),
    Form("events:engineers", "coordinator", "/e/{event}/engineers/", ("topic",), _asked_for),
    Form("events:slot", "deputy_a", "/e/slots/{slot}/", ("name", "job"), _sent),
    Form(
        "events:decline_slot",
        "deputy_a",
        "/e/slots/{slot}/decline/",
        ("why",),
        lambda world: [Slot.objects.get(pk=world.slot.pk).why],
    ),
    Form("events:count_engineer", "coordinator", "/e/engineers/{met}/count/", ()),
    Form("events:engineer", "anonymous", "/engineer/{by_engineer}/", ()),
    Form("events:how_it_was", "anonymous", "/how/{by_code}/", ()),
    Form("events:visit", "anonymous", "/p/e/{event}/visit/", ()),
    Form("events:families", "coordinator", "/e/{event}/families/", ()),
    Form("events:check_families", "teacher", "/check/families/{event}/", ()),
    Form("plan:wish", "anonymous", "/wish/{by_wish}/", ("title", "audience", "note")),
    Form("plan:copy", "coordinator", "/c/{cluster}/plan/copy/", ()),
    Form("plan:bring", "coordinator", "/c/{cluster}/plan/table/", ("text",)),
    Form(
        "plan:mend_rows",
        "coordinator",
        "/c/{cluster}/plan/tables/{plan_table}/mend/",
        ("cell-2-title", "cell-2-when"),
    ),
    Form(
        "learners:add",
        "deputy_a",
        "/learners/at/{school_a}/new/",
        ("family_name", "given_name"),  # tidied as names are: see the room's own tests
    ),
    Form("learners:edit", "deputy_a", "/learners/{child}/edit/", ("patronymic",)),
    Form("learners:count", "deputy_a", "/learners/at/{school_a}/count/", ("label",)),
    Form("learners:offer", "deputy_a", "/learners/{child}/transfer/", ("inn", "basis")),
    Form("learners:take", "deputy_a", "/learners/transfers/{coming}/", ("label",)),
    Form("learners:bring_district", "coordinator", "/learners/at/{college}/many/", ("text",)),
    Form("learners:bring", "deputy_a", "/learners/at/{school_a}/list/", ("text", "label")),
    Form(
        "learners:mend_list",
        "deputy_a",
        "/learners/lists/{children_list}/mend/",
        ("cell-2-class",),
    ),
    Form(
        "plan:new",
        "coordinator",
        "/c/{cluster}/plan/new/",
        ("title", "audience", "venue", "responsible", "note"),
        _newest_item,
    ),
    Form(
        "plan:edit",
        "coordinator",
        "/plan/items/{free_item}/edit/",
        ("title", "audience", "venue", "responsible", "note"),
        _free_item,
    ),
    Form(
        "plan:cancel",
        "coordinator",
        "/plan/items/{free_item}/cancel/",
        ("reason",),
        lambda world: [PlanItem.objects.get(pk=world.free_item.pk).cancelled_why],
    ),
    Form(
        "plan:report",
        "coordinator",
        "/plan/items/{free_item}/report/",
        ("report",),
        lambda world: [PlanItem.objects.get(pk=world.free_item.pk).report],
    ),
    Form("plan:sections", "coordinator", "/c/{cluster}/plan/sections/", ("form-0-name",), _section),
    Form("events:new", "coordinator", "/plan/items/{free_item}/event/", EVENT, _newest_event),
    Form(
        "events:cancel",
        "coordinator",
        "/e/{event_draft}/cancel/",
        ("why",),
        lambda world: [Event.objects.get(pk=world.event_draft.pk).cancelled_why],
    ),
    Form(
        "events:move",
        "coordinator",
        "/e/{event}/move/",
        ("venue", "why"),
        lambda world: [getattr(_moved_event(world), name) for name in ("venue", "moved_why")],
    ),
    Form(
        "events:void_certificate",
        "coordinator",
        "/certificates/{certificate}/void/",
        ("why",),
        lambda world: [Number.objects.get(pk=world.certificate.number_id).void_reason],
    ),
    Form(
        "events:design",
        "coordinator",
        "/certificates/looks/{college}/",
        ("heading", "signatory", "signatory_post"),
        _looks,
    ),
    Form("events:diplomas", "coordinator", "/e/{held}/diplomas/", ()),
    Form("events:thanks", "coordinator", "/e/{held}/thanks/", ()),
    Form("events:edit", "coordinator", "/e/{event_draft}/edit/", EVENT, _draft_event),
    Form("events:outside_hours", "deputy_a", "/hours/{school_a}/outside/", ("basis",), _outside),
    Form("events:event_hours", "coordinator", "/e/{event}/hours/", ()),
    Form("events:handouts", "coordinator", "/e/{event}/files/", ()),
    Form("events:sessions", "coordinator", "/e/{event}/sessions/", ()),
    Form("events:again", "coordinator", "/e/again/", ()),
    Form("events:register", "outsider", "/e/{event}/register/", ()),
    Form(
        "events:escorts",
        "deputy_a",
        "/e/groups/{group}/trip/escorts/",
        ("name", "job"),
        lambda world: [getattr(world.group.escorts.latest("pk"), name) for name in ("name", "job")],
    ),
    Form(
        "events:route",
        "deputy_a",
        "/e/groups/{group}/trip/route/",
        ("gathers_where",),
        lambda world: [Group.objects.get(pk=world.group.pk).gathers_where],
    ),
    Form("events:children", "deputy_a", "/e/groups/{group}/list/", ("paste",)),
    Form("events:consents", "deputy_a", "/e/groups/{group}/consents/", ()),
    Form("events:check", "teacher", "/check/{event}/", ()),
    Form("events:paper", "teacher", "/check/{event}/paper/", ()),
    Form("learners:retention", "deputy_a", "/learners/retention/", ("reason",), _hold),
    Form("learners:hold", "deputy_a", "/learners/{child}/hold/", ("reason",), _hold),
    Form("desk:exports", "deputy_a", "/exports/", ("reason",), _export),
    Form("organisations:edit", "head_a", "/organisations/{school_a}/edit/", CARD, _card),
    Form(
        "organisations:add_unit",
        "head_a",
        "/organisations/{school_a}/units/",
        ("name", "address"),
        _unit,
    ),
    Form("organisations:turn", "head_a", "/organisations/{school_a}/turns/renamed/", ("name",)),
    Form(
        "correspondence:new_poll",
        "coordinator",
        "/c/{cluster}/polls/new/",
        ("title", "text"),
        _poll,
    ),
    Form("correspondence:asked", "deputy_a", "/polls/at/{voter}/", ()),
    Form(
        "correspondence:new_letter",
        "coordinator",
        "/c/{cluster}/letters/new/",
        ("subject", "text"),
        _letter,
    ),
    Form(
        "correspondence:edit_letter",
        "coordinator",
        "/letters/{letter_draft}/edit/",
        ("subject", "text"),
        _letter,
    ),
    Form(
        "correspondence:answer_letter",
        "deputy_a",
        "/letters/to/{addressee}/answer/",
        ("words",),
        _answered,
    ),
    Form("network:new_offer", "head_a", "/c/{cluster}/offers/new/", ("text", "audience"), _offer),
    Form("network:check", "deputy_a", "/august/{school_a}/", ("post", "basis", "address"), _check),
    Form("network:offer", "head_a", "/offers/{offer}/", ("note",), _interest),
    Form("correspondence:new_meeting", "coordinator", "/c/{cluster}/meetings/new/", CALL, _meeting),
    Form(
        "correspondence:edit_meeting",
        "coordinator",
        "/meetings/{meeting}/edit/",
        CALL,
        _changed_meeting,
    ),
    Form(
        "correspondence:cancel_meeting",
        "coordinator",
        "/meetings/{meeting}/cancel/",
        ("reason",),
        _cancelled_meeting,
    ),
    Form(
        "correspondence:answer_meeting",
        "deputy_a",
        "/invited/{invited_a}/answer/",
        ("note",),
        _answer,
    ),
    Form(
        "correspondence:minutes",
        "coordinator",
        "/meetings/{held_meeting}/minutes/",
        ("chair", "secretary", "others", "heard-0", "decision-0-0-text"),
        _minutes,
    ),
    Form("correspondence:new_contact", "coordinator", "/contacts/new/", TALK, _contact),
    Form("correspondence:contact", "coordinator", "/contacts/{contact}/", TALK, _changed_contact),
    Form("people:give_task", "head_a", "/tasks/new/", ("text",), _task),
    Form("people:hearing", "deputy_a", "/notices/hearing/", ()),
    Form("people:sign_in", "anonymous", "/sign-in/", ("username",)),
    Form("people:forgotten", "anonymous", "/sign-in/forgotten/", ("name",)),
    Form("people:change_password", "head_a", "/account/password/", ()),
    Form("documents:words", "coordinator", "/papers/{college}/words/", ("text", *CASES), _words),
    Form(
        "documents:register_number",
        "coordinator",
        "/papers/{college}/books/enter/",
        ("subject", "reason"),
        _entered,
    ),
    Form(
        "documents:cancel_number",
        "coordinator",
        "/papers/numbers/{by_hand}/cancel/",
        ("reason",),
        _cancelled,
    ),
    Form("network:wording", "coordinator", "/papers/{college}/clauses/", ("text",)),
    Form("people:help", "head_a", "/people/posts/{guarded_post}/help/", ("reason",), _helped),
]
MORE: dict[str, Mapping[str, Any]] = {
    "events:children": {"label": "6Б", "paste": "Иванова Арина"},
    "events:check": {"q": "Арина"},
    "learners:mend_list": {"cell-2-class": "5В", "take": "", "keep": ""},
    "network:mend_rows": {"cell-1-inn": "0010009966", "take": "", "keep": ""},
    "people:sign_in": {"username": "nobody", "password": "wrong", "next": "/"},
    "events:engineers": {"topic": "Роботы в цехе"},
    "events:new": {"lede": "Коротко"},
    "events:edit": {"lede": "Коротко"},
}
"""What is typed beside that of the matrix of rights."""


def tidied(words: str) -> str:
    """Say how words are kept: composed, on one line, without invisible signs."""
    seen = "".join(sign for sign in words if unicodedata.category(sign) != "Cf")
    return unicodedata.normalize("NFC", " ".join(seen.split()))


@dataclass
class Stage(World):
    """The world of rights, with an obligation to plan and a list that waits to be mended."""

    planned: Obligation = field(init=False)
    planned_cluster: Cluster = field(init=False)
    guarded_post: Post = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        guarded = people.account(self.school_a, Post.Role.TEACHER)
        Account.objects.filter(pk=guarded.pk).update(second_step_at=clock.now())
        self.guarded_post = Post.objects.get(person=present(guarded.person))
        people.with_password(present(self.who["head_a"]))
        self.planned = plan.obligation()
        self.planned_cluster = self.planned.agreement.cluster
        self.who["planner"] = people.account(self.planned_cluster.base, Post.Role.COORDINATOR)
        table = "Наименование\tИНН\nГБОУ школа № 951 (пример)\t123\n"
        Group.objects.filter(pk=self.group.pk).update(state=Group.State.LISTED, consented=0, came=0)
        self.group.places.update(consented=False, came_at=None)
        coordinator = actor_of(self.who["coordinator"])
        self.list = bring_members(coordinator, self.cluster.public_id, source={"text": table})
