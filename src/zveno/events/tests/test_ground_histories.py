"""Whatever happens to a child, in any order: nobody but its school sees it without a ground.

Histories of lists, consents, withdrawals, events called off, nights and summers are made by the
verbs and the tasks of the night; a naive diary of the consents says who may be seen.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from zveno.events.actions import (
    cancel_event,
    give_back,
    keep_consents,
    list_children,
    reserve_seats,
    withdraw_consent,
)
from zveno.events.models import Event, Group, Place
from zveno.events.tests import make
from zveno.kernel import clock
from zveno.kernel.errors import DomainError
from zveno.kernel.http import reading
from zveno.kernel.tests.races import seeing_all
from zveno.learners import tasks
from zveno.learners.models import Child, Disclosure, Learner
from zveno.learners.tests import make as learners
from zveno.network.models import academic_year
from zveno.network.tests import make as network
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

FIRST = datetime(2027, 6, 5, 9, tzinfo=UTC)
QUARANTINE = timedelta(days=30)
SUMMER_CONSENT = 92
NAMES = ("Белова", "Волков", "Гусева")
GRADES = (5, 6, 7)
TOGETHER = 7
"""From this grade on the child, who may be 14, agrees beside the guardian."""
STEP = st.tuples(
    st.sampled_from(["list", "list", "consent", "consent", "withdraw", "give_back", "cancel"]),
    st.integers(0, len(NAMES) - 1),
    st.sampled_from([0, 0, 1, 12, 31, 70]),
)


@dataclass
class Noted:
    """A child as a diary knows it: its consents, each a grade and a last day; when none held."""

    key: UUID
    began: int
    consents: list[tuple[int, date]] = field(default_factory=list)
    lost_at: datetime | None = None

    def grade(self, day: date) -> int:
        return academic_year(day) - self.began + 1

    def has_ground(self, day: date) -> bool:
        """One that is not over, of all whose word is needed today."""
        needs_both = self.grade(day) >= TOGETHER
        return any(
            day <= last and (given_in >= TOGETHER or not needs_both)
            for given_in, last in self.consents
        )


class History:
    """A school whose children come to events of a college."""

    def __init__(self) -> None:
        self.diary: dict[str, Noted] = {}
        self.now = FIRST
        with self.at():
            with seeing_all():
                self.school, self.college = organisations.school(), organisations.college()
                learners.keeps(self.school)
                self.cluster = network.cluster(self.college)
                self.sender = people.actor(self.school)
                self.host = people.coordinator(self.college)
            self.event, self.group = self.begin()

    @contextmanager
    def at(self) -> Iterator[None]:
        with clock.travel(self.now):
            yield

    def begin(self) -> tuple[Event, Group]:
        """Announce an event in three weeks and reserve seats at it."""
        start = clock.now() + timedelta(days=21)
        times = {"starts_at": start, "ends_at": start + timedelta(hours=2)}
        with seeing_all():
            event = make.event(cluster=self.cluster, grade_from=1, grade_to=11, **times)
        sender = self.school.public_id
        return event, reserve_seats(self.sender, event.public_id, sender=sender, seats=4)

    def live(self, what: str, name: str, grade: int, days: int) -> None:
        """Let days pass, then a night, then do a step; what is refused has not happened."""
        self.now += timedelta(days=days, minutes=10)
        with self.at():
            self.night()
            if not self.event.is_open or not self.group_holds():
                self.event, self.group = self.begin()
            with suppress(DomainError):
                getattr(self, what)(name, grade)

    def night(self) -> None:
        tasks.review_grounds(0)
        for child in self.diary.values():
            self.note(child)
        tasks.erase_due(0)
        for name, child in list(self.diary.items()):
            if child.lost_at and clock.now() - child.lost_at > QUARANTINE:
                del self.diary[name]

    def group_holds(self) -> bool:
        with seeing_all():
            self.event.refresh_from_db()
            self.group.refresh_from_db()
        return self.event.state == Event.State.OPEN and self.group.state != Group.State.RELEASED

    def note(self, child: Noted) -> None:
        if child.has_ground(clock.today()):
            child.lost_at = None
        elif child.lost_at is None:
            child.lost_at = clock.now()

    def list(self, name: str, grade: int) -> None:
        """List a child beside those who are listed already."""
        with reading(self.sender):
            there = [place.learner for place in self.group.places.select_related("learner")]
        rows = [
            Child(one.family_name, one.given_name, one.grade, one.letter, same=one.public_id)
            for one in there
            if one.family_name != name
        ]
        known = self.diary.get(name)
        grade = known.grade(clock.today()) if known else grade
        same = known.key if known else None
        rows.append(Child(name, "Арина", grade, "Б", same=same, new=known is None))
        list_children(self.sender, self.group.public_id, children=rows)
        if known is None:
            with reading(self.sender):
                made = Learner.objects.get(owner=self.school, family_name=name)
            self.diary[name] = Noted(made.public_id, made.first_year or 0, lost_at=clock.now())

    def consent(self, name: str, _grade: int) -> None:
        """Keep a consent on paper: it lasts to the end of the academic year, or of the next."""
        today = clock.today()
        bare = [name for name, child in self.diary.items() if not child.has_ground(today)]
        place = self.place(name, bare)
        if place is None:
            return
        keep_consents(self.sender, self.group.public_id, places=[place.public_id])
        last = date(academic_year(today) + 1, 8, 31)
        if (last - today).days < SUMMER_CONSENT:
            last = date(last.year + 1, 8, 31)
        child = self.diary[place.learner.family_name]
        child.consents.append((child.grade(today), last))
        self.note(child)

    def withdraw(self, name: str, _grade: int) -> None:
        founded = [name for name, child in self.diary.items() if child.has_ground(clock.today())]
        if place := self.place(name, founded):
            withdraw_consent(self.sender, place.public_id)
            child = self.diary[place.learner.family_name]
            child.consents.clear()
            self.note(child)

    def give_back(self, _name: str, _grade: int) -> None:
        give_back(self.sender, self.group.public_id)

    def cancel(self, _name: str, _grade: int) -> None:
        cancel_event(self.host, self.event.public_id, why="Ремонт")

    def place(self, name: str, among: Collection[str]) -> Place | None:
        """Return the place of ``name``, if it is one of these, or of another of them."""
        with reading(self.sender):
            listed = self.group.places.filter(learner__family_name__in=among)
            found = {one.learner.family_name: one for one in listed.select_related("learner")}
        return found.get(name) or next(iter(found.values()), None)

    def check(self) -> None:
        """Compare what is stored and shown with the diary."""
        self.now += timedelta(minutes=10)
        with self.at():
            today = clock.today()
            founded = {name for name, one in self.diary.items() if one.has_ground(today)}
            with seeing_all():
                kept = Learner.objects.filter(owner=self.school)
                stored = {one.family_name: one.unfounded_since is None for one in kept}
                shown = Disclosure.objects.live().filter(owner=self.school)
                bare = shown.exclude(learner__unfounded_since=None)
                listed = set(self.group.places.values_list("learner__family_name", flat=True))
                self.group.refresh_from_db()
                assert not bare.exists()
            assert stored == {name: name in founded for name in self.diary}
            with reading(self.host):
                seen = set(Learner.objects.values_list("family_name", flat=True))
            assert seen <= founded
            if self.group_holds() and self.event.is_open:
                assert listed & founded <= seen
                assert self.group.consented == len(listed & founded)


class Grounds(TestCase):
    """Histories made by the verbs, looked at after each step."""

    @given(st.lists(STEP, min_size=8, max_size=16))
    @settings(max_examples=15, deadline=None)
    def test_nobody_sees_a_child_without_a_ground(self, steps: list[tuple[str, int, int]]) -> None:
        history = History()
        for what, which, days in steps:
            history.live(what, NAMES[which], GRADES[which], days)
            history.check()
