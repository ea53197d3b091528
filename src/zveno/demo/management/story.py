"""The story of the demonstration, told through the verbs of the rooms."""

import json
from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from functools import partial
from importlib.resources import files
from typing import Any

from django.utils import timezone

from zveno.demo.management import (
    awards,
    contacts,
    doing,
    funding,
    hours,
    houses,
    joining,
    meetings,
    planning,
    registering,
    templates,
)
from zveno.documents.actions import Upload
from zveno.events import actions as events
from zveno.events.actions import Facts
from zveno.events.models import Event, Group, Place
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.http import reading
from zveno.learners.actions import ByOrder, switch_consents_on
from zveno.learners.models import Child, Method
from zveno.network import actions as network
from zveno.network.actions import ClusterPassport, Terms
from zveno.network.models import (
    Agreement,
    Cluster,
    Party,
    Period,
)
from zveno.network.models.wording import Owed, usual_obligations
from zveno.organisations import actions as organisations
from zveno.organisations.actions import Passport
from zveno.organisations.models import Organisation, Territory
from zveno.people import actions as people
from zveno.people.actions import Appointment
from zveno.people.models import Account, Person, Post, actor_of
from zveno.plan.models import PlanItem

TOLD: dict[str, Any] = json.loads(
    files("zveno.demo").joinpath("data", "story.json").read_text("utf-8")
)
SIGNED = date(2025, 5, 20)
SCAN = Upload("подписано (пример).pdf", "application/pdf", b"%PDF-1.7\n%%EOF\n")


def tell() -> None:
    """Build the networks of the founding articles around today."""
    today = clock.today()
    signed = min(SIGNED, today - timedelta(days=200))
    with at(signed - timedelta(days=30)):
        college = found_district()
        cluster = found_clusters(college)
    with at(signed):
        agreement = agree(cluster, signed)
    doing.tell_of_doing(acting("anna"), agreement, SCAN)
    was, comes = no_sunday(today - timedelta(days=9)), no_sunday(today + timedelta(days=6))
    planned = partial(planning.put_into_plan, acting("anna"), agreement)
    past = hold(planned("Собери манипулятор", was), was)
    prepare(planned("Робот-следопыт", comes), comes)
    open_accounts()
    houses.tell_of_houses(acting("anna"), college)
    funding.tell_of_funding(acting("anna"), cluster)
    hours.count(acting("irina"), home("irina"))
    templates.draw_by_word(acting("anna"), college, "memorandum")
    joining.tell_of_joining(acting("anna"), cluster)
    contacts.tell_of_contacts(acting("anna"), college)
    meetings.tell_of_meetings(acting("anna"), acting("irina"), cluster)
    planning.tell_of_plan(acting("anna"), cluster)
    planning.approve(acting("anna"), acting("maria"), cluster)
    planning.tell_of_wishes(acting("anna"), cluster)
    # Last, and by an account: the worker draws the certificates in its name.
    with at(was + timedelta(days=1)):
        anna = actor_of(Account.objects.get(sign_in_name="anna"))
        awards.award(anna, past)


def open_accounts() -> None:
    """Let the cast sign in."""
    for one in TOLD["people"]:
        key, name = person_of(one["name"]).public_id, one["name"]
        people.open_account(SYSTEM, key, sign_in_name=name, password=TOLD["password"])


def found_district() -> Organisation:
    """Found the region, the district, the college, its people; return the college."""
    country = Territory.objects.get(kind=Territory.Kind.COUNTRY)
    region = organisations.add_territory(
        SYSTEM,
        country.public_id,
        kind=Territory.Kind.REGION,
        name="Санкт-Петербург",
        genitive="Санкт-Петербурга",
    )
    district = organisations.add_territory(
        SYSTEM,
        region.public_id,
        kind=Territory.Kind.DISTRICT,
        name="Петроградский район",
        genitive="Петроградского района",
    )
    college = organisations.found_organisation(
        SYSTEM,
        district.public_id,
        passport=Passport(kind="college", email="college@example.org", **TOLD["college"]),
    )
    appoint("anna")
    organisations.found_organisation(
        SYSTEM, region.public_id, passport=Passport("education_authority", **TOLD["authority"])
    )
    for other in TOLD["others"]:
        found_other(
            district, other["cluster"], Passport("college", other["base"], inn=other["inn"])
        )
    return college


def found_other(district: Territory, cluster: str, base: Passport) -> None:
    """Found another cluster of the district at an invented college."""
    college = organisations.found_organisation(SYSTEM, district.public_id, passport=base)
    post = people.appoint(
        SYSTEM,
        college.public_id,
        appointment=Appointment(
            "Титова", "Ольга", "Юрьевна", role=Post.Role.COORDINATOR, title="координатор (пример)"
        ),
    )
    actor = Actor(
        person=post.person_id,
        scope=frozenset([college.pk]),
        roles=frozenset([(college.pk, Post.Role.COORDINATOR)]),
    )
    network.found_cluster(actor, college.public_id, passport=ClusterPassport(cluster))


def found_clusters(college: Organisation) -> Cluster:
    """Found the college's clusters; bring the nine members into one of them; return it."""
    anna = acting("anna")
    cluster = network.found_cluster(
        anna, college.public_id, passport=ClusterPassport(TOLD["cluster"], aim=TOLD["aim"])
    )
    table = "\n".join("\t".join(row) for row in TOLD["members"])
    members = network.bring_members(anna, cluster.public_id, source={"text": table})
    network.accept_members(anna, members.public_id)
    for one in TOLD["people"][1:]:
        appoint(one["name"])
    network.found_cluster(
        anna, college.public_id, passport=ClusterPassport(TOLD["empty_cluster"], aim=TOLD["aim"])
    )
    return cluster


