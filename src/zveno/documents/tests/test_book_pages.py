"""The books of an office on a page: lines, filters, a table to take away, the pattern."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from zveno.documents.actions import (
    BadPattern,
    PatternRepeats,
    set_numbering,
    take_numbers,
    void_numbers,
)
from zveno.documents.models import YEAR, Book, written
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people


class Office:
    """An organisation, whoever keeps its books, and a browser they are signed in with."""

    def __init__(self) -> None:
        self.house: Organisation = organisations.college()
        self.clerk: Actor = people.coordinator(self.house)
        self.client = Client()
        self.client.force_login(people.account(self.house, Post.Role.COORDINATOR))
        self.page = f"/papers/{self.house.public_id}/books/"

    def take(self, count: int = 1, kind: str = "agreements") -> list[str]:
        """Take numbers for something."""
        taken = take_numbers(
            self.clerk,
            self.house.public_id,
            kind=kind,
            year=clock.today().year,
            subjects=["Соглашение о пробах"] * count,
        )
        return [line.printed for line in taken]

    def write(self, pattern: str, kind: str = "agreements") -> None:
        """Set the pattern."""
        set_numbering(self.clerk, self.house.public_id, kind=kind, pattern=pattern)


@pytest.mark.django_db
def test_lines_stand_with_what_they_are_for_and_void_ones_stay() -> None:
    office = Office()
    office.take(2)
    first = Book.objects.get().numbers.get(number=1)
    void_numbers(office.clerk, office.house.public_id, numbers=[first.pk], reason="испорчен бланк")

    whole, void = (office.client.get(office.page + query).text for query in ("", "?state=void"))

    assert whole.count("Соглашение о пробах") == 2
    assert void.count("Соглашение о пробах") == 1
    assert "испорчен бланк" in void


@pytest.mark.django_db
def test_numbers_look_as_before_where_nobody_has_said_otherwise() -> None:
    office = Office()
    year = clock.today().year

    assert office.take() == ["1"]
    assert office.take(kind="certificates") == [f"{year}-000001"]


@pytest.mark.django_db
def test_a_pattern_holds_from_an_empty_book_on_and_never_inside_one() -> None:
    office = Office()
    year = clock.today().year
    office.write("С-{год}/###")
    before = office.take()

    office.write("№ ####")

    assert [before, office.take()] == [[f"С-{year}/001"], [f"С-{year}/002"]]
    assert "уже есть номера" in office.client.get(office.page).text


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", ["", "№", "##-##", "#########", "{year}-#", "{#}", "}#"])
def test_what_would_not_tell_numbers_apart_is_refused(pattern: str) -> None:
    with pytest.raises(BadPattern):
        Office().write(pattern)


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", ["######", "{год}-####"])
def test_certificates_need_the_year_and_six_digits(pattern: str) -> None:
    with pytest.raises(PatternRepeats):
        Office().write(pattern, "certificates")


@pytest.mark.django_db
def test_the_form_keeps_a_wrong_pattern_and_says_why() -> None:
    office = Office()

    answer = office.client.post(office.page, {"pattern": "без номера"})

    assert answer.status_code == 422
    assert 'value="без номера"' in answer.text


@pytest.mark.django_db
def test_a_book_leaves_as_a_table() -> None:
    office = Office()
    office.take(3)

    answer = office.client.get(office.page.replace("/books/", "/book.csv"))

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert [line.split(";")[0] for line in lines] == ["Номер", "1", "2", "3"]
    assert office.client.get(office.page.replace("/books/", "/book.exe")).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["?after=x", "?after=99999999999999", "?year=я", "?kind=%00"])
def test_a_strange_address_shows_the_book(query: str) -> None:
    office = Office()
    office.take()

    assert office.client.get(office.page + query).status_code in {200, 400}


@pytest.mark.django_db
def test_page_asks_little_of_the_database(django_assert_max_num_queries: Any) -> None:
    office = Office()
    office.take(60)

    with django_assert_max_num_queries(18):
        office.client.get(office.page)


@given(
    digits=st.integers(1, 8),
    numbers=st.lists(st.integers(1, 99_999_999), min_size=2, max_size=6, unique=True),
    year=st.integers(2000, 2100),
)
def test_numbers_of_a_book_are_told_apart_whatever_its_pattern(
    digits: int, numbers: list[int], year: int
) -> None:
    pattern = f"А-{YEAR}/{'#' * digits}"

    assert len({written(pattern, year, number) for number in numbers}) == len(numbers)
