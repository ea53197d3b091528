"""Numbers given on paper: entered by hand, stepped over, cancelled, never given again."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st

from zveno.documents.actions import (
    Given,
    NotByHand,
    NotGivenYet,
    NumberTaken,
    cancel_number,
    register_number,
    take_numbers,
)
from zveno.documents.models import Number
from zveno.documents.tests import make
from zveno.documents.tests.test_book_pages import Office
from zveno.kernel import clock
from zveno.kernel.errors import NotAllowed
from zveno.people.models import Post
from zveno.people.tests import make as people

WHY = "подписан на бумаге"


class Book(Office):
    """An office whose clerk enters numbers of this year by hand."""

    def enter(self, number: int, day: date | None = None) -> Number:
        """Enter a number of agreements."""
        given = Given(number, day or clock.today(), "Договор о практике", WHY)
        return register_number(self.clerk, self.house.public_id, kind="agreements", given=given)

    def numbers(self) -> list[int]:
        """List all numbers of agreements."""
        rows = Number.objects.filter(book__organisation=self.house)
        return list(rows.order_by("number").values_list("number", flat=True))


@pytest.mark.django_db
def test_a_number_by_hand_is_stepped_over() -> None:
    book = Book()
    book.take(1)
    book.enter(3)

    assert book.take(3) == ["2", "4", "5"]


@pytest.mark.django_db
def test_a_pattern_does_not_change_under_a_number_by_hand() -> None:
    book = Book()
    line = book.enter(3)

    book.write("С-###")

    assert [Number.objects.get(pk=line.pk).printed, *book.take(1)] == ["3", "1"]


@pytest.mark.django_db
def test_the_first_number_of_a_book_may_come_by_hand() -> None:
    book = Book()
    book.enter(1)

    assert book.take(1) == ["2"]


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_a_number_that_is_given_is_refused_with_what_it_was_for(number: int) -> None:
    book = Book()
    book.take(1)
    book.enter(3)

    with pytest.raises(NumberTaken) as refusal:
        book.enter(number)

    assert "оговор" in str(refusal.value) or "Соглашение" in str(refusal.value)
    assert book.numbers() == [1, 3]


@pytest.mark.django_db
def test_each_year_has_its_book() -> None:
    book = Book()
    today = clock.today()
    book.take(1)

    book.enter(1, date(today.year - 1, 3, 5))

    assert sorted(line.book.year for line in Number.objects.all()) == [today.year - 1, today.year]


@pytest.mark.django_db
def test_a_day_ahead_is_refused() -> None:
    with pytest.raises(NotGivenYet):
        Book().enter(1, clock.today() + timedelta(days=1))


@pytest.mark.django_db
def test_a_cancelled_number_stays_with_its_first_reason_and_is_not_given_again() -> None:
    book = Book()
    line = book.enter(1)

    for reason in ("испорчен бланк", "другое"):
        cancel_number(book.clerk, line.public_id, reason=reason)

    assert Number.objects.get(number=1).void_reason == "испорчен бланк"
    assert book.take(1) == ["2"]
    with pytest.raises(NumberTaken):
        book.enter(1)


@pytest.mark.django_db
def test_a_number_zveno_gave_is_not_cancelled_by_hand() -> None:
    book = Book()
    book.take(1)

    with pytest.raises(NotByHand):
        cancel_number(book.clerk, Number.objects.get().public_id, reason="ошибка")


@pytest.mark.django_db
def test_only_who_keeps_the_books_enters_numbers() -> None:
    book = Book()
    book.clerk = people.actor(book.house, Post.Role.TEACHER)

    with pytest.raises(NotAllowed):
        book.enter(1)


@pytest.mark.django_db
@settings(max_examples=20, deadline=None)
@given_any(steps=st.lists(st.one_of(st.none(), st.integers(1, 9)), max_size=9))
def test_each_number_is_given_once_and_none_before_a_free_one(steps: list[int | None]) -> None:
    """By hand what is free, by itself the first free one above the last given by itself."""
    book, naive, last = Book(), set[int](), 0
    for step in steps:
        if step is None:
            last = next(n for n in range(last + 1, 99) if n not in naive)
            naive.add(last)
            assert book.take(1) == [str(last)]
        elif step in naive:
            with pytest.raises(NumberTaken):
                book.enter(step)
        else:
            naive.add(book.enter(step).number)
    assert book.numbers() == sorted(naive)


@pytest.mark.django_db
def test_the_page_enters_a_number_and_the_book_shows_it() -> None:
    book = Book()
    typed = {
        "kind": "agreements",
        "number": "45",
        "dated": f"{clock.today():%d.%m.%Y}",
        "subject": "Договор о практике",
        "reason": WHY,
    }

    answer = book.client.post(f"{book.page}enter/", typed, follow=True)

    assert "Договор о практике" in answer.text
    assert WHY in answer.text
    assert "45" in answer.text


@pytest.mark.django_db
def test_the_page_keeps_a_taken_number_and_says_what_for() -> None:
    book = Book()
    book.enter(45)
    typed = {"kind": "agreements", "number": "45", "dated": f"{clock.today():%d.%m.%Y}"}

    answer = book.client.post(f"{book.page}enter/", typed | {"subject": "Иное", "reason": WHY})

    assert answer.status_code == 422
    assert "Договор о практике" in answer.text
    assert 'value="Иное"' in answer.text


@pytest.mark.django_db
def test_the_page_cancels_a_number() -> None:
    book = Book()
    line = book.enter(45)

    answer = book.client.post(
        f"/papers/numbers/{line.public_id}/cancel/", {"reason": "испорчен бланк"}, follow=True
    )

    assert "испорчен бланк" in answer.text


@pytest.mark.django_db
@pytest.mark.parametrize("typed", [{}, {"number": "0"}, {"number": "٤٥x"}, {"number": "9" * 40}])
def test_nonsense_is_answered_in_the_form(typed: dict[str, str]) -> None:
    assert Book().client.post(f"{Book().page}enter/", typed).status_code in {403, 404, 422}


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["enter", "cancel"])
def test_pages_ask_little_of_the_database(page: str, django_assert_max_num_queries: Any) -> None:
    book = Book()
    line = make.by_hand(book.house)
    addresses = {
        "enter": f"{book.page}enter/",
        "cancel": f"/papers/numbers/{line.public_id}/cancel/",
    }

    with django_assert_max_num_queries(14):
        book.client.get(addresses[page])


@pytest.mark.django_db
def test_take_numbers_gives_one_for_each_subject() -> None:
    book = Book()
    book.enter(2)

    taken = take_numbers(
        book.clerk,
        book.house.public_id,
        kind="agreements",
        year=clock.today().year,
        subjects=["раз", "два"],
    )

    assert [(line.number, line.subject) for line in taken] == [(1, "раз"), (3, "два")]
