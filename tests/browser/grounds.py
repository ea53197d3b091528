"""The demonstration, with what it lacks of every kind: drafts, doubts, links, free seats."""

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

from tests.world import present
from zveno.correspondence.models import Circular, Contact, Meeting, Poll
from zveno.correspondence.tests import make as written
from zveno.demo.management import story
from zveno.demo.management.papers import name_signatory
from zveno.documents.actions import Given, register_number
from zveno.documents.models import Number, Verification
from zveno.events import actions as events
from zveno.events.models import Certificate, Event, Group, Handout, Slot, Visit
from zveno.events.models.calendars import kind_of_class
from zveno.events.models.engineers import ENGINEER
from zveno.events.models.feedback import FEEDBACK
from zveno.events.tests import make as gone_by
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.http import reading
from zveno.learners.actions import bring_children, bring_table
from zveno.learners.models import Learner
from zveno.learners.tests import make as children
from zveno.network import actions as network
from zveno.network.actions import Amended, Order, Terms
from zveno.network.models import (
    Agreement,
    Cluster,
    Contribution,
    Joining,
    Kind,
    MemberList,
    Offer,
    Party,
    Programme,
    Review,
    YearCheck,
    academic_year,
)
from zveno.network.models.wording import usual_obligations
from zveno.network.tests import make as made
from zveno.organisations.actions import bring_organisations, read_organisations
from zveno.organisations.models import Import, Organisation, Territory
from zveno.people.actions import Appointment, appoint, open_account
from zveno.people.models import Account, Post, actor_of
from zveno.people.tests import make as people
from zveno.plan import actions as plan
from zveno.plan.models import FEED, LINKED, PlanItem, Wish
from zveno.webhooks.tests import make as webhooks

PASSWORD = story.TOLD["password"]
PHOTO = (Path(__file__).resolve().parents[1] / "data/photo.png").read_bytes()
TABLE = Path(__file__).resolve().parents[1] / "engines/data/tables/cluster_members.txt"
PLAN = (
    "Раздел\tМероприятие\tМесто\tСрок\nС родителями\tСобрание\tколледж\tмарт\n"
    "Мониторинг\tОпрос\t\tкогда-нибудь\nМониторинг\tСверка\t\t15.02\n"
    "Мониторинг\tАнкета\t\tмай\nМониторинг\tАнкета\t\tмай\n"
)
REGISTER = "Наименование\tИНН\nШкола № 955 (пример)\t\nШкола № 951 (пример)\t1234567890\n"


