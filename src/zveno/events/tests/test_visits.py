"""Families come by themselves: seats of their own, a ticket for an email, nobody known."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from zveno.events.actions import (
    BadEmail,
    BadFamily,
    EventNotOpen,
    FamiliesClosed,
    FamiliesFull,
    Family,
    FewerThanFamilies,
    IsCancelled,
    NewTime,
    SomeAreHere,
    TicketReturned,
    cancel_event,
    close_to_families,
    give_ticket_back,
    meet_family,
    move_event,
    open_to_families,
    register_family,
    send_ticket_again,
    take_ticket_again,
    undo_meeting_family,
)
from zveno.events.models import Event, Visit
from zveno.events.tests import make
from zveno.kernel import clock, outbox
from zveno.kernel.actor import NOBODY, SYSTEM, Actor
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.models import Entry, Letter
from zveno.kernel.walls import scoped
from zveno.learners.actions import tend_retention
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.models.credentials import actor_of
from zveno.people.tests import make as people
from zveno.ui.tests.calendars import agreed

pytestmark = pytest.mark.django_db
MOTHER, FATHER = "Mother@example.org ", "father@example.org"


def invited(seats: int = 6, **changes: Any) -> Event:
    event = make.event(kind="open_day", title="День открытых дверей", **changes)
    open_to_families(people.coordinator(event.host), event.public_id, seats=seats)
    event.refresh_from_db()
    return event


def register(event: Event, email: str = MOTHER, people: int = 2, **changes: Any) -> None:
    register_family(NOBODY, event.public_id, family=Family(people, email, **changes))
    event.refresh_from_db()


def ticket(event: Event, email: str = MOTHER) -> Visit:
    return Visit.objects.select_related("event").get(event=event, email=email.strip().lower())


def family(visit: Visit) -> Actor:
    return actor_of(visit.token)


def letters(email: str = MOTHER) -> list[str]:
    with scoped(SYSTEM):
        sent = Letter.objects.filter(to=email.strip().lower()).order_by("pk")
        return [f"{one.subject}\n{one.text}" for one in sent]


def test_a_family_gets_a_ticket_by_email_and_takes_seats() -> None:
    event = invited()

    register(event, people=3, ages=("kg", "basic"))

    visit, [letter] = ticket(event), letters()
    assert (visit.people, visit.ages, event.families) == (3, ["basic", "kg"], 3)
    assert f"/ticket/{visit.token}/" in letter
    assert "3 места" in letter
    assert re.fullmatch(r"\d{6}", visit.code)


def test_the_same_email_is_sent_the_same_ticket_again_and_takes_no_more_seats() -> None:
    event = invited()
    register(event, people=2)

    register(event, "MOTHER@example.org", people=4)

    first, second = letters()
    assert (Visit.objects.count(), event.families) == (1, 2)
    assert ticket(event).token in first
    assert ticket(event).token in second


def test_a_form_sent_twice_is_one_wish_even_for_the_last_seats() -> None:
    event, wish = invited(seats=2), Family(2, MOTHER)

    for _ in range(2):
        register_family(NOBODY, event.public_id, family=wish)

    event.refresh_from_db()
    assert (event.families, len(letters())) == (2, 1)


def test_who_asks_for_more_than_is_left_hears_so_whether_they_have_a_ticket_or_not() -> None:
    event = invited(seats=3)
    register(event, people=2)

    for email in (MOTHER, FATHER):
        with pytest.raises(FamiliesFull, match=": 1"):
            register(event, email)
    assert (Visit.objects.count(), event.families) == (1, 2)


def test_a_lost_ticket_is_sent_again_and_nobody_learns_whose_there_are() -> None:
    event = invited(seats=2)
    register(event)

    for email in (MOTHER, FATHER):
        send_ticket_again(NOBODY, event.public_id, email=email)

    assert (len(letters()), len(letters(FATHER))) == (2, 0)


def test_families_register_until_the_event_begins_and_while_the_host_lets_them() -> None:
    event, groups_only = invited(), make.event()
    closing = invited(closes_at=clock.now() + timedelta(hours=1))

    with pytest.raises(FamiliesClosed):
        register(groups_only)
    with clock.travel(event.starts_at), pytest.raises(FamiliesClosed):
        register(event)
    with clock.travel(clock.now() + timedelta(hours=2)), pytest.raises(FamiliesClosed):
        register(closing)


def test_a_host_that_lets_no_more_families_in_sends_nobody_away() -> None:
    event = invited()
    register(event)

    close_to_families(people.coordinator(event.host), event.public_id)

    with pytest.raises(FamiliesClosed):
        register(event, FATHER)
    event.refresh_from_db()
    assert (event.families, ticket(event).returned_at) == (2, None)


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        (Family(0, MOTHER), BadFamily),
        (Family(6, MOTHER), BadFamily),
        (Family(1, MOTHER, ("adult",)), BadFamily),
        (Family(1, "nobody"), BadEmail),
        (Family(1, f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 63}.org"), BadEmail),
    ],
)
def test_what_stands_on_no_form_is_refused(wish: Family, refusal: type[Exception]) -> None:
    event = invited(seats=20)

    with pytest.raises(refusal):
        register_family(NOBODY, event.public_id, family=wish)


def test_there_are_no_fewer_seats_than_families_have_taken() -> None:
    event = invited()
    register(event, people=4)

    with pytest.raises(FewerThanFamilies, match="4"):
        open_to_families(people.coordinator(event.host), event.public_id, seats=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(families_seats=3)


def test_only_the_host_invites_families_and_not_to_what_is_over_or_cancelled() -> None:
    event, held = make.event(), make.held()

    with pytest.raises(NotAllowed):
        open_to_families(people.actor(), event.public_id, seats=5)
    with pytest.raises(EventNotOpen):
        open_to_families(people.coordinator(held.host), held.public_id, seats=5)
    host = people.coordinator(event.host)
    cancel_event(host, event.public_id, why="Ремонт")
    with pytest.raises(IsCancelled):
        open_to_families(host, event.public_id, seats=5)


def test_a_ticket_given_back_frees_its_seats_and_can_be_taken_again() -> None:
    event = invited()
    register(event)
    visit = ticket(event)

    for _ in range(2):
        give_ticket_back(family(visit), visit.public_id)
    event.refresh_from_db()
    assert event.families == 0

    for _ in range(2):
        take_ticket_again(family(visit), visit.public_id)
    event.refresh_from_db()
    assert (event.families, ticket(event).returned_at) == (2, None)


def test_a_ticket_whose_seats_went_to_others_is_not_taken_again() -> None:
    event = invited(seats=2)
    register(event)
    visit = ticket(event)
    give_ticket_back(family(visit), visit.public_id)
    register(event, FATHER)

    with pytest.raises(FamiliesFull):
        take_ticket_again(family(visit), visit.public_id)
    assert ticket(event).returned_at


def test_who_gave_a_ticket_back_may_register_anew_by_the_same_email() -> None:
    event = invited()
    register(event)
    give_ticket_back(family(ticket(event)), ticket(event).public_id)

    register(event, people=5)

    assert (ticket(event).people, ticket(event).returned_at, event.families) == (5, None, 5)


def test_a_ticket_is_nobody_elses() -> None:
    event = invited()
    register(event)
    register(event, FATHER)
    mother, father = ticket(event), ticket(event, FATHER)

    for stranger in (NOBODY, people.actor(), family(father)):
        with pytest.raises(NotFound):
            give_ticket_back(stranger, mother.public_id)
    with pytest.raises(NotAllowed):
        give_ticket_back(people.coordinator(event.host), mother.public_id)


def test_the_wall_shows_a_ticket_to_its_host_and_its_link_alone() -> None:
    event = invited()
    register(event)
    visit = ticket(event)
    seen = {}

    readers = {"host": people.coordinator(event.host), "link": family(visit)}
    for name, reader in (readers | {"nobody": NOBODY, "school": people.actor()}).items():
        with transaction.atomic(), scoped(reader):
            seen[name] = Visit.objects.count()

    assert seen == {"host": 1, "link": 1, "nobody": 0, "school": 0}


def test_a_family_is_met_once_and_the_mark_can_be_taken_back() -> None:
    event = invited()
    register(event, people=3)
    visit, teacher = ticket(event), people.actor(event.host, Post.Role.TEACHER)

    for _ in range(2):
        meet_family(teacher, visit.public_id)
    event.refresh_from_db()
    assert event.families_came == 3

    for _ in range(2):
        undo_meeting_family(teacher, visit.public_id)
    event.refresh_from_db()
    assert event.families_came == 0


def test_a_ticket_given_back_opens_no_door_and_strangers_meet_nobody() -> None:
    event = invited()
    register(event)
    visit = ticket(event)
    with pytest.raises(NotFound):
        meet_family(people.actor(), visit.public_id)
    give_ticket_back(family(visit), visit.public_id)

    with pytest.raises(TicketReturned):
        meet_family(people.coordinator(event.host), visit.public_id)


def test_families_are_told_that_the_event_is_cancelled() -> None:
    event = invited()
    register(event)

    cancel_event(people.coordinator(event.host), event.public_id, why="Ремонт мастерской")

    event.refresh_from_db()
    assert "Ремонт мастерской" in "".join(letters())
    assert (event.families, event.for_families) == (0, False)


def test_what_families_have_come_to_is_not_cancelled() -> None:
    event = invited()
    register(event)
    host = people.coordinator(event.host)
    meet_family(host, ticket(event).public_id)

    with pytest.raises(SomeAreHere):
        cancel_event(host, event.public_id, why="Ремонт")


def test_families_are_told_of_the_new_time_and_their_tickets_hold_till_then() -> None:
    event = invited()
    register(event)
    later = event.starts_at + timedelta(days=20)
    new = NewTime(later, later + timedelta(hours=2), "Актовый зал", "Карантин")

    move_event(people.coordinator(event.host), event.public_id, new=new)

    assert "Карантин" in "".join(letters())
    with clock.travel(later - timedelta(hours=1)):
        assert family(ticket(event)).is_live()


def test_thirty_days_after_the_event_nothing_of_a_family_is_left_but_the_count() -> None:
    event = invited()
    register(event)
    meet_family(people.coordinator(event.host), ticket(event).public_id)

    for days, left in ((29, 1), (31, 0)):
        with clock.travel(event.ends_at + timedelta(days=days)):
            tend_retention(SYSTEM, event.host.public_id, category="visits")
        assert Visit.objects.count() == left

    event.refresh_from_db()
    assert (letters(), event.families, event.families_came) == ([], 2, 2)


def test_the_journal_names_no_email() -> None:
    event = invited()
    register(event)

    entry = Entry.objects.get(verb="events.register_family")
    assert "example.org" not in str(vars(entry))


def test_the_letter_leaves(mailoutbox: list[EmailMessage]) -> None:
    event = invited()
    register(event)

    outbox.send_due()

    assert mailoutbox[-1].to == ["mother@example.org"]


def form(page: str, **changes: object) -> dict[str, object]:
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key
    told = {"key": key[1], "people": "2", "ages": ["basic"], "email": FATHER, "read": "on"}
    return told | changes


def test_a_family_registers_and_returns_its_ticket_without_script_or_account() -> None:
    event, browser = invited(seats=2), Client()
    public = browser.get(reverse("events:public", args=[event.public_id])).text
    address = reverse("events:visit", args=[event.public_id])
    assert address in public
    assert "Осталось 2 места" in public

    said = browser.post(address, form(browser.get(address).text)).text
    assert FATHER in said

    visit = ticket(event, FATHER)
    own = reverse("events:ticket", args=[visit.token])
    shown = browser.get(own).text
    assert visit.code in shown
    assert "<svg" in shown
    assert FATHER not in shown
    assert browser.post(own, {"comes": "no"}, follow=True).text.count('value="yes"') == 1
    assert visit.code in browser.post(own, {"comes": "yes"}, follow=True).text
    calendar = browser.get(reverse("events:ticket_calendar", args=[visit.token]))
    assert calendar["Content-Type"].startswith("text/calendar")
    assert [one["begins"] for one in agreed(calendar.content)] == [
        event.starts_at.replace(microsecond=0)
    ]


def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost() -> None:
    event, browser = invited(), Client()
    address = reverse("events:visit", args=[event.public_id])

    answer = browser.post(address, form(browser.get(address).text, read="", people="4"))

    assert answer.status_code == 422
    assert FATHER in answer.text
    assert '<option value="4" selected' in answer.text
    assert not Visit.objects.exists()


def test_a_full_event_offers_to_send_a_lost_ticket_again() -> None:
    event, browser = invited(seats=2), Client()
    register(event)
    address = reverse("events:visit", args=[event.public_id])

    page = browser.get(address).text
    known = browser.post(address, {"again": "yes", "email": MOTHER})
    unknown = browser.post(address, {"again": "yes", "email": FATHER})

    assert 'name="people"' not in page
    assert known.text.replace("Mother", "x") == unknown.text.replace("father", "x")
    assert (len(letters()), len(letters(FATHER))) == (2, 0)


def test_one_email_is_not_flooded_and_one_network_not_either() -> None:
    event, browser = invited(seats=100), Client(REMOTE_ADDR="203.0.113.7")
    address = reverse("events:visit", args=[event.public_id])
    page = browser.get(address).text

    one = [browser.post(address, form(page)).status_code for _ in range(6)]
    many = [
        browser.post(address, form(page, email=f"f{n}@example.org")).status_code for n in range(15)
    ]

    assert one == [200] * 5 + [429]
    assert many == [200] * 14 + [429]


def test_an_event_for_groups_has_no_form_and_a_wrong_link_no_ticket() -> None:
    event, browser = make.event(), Client()

    form_page = browser.get(reverse("events:visit", args=[event.public_id]))
    assert form_page.status_code == 404
    for name in ("events:ticket", "events:ticket_calendar"):
        assert browser.get(reverse(name, args=["x" * 40])).status_code == 404


def host_of(event: Event, role: str = Post.Role.COORDINATOR) -> Client:
    client = Client()
    client.force_login(people.account(event.host, role))
    return client


def test_the_host_sees_numbers_of_five_and_more_and_no_email() -> None:
    event = invited(seats=50)
    for number in range(5):
        register(event, f"f{number}@example.org", 1, ages=("primary",))
    register(event, FATHER, 1, ages=("senior",))

    page = host_of(event).get(reverse("events:families", args=[event.public_id])).text

    assert "5 семей" in page
    assert "меньше 5" in page
    assert "example.org" not in page


def test_the_host_invites_families_and_lets_no_more_register() -> None:
    event = make.event()
    client, address = host_of(event), reverse("events:families", args=[event.public_id])

    client.post(address, {"seats": "40"})
    event.refresh_from_db()
    assert (event.for_families, event.families_seats) == (True, 40)

    assert client.post(address, {"seats": "0"}).status_code == 422
    client.post(address, {"close": "yes"})
    event.refresh_from_db()
    assert not event.for_families


def test_a_teacher_finds_a_ticket_by_its_digits_and_marks_the_family() -> None:
    event = invited()
    register(event, people=3)
    code, client = ticket(event).code, host_of(event, Post.Role.TEACHER)
    door = reverse("events:check_families", args=[event.public_id])

    found = client.get(door, {"code": f"{code[:3]} {code[3:]}"}).text
    assert "m•••@example.org" in found
    assert "mother@" not in found

    assert "Отменить" in client.post(door, {"code": code, "came": "yes"}, follow=True).text
    client.post(door, {"code": code, "came": "no"})
    event.refresh_from_db()
    assert event.families_came == 0
    wrong = client.post(door, {"code": "000000" if code != "000000" else "111111"})
    assert wrong.status_code == 422


def test_a_code_opens_the_door_of_its_own_event_alone_and_only_to_its_host() -> None:
    event, other = invited(), invited()
    register(event)
    code = ticket(event).code

    client = host_of(other)
    wrong = client.get(reverse("events:check_families", args=[other.public_id]), {"code": code})
    assert "m•••@" not in wrong.text
    foreign = client.get(reverse("events:check_families", args=[event.public_id]), {"code": code})
    assert foreign.status_code == 403


def test_pages_of_families_ask_few_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    event = invited()
    register(event)
    visit, client = ticket(event), host_of(event)
    families = reverse("events:families", args=[event.public_id])
    door = reverse("events:check_families", args=[event.public_id])
    client.get(families)

    with django_assert_max_num_queries(12):
        client.get(families)
    with django_assert_max_num_queries(11):
        client.get(door, {"code": visit.code})
    with django_assert_max_num_queries(6):
        Client().get(reverse("events:visit", args=[event.public_id]))
    with django_assert_max_num_queries(6):
        Client().get(reverse("events:ticket", args=[visit.token]))


def test_a_school_hears_nothing_of_families() -> None:
    event = invited()
    client = Client()
    client.force_login(people.account(organisations.school()))

    for name in ("events:families", "events:check_families"):
        assert client.get(reverse(name, args=[event.public_id])).status_code == 403
