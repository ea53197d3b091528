"""Four hundred schools want a hundred seats at the same moment, over HTTP."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import live
from zveno.events.models import Event, Group
from zveno.events.tests import make as events
from zveno.kernel.actor import SYSTEM
from zveno.kernel.http import reading
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Account, Person, Post

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
AT_ONCE = 32


def test_exactly_as_many_as_there_are_seats() -> None:
    event, schools = crowd(seats=100, size=400)

    with live.web_server() as port:
        answers = rush(event, schools, port)

    assert answers == {302: 100, 409: 300}
    assert counts(event) == (100, 100)


def test_without_the_guard_seats_are_sold_twice() -> None:
    event, schools = crowd(seats=10, size=60)

    with live.web_server("tests.unguarded:application") as port:
        answers = rush(event, schools, port)

    taken, held = counts(event)
    assert answers[302] == held
    assert held > 10 >= taken


def crowd(*, seats: int, size: int) -> tuple[Event, list[tuple[Organisation, Account]]]:
    """Make an event and schools with a representative each."""
    with reading(SYSTEM):
        event = events.event(capacity=seats)
        district = organisations.district()
        schools = Organisation.objects.bulk_create(
            Organisation(
                kind="school", name=f"Школа {n}", name_key=f"школа {n}", territory=district
            )
            for n in range(size)
        )
        people = Person.objects.bulk_create(
            Person(owner=school, family_name="Белова") for school in schools
        )
        Post.objects.bulk_create(
            Post(person=person, organisation=person.owner, role=Post.Role.REPRESENTATIVE)
            for person in people
        )
        accounts = Account.objects.bulk_create(
            Account(person=person, sign_in_name=f"school{n}") for n, person in enumerate(people)
        )
    return event, list(zip(schools, accounts, strict=True))


def rush(event: Event, schools: list[tuple[Organisation, Account]], port: int) -> Counter[int]:
    """Let all ask for one seat; count the answers by status."""
    visitors = [(school, live.signed_in(account, port)) for school, account in schools]
    address = f"/e/{event.public_id}/register/"

    def ask(each: tuple[Organisation, live.Visitor]) -> int:
        school, visitor = each
        return visitor.post(address, sender=str(school.public_id), seats="1").status

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(ask, visitors))


def counts(event: Event) -> tuple[int, int]:
    """Return the seats the event counts as taken, and the groups that hold one."""
    event.refresh_from_db()
    return event.taken, Group.objects.filter(event=event, state=Group.State.RESERVED).count()
