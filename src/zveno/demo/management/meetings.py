"""What the demonstration tells of the working group: a meeting with minutes, one to come."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from zveno.correspondence import actions
from zveno.correspondence.actions import Call, Decided, Heard, Point, Protocol
from zveno.correspondence.models import Invited, Meeting
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.http import reading
from zveno.network.models import Cluster
from zveno.people.actions import finish_task
from zveno.people.models import Post, Task

PLACE = "Колледж, учебный цех, каб. 12 (пример)"
WEEKEND = {5, 6}
HOLDING = (Post.Role.COORDINATOR, Post.Role.TEACHER)
HELD = [
    Point("Итоги проб за первую четверть", "Воронцова А. И."),
    Point("Кто берёт школьные группы в декабре"),
]
COMES = [
    Point("План проб на второе полугодие", "Воронцова А. И."),
    Point("Поездка на производство: автобусы и согласия"),
    Point("Разное"),
]
SENT = "Разослать школам график проб на декабрь"
COUNTED = "Сверить списки групп и заявки на автобусы"
BOUGHT = "Закупить расходные материалы для двух проб"
HEARD = "Прошло четыре пробы, пришли 87 человек. Школам удобнее вторая половина дня."


def tell_of_meetings(anna: Actor, irina: Actor, cluster: Cluster) -> None:
    """Let the coordinator call two meetings, members answer, and one end with decisions."""
    today = clock.today()
    was = _working(today - timedelta(days=16))
    with clock.travel(_at(was - timedelta(days=7), 10)):
        held = actions.call_meeting(anna, cluster.public_id, call=_call(cluster, was, HELD))
    with clock.travel(_at(was - timedelta(days=5), 10)):
        _answer(anna, held)
    with clock.travel(_at(was + timedelta(days=1), 10)):
        _write(anna, held)
    comes = _working(today + timedelta(days=9))
    called = actions.call_meeting(anna, cluster.public_id, call=_call(cluster, comes, COMES))
    with reading(SYSTEM):
        own = called.invited.get(organisation__in=irina.scope)
    actions.answer_invitation(irina, own.public_id, comes=True, note="Придём вдвоём")


def _working(day: date) -> date:
    return day + timedelta(days=2) if day.weekday() in WEEKEND else day


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _call(cluster: Cluster, day: date, agenda: list[Point]) -> Call:
    members = cluster.memberships.live().exclude(organisation=cluster.base_id)
    return Call(
        key=uuid4(),
        subject="Рабочая группа кластера",
        begins_at=_at(day, 15),
        ends_at=_at(day, 16),
        place=PLACE,
        members=list(members.values_list("organisation__public_id", flat=True)),
        agenda=agenda,
    )


def _answer(anna: Actor, meeting: Meeting) -> None:
    """Let most of the invited come: some said so by telephone."""
    with reading(SYSTEM):
        *others, last = meeting.invited.in_order()
    for invited in others:
        actions.answer_invitation(anna, invited.public_id, comes=True)
    actions.answer_invitation(anna, last.public_id, comes=False, note="В этот день педсовет")


def _write(anna: Actor, meeting: Meeting) -> None:
    today = clock.today()
    with reading(SYSTEM):
        own, teacher = (_post(meeting, role) for role in HOLDING)
        first, second = meeting.items.all()
        came = list(_coming(meeting))
    sent = Decided(uuid4(), SENT, own.public_id, today + timedelta(days=3))
    bought = Decided(uuid4(), BOUGHT, own.public_id, today + timedelta(days=40))
    counted = Decided(uuid4(), COUNTED, teacher.public_id, today + timedelta(days=10))
    protocol = Protocol(
        chair=own.person.short_name,
        secretary=teacher.person.short_name,
        came=came,
        heard=[
            Heard(first.public_id, HEARD, [sent, bought]),
            Heard(second.public_id, decisions=[counted]),
        ],
    )
    actions.write_minutes(anna, meeting.public_id, protocol=protocol)
    with reading(SYSTEM):
        done = Task.objects.get(text=SENT)
    finish_task(anna, done.public_id)


def _coming(meeting: Meeting) -> Iterator[UUID]:
    rows = meeting.invited.filter(answer=Invited.Answer.COMING)
    yield from rows.values_list("public_id", flat=True)


def _post(meeting: Meeting, role: str) -> Post:
    posts = Post.objects.live().filter(organisation=meeting.cluster.base_id, role=role)
    return posts.select_related("person").earliest("pk")
