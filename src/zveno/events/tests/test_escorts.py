"""Adults who go with a group, and the way: the sender says it, the host reads who leads."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from zveno.codes.models.escorting import escorting
from zveno.events.actions import (
    EscortsAlready,
    NoSeatsHeld,
    Route,
    TooManyEscorts,
    WayUnknown,
    add_escort,
    name_leader,
    plan_route,
    remove_escort,
)
from zveno.events.actions import escorts as verbs
from zveno.events.models import Escort, Event, Group
from zveno.events.tests import make
from zveno.events.tests.test_trips import coming, page, signed_in
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.walls import scoped
from zveno.learners.actions import tend_retention
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
OREKHOVA, KUPRIN = "Орехова Светлана Юрьевна", "Куприн Денис Львович"


def going(group: Group) -> list[tuple[str, bool]]:
    rows = Escort.objects.filter(group=group).leader_first()
    return list(rows.values_list("name", "leads"))


@pytest.mark.parametrize(
    ("grades", "adults"),
    [
        ([7] * 10, 1),
        ([7] * 11, 2),
        ([0] * 15, 2),
        ([0] * 16, 3),
        ([0] * 7, 1),
        ([0] * 15 + [1] * 10, 3),
        ([], 0),
    ],
)
def test_adults_are_counted_by_ages_and_rounded_up_once(grades: list[int], adults: int) -> None:
    assert escorting().needed(grades) == adults
    assert escorting().source


def test_the_first_leads_until_another_does() -> None:
    group, actor = coming(2)
    for name in (OREKHOVA, KUPRIN):
        add_escort(actor, group.public_id, name=name, job="учитель")
    second = Escort.objects.get(name=KUPRIN)
    assert going(group) == [(OREKHOVA, True), (KUPRIN, False)]

    name_leader(actor, group.public_id, escort=second.public_id)
    assert going(group) == [(KUPRIN, True), (OREKHOVA, False)]

    remove_escort(actor, group.public_id, escort=second.public_id)
    assert going(group) == [(OREKHOVA, True)]
    group.refresh_from_db()
    assert group.adults == 1


def test_nobody_goes_twice_and_lists_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    group, actor = coming(1)
    add_escort(actor, group.public_id, name=OREKHOVA, job="учитель")
    with pytest.raises(EscortsAlready):
        add_escort(actor, group.public_id, name=OREKHOVA, job="завуч")

    monkeypatch.setattr(verbs, "MOST", 1)
    with pytest.raises(TooManyEscorts):
        add_escort(actor, group.public_id, name=KUPRIN, job="учитель")


def test_a_group_without_seats_goes_nowhere() -> None:
    group, actor = coming(1)
    Group.objects.update(state=Group.State.RELEASED)

    with pytest.raises(NoSeatsHeld):
        add_escort(actor, group.public_id, name=OREKHOVA, job="учитель")
    with pytest.raises(NoSeatsHeld):
        plan_route(actor, group.public_id, route=Route(way="foot"))


def test_a_way_is_one_of_the_list_and_only_a_hired_bus_has_a_carrier() -> None:
    group, actor = coming(1)
    with pytest.raises(WayUnknown):
        plan_route(actor, group.public_id, route=Route(way="rocket"))

    told = Route("foot", "Школьный двор", time(11, 30), time(15, 10), "Автопарк")
    plan_route(actor, group.public_id, route=told)

    group.refresh_from_db()
    assert (group.way, group.gathers_where, group.carrier) == ("foot", "Школьный двор", "")
    assert (group.gathers_at, group.back_at) == (time(11, 30), time(15, 10))


def test_escorts_of_another_group_are_not_there() -> None:
    group, actor = coming(1)
    foreign = make.escort(make.group(group.event))

    for verb in (remove_escort, name_leader):
        with pytest.raises(NotFound):
            verb(actor, group.public_id, escort=foreign.public_id)


def test_the_host_reads_who_leads_and_decides_nothing() -> None:
    group, _actor = coming(1)
    host = people.coordinator(group.event.host)
    lead = make.escort(group)
    make.escort(group, name=KUPRIN, leads=False)

    with pytest.raises(NotAllowed):
        add_escort(host, group.public_id, name=OREKHOVA, job="учитель")
    with pytest.raises(NotAllowed):
        remove_escort(host, group.public_id, escort=lead.public_id)
    assert list(Escort.objects.visible_to(host)) == [lead]


@pytest.mark.parametrize(("who", "names"), [("sender", 2), ("host", 1), ("stranger", 0)])
def test_the_second_wall_keeps_names_of_adults(who: str, names: int) -> None:
    group, _actor = coming(1)
    make.escort(group)
    make.escort(group, name=KUPRIN, leads=False)
    house = {
        "sender": group.sender,
        "host": group.event.host,
        "stranger": organisations.school(),
    }[who]

    with scoped(people.actor(house)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM events_escort")
        assert cursor.fetchone() == (names,)


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
def test_names_go_thirty_days_after_the_event(days: int, left: int) -> None:
    school = organisations.school()
    event = make.event()
    make.escort(make.group(event, school))
    past(event, days)

    with scoped(SYSTEM):
        tend_retention(SYSTEM, school.public_id, category="escorts")

    assert Escort.objects.count() == left


def past(event: Event, days: int) -> None:
    event.ends_at = clock.now() - timedelta(days=days)
    event.starts_at = event.ends_at - timedelta(hours=2)
    event.save()


def add(client: Client, group: Group, **sent: str) -> Any:
    return client.post(page(group, "escorts/"), sent, follow=True)


def test_adults_are_named_on_the_page(django_assert_max_num_queries: Any) -> None:
    group, _actor = coming(12)
    client = signed_in(group)

    shown = add(client, group, name=OREKHOVA, job="учитель технологии").content.decode()
    assert "Старший группы" in shown
    assert "нужен ещё 1 взрослый" in shown
    assert "уже едет с группой" in add(client, group, name=OREKHOVA, job="x").content.decode()

    add(client, group, name=KUPRIN, job="учитель информатики")
    with django_assert_max_num_queries(17):
        shown = client.get(page(group, "escorts/")).content.decode()
    assert "нужен ещё" not in shown
    second = Escort.objects.get(name=KUPRIN).public_id
    client.post(page(group, f"escorts/{second}/"), {"said": "leads"})
    assert going(group)[0] == (KUPRIN, True)
    client.post(page(group, f"escorts/{second}/"), {"said": "stays"})
    assert going(group) == [(OREKHOVA, True)]
    assert client.post(page(group, f"escorts/{second}/"), {"said": "?"}).status_code == 404


def test_people_of_the_school_are_offered() -> None:
    group, _actor = coming(1)
    client = signed_in(group)

    (offered, *_more) = client.get(page(group, "escorts/")).context["staff"]
    add(client, group, name=offered[0], job=offered[1])

    assert going(group) == [(offered[0], True)]
    assert offered not in client.get(page(group, "escorts/")).context["staff"]


def test_the_way_is_said_on_the_page(django_assert_max_num_queries: Any) -> None:
    group, _actor = coming(1)
    client = signed_in(group)
    with django_assert_max_num_queries(14):
        client.get(page(group, "route/"))

    sent = {"way": "foot", "gathers_where": "Школьный двор", "gathers_at": "1130", "back_at": ""}
    shown = client.post(page(group, "route/"), sent, follow=True).content.decode()

    assert "Пешком" in shown
    assert "11:30, Школьный двор" in shown
    assert client.post(page(group, "route/"), sent | {"way": "x"}).status_code == 422


def test_the_host_reads_on_the_page_how_many_come_and_who_leads() -> None:
    group, _actor = coming(1)
    make.escort(group)
    make.escort(group, name=KUPRIN, leads=False)
    client = Client()
    client.force_login(people.account(group.event.host, "coordinator"))

    shown = client.get(f"/e/{group.event.public_id}/").content.decode()

    assert "2 взрослых, старший группы: Белова Ирина Андреевна" in shown
    assert KUPRIN not in shown