class Grounds:
    """What the tour goes over."""

    def __init__(self) -> None:
        # Stories before this one may have emptied the database, the first row of all included.
        Territory.objects.get_or_create(
            kind=Territory.Kind.COUNTRY, name="Россия", genitive="России"
        )
        call_command("demo", stdout=StringIO())
        self.anna = story.acting("anna")
        with reading(SYSTEM):
            self.cluster = Cluster.objects.get(name=story.TOLD["cluster"])
            self.empty = Cluster.objects.get(name=story.TOLD["empty_cluster"])
            self.former = Cluster.objects.get(name=story.TOLD["former_cluster"])
            self.signed = Agreement.objects.filter(cluster=self.cluster).earliest("pk")
            self.joinable = Agreement.objects.get(
                kind=Kind.COOPERATION, cluster__sector="chemistry"
            )
            self.ending = Agreement.objects.to_renew()[0]
            self.review = Review.objects.get()
            self.owed = list(self.signed.obligations.held_as_events().order_by("place"))
            self.reported = self.signed.obligations.get(unit="hours")
            checks = YearCheck.objects.select_related("organisation")
            self.asked = checks.get(organisation__inn="0010008489").organisation
            self.confirmed = checks.get(organisation__inn="0010007742").organisation
            self.letter, self.letter_draft = Circular.objects.order_by("pk")
            self.poll, self.chosen_poll = Poll.objects.order_by("pk")
            self.offer = Offer.objects.get(cluster=self.cluster, way=Offer.Way.OFFER)
            self.contact = Contact.objects.earliest("pk")
            self.held_meeting, self.meeting = Meeting.objects.order_by("begins_at")
            self.led, self.member = self.cluster.memberships.order_by("pk")[:2]
            self.programme = Programme.objects.order_by("pk")[0]
            self.participation = self.programme.participations.order_by("pk")[0]
            rows = Contribution.objects.filter(programme=self.programme)
            self.given = {row.state: row for row in rows}
            year = self.programme.begins.year
            self.no_amount = {f"План, {year}, федеральный бюджет": "сто"}
            self.kindergarten = Organisation.objects.get(inn="0010008859")
            self.code = Verification.objects.order_by("pk")[0].code
        self._held()
        for pack in (events.pack_batch, events.pack_part):
            pack(self.anna, self.certificate.batch.public_id)
        self._consents()
        self._letters()
        self._agreements()
        self._joining()
        self._register()
        self._of_children()
        self._events()
        self._accounts()
        self._webhooks()

    def _held(self) -> None:
        with reading(SYSTEM):
            self.past = Event.objects.get(state=Event.State.HELD)
            self.full = Event.objects.exclude(kind="open_day").get(state=Event.State.OPEN)
            self.open_day = Event.objects.get(kind="open_day")
            visits = Visit.objects.filter(event=self.open_day)
            self.visit, self.returned = visits.earliest("pk"), visits.get(returned_at__isnull=False)
            self.groups = list(Group.objects.filter(event=self.full).order_by("pk"))
            of_irina = Learner.objects.filter(owner=self.groups[0].sender)
            self.child = of_irina.select_related("owner").earliest("pk")
            self.handout = Handout.objects.earliest("pk")
            self.slot = Slot.objects.get(event=self.full)
            self.certificate = Certificate.objects.by_number().select_related("learner")[0]

    def _consents(self) -> None:
        """Give families links; let a scan have come: a page that was read, one that was not."""
        with reading(SYSTEM):
            self.mother, self.claimed = "a-link-of-a-mother", "a-code-a-father-used"
            self.unused = "a-code-nobody-has-used"
            self.guardian = children.guardian(present(self.certificate.learner), self.mother)
            children.guardian(self.child, self.claimed, name="Отец", confirmed_at=None)
            nameless = {"name": "", "confirmed_at": None, "named_at": None}
            children.guardian(self.child, self.unused, **nameless)
            house = self.child.owner
            children.order(house, "paper")
            self.scanned = children.page(house, children.sheet(self.child), photo=PHOTO)
            children.sheet(self.child, purpose="publication")
            self.loose = children.page(house, photo=PHOTO)

    def _letters(self) -> None:
        with reading(SYSTEM):
            addressees = self.letter.addressees
            self.answered = addressees.get(organisation__short_name="Школа № 900")
            self.unread = addressees.get(organisation__short_name="Гимназия № 901")
            self.voter = self.poll.voters.get(organisation=self.answered.organisation)
            self.told = self.chosen_poll.voters.get(organisation=self.answered.organisation)
            self.poll_token = "a-link-to-a-poll-of-the-cluster"
            places = [("correspondence.Voter", self.voter.pk)]
            people.link(self.cluster.base, places, self.poll_token)
            self.wish = Wish.objects.in_state(Wish.State.WAITING).earliest("pk")
            self.wish_token = "a-link-of-wishes-for-the-plan"
            wishes = [(LINKED, self.wish.wisher_id)]
            people.link(self.cluster.base, wishes, self.wish_token)
            self.how_token = "an-address-on-the-wall-of-an-event"
            people.link(self.past.host, [(FEEDBACK, self.past.pk)], self.how_token)
            self.feed_token = "a-secret-address-of-the-plan"
            people.link(self.cluster.base, [(FEED, self.cluster.pk)], self.feed_token)
            self.class_token = "a-secret-address-of-a-class"
            people.link(self.past.host, [(kind_of_class(None, ""), 1)], self.class_token)
            self.meeting_token = "a-link-to-a-meeting-of-the-cluster"
            asked = self.meeting.invited.filter(post=None).earliest("pk")
            listed = [("correspondence.Invited", asked.pk)]
            people.link(self.cluster.base, listed, self.meeting_token)
            self.letter_token = "a-link-to-a-letter-of-the-cluster"
            written.link_of(self.answered, self.letter_token)

    def _agreements(self) -> None:
        source = {"text": TABLE.read_text("utf-8")}
        self.doubtful: MemberList = network.bring_members(
            self.anna, self.empty.public_id, source=source
        )
        year, table = academic_year(clock.today()), {"text": PLAN}
        self.plan_table = plan.bring_plan(self.anna, self.empty.public_id, year=year, source=table)
        self.draft, self.sent = self._agreement("Черновик"), self._agreement("На подписи")
        self.contract = self._contract()
        changes = [Amended("4.2", "Работой группы руководит методический оператор.")]
        self.amendment = network.start_amendment(self.anna, self.signed.public_id, changes=changes)
        given = Given(7001, clock.today(), "Договор о практике", "подписан на бумаге")
        self.by_hand: Number = register_number(
            self.anna, self.cluster.base.public_id, kind="agreements", given=given
        )
        with reading(SYSTEM):
            headless = self.sent.parties.get(organisation=self.slot.employer)
        name_signatory(self.anna, headless)
        network.send_agreement(self.anna, self.sent.public_id)
        with reading(SYSTEM):
            self.parties: list[Party] = list(self.sent.parties.order_by("place"))
            self.draft_party: Party = self.draft.parties.order_by("place")[1]
        self.token = network.renew_link(self.anna, self.parties[1].public_id)
        self.used = network.renew_link(self.anna, self.parties[0].public_id)
        network.file_scan(self.anna, self.parties[0].public_id, upload=story.SCAN)

    def _joining(self) -> None:
        with reading(SYSTEM):
            self.invited, self.applied = self.cluster.joinings.order_by("pk")[:2]
            self.to_zoya = Joining.objects.exclude(cluster=self.cluster).get()
            told = {"name": "Детский сад № 921 (пример)", "family_name": "Орехова"}
            letters: dict[str, dict[str, Any]] = {
                "new": {},
                "told": {"answers": told},
                "over": {"state": "declined", "reason": "Далеко ездить"},
                "unconfirmed": {"kind": "application", "state": "unconfirmed", "answers": told},
            }
            for token, fields in letters.items():
                joining = made.joining(self.cluster, **fields)
                made.link_of(joining, f"a-letter-about-joining-{token}")

    def _register(self) -> None:
        college = self.cluster.base.public_id
        self.register: Import = bring_organisations(self.anna, college, source={"text": REGISTER})
        read_organisations(self.anna, self.register.public_id)

    def _of_children(self) -> None:
        self._list_of_children()
        self._table_of_many()
        self._transfers()

    def _table_of_many(self) -> None:
        college, house = self.cluster.base.public_id, self.child.owner.name
        rows = f"{house}\tБелов\tЛев\t6Б\nЛицей № 300\tКим\tАя\t3А\n\tИдин\tЯн\t1А\n"
        source = {"text": f"Школа\tФамилия\tИмя\tКласс\n{rows}"}
        self.table_of_many = bring_table(self.anna, college, source=source)

    def _transfers(self) -> None:
        with reading(SYSTEM):
            self.leaving, self.offered = (children.learner(self.child.owner) for _ in range(2))
            children.transfer(self.offered, self.kindergarten)
            moves = Learner.objects.filter(owner=self.kindergarten)[0]
            self.coming = children.transfer(moves, self.child.owner)

    def _list_of_children(self) -> None:
        irina, school = story.acting("irina"), self.child.owner
        with reading(SYSTEM):
            known = Learner.objects.filter(owner=school).earliest("pk")
        again = f"{known.family_name}\t{known.given_name}\t{known.class_label}"
        rows = f"Фамилия\tИмя\tКласс\n{again}\nБелов\tЛев\t6Б\nИванoв\tПётр\t6Б\nКим\tАя\t16\n"
        source = {"text": rows}
        self.children_list = bring_children(irina, school.public_id, source=source)

    def _agreement(self, title: str) -> Agreement:
        day = clock.today()
        terms = Terms(title, "Санкт-Петербург", day, day + timedelta(days=900))
        with reading(SYSTEM):
            roles = list(self.cluster.memberships.live().values_list("role", flat=True))
        owed = usual_obligations(roles)
        return network.start_agreement(
            self.anna, self.cluster.public_id, terms=terms, obligations=owed
        )

    def _contract(self) -> Agreement:
        with reading(SYSTEM):
            sides = [one.organisation for one in self.cluster.memberships.order_by("pk")[:2]]
        day = clock.today()
        return network.start_agreement(
            self.anna,
            self.cluster.public_id,
            terms=Terms("Договор", "Санкт-Петербург", day, day + timedelta(days=300)),
            obligations=[],
            subject=made.subject(*sides),
        )

    def _events(self) -> None:
        titles = ("Встреча с инженером", "Экскурсия", "Мастер-класс", "Конкурс")
        self.planned_item, self.item, spare, free = map(self._item, titles)
        today = clock.today()
        self.free = story.offer(free, today + timedelta(days=12), announced=today)
        with reading(SYSTEM):
            self.later = gone_by.event(opens_at=clock.now() + timedelta(hours=1))
        facts = events.Facts(
            title="Черновик события",
            kind=Event.Kind.MASTERCLASS,
            starts_at=self.free.starts_at,
            ends_at=self.free.ends_at,
            venue="Мастерская",
            grades=(5, 8),
            capacity=12,
        )
        self.event_draft = events.make_event(self.anna, spare.public_id, facts=facts)
        self._engineers()

    def _engineers(self) -> None:
        """Give links to an engineer who is asked and to one who is thanked; one is not yet."""
        with reading(SYSTEM):
            plant, asked = self.slot.employer, self.slot.engineers.get(state="asked")
            gone = gone_by.slot(self.past, plant, people=2)
            thanked = gone_by.engineer(gone, hours=2, thanked_at=clock.now())
            self.met = gone_by.engineer(gone, hours=2, email="ezhov@example.org")
            self.engineer_token = "a-link-of-an-engineer-who-is-asked"
            self.thanked_token = "a-link-of-an-engineer-who-is-thanked"
            people.link(plant, [(ENGINEER, asked.pk)], self.engineer_token)
            people.link(plant, [(ENGINEER, thanked.pk)], self.thanked_token)

    def _item(self, title: str) -> PlanItem:
        month = clock.today().month
        return plan.plan_obligation(
            self.anna, self.owed[0].public_id, title=title, month=month, audience="5–8 классы"
        )

    def _webhooks(self) -> None:
        with reading(SYSTEM):
            anna = Account.objects.get(sign_in_name="anna")
            self.webhook = webhooks.subscription(anna)
            webhooks.delivery(self.webhook, tries=1, fault="status", status=500)

    def _accounts(self) -> None:
        with reading(SYSTEM):
            centre = Organisation.objects.get(kind=Organisation.Kind.EXTRACURRICULAR_CENTRE)
            school = self.parties[2].organisation
            head = Post.objects.get(organisation=school, role=Post.Role.HEAD).person
            base = self.cluster.base.public_id
        dina = Appointment("Юрьева", "Дина", role=Post.Role.REPRESENTATIVE, title="педагог")
        post = appoint(SYSTEM, centre.public_id, appointment=dina)
        known = {"dina": post.person, "head": head}
        for role in (Post.Role.AUDITOR, Post.Role.OPERATOR):
            facts = Appointment("Зимина", "Нина", role=role, title="специалист (пример)")
            known[str(role)] = appoint(SYSTEM, base, appointment=facts).person
        for name, person in known.items():
            open_account(SYSTEM, person.public_id, sign_in_name=name, password=PASSWORD)
        order = Order("112-О", clock.today())
        with reading(SYSTEM):
            acting = actor_of(Account.objects.get(sign_in_name="head"))
        for method in ("simple", "detached"):
            network.switch_signing_on(acting, school.public_id, method=method, order=order)
