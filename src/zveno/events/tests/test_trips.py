"""How a group travels: consents to the trip, who leaves; the host is told nothing."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from zveno.events.actions import (
    NoSeatsHeld,
    keep_trip_consents,
    reserve_seats,
    say_travel,
)
from zveno.events.models import Event, Group, departing, travellers
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.tests.races import seeing_all
from zveno.learners.actions import WayOff, withdraw_consent
from zveno.learners.models import Consent, ConsentOrder, Learner, Purpose
from zveno.learners.tests import make as learners
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people


def coming(children: int = 3, consented: int = -1, **changes: Any) -> tuple[Group, Actor]:
    school = organisations.school()
    group = make.coming(make.event(**changes), school, children, consented)
    return group, people.actor(school)


def kept(actor: Actor, group: Group, number: int) -> int:
    places = list(group.places.order_by("pk").values_list("public_id", flat=True))[:number]
    return keep_trip_consents(actor, group.public_id, places=places)


def leaving(actor: Actor, group: Group) -> set[int]:
    return {one.place.learner_id for one in departing(travellers(actor, group))}


def page(group: Group, step: str = "") -> str:
    return f"/e/groups/{group.public_id}/trip/{step}"


def signed_in(group: Group) -> Client:
    client = Client()
    client.force_login(people.account(group.sender))
    return client


@pytest.mark.django_db
def test_a_group_of_another_house_travels_and_that_of_the_host_does_not() -> None:
    event = make.event(host=organisations.school())
    for house in (event.host, organisations.school()):
        reserve_seats(people.actor(house), event.public_id, sender=house.public_id, seats=2)

    travels = dict(Group.objects.values_list("sender", "travels"))

    assert travels.pop(event.host_id) is False
    assert list(travels.values()) == [True]


@pytest.mark.django_db
def test_those_leave_who_have_both_consents() -> None:
    group, actor = coming(3, consented=2)

    assert kept(actor, group, 1) == 1

    (first, *_others) = group.places.order_by("pk")
    assert leaving(actor, group) == {first.learner_id}
    assert Consent.objects.filter(purpose=Purpose.TRIP).count() == 1


@pytest.mark.django_db
def test_a_consent_taken_back_keeps_the_child_at_home_at_once() -> None:
    group, actor = coming(2)
    kept(actor, group, 2)
    child = group.places.order_by("pk")[0].learner

    withdraw_consent(actor, child.public_id, purpose=Purpose.TRIP)

    assert child.pk not in leaving(actor, group)
    assert len(leaving(actor, group)) == 1


@pytest.mark.django_db
def test_a_consent_that_is_over_before_the_day_does_not_count() -> None:
    group, actor = coming(1)
    kept(actor, group, 1)
    day = clock.today() + timedelta(days=1)

    Consent.objects.filter(purpose=Purpose.TRIP).update(expires_on=day)

    assert not leaving(actor, group)


@pytest.mark.django_db
def test_papers_are_signed_by_all_who_must_agree_on_the_day_of_the_event() -> None:
    group, actor = coming(1)
    turned = clock.today() + timedelta(days=2)
    Learner.objects.update(born_on=turned.replace(year=turned.year - 14, day=min(turned.day, 28)))

    assert kept(actor, group, 1) == 1

    assert len(leaving(actor, group)) == 1


@pytest.mark.django_db
def test_without_an_order_or_a_list_nothing_is_kept() -> None:
    group, actor = coming(1)
    ConsentOrder.objects.all().delete()
    with pytest.raises(WayOff):
        kept(actor, group, 1)

    Group.objects.update(state=Group.State.RESERVED)
    with pytest.raises(NoSeatsHeld):
        kept(actor, group, 1)


@pytest.mark.django_db
def test_the_host_learns_nothing_and_decides_nothing() -> None:
    group, actor = coming(1)
    kept(actor, group, 1)
    host = people.coordinator(group.event.host)

    with pytest.raises(NotAllowed):
        say_travel(host, group.public_id, travels=False)
    with pytest.raises(NotAllowed):
        keep_trip_consents(host, group.public_id, places=[])
    assert not Consent.objects.visible_to(host).exists()


@pytest.mark.django_db
def test_the_page_tells_who_may_leave(django_assert_max_num_queries: Any) -> None:
    group, actor = coming(4, consented=3)
    kept(actor, group, 2)
    client = signed_in(group)

    with django_assert_max_num_queries(17):
        shown = client.get(page(group))

    assert (len(shown.context["leaving"]), shown.context["missing"]) == (2, 2)
    printed = client.get(page(group, "list/")).content.decode()
    assert "Едут 2 ребёнка" in printed
    assert "нет согласия на поездку" in printed
    assert "нет согласий ни на участие, ни на поездку" in printed


@pytest.mark.django_db
def test_papers_are_recorded_on_the_page_and_somebody_has_to_be_ticked() -> None:
    group, actor = coming(2)
    client = signed_in(group)
    rows = [str(one.public_id) for one in group.places.all()]

    shown = client.post(page(group), {"rows": [*rows, "x"]}, follow=True).content.decode()

    assert "Отмечено 2 согласия на поездки" in shown
    assert len(leaving(actor, group)) == 2
    assert "хотя бы одного" in client.post(page(group), follow=True).content.decode()


@pytest.mark.django_db
def test_where_families_bring_the_children_no_trip_is_asked_about() -> None:
    group, _actor = coming(1)
    client = signed_in(group)

    shown = client.post(f"/e/groups/{group.public_id}/travel/", {"travels": "no"}, follow=True)

    assert "Детей привозят семьи" in shown.content.decode()
    assert 'name="rows"' not in shown.content.decode()
    assert client.get(page(group, "list/"))["Location"] == page(group)
    group.refresh_from_db()
    assert group.travels is False
    assert client.post(f"/e/groups/{group.public_id}/travel/", {"travels": "?"}).status_code == 404


ANSWERS = st.lists(
    st.tuples(
        st.sampled_from(["guardian", "child", "both"]),
        st.booleans(),  # refused
        st.integers(-2, 2),  # over so many days from the event
        st.booleans(),  # taken back
    ),
    max_size=3,
)
EVENT_DAY = date(2026, 12, 10)


def may_travel(born: date, answers: list[tuple[str, bool, int, bool]]) -> bool:
    """Say it once more in plain words, with nothing of the house: the oracle."""
    fourteen, eighteen = born.replace(year=born.year + 14), born.replace(year=born.year + 18)
    counted = [(who, no) for who, no, over, back in answers if over >= 0 and not back]
    if any(no for _who, no in counted):
        return False
    said = {who for who, _no in counted}
    parent, own = {"guardian", "both"} & said, {"child", "both"} & said
    if eighteen <= EVENT_DAY:
        return bool(own)
    return bool(parent) and (bool(own) or fourteen > EVENT_DAY)


class Travelling(TestCase):
    """Answers of all kinds, children of all ages."""

    @settings(max_examples=60, deadline=None)
    @given(born=st.dates(date(2007, 12, 1), date(2014, 12, 20)), answers=ANSWERS)
    def test_who_may_leave_is_what_an_oracle_says(
        self, born: date, answers: list[tuple[str, bool, int, bool]]
    ) -> None:
        if (born.month, born.day) == (2, 29):
            born += timedelta(days=1)
        now = datetime(2026, 12, 1, 9, tzinfo=clock.now().tzinfo)
        with clock.travel(now), seeing_all():
            start = now + timedelta(days=9)
            group, actor = coming(1, starts_at=start, ends_at=start + timedelta(hours=1))
            Learner.objects.update(born_on=born)
            child = Learner.objects.get()
            for number, (who, refused, over, back) in enumerate(answers):
                mother = learners.guardian(child, f"token-{child.pk}-{number}")
                learners.consent(
                    child,
                    purpose=Purpose.TRIP,
                    signed_by=who,
                    refused=refused,
                    guardian=mother,
                    expires_on=EVENT_DAY + timedelta(days=over),
                    withdrawn_at=clock.now() if back else None,
                )

            assert bool(leaving(actor, group)) is may_travel(born, answers)
            Event.objects.all().delete()
            Learner.objects.all().delete()


@pytest.mark.django_db
def test_a_head_of_the_school_may_do_it_too() -> None:
    group, _actor = coming(1)

    assert kept(people.actor(group.sender, Post.Role.HEAD), group, 1) == 1
