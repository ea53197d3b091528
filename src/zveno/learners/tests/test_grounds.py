"""What a consent is worth on a day: whose word is needed, how long it holds, who outweighs whom."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.errors import NotAllowed
from zveno.learners.actions import Reader, disclose, keep_consents, review_grounds
from zveno.learners.models import (
    CONSENT_TEXTS,
    Consent,
    Disclosure,
    Learner,
    Purpose,
    age_on,
    lasts_until,
    who_must,
)
from zveno.learners.tests import make
from zveno.learners.tests.test_moving_up import ZONES
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

MOSCOW = ZoneInfo("Europe/Moscow")
NOVEMBER = datetime(2026, 11, 22, 12, tzinfo=MOSCOW)
Signer = Consent.Signer


def reviewed(child: Learner) -> Learner:
    review_grounds(SYSTEM, child.owner.public_id)
    child.refresh_from_db()
    return child


@pytest.mark.parametrize(
    ("first_year", "must"),
    [
        (None, {Signer.GUARDIAN}),
        (2026, {Signer.GUARDIAN}),
        (2021, {Signer.GUARDIAN}),
        (2020, {Signer.GUARDIAN, Signer.CHILD}),
        (2016, {Signer.GUARDIAN, Signer.CHILD}),
        (2010, {Signer.GUARDIAN, Signer.CHILD}),
    ],
)
def test_a_class_says_whose_word_is_needed_on_the_safer_side(
    first_year: int | None, must: set[Signer]
) -> None:
    assert who_must(Learner(first_year=first_year), date(2026, 11, 22)) == must


def test_the_ages_are_settings() -> None:
    with override_settings(ZVENO_CONSENT_AGES=(9, 12)):
        assert who_must(Learner(first_year=2020), date(2026, 11, 22)) == {Signer.CHILD}


@pytest.mark.parametrize("zone", ZONES)
def test_in_grade_7_the_child_agrees_too_from_midnight_where_the_house_stands(zone: str) -> None:
    child, here = Learner(first_year=2020), ZoneInfo(zone)

    with override_settings(TIME_ZONE=zone), timezone.override(here):
        with clock.travel(datetime(2026, 8, 31, 23, 59, 30, tzinfo=here)):
            before = who_must(child, clock.today())
        with clock.travel(datetime(2026, 9, 1, tzinfo=here)):
            after = who_must(child, clock.today())

    assert (before, after) == ({Signer.GUARDIAN}, {Signer.GUARDIAN, Signer.CHILD})


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(0, 30))
def test_a_year_older_is_one_on_the_birthday_and_not_before(born: date, years: int) -> None:
    try:
        birthday = born.replace(year=born.year + years)
    except ValueError:
        birthday = date(born.year + years, 3, 1)

    assert age_on(birthday, born) == years
    assert age_on(birthday - timedelta(days=1), born) == years - 1


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 9, 1), date(2027, 8, 31)),
        (date(2027, 5, 31), date(2027, 8, 31)),
        (date(2027, 6, 1), date(2028, 8, 31)),
        (date(2028, 2, 29), date(2028, 8, 31)),
    ],
)
def test_a_consent_lasts_to_the_end_of_the_academic_year(day: date, last: date) -> None:
    assert lasts_until(day) == last


@pytest.mark.django_db
def test_a_new_child_has_no_ground_until_a_consent_is_kept() -> None:
    child = make.learner()
    assert child.unfounded_since
    make.keeps(child.owner)

    keep_consents(people.actor(child.owner), child.owner.public_id, learners=[child.pk])

    child.refresh_from_db()
    assert child.unfounded_since is None
    assert not child.photographed


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        ([{"signed_by": "both"}], True),
        ([{"signed_by": "guardian"}], False),
        ([{"signed_by": "child"}], False),
        ([{"refused": True}], False),
        ([{"withdrawn_at": NOVEMBER}], False),
        ([{"expires_on": date(2026, 11, 22)}], True),
        ([{"expires_on": date(2026, 11, 21)}], False),
        ([{"text_hash": "0" * 64}], False),
        ([{"purpose": "publication"}, {"signed_by": "both"}], True),
        ([{"purpose": "publication", "refused": True}, {"signed_by": "both"}], True),
    ],
)
def test_all_who_must_agree_to_a_text_that_counts(
    answers: list[dict[str, object]],
    kept: bool,  # noqa: FBT001 - a parameter of the table above
) -> None:
    with clock.travel(NOVEMBER):
        child = make.learner(grade=8)
        for answer in answers:
            make.consent(child, **answer)

        assert (reviewed(child).unfounded_since is None) is kept


@pytest.mark.django_db
def test_an_earlier_version_counts_as_long_as_the_text_of_now_accepts_it() -> None:
    child = make.learner()
    text = CONSENT_TEXTS[Purpose.PARTICIPATION]
    [before] = text.accepted - {text.sha256}

    make.consent(child, text_hash=before)

    assert reviewed(child).unfounded_since is None


@pytest.mark.django_db
def test_pictures_are_another_consent() -> None:
    child = make.founded()
    make.consent(child, purpose=Purpose.PUBLICATION)

    assert reviewed(child).photographed
    Consent.objects.filter(purpose=Purpose.PUBLICATION).update(refused=True)
    assert not reviewed(child).photographed
    assert child.unfounded_since is None


@pytest.mark.django_db
def test_the_day_after_its_last_a_consent_shows_nobody_any_more() -> None:
    child, host = make.learner(), organisations.college()
    with clock.travel(NOVEMBER):
        actor, key = people.actor(child.owner), child.owner.public_id
        make.keeps(child.owner)
        keep_consents(actor, key, learners=[child.pk])
        until = NOVEMBER + timedelta(days=365)
        disclose(actor, key, learners=[child.pk], reader=Reader(host.pk, "events.Event:1", until))

    with clock.travel(datetime(2027, 8, 31, 23, tzinfo=MOSCOW)):
        assert reviewed(child).unfounded_since is None
        assert Disclosure.objects.live().exists()
    with clock.travel(datetime(2027, 9, 1, 0, 7, tzinfo=MOSCOW)):
        assert reviewed(child).unfounded_since
        assert not Disclosure.objects.live().exists()


@pytest.mark.django_db
def test_after_its_last_day_a_consent_may_be_kept_anew() -> None:
    child = make.learner()
    actor, key = people.actor(child.owner), child.owner.public_id
    with clock.travel(NOVEMBER):
        make.keeps(child.owner)
        keep_consents(actor, key, learners=[child.pk])

    with clock.travel(NOVEMBER + timedelta(days=330)):
        keep_consents(actor, key, learners=[child.pk])
        assert reviewed(child).unfounded_since is None

    assert Consent.objects.filter(withdrawn_at=None).count() == 1
    assert Consent.objects.count() == 2


@pytest.mark.django_db
def test_the_database_shows_nobody_without_a_ground() -> None:
    child, host = make.learner(), organisations.college()
    shown: dict[str, Any] = {"learner": child, "owner": child.owner, "organisation": host}

    with pytest.raises(IntegrityError), transaction.atomic():
        Disclosure.objects.create(**shown, source="x:1", until=clock.now() + timedelta(days=1))
    over = Disclosure.objects.create(**shown, source="x:1", until=clock.now() - timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Disclosure.objects.filter(pk=over.pk).update(until=clock.now() + timedelta(days=1))


@pytest.mark.django_db
def test_only_zveno_itself_reviews_grounds() -> None:
    child = make.learner()

    with pytest.raises(NotAllowed):
        review_grounds(people.actor(child.owner), child.owner.public_id)
