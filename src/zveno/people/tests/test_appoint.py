"""People get posts."""

import pytest

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.errors import NotAllowed
from zveno.organisations.tests import make as organisations
from zveno.people.actions import Appointment, appoint
from zveno.people.models import Person, Post
from zveno.people.tests import make

pytestmark = pytest.mark.django_db
HEAD = Appointment("Ёлкина", "Наталья", "Юрьевна", role=Post.Role.HEAD, title="директор")


def test_new_head_ends_the_post_of_the_one_before() -> None:
    college = organisations.college()
    before = make.head(college).posts.get()

    after = appoint(make.coordinator(college), college.public_id, appointment=HEAD)

    before.refresh_from_db()
    assert before.until is not None
    assert before.until <= clock.now()
    assert college.posts.live().get(role="head") == after


def test_appointing_the_same_head_again_changes_nothing() -> None:
    college = organisations.college()
    clerk = make.coordinator(college)

    posts = [appoint(clerk, college.public_id, appointment=HEAD) for _ in range(2)]

    assert posts[0] == posts[1]
    assert Person.objects.filter(family_name="Ёлкина").count() == 1


def test_second_representative_joins_the_first() -> None:
    school = organisations.school()
    clerk = make.actor(school, Post.Role.HEAD)

    for name in ("Белова", "Юдин"):
        appoint(clerk, school.public_id, appointment=Appointment(name))

    assert school.posts.live().filter(role="representative").count() == 2


def test_steward_owns_whom_it_enters_and_the_organisation_its_own() -> None:
    college = organisations.college()
    school = organisations.school(steward=college)

    by_steward = appoint(make.coordinator(college), school.public_id, appointment=HEAD)
    by_itself = appoint(
        make.coordinator(school), school.public_id, appointment=Appointment("Белова")
    )

    assert (by_steward.person.owner, by_itself.person.owner) == (college, school)


def test_zveno_itself_appoints_the_first_person_of_an_installation() -> None:
    college = organisations.college()

    post = appoint(
        SYSTEM, college.public_id, appointment=Appointment("Воронцова", role="coordinator")
    )

    assert post.person.owner == college


@pytest.mark.parametrize("role", ["representative", "teacher", "methodist"])
def test_whoever_does_not_lead_appoints_nobody(role: str) -> None:
    school = organisations.school()

    with pytest.raises(NotAllowed):
        appoint(make.actor(school, role), school.public_id, appointment=HEAD)


def test_coordinator_elsewhere_appoints_nobody() -> None:
    with pytest.raises(NotAllowed):
        appoint(
            make.coordinator(organisations.college()),
            organisations.school().public_id,
            appointment=HEAD,
        )
