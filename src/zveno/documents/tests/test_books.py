"""Numbers of books and files."""

from uuid import uuid4

import pytest

from zveno.documents.actions import Upload, store_file, take_numbers, void_numbers
from zveno.documents.models import Number
from zveno.kernel.errors import NotFound
from zveno.kernel.models import Entry
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


def test_numbers_follow_each_other_and_the_journal_remembers() -> None:
    college = organisations.college()
    clerk = people.coordinator(college)

    take_numbers(clerk, college.public_id, kind="certificates", year=2026, subjects=["", "", ""])
    more = take_numbers(clerk, college.public_id, kind="certificates", year=2026)

    assert [line.number for line in more] == [4]
    entry = Entry.objects.latest("pk")
    assert (entry.verb, entry.organisation) == ("documents.take_numbers", college.pk)
    assert entry.details == {"kind": None, "year": None}


def test_voided_number_stays_with_its_reason_and_is_not_taken_again() -> None:
    college = organisations.college()
    clerk = people.coordinator(college)
    (line,) = take_numbers(clerk, college.public_id, kind="agreements", year=2026)

    void_numbers(clerk, college.public_id, numbers=[line.pk], reason="выдано по ошибке")

    (after,) = take_numbers(clerk, college.public_id, kind="agreements", year=2026)
    assert after.number == line.number + 1
    assert Number.objects.get(pk=line.pk).void_reason == "выдано по ошибке"


def test_file_is_found_by_its_owner_and_its_readers_only() -> None:
    college, school = organisations.college(), organisations.school()
    clerk = people.coordinator(college)
    upload = Upload("скан.pdf", "application/pdf", b"%PDF-1.7")

    file = store_file(clerk, college.public_id, upload=upload, readers=[school.pk])

    reader, stranger = people.actor(school), people.actor()
    seen = [type(file).objects.visible_to(actor).count() for actor in (clerk, reader, stranger)]
    assert seen == [1, 1, 0]


def test_stranger_does_not_find_the_organisation_by_an_unknown_id() -> None:
    with pytest.raises(NotFound):
        take_numbers(people.actor(), uuid4(), kind="agreements", year=2026)