def agree(cluster: Cluster, signed: date) -> Agreement:
    """Draw, send and sign the agreement of the nine; return it in force."""
    anna = acting("anna")
    roles = cluster.memberships.live().base_first().values_list("role", flat=True)
    terms = Terms(
        title="Соглашение о сетевом сотрудничестве (пример)",
        place="Санкт-Петербург",
        dated=signed,
        valid_until=signed.replace(year=signed.year + 3),
    )
    owed = [*usual_obligations(roles), *more_owed(signed)]
    agreement = network.start_agreement(anna, cluster.public_id, terms=terms, obligations=owed)
    network.send_agreement(anna, agreement.public_id)
    for days, party in enumerate(Party.objects.filter(agreement=agreement).order_by("place")):
        with at(signed + timedelta(days=days * 2)):
            network.file_scan(anna, party.public_id, upload=SCAN)
    return agreement


def more_owed(signed: date) -> list[Owed]:
    """Return what is owed beside the usual: hours of the centre, and something until a day."""
    once = Owed("member", TOLD["names"], period=Period.ONCE, due=signed + timedelta(days=30))
    return [Owed("methodical_operator", TOLD["courses"], "hours", 24), once]


def no_sunday(day: date) -> date:
    """Return the day, or Saturday for a Sunday."""
    return day - timedelta(days=day.isoweekday() // 7)


def hold(item: PlanItem, day: date) -> Event:
    """Tell the event that was: two groups came, one child was ill."""
    event = offer(item, day, announced=day - timedelta(days=25))
    with at(day - timedelta(days=14)):
        for name in ("irina", "oleg", "vera"):
            keep_consents_by_order(name)
        send("irina", event, "6 Б", missing=0)
        send("oleg", event, "5 Б", missing=0)
    with at(day, 17):
        with reading(SYSTEM):
            places = list(Place.objects.filter(event=event).order_by("pk"))
        for place in places[1:]:
            events.check_in(acting("igor"), place.public_id)
        events.hold_event(acting("anna"), event.public_id)
    return event


def prepare(item: PlanItem, day: date) -> None:
    """Tell the event that comes: full, a consent and a list are missing, a school waits."""
    announced = clock.today() - timedelta(days=6)
    event = offer(item, day, announced=announced)
    registering.take_groups(acting("anna"), event)
    with at(announced, 12):
        send("irina", event, "7 Б", missing=1)
    with at(announced + timedelta(days=2)):
        reserve("oleg", event, 2)
        vera = acting("vera")
        events.join_waiting_list(vera, event.public_id, sender=home("vera").public_id, seats=4)


def offer(item: PlanItem, day: date, *, announced: date) -> Event:
    """Make an event of a plan item and announce it."""
    start = timezone.make_aware(datetime.combine(day, time(15)))
    facts = Facts(
        title=item.title,
        kind=Event.Kind.PROFESSIONAL_TRIAL,
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        venue="Лаборатория робототехники, 2-й этаж",
        grades=(5, 8),
        capacity=12,
        lede="За два часа собираем, программируем и уносим домой схему (пример).",
        **registering.TRIAL,
    )
    with at(announced):
        event = events.make_event(acting("anna"), item.public_id, facts=facts)
        events.announce(acting("anna"), event.public_id)
    return event


def keep_consents_by_order(name: str) -> None:
    """Let the organisation of somebody keep consents of families on paper, by its order."""
    order = ByOrder("14-ПД", clock.today())
    switch_consents_on(acting(name), home(name).public_id, method=Method.KEPT, order=order)


def send(name: str, event: Event, label: str, *, missing: int) -> None:
    """Reserve seats for a class, list it and keep all consents but the ``missing`` last."""
    grade, letter = label.split()
    names = [child.split() for child in TOLD["children"][label]]
    group = reserve(name, event, len(names))
    actor = acting(name)
    rows = [Child(family, given, int(grade), letter, new=True) for family, given in names]
    events.list_children(actor, group.public_id, children=rows)
    with reading(SYSTEM):
        places = list(Place.objects.filter(group=group).order_by("pk"))
    agreed = [place.public_id for place in places[: len(places) - missing]]
    events.keep_consents(actor, group.public_id, places=agreed)


def reserve(name: str, event: Event, seats: int) -> Group:
    """Reserve seats for the organisation of somebody."""
    return events.reserve_seats(
        acting(name), event.public_id, sender=home(name).public_id, seats=seats
    )


def appoint(name: str) -> Post:
    """Give somebody of the cast their post."""
    one = next(one for one in TOLD["people"] if one["name"] == name)
    facts = {key: value for key, value in one.items() if key not in {"name", "inn"}}
    return people.appoint(
        SYSTEM,
        Organisation.objects.get(inn=one["inn"]).public_id,
        appointment=Appointment(email=f"{name}@example.org", **facts),
    )


def person_of(name: str) -> Person:
    """Find somebody of the cast by the address invented for them."""
    with reading(SYSTEM):
        return Person.objects.get(email=f"{name}@example.org")


def home(name: str) -> Organisation:
    """Return the organisation somebody of the cast works in."""
    return Post.objects.select_related("organisation").get(person=person_of(name)).organisation


def acting(name: str) -> Actor:
    """Make the actor somebody of the cast would be, signed in."""
    return actor_of(Account(person=person_of(name)))


def at(day: date, hour: int = 10) -> AbstractContextManager[None]:
    """Live on another day for a while."""
    return clock.travel(timezone.make_aware(datetime.combine(day, time(hour))))
