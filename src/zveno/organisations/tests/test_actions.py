"""Territory and organisations come into being."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zveno.kernel.actor import NOBODY, SYSTEM, Actor
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.organisations.actions import (
    InnTaken,
    Passport,
    add_organisation,
    add_territory,
    complete_organisation,
    found_organisation,
)
from zveno.organisations.models import Organisation, Territory, name_key, shortened
from zveno.organisations.tests import make

pytestmark = pytest.mark.django_db

SCHOOL = Passport(kind="school", name="ГБОУ школа № 900 (пример)", inn="0010007742")


def acting_for(organisation: Organisation) -> Actor:
    return Actor(scope=frozenset([organisation.pk]))


def test_empty_installation_gets_its_ground_from_zveno_itself() -> None:
    country = Territory.objects.get(kind="country")

    region = add_territory(
        SYSTEM, country.public_id, kind="region", name="Область (пример)", genitive="области"
    )
    college = found_organisation(
        SYSTEM, region.public_id, passport=Passport(kind="college", name="Колледж (пример)")
    )

    assert (college.territory, college.steward) == (region, None)


def test_nobody_else_lays_the_ground() -> None:
    with pytest.raises(NotAllowed):
        found_organisation(acting_for(make.college()), make.district().public_id, passport=SCHOOL)


def test_entered_organisation_stands_where_its_steward_stands() -> None:
    college = make.college()

    school = add_organisation(acting_for(college), college.public_id, passport=SCHOOL)

    assert (school.steward, school.territory) == (college, college.territory)
    assert school.name_key == name_key("Гбоу школа №900 «Пример»")


def test_inn_belongs_to_one_organisation() -> None:
    college = make.college(inn="0010007742")

    with pytest.raises(InnTaken) as refused:
        add_organisation(acting_for(college), college.public_id, passport=SCHOOL)

    assert college.name in str(refused.value)


def test_only_the_steward_enters_organisations_it_answers_for() -> None:
    college = make.college()

    with pytest.raises(NotAllowed):
        add_organisation(acting_for(make.college()), college.public_id, passport=SCHOOL)


def test_stranger_does_not_even_find_the_steward() -> None:
    with pytest.raises(NotFound):
        add_organisation(NOBODY, make.college().public_id, passport=SCHOOL)


def test_only_what_was_empty_is_filled_in() -> None:
    college = make.college()
    school = make.school(steward=college, email="own@example.org")
    passport = Passport(kind="school", name="…", inn="0010007742", email="other@example.org")

    complete_organisation(acting_for(college), school.public_id, passport=passport)

    school.refresh_from_db()
    assert (school.inn, school.email) == ("0010007742", "own@example.org")


def test_who_does_not_answer_for_an_organisation_fills_in_nothing() -> None:
    with pytest.raises(NotAllowed):
        complete_organisation(acting_for(make.college()), make.school().public_id, passport=SCHOOL)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("ГБОУ СОШ № 902 (пример)", "СОШ № 902"),
        ("ГБУ ДО Дом детского творчества (пример)", "Дом детского творчества"),
        ("Санкт-Петербургское ГБПОУ «Колледж связи»", "Колледж связи"),
        ("ГБДОУ детский сад № 911 комбинированного вида", "Детский сад № 911"),
        ("ООО «Ромашка»", "Ромашка"),
        ("(пример)", "(пример)"),
    ],
)
def test_name_is_shortened_for_tight_places(name: str, short: str) -> None:
    assert shortened(name) == short


@given(st.text(min_size=1))
def test_any_name_has_a_short_one(name: str) -> None:
    assert 0 < len(shortened(name)) <= 100


@given(st.text())
def test_name_key_is_stable(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)
