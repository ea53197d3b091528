"""Whatever happens to a child, in any order: it is shown, and kept, only on a ground.

Lives of lists brought, consents, withdrawals, transfers, birthdays and nights are made by the
verbs and the tasks of the night; a naive diary says who may be seen and who is still there.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from zveno.kernel import clock
from zveno.kernel.errors import DomainError
from zveno.kernel.http import reading
from zveno.kernel.tests.races import seeing_all
from zveno.learners import actions, tasks
from zveno.learners.models import Child, Disclosure, Learner, Purpose
from zveno.learners.tests import make
from zveno.network.models import academic_year
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

FIRST = datetime(2026, 9, 5, 9, tzinfo=UTC)
QUARANTINE = timedelta(days=30)
SUMMER_CONSENT = 92
BORN = {
    "Белова": (date(2012, 11, 10), 8),
    "Волков": (date(2008, 12, 1), 10),
    "Гусева": (date(2013, 3, 1), 7),
}
"""Birthdays and classes of September 2026: 14, 18 and 14 in the months to come."""
STEP = st.tuples(
    st.sampled_from(["bring", "bring", "consent", "consent", "show", "withdraw", "transfer"]),
    st.sampled_from([*BORN]),
    st.sampled_from([0, 0, 1, 12, 31, 45]),
)


@dataclass
class Noted:
    """A card as a diary knows it: who signed, until when; since when there is no ground."""

    began: int
    lost_at: datetime | None
    signed: frozenset[str] = frozenset()
    last: date = date.min


class Life:
    """Two schools, whose children a college may see."""

    def __init__(self) -> None:
        self.now = FIRST
        self.diary: dict[tuple[int, str], Noted] = {}
        self.at = dict.fromkeys(BORN, 0)
        with self.today(), seeing_all():
            self.houses = [organisations.school(), organisations.school()]
            for one in self.houses:
                make.keeps(one)
            self.college = organisations.college()
            self.actors = [people.actor(one) for one in self.houses]
            self.host = people.coordinator(self.college)

    @contextmanager
    def today(self) -> Iterator[date]:
        with clock.travel(self.now):
            yield clock.today()

    def live(self, what: str, name: str, days: int) -> None:
        """Let days pass, then a night, then do a step; what is refused has not happened."""
        self.now += timedelta(days=days, minutes=10)
        with self.today() as day:
            self.night(day)
            with suppress(DomainError):
                getattr(self, what)(name, day)

    def night(self, day: date) -> None:
        tasks.review_grounds(0)
        for (_house, name), one in self.diary.items():
            if founded(name, one, day):
                one.lost_at = None
            else:
                one.lost_at = one.lost_at or self.now
        tasks.erase_due(0)
        for key, one in list(self.diary.items()):
            if one.lost_at and self.now - one.lost_at > QUARANTINE:
                del self.diary[key]

    def home(self, name: str) -> Organisation:
        return self.houses[self.at[name]]

    def card(self, name: str) -> Learner:
        with reading(self.actors[self.at[name]]):
            return Learner.objects.get(owner=self.home(name), family_name=name)

    def noted(self, name: str) -> Noted | None:
        return self.diary.get((self.at[name], name))

    def bring(self, name: str, day: date) -> None:
        """Enter a list of one by its school; no list brings a birthday, a card keeps it."""
        if self.noted(name):
            return
        born, grade = BORN[name]
        actor, text = self.actors[self.at[name]], f"Фамилия\tИмя\tКласс\n{name}\tАрина\t{grade}Б"
        actions.enter_list(actor, make.child_list(self.home(name), text).public_id)
        card = Child(name, "Арина", grade, "Б", born_on=born)
        actions.change_child(actor, self.card(name).public_id, child=card)
        self.diary[self.at[name], name] = Noted(academic_year(day) - grade + 1, self.now)

    def consent(self, name: str, day: date) -> None:
        if (one := self.noted(name)) is None:
            return
        house, card = self.home(name), self.card(name)
        actions.keep_consents(self.actors[self.at[name]], house.public_id, learners=[card.pk])
        last = date(academic_year(day) + 1, 8, 31)
        if (last - day).days < SUMMER_CONSENT:
            last = last.replace(year=last.year + 1)
        one.signed, one.last, one.lost_at = needed(name, day), last, None

    def withdraw(self, name: str, _day: date) -> None:
        if (one := self.noted(name)) is None:
            return
        key, purpose = self.card(name).public_id, Purpose.PARTICIPATION
        actions.withdraw_consent(self.actors[self.at[name]], key, purpose=purpose)
        one.signed, one.lost_at = frozenset(), one.lost_at or self.now

    def show(self, name: str, _day: date) -> None:
        if self.noted(name):
            reader = actions.Reader(self.college.pk, "events.Event:1", self.now + 99 * QUARANTINE)
            actor, key = self.actors[self.at[name]], self.home(name).public_id
            actions.disclose(actor, key, learners=[self.card(name).pk], reader=reader)

    def transfer(self, name: str, day: date) -> None:
        here, there = self.at[name], 1 - self.at[name]
        if (one := self.noted(name)) is None or (there, name) in self.diary:
            return
        offer = actions.offer_transfer(
            self.actors[here],
            self.card(name).public_id,
            taker=self.houses[there].public_id,
            basis="Заявление",
        )
        grade = academic_year(day) - one.began + 1
        actions.accept_transfer(self.actors[there], offer.public_id, grade=grade, letter="А")
        one.signed, one.lost_at = frozenset(), one.lost_at or self.now
        self.diary[there, name], self.at[name] = Noted(one.began, self.now), there

    def check(self) -> None:
        """Compare what is stored and shown with the diary."""
        self.now += timedelta(minutes=10)
        with self.today() as day:
            grounds = {key: founded(key[1], one, day) for key, one in self.diary.items()}
            with seeing_all():
                stored = {
                    (self.houses.index(one.owner), one.family_name): one.unfounded_since is None
                    for one in Learner.objects.filter(owner__in=self.houses)
                }
                bare = Disclosure.objects.live().exclude(learner__unfounded_since=None)
                assert not bare.filter(owner__in=self.houses).exists()
            assert stored == grounds
            with reading(self.host):
                seen = {(one.owner_id, one.family_name) for one in Learner.objects.all()}
            assert seen <= {
                (self.houses[h].pk, name) for (h, name), kept in grounds.items() if kept
            }


def needed(name: str, day: date) -> frozenset[str]:
    """Say whose word is needed, by the birthday alone."""
    born, _grade = BORN[name]
    age = sum(born.replace(year=year) <= day for year in range(born.year + 1, day.year + 1))
    return frozenset(({"guardian"} if age < 18 else set()) | ({"child"} if age >= 14 else set()))


def founded(name: str, one: Noted, day: date) -> bool:
    return one.signed >= needed(name, day) and day <= one.last


class Lives(TestCase):
    """Lives made by the verbs, looked at after each step."""

    @given(st.lists(STEP, min_size=8, max_size=14))
    @settings(max_examples=15, deadline=None)
    def test_nobody_is_shown_or_kept_without_a_ground(
        self, steps: list[tuple[str, str, int]]
    ) -> None:
        life = Life()
        for what, name, days in steps:
            life.live(what, name, days)
            life.check()


BIRTHDAY = [("bring", 0), ("consent", 0), ("show", 0), ("show", 45), ("consent", 31), ("show", 1)]


@pytest.mark.django_db
def test_from_the_14th_birthday_a_new_consent_opens_what_the_birthday_closed() -> None:
    life, grounds = Life(), []

    for what, days in BIRTHDAY:
        life.live(what, "Белова", days)
        life.check()
        with life.today() as day:
            grounds.append(founded("Белова", life.diary[0, "Белова"], day))

    assert grounds == [False, True, True, True, True, True]
    assert life.card("Белова").unfounded_since is None


@pytest.mark.django_db
def test_a_night_without_its_review_is_noticed() -> None:
    life = Life()
    with patch.object(tasks, "review_grounds"):
        for what, days in (("bring", 0), ("consent", 0), ("show", 45), ("show", 31)):
            life.live(what, "Белова", days)

    with pytest.raises(AssertionError):
        life.check()
