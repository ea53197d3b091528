"""Diplomas for chosen children, letters of thanks for adults."""

from uuid import UUID

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from zveno.documents.models import Number, Verification
from zveno.events.actions import (
    NobodyToAward,
    NobodyToThank,
    NoSuchAward,
    NotHeldYet,
    NothingToReplace,
    Other,
    Thanked,
    TooManyThanked,
    issue_certificates,
    issue_diplomas,
    issue_thanks,
    replace_certificate,
    undo_issue,
    void_certificate,
)
from zveno.events.models import Certificate, Event, Group, sheet
from zveno.events.tests import make
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.models import Letter
from zveno.kernel.walls import scoped
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
LEADER = "Белова Ирина Андреевна"


def held() -> tuple[Event, Group, Actor]:
    """Make an event to which a school's three children came, led by a teacher."""
    event = make.held()
    group = make.came(event, organisations.school(email="school@example.org"), children=3)
    return event, group, people.coordinator(event.host)


def keys(group: Group) -> list[UUID]:
    return list(group.places.order_by("pk").values_list("public_id", flat=True))


def led(group: Group) -> Thanked:
    """Thank who led the group."""
    return Thanked(leaders=[make.escort(group, name=LEADER).public_id])


def test_chosen_children_get_diplomas_the_first_place_first() -> None:
    event, group, anna = held()
    one, two, _three = keys(group)

    batch = issue_diplomas(anna, event.public_id, awards={one: "laureate", two: "first"})

    found = Certificate.objects.by_number()
    assert [(row.kind, row.award) for row in found] == [
        ("diploma", "first"),
        ("diploma", "laureate"),
    ]
    assert (batch.kind, batch.size) == ("diploma", 2)


def test_all_kinds_take_numbers_of_one_book_without_gaps() -> None:
    event, group, anna = held()
    issue_certificates(anna, event.public_id)
    issue_diplomas(anna, event.public_id, awards={keys(group)[0]: "winner"})
    issue_thanks(anna, event.public_id, thanked=led(group))

    numbers = Number.objects.order_by("number").values_list("number", flat=True)

    assert list(numbers) == [1, 2, 3, 4, 5]


def test_book_and_page_say_what_a_number_is_for() -> None:
    event, group, anna = held()

    issue_diplomas(anna, event.public_id, awards={keys(group)[0]: "second"})

    claim, number = Verification.objects.get(), Number.objects.get()
    assert claim.title.startswith(f"Диплом, 2-е место. {event.title}")
    assert number.subject == f"Диплом. {event.title}"


def test_child_with_a_certificate_gets_a_diploma_as_well() -> None:
    event, group, anna = held()
    issue_certificates(anna, event.public_id)

    issue_diplomas(anna, event.public_id, awards={keys(group)[0]: "third"})

    event.refresh_from_db()
    assert (event.certified, Certificate.objects.valid().count()) == (3, 4)


def test_certificates_are_issued_to_whoever_has_a_diploma() -> None:
    event, group, anna = held()
    issue_diplomas(anna, event.public_id, awards={keys(group)[0]: "third"})

    assert issue_certificates(anna, event.public_id).size == 3


def test_second_diploma_of_an_event_is_refused() -> None:
    event, group, anna = held()
    issue_diplomas(anna, event.public_id, awards={keys(group)[0]: "first"})

    with pytest.raises(NobodyToAward):
        issue_diplomas(anna, event.public_id, awards={keys(group)[0]: "second"})


def test_child_who_did_not_come_gets_no_diploma() -> None:
    event, group, anna = held()
    group.places.update(came_at=None)

    with pytest.raises(NobodyToAward):
        issue_diplomas(anna, event.public_id, awards={keys(group)[0]: "first"})


def test_award_that_is_not_on_the_list_is_refused() -> None:
    event, group, anna = held()

    with pytest.raises(NoSuchAward):
        issue_diplomas(anna, event.public_id, awards={keys(group)[0]: "fourth"})


def test_awards_come_after_the_event() -> None:
    event = make.event()
    anna = people.coordinator(event.host)

    with pytest.raises(NotHeldYet):
        issue_diplomas(anna, event.public_id, awards={})
    with pytest.raises(NotHeldYet):
        issue_thanks(anna, event.public_id, thanked=Thanked())


def test_undone_diplomas_leave_the_count_of_certificates_alone() -> None:
    event, group, anna = held()
    issue_certificates(anna, event.public_id)
    batch = issue_diplomas(anna, event.public_id, awards={keys(group)[0]: "first"})

    undo_issue(anna, batch.public_id)

    event.refresh_from_db()
    assert (event.certified, Certificate.objects.valid().count()) == (3, 3)


def test_void_diploma_is_replaced_with_its_award() -> None:
    event, group, anna = held()
    issue_diplomas(anna, event.public_id, awards={keys(group)[0]: "second"})
    issue_certificates(anna, event.public_id)
    diploma = Certificate.objects.get(kind="diploma")
    void_certificate(anna, diploma.public_id, why="Ошибка в месте")

    replace_certificate(anna, diploma.public_id)

    again = Certificate.objects.valid().get(kind="diploma")
    assert (again.award, again.learner) == ("second", diploma.learner)
    event.refresh_from_db()
    assert event.certified == 3


