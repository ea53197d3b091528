"""Who is erased is gone from lists, certificates and files; how many there were stays known."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zveno.documents.models import Number, StoredFile, Verification
from zveno.events import tasks
from zveno.events.actions import draw_batch, issue_certificates, list_children, undo_issue
from zveno.events.models import Batch, Certificate, Event, Group, Place
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.learners.actions import tend_retention
from zveno.learners.models import Child, Disclosure, Learner, Tombstone
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
LONG_AGO = 1990


def erase(school: Organisation, *children: Learner) -> None:
    """Let children of a school have left long ago, and the night come."""
    Learner.objects.filter(pk__in=[child.pk for child in children]).update(first_year=LONG_AGO)
    tend_retention(SYSTEM, school.public_id, category="children_who_left")


def children(group: Group) -> list[Learner]:
    return [place.learner for place in group.places.select_related("learner").order_by("pk")]


def issued(*groups: Group) -> Batch:
    event = groups[0].event
    coordinator = people.coordinator(event.host)
    batch = issue_certificates(coordinator, event.public_id)
    draw_batch(coordinator, batch.public_id)
    batch.refresh_from_db()
    return batch


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    past=st.integers(0, 3),
    coming=st.integers(0, 3),
    consented=st.integers(0, 3),
    erased=st.sets(st.integers(0, 5)),
)
def test_counters_are_right_whoever_is_erased(
    past: int, coming: int, consented: int, erased: set[int]
) -> None:
    school = organisations.school()
    groups: list[Group] = []
    if past:
        groups.append(make.came(make.held(), school, past))
    if coming:
        groups.append(make.coming(make.event(), school, coming, min(consented, coming)))
    everybody = [child for group in groups for child in children(group)]
    gone = [child for n, child in enumerate(everybody) if n in erased]

    erase(school, *gone)

    for group in groups:
        group.refresh_from_db()
        if group.came:
            assert (group.listed, group.consented, group.came) == (past, past, past)
        else:
            assert group.listed == group.places.count()
            assert group.consented == group.places.filter(consented=True).count()
    assert not Learner.objects.filter(pk__in=[child.pk for child in gone]).exists()
    assert not Place.objects.filter(learner__in=[child.pk for child in gone]).exists()
    assert sum(stone.number for stone in Tombstone.objects.filter(owner=school)) == len(gone)


def test_the_name_goes_from_the_certificate_and_its_number_stays() -> None:
    school = organisations.school()
    group = make.came(make.held(), school)
    batch = issued(group)
    first, second = children(group)

    erase(school, first)

    assert Certificate.objects.get().learner == second
    assert (Number.objects.count(), Verification.objects.count()) == (2, 2)
    assert not StoredFile.objects.exists()
    batch.refresh_from_db()
    assert batch.is_being_drawn


def test_the_worker_draws_the_file_anew_without_the_erased() -> None:
    school = organisations.school()
    group = make.came(make.held(), school)
    batch = issued(group)
    before = StoredFile.objects.get().sha256
    erase(school, children(group)[0])

    with clock.travel(clock.now() + timedelta(minutes=11)):
        tasks.draw_batches(0)
        tasks.draw_batches(0)

    batch.refresh_from_db()
    assert batch.file == StoredFile.objects.get()
    assert batch.file.sha256 != before


def test_a_batch_of_nobody_owes_no_file() -> None:
    school = organisations.school()
    group = make.came(make.held(), school)
    batch = issued(group)

    erase(school, *children(group))

    batch.refresh_from_db()
    assert not batch.is_being_drawn
    assert batch.emptied


def test_a_batch_of_nobody_is_taken_back_all_the_same() -> None:
    school = organisations.school()
    group = make.came(make.held(), school)
    batch = issued(group)
    erase(school, *children(group))

    undo_issue(people.coordinator(batch.event.host), batch.public_id)

    batch.refresh_from_db()
    assert batch.undone_at


def test_a_list_sent_again_counts_on_who_came_and_was_erased() -> None:
    school = organisations.school()
    event = make.event()
    group = make.came(event, school)
    Group.objects.filter(pk=group.pk).update(state=Group.State.LISTED)
    Event.objects.filter(pk=event.pk).update(came=2)
    first, second = children(group)
    erase(school, first)

    again = Child(second.family_name, second.given_name, second.grade, second.letter)
    list_children(people.actor(school), group.public_id, children=[again])

    group.refresh_from_db()
    assert (group.listed, group.came) == (2, 2)


def test_a_host_reads_nobody_who_was_erased() -> None:
    school = organisations.school()
    group = make.came(make.held(), school)
    host = people.coordinator(group.event.host)
    assert Learner.objects.visible_to(host).count() == 2

    erase(school, *children(group))

    assert not Learner.objects.visible_to(host).exists()
    assert not Disclosure.objects.exists()


def test_lists_go_a_year_after_the_event_and_the_counters_stay() -> None:
    school = organisations.school()
    start = clock.now() - timedelta(days=367)
    old = make.came(make.held(starts_at=start, ends_at=start + timedelta(hours=2)), school)
    young = make.came(make.held(), school)

    tend_retention(SYSTEM, school.public_id, category="event_lists")

    assert {place.group for place in Place.objects.select_related("group")} == {young}
    old.refresh_from_db()
    assert (old.listed, old.came) == (2, 2)
    assert Learner.objects.count() == 4
