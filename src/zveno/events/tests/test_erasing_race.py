"""A child is erased while somebody does something with it: it stays whole, or is gone whole."""

from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from time import monotonic, sleep
from typing import Any

import pytest
from django.db import connections

from zveno.events.actions import list_children
from zveno.events.models import Group
from zveno.events.tests import make as events
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.tests.races import WAITED_FOR, ended, seeing_all
from zveno.learners.actions import (
    Stay,
    answer_consent,
    destroy,
    erasing,
    hold_erasure,
    holds,
    tend_retention,
)
from zveno.learners.models import (
    CONSENT_TEXTS,
    Child,
    Destruction,
    Guardian,
    Hold,
    Learner,
    Purpose,
    Tombstone,
)
from zveno.learners.tests import make
from zveno.people.models import actor_of
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]
LONG = timedelta(days=31)
LINK = "a-link-of-a-mother"
Work = Callable[[], object]


@dataclass
class Ground:
    """A child nobody has agreed to in time, its mother with a link, an event with a free seat."""

    child: Learner
    mother: Guardian
    group: Group
    actors: list[Actor]

    @classmethod
    def laid(cls) -> "Ground":
        with seeing_all():
            child = make.learner(unfounded_since=clock.now() - LONG)
            make.order(child.owner)
            mother = make.guardian(child, LINK)
            group = events.group(events.event(), child.owner)
            return cls(child, mother, group, [people.actor(child.owner) for _ in range(2)])

    def destroyed(self, by: int = 0) -> Work:
        key = self.child.owner.public_id
        chosen = [self.child.public_id]
        return partial(destroy, self.actors[by], key, learners=chosen, why="left")

    def at_night(self) -> Work:
        category = "children_without_consent"
        return partial(tend_retention, SYSTEM, self.child.owner.public_id, category=category)

    def held(self) -> Work:
        until = clock.today() + timedelta(days=30)
        stay = Stay("Запрос прокуратуры", until, learner=self.child)
        return partial(hold_erasure, self.actors[1], self.child.owner.public_id, stay=stay)

    def listed(self) -> Work:
        one = self.child
        row = Child(one.family_name, one.given_name, one.grade, one.letter, same=one.public_id)
        return partial(list_children, self.actors[1], self.group.public_id, children=[row])

    def agreed(self) -> Work:
        with seeing_all():
            by_link = actor_of(LINK)
        return partial(
            answer_consent,
            by_link,
            self.mother.public_id,
            purpose=Purpose.PARTICIPATION,
            agreed=True,
            text=CONSENT_TEXTS[Purpose.PARTICIPATION].sha256,
        )

    def is_there(self) -> bool:
        with seeing_all():
            return Learner.objects.filter(pk=self.child.pk).exists()


@dataclass
class Meeting:
    """Begins something else in a connection of its own when erasing comes to a place."""

    other: Work
    pool: ThreadPoolExecutor
    future: "Future[str] | None" = None

    def at(self, place: str, patch: pytest.MonkeyPatch) -> None:
        """Go on when the other has ended, or waits for what erasing holds."""
        before = getattr(erasing, place)

        def met(*given: Any) -> Any:
            if self.future is None:
                self.future = self.pool.submit(ended, self.other)
                wait_for(self.future)
            return before(*given)

        patch.setattr(erasing, place, met)


def wait_for(future: "Future[str]") -> None:
    until = monotonic() + 60
    with connections["default"].cursor() as cursor:
        while not future.done():
            cursor.execute(WAITED_FOR)
            if cursor.fetchone()[0]:
                return
            assert monotonic() < until
            sleep(0.01)


def race(
    erase: Work, other: Work, patch: pytest.MonkeyPatch, place: str = "_gone_with"
) -> tuple[str, str]:
    """Do both at once; tell how each ended."""
    with ThreadPoolExecutor(1) as pool:
        meeting = Meeting(other, pool)
        meeting.at(place, patch)
        first = ended(erase)
        assert meeting.future
        return first, meeting.future.result()


def keeping_all(rows: Any, keys: Collection[int]) -> list[int]:
    """Lock nobody and believe what was read before."""
    return list(keys)


def unguarded(patch: pytest.MonkeyPatch) -> None:
    """Let nobody wait for anybody."""
    for verb in (destroy, hold_erasure, tend_retention):
        patch.setattr(verb, "lock", False)
    patch.setattr(erasing, "_still", keeping_all)
    patch.setattr(holds, "_is_here", lambda *_: True)


# --- A hold is set ------------------------------------------------------------------------------


def test_who_is_told_that_a_child_stays_finds_it_there(monkeypatch: pytest.MonkeyPatch) -> None:
    ground = Ground.laid()

    assert race(ground.destroyed(), ground.held(), monkeypatch) == ("done", "not_found")
    with seeing_all():
        assert not Hold.objects.exists()
    assert not ground.is_there()


def test_without_locks_a_child_is_said_to_stay_and_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ground = Ground.laid()
    unguarded(monkeypatch)

    assert race(ground.destroyed(), ground.held(), monkeypatch) == ("done", "done")
    assert not ground.is_there()


# --- The child is listed for an event -----------------------------------------------------------


def counted(group: Group) -> tuple[int, int]:
    with seeing_all():
        group.refresh_from_db()
        return group.listed, group.places.count()


def test_who_is_being_erased_is_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    ground = Ground.laid()

    assert race(ground.destroyed(), ground.listed(), monkeypatch) == ("done", "clash")
    assert counted(ground.group) == (0, 0)
    assert not ground.is_there()


def test_without_locks_a_group_counts_somebody_who_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ground = Ground.laid()
    unguarded(monkeypatch)

    assert race(ground.destroyed(), ground.listed(), monkeypatch) == ("done", "done")
    assert counted(ground.group) == (1, 0)


# --- A parent agrees on the last night ----------------------------------------------------------


def test_a_consent_in_the_night_is_refused_or_keeps_the_child(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ground = Ground.laid()

    assert race(ground.at_night(), ground.agreed(), monkeypatch, "_still") == ("done", "clash")
    assert not ground.is_there()


def test_a_consent_that_came_after_the_question_keeps_the_child(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ground = Ground.laid()
    monkeypatch.setattr(tend_retention, "lock", False)

    assert race(ground.at_night(), ground.agreed(), monkeypatch, "_still") == ("done", "done")
    assert ground.is_there()


def test_without_a_second_look_a_child_goes_in_spite_of_a_consent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ground = Ground.laid()
    unguarded(monkeypatch)

    assert race(ground.at_night(), ground.agreed(), monkeypatch, "_still") == ("done", "done")
    assert not ground.is_there()


# --- It is erased twice -------------------------------------------------------------------------


def acts() -> tuple[int, int]:
    with seeing_all():
        return Destruction.objects.count(), Tombstone.objects.count()


def test_of_two_who_destroy_a_child_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    ground = Ground.laid()

    assert race(ground.destroyed(), ground.destroyed(1), monkeypatch) == ("done", "not_found")
    assert acts() == (1, 1)


def test_of_a_person_and_the_night_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    ground = Ground.laid()

    assert race(ground.destroyed(), ground.at_night(), monkeypatch) == ("done", "done")
    assert acts() == (1, 1)


def test_without_locks_there_are_two_acts_about_one_child(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ground = Ground.laid()
    unguarded(monkeypatch)

    assert race(ground.destroyed(), ground.destroyed(1), monkeypatch) == ("done", "done")
    assert acts() == (2, 2)