def test_sheet_of_a_diploma_says_what_it_is_for() -> None:
    event, group, anna = held()
    issue_diplomas(anna, event.public_id, awards={keys(group)[0]: "first"})

    words = sheet(Certificate.objects.by_number().get())

    assert (words["heading"], words["award"]) == ("Диплом", "1-е место")


def test_leader_is_thanked_with_school_and_job() -> None:
    event, group, anna = held()

    issue_thanks(anna, event.public_id, thanked=led(group))

    row = Certificate.objects.get()
    assert (row.kind, row.name, row.learner) == ("thanks", LEADER, None)
    assert row.school_class == f"учитель, {group.sender}"
    assert row.recipient == group.sender
    assert row.verification.initials == "Б. И. А."


def test_leader_who_works_at_the_school_is_known_by_name() -> None:
    event, group, anna = held()
    person = people.person(
        group.sender, family_name="Белова", given_name="Ирина", patronymic="Андреевна"
    )
    Post.objects.create(person=person, organisation=group.sender, role=Post.Role.TEACHER)

    issue_thanks(anna, event.public_id, thanked=led(group))

    assert Certificate.objects.get().person == person


def test_two_of_one_name_are_nobody() -> None:
    event, group, anna = held()
    name = {"family_name": "Белова", "given_name": "Ирина", "patronymic": "Андреевна"}
    for _number in range(2):
        Post.objects.create(
            person=people.person(group.sender, **name),
            organisation=group.sender,
            role=Post.Role.TEACHER,
        )

    issue_thanks(anna, event.public_id, thanked=led(group))

    assert Certificate.objects.get().person is None


def test_organisation_is_named_where_its_letter_is_verified() -> None:
    event, group, anna = held()
    thanked = Thanked(organisations=[group.sender.public_id])

    issue_thanks(anna, event.public_id, thanked=thanked)

    claim = Verification.objects.get()
    assert claim.initials == ""
    assert group.sender.name in claim.title


def test_person_is_not_named_where_a_letter_is_verified_or_announced() -> None:
    event, group, anna = held()

    issue_thanks(anna, event.public_id, thanked=led(group))

    claim, letter = Verification.objects.get(), Letter.objects.get()
    told = (claim.title, claim.initials, letter.subject, letter.text, Number.objects.get().subject)
    assert not [text for text in told if "Белова" in text]


def test_whoever_was_thanked_is_passed_over() -> None:
    event, group, anna = held()
    thanked = led(group)
    issue_thanks(anna, event.public_id, thanked=thanked)

    with pytest.raises(NobodyToThank):
        issue_thanks(anna, event.public_id, thanked=thanked)


def test_whoever_is_named_twice_is_thanked_once() -> None:
    event, _group, anna = held()
    twice = Thanked(others=[Other("Орлов Пётр", "инженер"), Other("Орлов Пётр", "инженер")])

    assert issue_thanks(anna, event.public_id, thanked=twice).size == 1


def test_strangers_to_the_event_are_not_thanked_by_key() -> None:
    event, _group, anna = held()
    other = make.held()
    stranger = make.came(other, organisations.school())
    thanked = Thanked(
        leaders=[make.escort(stranger).public_id], organisations=[stranger.sender.public_id]
    )

    with pytest.raises(NobodyToThank):
        issue_thanks(anna, event.public_id, thanked=thanked)


def test_endless_lists_are_refused() -> None:
    event, _group, anna = held()
    many = [Other(f"Орлов Пётр {number}") for number in range(101)]

    with pytest.raises(TooManyThanked):
        issue_thanks(anna, event.public_id, thanked=Thanked(others=many))


def test_void_thanks_are_replaced_once() -> None:
    event, group, anna = held()
    issue_thanks(anna, event.public_id, thanked=led(group))
    first = Certificate.objects.get()
    void_certificate(anna, first.public_id, why="Ошибка в отчестве")
    replace_certificate(anna, first.public_id)

    with pytest.raises(NothingToReplace):
        replace_certificate(anna, first.public_id)

    assert Certificate.objects.valid().get().name == LEADER


@pytest.mark.parametrize("role", ["representative", "teacher", "head"])
def test_only_a_coordinator_of_the_host_awards(role: str) -> None:
    event, group, _anna = held()
    actor = people.actor(event.host, role=role)

    with pytest.raises(NotAllowed):
        issue_diplomas(actor, event.public_id, awards={keys(group)[0]: "first"})
    with pytest.raises(NotAllowed):
        issue_thanks(actor, event.public_id, thanked=Thanked())


def test_worker_draws_what_was_awarded() -> None:
    event, group, anna = held()

    batch = issue_diplomas(anna, event.public_id, awards={keys(group)[0]: "first"})

    (job,) = ProcrastinateJob.objects.all()
    assert (job.args["verb"], job.args["target"]) == ("events.draw_batch", str(batch.public_id))


def test_thanked_and_their_organisation_read_the_letter_and_nobody_else() -> None:
    event, group, anna = held()
    issue_thanks(anna, event.public_id, thanked=led(group))
    school = people.actor(group.sender, role="head")
    stranger = people.actor(organisations.school(), role="head")

    seen = []
    for actor in (school, stranger):
        with scoped(actor):
            seen.append(Certificate.objects.visible_to(actor).count())

    assert seen == [1, 0]
