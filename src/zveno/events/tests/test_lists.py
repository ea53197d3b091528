"""Who comes: the list of a group, and the consents without which the host sees nobody."""

import pytest

from zveno.events.actions import (
    GradeDoesNotFit,
    NobodyListed,
    NoSeatsHeld,
    SomeCame,
    TooManyChildren,
    keep_consents,
    list_children,
    withdraw_consent,
)
from zveno.events.models import Group, Place
from zveno.events.tests import make
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.models import Entry
from zveno.learners.models import Child, Disclosure, Learner
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
ARINA, MARK = Child("Соколова", "Арина", 6, "Б"), Child("Белов", "Марк", 7, "А")


def listed(group: Group, *children: Child) -> None:
    list_children(people.actor(group.sender), group.public_id, children=children)
    group.refresh_from_db()


def consented(group: Group) -> None:
    places = [place.public_id for place in group.places.all()]
    keep_consents(people.actor(group.sender), group.public_id, places=places)
    group.refresh_from_db()


def seen_by_host(group: Group) -> list[str]:
    actor = people.coordinator(group.event.host)
    return [learner.given_name for learner in Learner.objects.visible_to(actor).order_by("pk")]


def test_a_list_makes_places_and_shows_nobody_yet() -> None:
    group = make.group(make.event())

    listed(group, ARINA, MARK)

    assert (group.state, group.listed, group.consented) == (Group.State.LISTED, 2, 0)
    assert seen_by_host(group) == []


def test_with_the_consents_the_host_sees_the_children_while_the_papers_are_kept() -> None:
    group = make.group(make.event())
    listed(group, ARINA, MARK)

    consented(group)

    assert group.consented == 2
    assert seen_by_host(group) == ["Арина", "Марк"]
    assert {one.until for one in Disclosure.objects.all()} == {group.event.kept_until}


def test_whose_consent_is_valid_already_is_shown_at_once() -> None:
    school = organisations.school()
    first = make.group(make.event(), school)
    listed(first, ARINA)
    consented(first)
    second = make.group(make.event(), school)

    listed(second, ARINA, MARK)

    assert (second.listed, second.consented) == (2, 1)
    assert seen_by_host(second) == ["Арина"]


def test_consents_of_some_show_some() -> None:
    group = make.group(make.event())
    listed(group, ARINA, MARK)
    place = Place.objects.get(learner__given_name="Марк")

    keep_consents(people.actor(group.sender), group.public_id, places=[place.public_id])

    assert seen_by_host(group) == ["Марк"]


def test_a_later_list_replaces_the_earlier_one() -> None:
    group = make.group(make.event())
    listed(group, ARINA, MARK)
    consented(group)

    listed(group, MARK, Child("Ким", "Лев", 5, "А"))

    assert (group.listed, group.consented) == (2, 1)
    assert seen_by_host(group) == ["Марк"]
    assert Learner.objects.count() == 3


def test_a_child_who_came_stays_on_the_list() -> None:
    group = make.came(make.event(), organisations.school())

    with pytest.raises(SomeCame):
        listed(group, ARINA)


def test_not_more_children_than_seats() -> None:
    group = make.group(make.event(), seats=1)

    with pytest.raises(TooManyChildren, match="Детей в списке: 2, мест: 1"):
        listed(group, ARINA, MARK)


def test_an_empty_list_is_no_list() -> None:
    with pytest.raises(NobodyListed):
        listed(make.group(make.event()))


def test_children_of_other_grades_do_not_come() -> None:
    group = make.group(make.event(grade_from=5, grade_to=6))

    with pytest.raises(GradeDoesNotFit, match="5–6 классы"):
        listed(group, ARINA, MARK)


@pytest.mark.parametrize("state", [Group.State.WAITING, Group.State.RELEASED])
def test_a_list_needs_seats(state: str) -> None:
    group = make.group(make.event(), state=state)

    with pytest.raises(NoSeatsHeld):
        listed(group, ARINA)
    with pytest.raises(NoSeatsHeld):
        consented(group)


def test_the_list_may_come_after_the_event() -> None:
    group = make.group(make.held())

    listed(group, ARINA)

    assert group.listed == 1


def test_only_the_sender_writes_the_list() -> None:
    group = make.group(make.event())

    with pytest.raises(NotAllowed):
        list_children(people.coordinator(group.event.host), group.public_id, children=[ARINA])
    with pytest.raises(NotFound):
        list_children(people.actor(), group.public_id, children=[ARINA])


def test_places_of_another_group_are_left_alone() -> None:
    event = make.event()
    own, other = (make.coming(event, organisations.school(), 2, consented=0) for _ in "ab")
    foreign = [place.public_id for place in other.places.all()]

    keep_consents(people.actor(own.sender), own.public_id, places=foreign)

    assert not Place.objects.filter(consented=True).exists()


def test_the_journal_keeps_no_names() -> None:
    group = make.group(make.event())

    listed(group, ARINA)

    told = str(list(Entry.objects.values()))
    assert "Соколова" not in told
    assert "соколова" not in told


def test_after_a_withdrawal_the_row_is_gone_for_the_host_and_its_counters_are_right() -> None:
    event = make.event()
    group = make.came(event, organisations.school(), children=2)
    event.came = 2
    event.save()
    place = group.places.first()
    assert place is not None

    withdraw_consent(people.actor(group.sender), place.public_id)

    host = people.coordinator(event.host)
    assert Place.objects.visible_to(host).count() == 1
    group.refresh_from_db()
    event.refresh_from_db()
    assert (group.seats, group.consented, group.came, event.came) == (2, 2, 2, 2)


def test_before_the_event_a_withdrawn_consent_no_longer_counts_anywhere() -> None:
    school = organisations.school()
    groups = [make.group(make.event(), school) for _ in "ab"]
    for group in groups:
        listed(group, ARINA, MARK)
    consented(groups[0])
    consented(groups[1])
    place = Place.objects.filter(learner__given_name="Арина").first()
    assert place is not None

    withdraw_consent(people.actor(school), place.public_id)

    for group in groups:
        group.refresh_from_db()
        assert (group.listed, group.consented) == (2, 1)
        assert seen_by_host(group) == ["Марк"]


def test_the_host_withdraws_nothing() -> None:
    event = make.event()
    group = make.coming(event, organisations.school())
    place = group.places.first()
    assert place is not None

    with pytest.raises(NotAllowed):
        withdraw_consent(people.coordinator(event.host), place.public_id)
