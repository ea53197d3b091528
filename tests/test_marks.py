"""Marks at the door are facts: known by their keys, put together in whatever order they come."""

import random
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client

from zveno.engines import marks as engine
from zveno.events.actions import (
    Noted,
    NotHere,
    Tap,
    TooManyMarks,
    check_in,
    door,
    leave_early,
    send_marks,
    undo_check_in,
)
from zveno.events.models import Event, Mark, Place
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
PHONE = UUID(int=1)


def expected(children: int = 2) -> tuple[Event, list[Place]]:
    event = make.event(starts_at=clock.now() - timedelta(hours=1))
    return event, list(make.coming(event, organisations.school(), children).places.order_by("pk"))


def teacher(event: Event) -> Actor:
    return people.actor(event.host, Post.Role.TEACHER)


def tap(place: Place, kind: str = "came", *, minutes: int = 0, of: UUID | None = None) -> Tap:
    return Tap(uuid4(), place.public_id, kind, clock.now() - timedelta(minutes=minutes), of)


def counted(event: Event) -> tuple[int, int]:
    """Return who is here, and who is here by the counters of the event and of its groups."""
    event.refresh_from_db()
    assert sum(event.groups.values_list("came", flat=True)) == event.came
    return Place.objects.filter(event=event, came_at__isnull=False).count(), event.came


def test_a_mark_that_comes_again_late_does_not_undo_its_taking_back() -> None:
    event, (place, _) = expected()
    actor, mark = teacher(event), uuid4()
    check_in(actor, place.public_id, mark=mark)
    undo_check_in(actor, place.public_id)

    check_in(actor, place.public_id, mark=mark)

    assert counted(event) == (0, 0)
    check_in(actor, place.public_id, mark=uuid4())
    assert counted(event) == (1, 1)


def test_a_taking_back_that_comes_again_late_does_not_undo_a_new_mark() -> None:
    event, (place, _) = expected()
    actor, back = teacher(event), uuid4()
    undo_check_in(actor, place.public_id, mark=back)
    check_in(actor, place.public_id)

    undo_check_in(actor, place.public_id, mark=back)

    assert counted(event) == (1, 1)


def test_each_button_of_the_page_is_one_tap_however_often_it_is_sent() -> None:
    event, (place, other) = expected()
    browser = Client()
    browser.force_login(people.account(event.host, Post.Role.TEACHER))
    page, mark = f"/check/places/{place.public_id}/", uuid4()
    browser.post(page, {"came": f"yes {mark}"})
    browser.post(page, {"came": f"no {uuid4()}"})

    browser.post(page, {"came": f"yes {mark}"})
    browser.post(f"/check/places/{other.public_id}/", {"came": "yes nonsense"})

    assert list(Place.objects.filter(came_at__isnull=False)) == [other]
    shown = browser.get(f"/check/{event.public_id}/").text
    assert shown.count('value="no ') == shown.count('value="yes ') == 1


def test_two_devices_that_met_the_same_child_count_it_once_and_the_first_time_stays() -> None:
    event, (place, _) = expected()
    early, late = tap(place, minutes=9), tap(place, minutes=5)

    for one in (late, early):
        send_marks(teacher(event), event.public_id, noted=Noted(uuid4(), [one]))

    place.refresh_from_db()
    assert counted(event) == (1, 1)
    assert place.came_at == early.at


def test_a_clock_that_runs_ahead_is_put_right_and_nothing_is_still_to_come() -> None:
    event, (place, other) = expected()
    ahead = timedelta(hours=2)
    taps = [tap(place, minutes=-110), tap(other, minutes=-600)]

    send_marks(teacher(event), event.public_id, noted=Noted(PHONE, taps, ahead))

    place.refresh_from_db()
    other.refresh_from_db()
    assert place.came_at == taps[0].at - ahead
    assert other.came_at is not None
    assert other.came_at <= clock.now()


def test_who_leaves_early_has_come_and_stays_counted() -> None:
    event, (place, _) = expected()
    actor = teacher(event)
    with pytest.raises(NotHere):
        leave_early(actor, place.public_id)
    check_in(actor, place.public_id)

    leave_early(actor, place.public_id)

    assert Place.objects.get(left_at__isnull=False) == place
    assert counted(event) == (1, 1)
    undo_check_in(actor, place.public_id)
    assert not Place.objects.filter(left_at__isnull=False).exists()
    assert counted(event) == (0, 0)


def test_children_who_may_not_be_met_any_more_are_left_out() -> None:
    event, (place, gone) = expected()
    Place.objects.filter(pk=gone.pk).update(consented=False)
    stranger = expected()[1][0]
    taps = [tap(place), tap(gone), tap(stranger)]

    kept = send_marks(teacher(event), event.public_id, noted=Noted(PHONE, taps))

    assert kept == {taps[0].key}
    assert counted(event) == (1, 1)
    assert Mark.objects.count() == 1


def test_more_marks_than_a_day_brings_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    event, (place, _) = expected()
    monkeypatch.setattr(door, "MOST_MARKS", 1)

    with pytest.raises(TooManyMarks):
        send_marks(teacher(event), event.public_id, noted=Noted(PHONE, [tap(place), tap(place)]))


@pytest.mark.parametrize("seed", range(20))
def test_in_any_order_they_say_what_the_engine_says(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - not a secret
    event, places = expected(3)
    taps = [*_noted(chance, places)]
    sent = taps + chance.sample(taps, 3)
    chance.shuffle(sent)

    for device, one in sent:
        send_marks(teacher(event), event.public_id, noted=Noted(device, [one]))

    told = engine.merge(
        (
            engine.Mark(one.key, by, one.place, engine.Kind(one.kind), one.at, one.of)
            for by, one in taps
        ),
        {device: timedelta() for device, _one in taps},
    )
    for place in Place.objects.filter(event=event):
        presence = told.get(place.public_id) or engine.Presence(None, None, 0)
        assert place.came_at == presence.came_at
        assert place.left_at == (presence.left_at if presence.came_at else None)
    here, by_counters = counted(event)
    assert here == by_counters


def _noted(chance: random.Random, places: list[Place]) -> list[tuple[UUID, Tap]]:
    """Return taps of three devices; some take back what another one noted."""
    devices, taps = [uuid4() for _ in range(3)], list[tuple[UUID, Tap]]()
    for _ in range(chance.randrange(4, 14)):
        place, minutes = chance.choice(places), chance.randrange(60)
        before = [one.key for _device, one in taps if one.place == place.public_id]
        kind = chance.choice(["came", "came", "left", "taken_back"])
        of = chance.choice(before) if kind == "taken_back" and before else None
        taps.append((chance.choice(devices), tap(place, kind, minutes=minutes, of=of)))
    return taps
