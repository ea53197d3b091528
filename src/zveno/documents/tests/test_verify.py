"""The public page of verification."""

from typing import Any

import pytest
from django.test import Client

from zveno.documents.models import Verification
from zveno.documents.pages.verification import read_code
from zveno.kernel import clock

pytestmark = pytest.mark.django_db
CODE = "ABCDEFGHJKLMNPQRSTUVWXYZ23"


def claim(**changes: Any) -> Verification:
    fields: dict[str, Any] = {"code": CODE, "title": "Сертификат участника. Проба"}
    fields |= {"initials": "Д. А.", "issuer": "Колледж (пример)", "number": "2026-000412"}
    return Verification.objects.create(**fields | {"issued_on": clock.today()} | changes)


def test_anybody_reads_what_a_valid_certificate_says(client: Client) -> None:
    claim()

    answer = client.get(f"/v/{CODE}/")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Документ настоящий" in page
    for said in ("Д. А.", "2026-000412", "Колледж (пример)", "Сертификат участника. Проба"):
        assert said in page


def test_letter_to_an_organisation_has_no_initials(client: Client) -> None:
    claim(initials="", title="Благодарственное письмо. Школа (пример)")

    page = client.get(f"/v/{CODE}/").content.decode()

    assert "Благодарственное письмо. Школа (пример)" in page
    assert "Кому" not in page


def test_void_certificate_says_so(client: Client) -> None:
    claim(voided_at=clock.now())

    page = client.get(f"/v/{CODE}/").content.decode()

    assert "Документ недействителен" in page
    assert "Документ настоящий" not in page


def test_unknown_code_answers_404_with_a_next_step(client: Client) -> None:
    answer = client.get("/v/22222222222222222222222222/")

    assert answer.status_code == 404
    assert 'value="22222222222222222222222222"' in answer.content.decode()
    assert "Введите все 26 знаков" in answer.content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        CODE.lower(),
        "ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2-3",
        " abcde fghjk lmnpq rstuv wxyz2 3 ",
        "АВСDЕFGНJКLМNРQRSТUVWХYZ23",
        "ABCDE–FGHJK\u00a0LMNPQ\u200bRSTUVWXYZ23",
    ],
    ids=["lower case", "dashes", "spaces", "cyrillic look-alikes", "unusual dashes and spaces"],
)
def test_code_is_read_however_it_is_typed(client: Client, typed: str) -> None:
    claim()

    answer = client.get("/v/", {"code": typed}, follow=True)

    assert answer.redirect_chain == [(f"/v/{CODE}/", 302)]
    assert "Документ настоящий" in answer.content.decode()


@pytest.mark.parametrize("typed", ["", "  ", "---", "жжж", "<script>", "%", "../..", "Ω" * 5000])
def test_what_cannot_be_a_code_is_answered_calmly(client: Client, typed: str) -> None:
    answer = client.get("/v/", {"code": typed}, follow=True)

    assert answer.status_code in {200, 404}
    assert "<script>alert" not in answer.content.decode()


def test_only_letters_and_digits_of_a_bounded_length_are_read() -> None:
    assert read_code("<a>" * 1000) == "A" * 20


def test_part_of_a_code_finds_nothing(client: Client) -> None:
    claim()

    assert client.get(f"/v/{CODE[:25]}/").status_code == 404


def test_number_is_no_code(client: Client) -> None:
    claim()

    assert client.get("/v/2026-000412/").status_code == 404


def test_page_asks_little_of_the_database(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    claim()

    with django_assert_max_num_queries(5):
        client.get(f"/v/{CODE}/")


def test_page_is_not_for_search_engines(client: Client) -> None:
    claim()

    assert '<meta name="robots" content="noindex">' in client.get(f"/v/{CODE}/").content.decode()
