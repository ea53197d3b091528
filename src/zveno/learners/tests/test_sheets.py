"""Paper round trip: printed with a code, signed, photographed, read, confirmed by a person."""

from typing import Any

import pytest

from tests.photos import bomb, pages_of, photo, scan
from zveno.documents.actions import FileEmpty, Upload
from zveno.documents.models import StoredFile
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.learners.actions import (
    Came,
    ScanNotRead,
    SheetAnswered,
    SheetOutdated,
    WayOff,
    drop_page,
    print_sheets,
    record_answers,
    take_scan,
    tie_page,
)
from zveno.learners.models import Consent, ConsentSheet, Learner, Method, Purpose, ScannedPage
from zveno.learners.tests import make
from zveno.network.actions import NotAScan
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def school() -> Organisation:
    school = organisations.school()
    make.order(school, Method.PAPER)
    return school


def printed(school: Organisation, *children: Learner, purpose: Any = "participation") -> Any:
    keys = [child.public_id for child in children]
    return print_sheets(
        people.actor(school), school.public_id, learners=keys, purpose=Purpose(purpose)
    )


def brought(school: Organisation, data: bytes) -> Came:
    upload = Upload("IMG_20261123.jpg", "image/jpeg", data)
    return take_scan(people.actor(school), school.public_id, upload=upload)


def recorded(school: Organisation, **said: Any) -> int:
    answers = {"given": [], "refused": []} | {
        answer: [page.public_id for page in pages] for answer, pages in said.items()
    }
    return record_answers(people.actor(school), school.public_id, **answers)


def test_from_the_printer_by_a_phone_to_a_consent_that_stands(school: Organisation) -> None:
    child = make.learner(school)

    came = brought(school, photo(pages_of(printed(school, child))[0]))

    page = ScannedPage.objects.get()
    assert (came, page.sheet and page.sheet.learner) == (Came(1, 0, 0), child)
    assert not Consent.objects.exists()  # a person has to look first
    assert recorded(school, given=[page]) == 1
    consent = Consent.objects.get()
    assert (consent.method, consent.signed_by, consent.order) == (
        Method.PAPER,
        "guardian",
        school.consent_orders.get(),
    )
    assert Learner.objects.founded().get() == child


def test_a_class_comes_back_from_a_copier_in_one_file(school: Organisation) -> None:
    one, other = make.learner(school), make.learner(school, grade=10)
    first, second = pages_of(printed(school, one, other))
    drawn = pages_of(printed(school, one, purpose="publication"))[0]

    came = brought(school, scan([first.rotate(180), second, drawn]))

    assert came == Came(3, 0, 0)
    pages = {
        (page.sheet.learner_id, page.sheet.purpose): page
        for page in ScannedPage.objects.tied()
        if page.sheet
    }
    assert ConsentSheet.objects.get(learner=other).signed_by == "both"
    agreed = [pages[one.pk, "participation"], pages[other.pk, "participation"]]
    assert recorded(school, given=agreed, refused=[pages[one.pk, "publication"]]) == 3
    one.refresh_from_db()
    assert (one.unfounded_since, one.photographed) == (None, False)
    assert Learner.objects.founded().count() == 2


def test_the_same_scan_comes_once_and_a_better_one_takes_its_place(school: Organisation) -> None:
    drawn = pages_of(printed(school, make.learner(school)))[0]

    assert brought(school, photo(drawn, turned=5)).tied == 1
    assert brought(school, photo(drawn, turned=5)) in (Came(0, 0, 1), Came(1, 0, 0))
    brought(school, scan([drawn]))
    assert brought(school, scan([drawn])) == Came(0, 0, 1)

    page = ScannedPage.objects.get()
    assert StoredFile.objects.get() == page.file
    recorded(school, given=[page])
    assert brought(school, scan([drawn])) == Came(0, 0, 1)
    assert recorded(school, given=[page]) == 0
    assert Consent.objects.count() == 1


def test_who_has_a_sheet_out_gets_the_same_again(school: Organisation) -> None:
    child = make.learner(school)

    assert printed(school, child) == printed(school, child)
    assert ConsentSheet.objects.count() == 1


def test_the_sheet_of_another_school_is_unread_here(school: Organisation) -> None:
    other = organisations.school()
    make.order(other, Method.PAPER)
    foreign = pages_of(printed(other, make.learner(other)))[0]

    assert brought(school, scan([foreign])) == Came(0, 1, 0)

    page = ScannedPage.objects.get()
    with pytest.raises(NotFound):
        tie_page(people.actor(school), page.public_id, sheet=ConsentSheet.objects.get().public_id)
    assert page.sheet is None


def test_a_page_nothing_could_read_is_tied_by_hand_or_erased(school: Organisation) -> None:
    sheet, page, cat = make.sheet(make.learner(school)), make.page(school), make.page(school)
    actor = people.actor(school)

    tie_page(actor, page.public_id, sheet=sheet.public_id)
    with pytest.raises(SheetAnswered):
        tie_page(actor, cat.public_id, sheet=sheet.public_id)
    drop_page(actor, cat.public_id)

    assert recorded(school, refused=[page]) == 1
    assert StoredFile.objects.get() == page.file
    with pytest.raises(SheetAnswered):
        drop_page(actor, page.public_id)


def test_an_older_text_can_be_refused_but_not_agreed_to(school: Organisation) -> None:
    sheet = make.sheet(make.learner(school), text_hash="0" * 64)
    page = make.page(school, sheet)

    with pytest.raises(SheetOutdated):
        recorded(school, given=[page])
    assert recorded(school, refused=[page]) == 1


def test_a_child_that_has_left_is_no_longer_answered_for(school: Organisation) -> None:
    child = make.learner(school)
    page = make.page(school, make.sheet(child))
    Learner.objects.filter(pk=child.pk).update(owner=organisations.school())

    assert recorded(school, given=[page]) == 0


def test_the_file_goes_with_the_child_and_with_the_consent(school: Organisation) -> None:
    gone, over = (make.learner(school) for _ in "ab")
    pages = [make.page(school, make.sheet(child)) for child in (gone, over)]
    recorded(school, given=pages)

    gone.delete()
    Consent.objects.filter(learner=over).delete()

    assert not ScannedPage.objects.exists()
    assert not StoredFile.objects.exists()


def test_only_the_head_and_representatives_read_the_file(school: Organisation) -> None:
    page = make.page(school)

    seen = [
        StoredFile.objects.visible_to(people.actor(school, role=role)).exists()
        for role in (Post.Role.HEAD, Post.Role.REPRESENTATIVE, Post.Role.TEACHER)
    ]

    assert seen == [True, True, False]
    with pytest.raises((NotAllowed, NotFound)):
        drop_page(people.actor(school, role=Post.Role.TEACHER), page.public_id)


def test_without_an_order_nothing_is_printed_taken_or_recorded() -> None:
    school = organisations.school()
    page = make.page(school, make.sheet(child := make.learner(school)))

    for deed in (
        lambda: printed(school, child),
        lambda: brought(school, b"%PDF-1.7"),
        lambda: recorded(school, given=[page]),
    ):
        with pytest.raises(WayOff):
            deed()


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", FileEmpty),
        (b"GIF89a", NotAScan),
        (b"%PDF-1.7 nothing", ScanNotRead),
        (bomb(), ScanNotRead),
    ],
    ids=["empty", "gif", "broken", "bomb"],
)
def test_what_is_no_scan_is_refused(school: Organisation, data: bytes, refusal: Any) -> None:
    with pytest.raises(refusal):
        brought(school, data)
    assert not StoredFile.objects.exists()
