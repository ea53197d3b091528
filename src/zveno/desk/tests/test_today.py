"""What waits for whom at each step of the thread: step × who × what."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from zveno.desk.pages import coordinator, door, sender
from zveno.documents.models import Number, StoredFile
from zveno.documents.tests import make as documents
from zveno.events.models import Event
from zveno.events.tests import make as events
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.network.models import Agreement, Cluster, MemberList, Obligation, Party
from zveno.network.tests import make as network
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Account, Post, actor_of
from zveno.people.tests import make as people
from zveno.plan.models import PlanItem
from zveno.plan.tests import make as plan

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


@dataclass
class World:
    """A cluster led by a college, with one school, seen by their people."""

    college: Organisation = field(default_factory=organisations.college)
    school: Organisation = field(default_factory=organisations.school)
    cluster: Cluster = field(init=False)
    coordinator: Account = field(init=False)
    teacher: Account = field(init=False)
    deputy: Account = field(init=False)
    agreement: Agreement | None = None
    item: PlanItem | None = None
    event: Event | None = None

    def __post_init__(self) -> None:
        self.cluster = network.cluster(self.college)
        self.coordinator = people.account(self.college, Post.Role.COORDINATOR)
        self.teacher = people.account(self.college, Post.Role.TEACHER)
        self.deputy = people.account(self.school)

    def members_pasted(self) -> None:
        MemberList.objects.create(cluster=self.cluster, owner=self.college, source={})

    def members_in(self) -> None:
        MemberList.objects.update(accepted_at=clock.now())
        network.member(self.cluster, self.school)

    def agreement_drawn(self) -> None:
        day = clock.today()
        self.agreement = Agreement.objects.create(
            cluster=self.cluster,
            title="Соглашение",
            place="Санкт-Петербург",
            dated=day,
            valid_until=day + YEAR,
            paper=documents.paper(self.college),
            parties_count=2,
        )
        for place, side in enumerate((self.college, self.school), start=1):
            Party.objects.create(
                agreement=self.agreement,
                organisation=side,
                place=place,
                role="member",
                signatory="Соколов Андрей Викторович",
                signatory_post="директор",
                basis="Устав",
            )
        Obligation.objects.create(
            agreement=self.agreement,
            place=1,
            role="base",
            text="Проводит пробы",
            unit="events",
            planned=2,
        )

    def agreement_sent(self) -> None:
        self._agreement(state=Agreement.State.OUT_FOR_SIGNATURE)

    def school_signed(self) -> None:
        scan: StoredFile = documents.file(self.school)
        Party.objects.filter(organisation=self.school).update(
            signed_at=clock.now(), method=Party.Method.SCAN, scan=scan, signed_hash=scan.sha256
        )
        self._agreement(signed=1)

    def in_force(self) -> None:
        number: Number = documents.number(self.college)
        scan: StoredFile = documents.file(self.college)
        Party.objects.filter(signed_at=None).update(
            signed_at=clock.now(), method=Party.Method.SCAN, scan=scan, signed_hash=scan.sha256
        )
        self._agreement(
            state=Agreement.State.IN_FORCE, signed=2, number=number, in_force_at=clock.now()
        )

    def planned(self) -> None:
        self.item = plan.item(self.cluster, obligation=Obligation.objects.get())

    def event_made(self) -> None:
        PlanItem.objects.update(state=PlanItem.State.DATED, day=clock.today())
        self.event = events.event(
            cluster=self.cluster, plan_item=self.item, state=Event.State.DRAFT
        )

    def announced(self) -> None:
        self._event(state=Event.State.OPEN)

    def reserved(self) -> None:
        self._event()
        events.group(self.event_now, self.school, seats=10)

    def list_in(self) -> None:
        self.event_now.groups.update(state="listed", listed=10, consented=8)

    def consents_in(self) -> None:
        self.event_now.groups.update(consented=10)

    def another_waits(self) -> None:
        events.group(self.event_now, seats=4, state="waiting")
        self._event(queued=4)

    def the_day_comes(self) -> None:
        self._event(starts_at=clock.now(), ends_at=clock.now() + timedelta(hours=2))

    def held(self) -> None:
        self._event(state=Event.State.HELD, came=9)

    def issued(self) -> None:
        self._event(certified=9)

    @property
    def event_now(self) -> Event:
        """The event as the database has it."""
        return Event.objects.get()

    def _agreement(self, **changes: object) -> None:
        Agreement.objects.update(**changes)

    def _event(self, **changes: object) -> None:
        if changes:
            Event.objects.update(**changes)


# step, what waits for the coordinator, what for the school, what for the teacher at the door
TABLE = [
    ("", "members", "", ""),
    ("members_pasted", "members", "", ""),
    ("members_in", "agreement", "", ""),
    ("agreement_drawn", "agreement", "", ""),
    ("agreement_sent", "signing", "signing", ""),
    ("school_signed", "signing", "", ""),
    ("in_force", "plan", "", ""),
    ("planned", "event", "", ""),
    ("event_made", "announce", "", ""),
    ("announced", "", "", ""),
    ("reserved", "", "list", ""),
    ("list_in", "", "consents", ""),
    ("consents_in", "", "", ""),
    ("another_waits", "queue", "", ""),
    ("the_day_comes", "check_in", "", "check_in"),
    ("held", "certificates", "", ""),
    ("issued", "", "", ""),
]


@pytest.mark.parametrize("last", range(len(TABLE)), ids=[row[0] or "empty" for row in TABLE])
def test_each_step_waits_for_the_right_one(last: int) -> None:
    world = World()
    for step, *_ in TABLE[1 : last + 1]:
        getattr(world, step)()

    _, of_coordinator, of_school, of_teacher = TABLE[last]

    assert waits(actor_of(world.coordinator)) == of_coordinator.split()
    assert waits(actor_of(world.deputy)) == of_school.split()
    assert waits(actor_of(world.teacher)) == of_teacher.split()


def test_an_empty_house_tells_its_first_coordinator_where_to_begin(client: Client) -> None:
    first = people.account(organisations.college(), Post.Role.COORDINATOR)
    client.force_login(first)

    assert waits(actor_of(first)) == ["found", "invite"]
    assert 'href="/c/new/" data-step="found">Создать кластер' in client.get("/").text


def test_stranger_has_nothing_to_do() -> None:
    world = World()
    world.members_pasted()

    assert waits(people.actor()) == []


def test_home_of_a_coordinator_asks_few_questions(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    world = World()
    for step, *_ in TABLE[1:14]:
        getattr(world, step)()
    client.force_login(world.coordinator)

    with django_assert_max_num_queries(15):  # 13 of its own; the test's savepoint makes two
        page = client.get("/")

    assert "Ждёт вас" in page.text


@pytest.mark.parametrize(
    ("origin", "said"),
    [
        ("network.Review:1", "3 минуты"),
        ("correspondence.Voter:1", "1 минута"),
        ("correspondence.Decision:1", "1 минута, чтобы отметить выполнение"),
        ("", "1 минута, чтобы отметить выполнение"),
    ],
)
def test_a_task_says_how_long_what_it_leads_to_takes(
    client: Client, origin: str, said: str
) -> None:
    world = World()
    post = Post.objects.get(person=world.coordinator.person)
    people.task(post, origin=origin)
    client.force_login(world.coordinator)

    assert f". {said}</" in client.get("/").text


def test_home_of_a_school_shows_the_nearest_seats(client: Client) -> None:
    world = World()
    world.members_in()
    event = events.event(cluster=world.cluster, title="Робоквест")
    client.force_login(world.deputy)

    page = client.get("/").text

    assert "Робоквест" in page
    assert f"/e/{event.public_id}/" in page


def test_who_has_a_group_there_is_led_to_it(client: Client) -> None:
    world = World()
    world.members_in()
    event = events.event(cluster=world.cluster)
    group = events.group(event, world.school, seats=10)
    client.force_login(world.deputy)

    page = client.get("/").text

    assert f'href="/e/groups/{group.public_id}/">Наша группа' in page
    assert f"/e/{event.public_id}/register/" not in page


def test_who_has_nothing_to_do_still_sees_what_comes(client: Client) -> None:
    world = World()
    events.event(cluster=world.cluster, title="Робоквест")
    client.force_login(world.teacher)

    page = client.get("/").text

    assert "Дел нет." in page
    assert "Робоквест" in page


def test_obligations_of_two_clusters_are_told_apart(client: Client) -> None:
    world = World()
    for step, *_ in TABLE[1:7]:
        getattr(world, step)()
    client.force_login(world.coordinator)

    page = client.get("/").text

    assert f"{world.cluster.name}: соглашение действует" in page


def test_anonymous_signs_in_first(client: Client) -> None:
    assert client.get("/").status_code == 302


def waits(actor: Actor) -> list[str]:
    read = coordinator.read(actor)
    todos = [*coordinator.waits(actor, read), *door.waits(actor), *sender.waits(actor)]
    return sorted(todo.step for todo in todos)
