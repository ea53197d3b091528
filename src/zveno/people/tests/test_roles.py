"""Eleven roles: where there are posts for them and whose rights come with them."""

import pytest

from zveno.kernel.actor import SYSTEM
from zveno.kernel.errors import NotAllowed
from zveno.organisations.tests import make as organisations
from zveno.people.actions import Appointment, EndsTooEarly, RoleElsewhere, appoint
from zveno.people.models import Post
from zveno.people.tests import make

pytestmark = pytest.mark.django_db
ELEVEN = {
    *("coordinator", "methodist", "school_representative", "kindergarten_representative"),
    *("teacher", "lab_head", "training_clerk", "employer_representative"),
    *("regional_authority", "auditor", "operator"),
}


def test_the_roles_of_the_house_are_eleven_besides_the_head_and_any_representative() -> None:
    assert set(Post.Role.values) - {"head", "representative"} == ELEVEN


@pytest.mark.parametrize("role", ["school_representative", "kindergarten_representative"])
def test_representatives_of_schools_and_kindergartens_may_what_representatives_may(
    role: str,
) -> None:
    school = organisations.school()

    actor = make.actor(school, role)

    assert actor.holds(role, school.pk)
    assert actor.holds("representative", school.pk)


@pytest.mark.parametrize("role", ["employer_representative", "auditor", "operator", "lab_head"])
def test_others_lead_no_groups_of_children(role: str) -> None:
    school = organisations.school()

    assert make.actor(school, role).roles == {(school.pk, role)}


@pytest.mark.parametrize("role", ["employer_representative", "regional_authority", "nonsense"])
def test_role_belongs_to_its_kind_of_organisation(role: str) -> None:
    school = organisations.school()

    with pytest.raises(RoleElsewhere):
        appoint(
            make.actor(school, "head"), school.public_id, appointment=Appointment("А", role=role)
        )


def test_operator_is_made_by_the_house_or_by_another_operator() -> None:
    college = organisations.college()
    wanted = Appointment("Соколов", role="operator")

    with pytest.raises(NotAllowed):
        appoint(make.coordinator(college), college.public_id, appointment=wanted)
    assert appoint(SYSTEM, college.public_id, appointment=wanted).role == "operator"


def test_post_lasts() -> None:
    school = organisations.school()
    gone = make.head(school).posts.get().since

    with pytest.raises(EndsTooEarly):
        appoint(
            make.actor(school, "coordinator"),
            school.public_id,
            appointment=Appointment("Белова", until=gone),
        )
