"""What is kept no longer than it may be: due by its term, held with a reason, gone by one door."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from zveno.codes.models import retention
from zveno.kernel import clock
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.models import Entry, Erasure, Letter
from zveno.learners import tasks
from zveno.learners.actions import (
    HoldTooLong,
    NoSuchCategory,
    ReasonForHold,
    Stay,
    hold_erasure,
    lift_hold,
    tend_retention,
)
from zveno.learners.models import (
    CATEGORIES,
    Consent,
    Disclosure,
    Hold,
    Learner,
    Tombstone,
    due_for,
    first_year_of,
)
from zveno.learners.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WITHOUT = "children_without_consent"


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with clock.travel(datetime(2026, 11, 22, 9, tzinfo=UTC)):
        yield


@pytest.fixture
def school() -> Organisation:
    return organisations.school()


def quarantined(owner: Organisation, days: int) -> Learner:
    """Make a child nobody has agreed to since so many days."""
    return make.learner(owner, unfounded_since=clock.now() - days * DAY)


def stay(**changes: object) -> Stay:
    facts = {"reason": "Запрос прокуратуры", "until": clock.today() + 30 * DAY, "category": WITHOUT}
    return Stay(**facts | changes)  # type: ignore[arg-type]


def due(school: Organisation, code: str = WITHOUT) -> tuple[int, int]:
    (row,) = [row for row in due_for([school.pk]) if row.category.code == code]
    return row.over, row.held


def at_night() -> None:
    tasks.erase_due(0)


def test_every_category_has_a_term_and_every_term_a_question() -> None:
    assert set(CATEGORIES) <= set(retention().by_code)


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
def test_a_child_without_consent_goes_after_thirty_days(
    school: Organisation, days: int, left: int
) -> None:
    quarantined(school, days)

    at_night()

    assert Learner.objects.count() == left


def test_a_child_with_a_consent_stays(school: Organisation) -> None:
    child = make.founded(school)

    with clock.travel(clock.now() + 100 * DAY):
        at_night()

    assert Learner.objects.get() == child


def test_a_child_who_finished_school_goes_thirty_days_after_1_september(
    school: Organisation,
) -> None:
    graduate = make.founded(school, grade=11)
    make.founded(school, grade=10)
    code = "children_who_left"
    over = {}

    for day in (datetime(2027, 9, 25, tzinfo=UTC), datetime(2027, 10, 5, tzinfo=UTC)):
        with clock.travel(day):
            over[day.month] = list(CATEGORIES[code].over())

    assert over == {9: [], 10: [graduate]}
    assert first_year_of(11) == graduate.first_year


def test_consents_go_three_years_after_their_end_and_disclosures_after_one(
    school: Organisation,
) -> None:
    child = make.founded(school)
    make.consent(child, purpose="publication", withdrawn_at=clock.now() - 1100 * DAY)
    ended = make.consent(child, purpose="publication", withdrawn_at=clock.now() - 1000 * DAY)
    host = organisations.college()
    for days in (400, 300):
        Disclosure.objects.create(
            learner=child,
            owner=school,
            organisation=host,
            source=f"events.Event:{days}",
            until=clock.now() - days * DAY,
        )

    at_night()

    assert set(Consent.objects.exclude(purpose="participation")) == {ended}
    assert [one.source for one in Disclosure.objects.all()] == ["events.Event:300"]
    assert Learner.objects.get() == child


def test_letters_go_a_year_after_they_were_sent() -> None:
    for days in (364, 366):
        sent = clock.now() - days * DAY
        Letter.objects.create(to="a@example.org", subject=str(days), text="", sent_at=sent)
    Letter.objects.create(to="a@example.org", subject="waits", text="")

    at_night()

    assert set(Letter.objects.values_list("subject", flat=True)) == {"364", "waits"}


def test_a_tombstone_counts_and_tells_nothing(school: Organisation) -> None:
    child = quarantined(school, 31)
    make.consent(child, withdrawn_at=clock.now() - 40 * DAY)

    at_night()

    stone = Tombstone.objects.get()
    assert (stone.owner, stone.why, stone.number) == (school, WITHOUT, 1)
    assert stone.counts == {"learners.Learner": 1, "learners.Consent": 1}


def test_what_went_is_listed_for_backups_by_random_keys(school: Organisation) -> None:
    child = quarantined(school, 31)

    at_night()

    assert Erasure.objects.get(table="learners_learner").key == child.public_id


def test_the_journal_tells_of_the_night_without_a_name(school: Organisation) -> None:
    child = quarantined(school, 31)

    at_night()

    entry = Entry.objects.get(verb="learners.tend_retention")
    assert entry.means == "system"
    assert child.family_name not in str(vars(entry))


def test_more_than_fit_at_once_all_go(
    school: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zveno.learners.actions.erasing.AT_ONCE", 2)
    for _ in range(5):
        quarantined(school, 31)

    at_night()

    assert not Learner.objects.exists()
    assert sorted(Tombstone.objects.values_list("number", flat=True)) == [1, 2, 2]


def test_nobody_but_zveno_runs_the_clock(school: Organisation) -> None:
    with pytest.raises(NotAllowed):
        tend_retention(people.actor(school, Post.Role.HEAD), school.public_id, category=WITHOUT)


# --- Holds --------------------------------------------------------------------------------------


def test_a_hold_stops_the_clock_of_its_own_house_alone(school: Organisation) -> None:
    other = organisations.school()
    kept, _ = quarantined(school, 31), quarantined(other, 31)
    hold_erasure(people.actor(school), school.public_id, stay=stay())

    assert (due(school), due(other)) == ((0, 1), (1, 0))
    at_night()

    assert list(Learner.objects.all()) == [kept]


def test_a_hold_of_all_categories_holds_children_and_what_is_about_them(
    school: Organisation,
) -> None:
    child = quarantined(school, 1200)
    make.consent(child, withdrawn_at=clock.now() - 1100 * DAY)
    hold_erasure(people.actor(school), school.public_id, stay=stay(category=""))

    at_night()

    assert (Learner.objects.count(), Consent.objects.count()) == (1, 1)


def test_a_hold_of_one_child_leaves_the_others_to_go(school: Organisation) -> None:
    kept, _ = quarantined(school, 31), quarantined(school, 31)
    hold_erasure(people.actor(school), school.public_id, stay=stay(category="", learner=kept))

    at_night()

    assert list(Learner.objects.all()) == [kept]


def test_a_hold_of_another_category_lets_a_child_go_and_the_night_goes_on(
    school: Organisation,
) -> None:
    child, other = quarantined(school, 31), quarantined(organisations.school(), 31)
    actor = people.actor(school)
    for held in (stay(category="children_who_left"), stay(category="exports")):
        hold_erasure(actor, school.public_id, stay=held)
    left = stay(category="children_who_left", learner=child)
    hold_erasure(actor, school.public_id, stay=left)

    at_night()

    assert not Learner.objects.filter(pk__in=[child.pk, other.pk]).exists()


def test_a_hold_of_what_hangs_on_a_child_holds_the_child(school: Organisation) -> None:
    kept, other = quarantined(school, 31), quarantined(organisations.school(), 31)
    make.consent(kept, withdrawn_at=clock.now() - 40 * DAY)
    hold_erasure(people.actor(school), school.public_id, stay=stay(category="consents"))

    assert due(school) == (0, 1)
    at_night()

    assert not Learner.objects.filter(pk=other.pk).exists()
    assert Consent.objects.get().learner == kept


def test_an_operator_stops_the_clock_everywhere(school: Organisation) -> None:
    house = organisations.college()
    quarantined(school, 31)
    operator = people.actor(house, Post.Role.OPERATOR)
    hold_erasure(operator, house.public_id, stay=stay(everywhere=True))

    at_night()

    assert Learner.objects.exists()


def test_a_head_stops_nothing_elsewhere(school: Organisation) -> None:
    other = organisations.school()
    quarantined(other, 31)
    hold_erasure(people.actor(school), school.public_id, stay=stay(everywhere=True))

    at_night()

    assert not Learner.objects.exists()


def test_a_lifted_or_past_hold_holds_nothing(school: Organisation) -> None:
    quarantined(school, 31)
    actor = people.actor(school)
    hold = hold_erasure(actor, school.public_id, stay=stay())
    with clock.travel(clock.now() + 32 * DAY):
        assert due(school) == (1, 0)

    lift_hold(actor, hold.public_id)
    lift_hold(actor, hold.public_id)

    assert due(school) == (1, 0)


def test_saying_it_twice_is_saying_it_once(school: Organisation) -> None:
    actor = people.actor(school)

    first = hold_erasure(actor, school.public_id, stay=stay())

    assert hold_erasure(actor, school.public_id, stay=stay()) == first


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"reason": "ага"}, ReasonForHold),
        ({"until": datetime(2026, 11, 22, tzinfo=UTC).date()}, HoldTooLong),
        ({"until": datetime(2036, 1, 1, tzinfo=UTC).date()}, HoldTooLong),
        ({"category": "everything"}, NoSuchCategory),
    ],
)
def test_a_hold_needs_a_reason_an_end_and_a_category(
    school: Organisation, said: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        hold_erasure(people.actor(school), school.public_id, stay=stay(**said))

    assert not Hold.objects.exists()


def test_a_child_of_others_is_not_held(school: Organisation) -> None:
    with pytest.raises(NotFound):
        hold_erasure(people.actor(school), school.public_id, stay=stay(learner=make.learner()))


@pytest.mark.parametrize("role", [Post.Role.TEACHER, Post.Role.COORDINATOR])
def test_others_hold_nothing(school: Organisation, role: str) -> None:
    with pytest.raises(NotAllowed):
        hold_erasure(people.actor(school, role), school.public_id, stay=stay())


def test_a_foreign_head_lifts_nothing(school: Organisation) -> None:
    hold = hold_erasure(people.actor(school), school.public_id, stay=stay())

    with pytest.raises(NotFound):
        lift_hold(people.actor(organisations.school(), Post.Role.HEAD), hold.public_id)
