"""One small world for questions of rights: everybody, and one of everything."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import TypeVar
from uuid import uuid4

from zveno.correspondence.actions import open_letter
from zveno.correspondence.tests import make as correspondence
from zveno.correspondence.tests import make_contacts as contacts
from zveno.correspondence.tests import make_meetings as meetings
from zveno.desk.models import MANY, ExportRequest
from zveno.documents.actions import Upload
from zveno.documents.models import Verification
from zveno.documents.tests import make as documents
from zveno.events.actions import attach_file
from zveno.events.models import Batch, CareerLevel, CareNote, Certificate, Event, Group, Place
from zveno.events.models.calendars import kind_of_class
from zveno.events.models.engineers import ENGINEER as INVITED_ENGINEER
from zveno.events.models.entrance import Names, entrance_url
from zveno.events.models.feedback import FEEDBACK
from zveno.events.models.visits import TICKET as OPENS_TICKET
from zveno.events.tests import make as events
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.registry import Job
from zveno.kernel.sweep import Trouble
from zveno.learners.models import Learner
from zveno.learners.tests import make as learners
from zveno.network.actions import (
    Amended,
    Report,
    Terms,
    bring_members,
    merge_cluster,
    report_fulfilment,
    send_agreement,
    start_agreement,
    start_amendment,
)
from zveno.network.models import Agreement, Cluster, Kind, Obligation, Party, academic_year
from zveno.network.models.wording import Owed
from zveno.network.tests import make as network
from zveno.organisations.actions import bring_organisations, merge, read_organisations
from zveno.organisations.models import Organisation, Territory
from zveno.organisations.tests import make as organisations
from zveno.people.models import Account, Notice, Post, actor_of, hashed
from zveno.people.tests import make as people
from zveno.plan.actions import bring_plan
from zveno.plan.models import Plan, clashes_of_plan
from zveno.plan.tests import make as plan
from zveno.plan.tests import make_wishes as wishes
from zveno.webhooks.tests import make as webhooks

INVITED = "a-token-that-stands-in-an-invitation"
EMPTY_HOUSE = "a-token-that-sets-up-an-empty-house"
RECOVERED = "a-token-that-stands-in-a-letter-for-a-new-password"
JOINING = "a-token-that-stands-in-an-invitation-to-a-cluster"
TOKEN = "a-token-that-stands-in-one-letter"
LETTER = "a-token-that-stands-in-a-letter-to-a-member"
INVITATION = "a-token-that-stands-in-a-letter-about-a-meeting"
FEED = "a-secret-address-of-a-plan-in-a-calendar"
OF_CLASS = "a-secret-address-of-a-class-in-a-calendar"
ENGINEER = "a-token-that-stands-in-a-letter-to-an-engineer"
TICKET = "a-ticket-of-a-family"
HOW = "an-address-on-the-wall-of-an-event"
WISH = "a-token-that-stands-in-a-letter-about-wishes"
POLL = "a-token-that-stands-in-a-letter-about-a-poll"
FAMILY = "a-token-of-the-page-of-a-family"
CLAIMED = "a-token-of-a-printed-code-somebody-used"
UNUSED = "a-token-of-a-printed-code-nobody-has-used"
CANARY = "Канарейкина"
YEAR = timedelta(days=365)

Thing = TypeVar("Thing")


def entrance_of(place: Place) -> str:
    """Return the code of a child for the entrance."""
    url = entrance_url(place.event, Names.CHILD, place.public_id)
    return url.rstrip("/").rpartition("/")[2]


def present(thing: Thing | None) -> Thing:
    """Return what must be there."""
    assert thing is not None
    return thing


@dataclass
class World:
    """A cluster (college, school A, school B), another cluster, a school of none."""

    college: Organisation = field(default_factory=organisations.college)
    other_college: Organisation = field(default_factory=organisations.college)
    school_a: Organisation = field(default_factory=organisations.school)
    school_b: Organisation = field(default_factory=partial(organisations.school, inn="0010005551"))
    school_c: Organisation = field(default_factory=organisations.school)
    stewarded: Organisation = field(init=False)
    cluster: Cluster = field(init=False)
    other_cluster: Cluster = field(init=False)
    who: dict[str, Account | None] = field(init=False)

    def __post_init__(self) -> None:
        self.stewarded = organisations.school(steward=self.college)
        self.unit = organisations.unit(self.school_a)
        self.head_count = learners.head_count(self.school_a)
        self.merger = merge(SYSTEM, self.school_c.public_id, gone=organisations.school())
        self.cluster = network.cluster(self.college)
        self.other_cluster = network.cluster(self.other_college)
        network.member(self.cluster, self.school_a)
        self.who = {
            "coordinator": people.account(self.college, Post.Role.COORDINATOR),
            "teacher": people.account(self.college, Post.Role.TEACHER),
            "head_a": people.account(self.school_a, Post.Role.HEAD),
            "deputy_a": people.account(self.school_a),
            "deputy_b": people.account(self.school_b),
            "foreign": people.account(self.other_college, Post.Role.COORDINATOR),
            "outsider": people.account(self.school_c),
            "former": self._former(),
            "anonymous": None,
        }
        self.sign_in = people.sign_in(present(self.who["coordinator"]))
        self.token_row = people.token(present(self.who["coordinator"]))
        self.device_key = people.passkey(present(self.who["coordinator"]))
        self.subscription = webhooks.subscription(self.who["coordinator"])
        self.delivery = webhooks.delivery(self.subscription)
        self.territory: Territory = present(self.college.territory)
        self.post = self._post("deputy_a")
        self.head_post = self._post("head_a")
        self.task = people.task(self.post, giver=self.college)
        people.recovery(present(self.who["teacher"]), RECOVERED)
        self.new_post: Post = people.invited(self.school_a, INVITED).post
        people.setup(EMPTY_HOUSE)
        self._network()
        self._reform()
        self._joining()
        network.member(self.cluster, self.school_b)  # has joined after the agreement was drawn
        self.membership_b = self.cluster.memberships.get(organisation=self.school_b)
        people.actor(self.school_b, Post.Role.COORDINATOR)  # so that it could lead
        self._events()
        self._engineers()
        self.visit = events.visit(self.event)
        people.link(self.event.host, [(OPENS_TICKET, self.visit.pk)], TICKET)
        self._correspondence()

    def _post(self, who: str) -> Post:
        return Post.objects.get(person=present(self.who[who]).person)

    def _former(self) -> Account:
        account = people.account(self.school_a)
        Post.objects.filter(person=account.person).update(
            since=clock.now() - YEAR, until=clock.now() - timedelta(minutes=1)
        )
        return account

    def represents(self, *schools: Organisation) -> Account:
        """Make somebody who is a deputy of several schools."""
        first, *others = schools
        account = people.account(first)
        for school in others:
            Post.objects.create(
                person=present(account.person), organisation=school, role=Post.Role.REPRESENTATIVE
            )
        return account

    def _joining(self) -> None:
        """Let the cluster invite a school and a newcomer; let the school apply to the other one."""
        self.invitation = network.joining(self.cluster, self.school_c)
        self.application = network.joining(self.other_cluster, self.school_c, kind="application")
        told = {"name": "Детский сад № 5 (пример)", "kind": "preschool", "family_name": "Орехова"}
        network.link_of(network.joining(self.cluster, answers=told), JOINING)

    def _correspondence(self) -> None:
        """Let the cluster have written to one school, and begin to write to the other."""
        self.letter = correspondence.letter(self.cluster, self.school_a, asks="words")
        self.addressee = correspondence.addressee(self.letter, self.school_a)
        open_letter(actor_of(self.who["deputy_a"]), self.addressee.public_id)
        correspondence.link_of(self.addressee, LETTER)
        self.poll = correspondence.poll(self.cluster, self.school_a)
        self.voter = correspondence.voter(self.poll, self.school_a)
        self.slots = [str(key) for key in correspondence.votes(self.poll, "yes", "no")]
        people.link(self.college, [("correspondence.Voter", self.voter.pk)], POLL)
        self.letter_draft = correspondence.letter(self.cluster, self.school_b, sent=False)

    def _reform(self) -> None:
        """Let one more cluster of the college take up another."""
        self.small = network.cluster(self.college)
        taken, into = network.cluster(self.college), self.small.public_id
        coordinator = actor_of(self.who["coordinator"])
        day = clock.today()
        self.reform = merge_cluster(coordinator, taken.public_id, into=into, day=day)

    def _network(self) -> None:
        people.head(self.college)
        Post.objects.filter(role=Post.Role.HEAD).update(title="директор")
        coordinator = actor_of(self.who["coordinator"])
        table = "Наименование\tИНН\nГБОУ школа № 950 (пример)\t0010009966\n"
        self.list = bring_members(coordinator, self.cluster.public_id, source={"text": table})
        register = "Наименование\tИНН\nШкола № 955 (пример)\t\nШкола № 951 (пример)\t1234567890\n"
        self.register = bring_organisations(
            coordinator, self.college.public_id, source={"text": register}
        )
        read_organisations(coordinator, self.register.public_id)
        self.draft = self._agreement("Черновик соглашения")
        self.contract = self._contract(coordinator)
        # Asked by somebody else: the coordinator reads it.
        self.review = network.review(self.contract, self._post("coordinator"))
        self.colleague = Post.objects.get(
            person=present(people.account(self.college, Post.Role.COORDINATOR).person)
        )
        self.review_rule = network.review_rule(self.school_a)
        self.agreement = self._agreement("Соглашение")
        send_agreement(coordinator, self.agreement.public_id)
        self.agreement.paper.refresh_from_db()
        self.pdf = present(self.agreement.paper.pdf)
        self.obligation: Obligation = self.agreement.obligations.order_by("place")[0]
        self.party_a: Party = self.agreement.parties.get(organisation=self.school_a)
        self.draft_party: Party = self.draft.parties.get(organisation=self.school_a)
        link = present(self.party_a.link)
        link.token_hash = hashed(TOKEN)
        link.save(update_fields=["token_hash"])
        self.in_force = network.agreement(self.cluster, signed=2)
        changes = [Amended("1", "План встреч")]
        self.amendment = start_amendment(coordinator, self.in_force.public_id, changes=changes)
        self.ending = network.agreement(
            self.cluster,
            signed=2,
            auto_renew=False,
            dated=clock.today() - YEAR,
            valid_until=clock.today() + timedelta(days=30),
        )
        self.duty = network.obligation(self.in_force, role="member", unit="hours", planned=60)
        self.offer = network.offer(self.cluster, self.college)
        self.interest = network.interest(self.offer, self.school_a)
        self.meeting = meetings.meeting(self.cluster, self.school_a)
        self.held_meeting = meetings.held(self.cluster, self.school_a)
        self.contact = contacts.contact(self.college)
        contacts.contact(self.college, name="", employer=contacts.employer())
        self.invited_a = self.meeting.invited.get()
        people.link(self.college, [("correspondence.Invited", self.invited_a.pk)], INVITATION)
        report = Report(uuid4(), clock.today(), 8)
        member = actor_of(self.who["deputy_a"])
        self.report = report_fulfilment(member, self.duty.public_id, report=report)
        self.programme = network.programme(self.college)
        self.participation = network.participant(self.programme, self.cluster)
        self.promise = network.contribution(self.programme, self.school_a)
        self.gift = network.contribution(self.programme, self.school_a, given=Decimal(5))
        network.signing_order(self.school_a)
        self.order = network.signing_order(self.college, "detached")
        self.year_check = network.check(self.school_a)
        self._plan(coordinator)

    def _plan(self, coordinator: Actor) -> None:
        self.item = plan.item(self.cluster)
        self.year_plan = self.item.plan
        plan.approval(self.year_plan, self.school_a)
        self.free_item = plan.item(self.cluster, title="Экскурсия")
        self.cancelled = plan.item(
            self.cluster, title="Субботник", state="cancelled", cancelled_why="Ремонт"
        )
        rows = {"text": "Мероприятие\tСрок\nНеделя науки\tапрель\nОпрос\tкогда-нибудь\n"}
        year = academic_year(clock.today())
        self.last_item = plan.item(self.cluster, title="Слёт")
        self.last_item.plan = Plan.objects.create(cluster=self.cluster, year=year - 1)
        self.last_item.save(update_fields=["plan"])
        self.plan_table = bring_plan(coordinator, self.cluster.public_id, year=year, source=rows)
        people.link(self.school_a, [("plan.feed", self.cluster.pk)], FEED)
        self.wisher = wishes.wisher(self.cluster, self.school_a, WISH)
        self.wish = wishes.wish(self.wisher)
        self._clash(Plan.objects.create(cluster=self.cluster, year=year + 1))

    def _clash(self, ahead: Plan) -> None:
        """Plan two items for one day of the next year, all of which is still to come."""
        day = date(ahead.year, 10, 15)
        facts = {"plan": ahead, "month": day.month, "day": day, "original_day": day}
        for title in ("Смотр", "Турнир"):
            self.double = plan.item(self.cluster, title=title, state="dated", **facts)
        found = clashes_of_plan(ahead)
        clash = next(one for one in found.waiting if one.other)
        self.clash = {
            "kind": str(clash.kind),
            "other": str(found.items[clash.other or 0].public_id),
            "proposal": str(present(found.way_out(clash)).day),
        }

    def _agreement(self, title: str) -> Agreement:
        owed = [Owed("base", "проводить пробы", "events", 2)]
        day = clock.today()
        terms = Terms(title, "Санкт-Петербург", day, day + YEAR)
        coordinator = actor_of(self.who["coordinator"])
        return start_agreement(coordinator, self.cluster.public_id, terms=terms, obligations=owed)

    def _contract(self, coordinator: Actor) -> Agreement:
        day = clock.today()
        return start_agreement(
            coordinator,
            self.cluster.public_id,
            terms=Terms("Договор о сетевой форме", "Санкт-Петербург", day, day + YEAR),
            obligations=[],
            subject=network.subject(self.school_a, self.college),
        )

    def _class_opened(self) -> tuple[str, int]:
        return kind_of_class(self.child.first_year, self.child.letter), self.school_a.pk

    def _engineers(self) -> None:
        """Let school A be asked for people, as if it were an employer; one has come elsewhere."""
        self.plant = events.plant(self.event)
        self.slot = events.slot(self.event, self.school_a, people=2)
        self.engineer = events.engineer(self.slot)
        people.link(self.school_a, [(INVITED_ENGINEER, self.engineer.pk)], ENGINEER)
        gone = events.slot(self.held, self.school_a)
        self.met = events.engineer(gone, state="confirmed", hours=2)

    def _events(self) -> None:
        self.event = events.event(cluster=self.cluster)
        self.event_draft = events.event(
            cluster=self.cluster, title="Черновик", state=Event.State.DRAFT, plan_item=self.item
        )
        self.group: Group = events.came(self.event, self.school_a)
        self.place: Place = self.group.places.order_by("pk")[0]
        CareNote.objects.create(place=self.place, need="flash")
        memo = Upload("Памятка.pdf", "", b"%PDF-1.7\n%%EOF\n")
        host = people.coordinator(self.event.host)
        self.handout = attach_file(host, self.event.public_id, upload=memo)
        events.escort(self.group)
        self.escort = events.escort(self.group, name="Куприн Денис Львович", leads=False)
        self.group_b: Group = events.group(self.event, self.school_b, seats=1)
        self.held = events.held(cluster=self.cluster, certified=1)
        people.link(self.held.host, [(FEEDBACK, self.held.pk)], HOW)
        self.attended: Place = events.came(self.held, self.school_a).places.order_by("pk")[0]
        self.batch = Batch.objects.create(
            event=self.held, size=1, signatory="Анна", signatory_post="координатор"
        )
        self.outside = events.outside(self.school_a)
        CareerLevel.objects.create(owner=self.school_a, level="basic")
        self.hold = learners.hold(self.school_a)
        learners.tombstone(self.school_a)
        learners.destruction(self.school_a)
        self.child = learners.learner(self.school_a, family_name=CANARY)
        people.link(self.school_a, [self._class_opened()], OF_CLASS)
        self.mother = learners.guardian(self.child, FAMILY)
        self.father = learners.guardian(self.child, CLAIMED, confirmed_at=None)
        learners.guardian(self.child, UNUSED, name="", confirmed_at=None, named_at=None)
        learners.order(self.school_a)
        learners.keeps(self.school_a)
        self.going = learners.transfer(learners.learner(self.school_a), self.school_b)
        self.coming = learners.transfer(learners.learner(self.school_b), self.school_a)
        rows = f"Фамилия\tИмя\tКласс\n{CANARY}\tВера\t5В\nПетрова\tИя\t\n"
        self.children_list = learners.child_list(self.school_a, rows)
        many = f"Школа\tФамилия\tИмя\tКласс\n{self.school_a.name}\t{CANARY}\tЕва\t5В\nНеясно\t"
        self.many = learners.district_table(self.college, f"{many}{CANARY}\tИда\t5В\n")
        learners.order(self.school_a, "paper")
        self.sheet = learners.sheet(self.child)
        self.awaited = learners.sheet(self.child, purpose="publication")
        self.scanned = learners.page(self.school_a, self.sheet)
        self.loose = learners.page(self.school_a)
        self.claim = Verification.objects.create(
            title="Сертификат",
            initials="А. К.",
            issuer=self.college.name,
            number="2026-1",
            issued_on=clock.today(),
        )
        self.certificate = Certificate.objects.create(
            batch=self.batch,
            event=self.held,
            issuer=self.college,
            learner=self.child,
            name=f"{CANARY} Арина",
            number=documents.number(self.college),
            verification=self.claim,
        )
        Learner.objects.update(family_name=CANARY)
        deputy = present(self.who["deputy_a"])
        self.job = Job.objects.create(name="zveno.kernel.sweep")
        self.words = documents.declension(self.college)
        self.by_hand = documents.by_hand(self.college)
        self.wording = network.wording(self.college)
        network.template(self.college, kind=Kind.MEMORANDUM, current=True)
        self.trouble = Trouble.objects.create(kind=Trouble.Kind.FAILING, key=self.job.name)
        self.notice = Notice.objects.create(
            person=present(deputy.person), kind="known", title="Новость", url="/", button="Открыть"
        )
        self.export = ExportRequest.objects.create(
            kind=ExportRequest.Kind.CONTACTS,
            organisation=self.school_a,
            person=present(deputy.person),
            reason="Сверка списков",
            size=MANY + 1,
        )
