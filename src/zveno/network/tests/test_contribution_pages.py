"""Pages of contributions: where the partners' money is, one of them, its way to be counted."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zveno.kernel.models import Entry
from zveno.network.models import Contribution, Programme
from zveno.network.tests import make
from zveno.network.tests.visitors import Visitor, visitor
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post

pytestmark = pytest.mark.django_db
Budget = Callable[[int], AbstractContextManager[Any]]


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("акт.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf")


def three() -> tuple[Programme, Organisation, Visitor]:
    """Make a promise, a gift and a confirmed gift of two partners; return one and an auditor."""
    programme = make.programme(begins=date(2025, 1, 1), ends=date(2026, 12, 31))
    plant = organisations.organisation("employer", name="Завод (пример)")
    other = organisations.organisation("employer", name="Цех (пример)")
    make.contribution(programme, plant, what="Обещание")
    make.contribution(programme, plant, what="Дар", given=Decimal(300))
    make.contribution(
        programme,
        other,
        what="Доказанный дар",
        given=Decimal("200.50"),
        given_on=date(2026, 5, 1),
        state="confirmed",
    )
    return programme, plant, visitor(organisations.college(), Post.Role.AUDITOR)


def rows(text: str) -> list[str]:
    return re.findall(r'<a href="/contributions/[^"?]+/">([^<]+)</a>', text)


def test_an_auditor_sees_where_the_money_is(django_assert_max_num_queries: Budget) -> None:
    _programme, _plant, auditor = three()

    with django_assert_max_num_queries(9):
        text = auditor.get("/contributions/").text

    assert rows(text) == ["Обещание", "Дар", "Доказанный дар"]
    assert "необязательно" not in text
    sums = re.findall(r'<tr class="strong">.*?</tr>', text, re.DOTALL)
    assert re.findall(r'class="num">([^<]+)<', sums[0]) == ["3\u00a0000", "500,50", "200,50"]


def test_filters_choose_and_what_they_leave_is_taken_away() -> None:
    programme, plant, auditor = three()

    for query, shown in (
        (f"giver={plant.public_id}", ["Обещание", "Дар"]),
        ("year=2026", ["Доказанный дар"]),
        (f"programme={programme.public_id}&year=2025", ["Обещание", "Дар"]),
        ("year=1999&giver=nobody", ["Обещание", "Дар", "Доказанный дар"]),
    ):
        assert rows(auditor.get(f"/contributions/?{query}").text) == shown
        taken = auditor.get(f"/contributions.csv?{query}").content.decode("utf-8-sig")
        assert [line.split(";")[3] for line in taken.splitlines()[1:]] == shown


def test_a_proof_opens_for_the_auditor_and_the_journal_knows() -> None:
    _programme, _plant, auditor = three()
    one = Contribution.objects.get(what="Дар")

    answer = auditor.post(f"/contributions/{one.public_id}/proof/")

    assert auditor.get(answer.headers["Location"]).status_code == 200
    assert Entry.objects.filter(verb="network.open_proof", target_key=one.journal_key).exists()


def test_one_contribution_takes_few_questions(django_assert_max_num_queries: Budget) -> None:
    three()
    one = Contribution.objects.get(what="Дар")
    client = visitor(one.receiver, Post.Role.COORDINATOR)

    with django_assert_max_num_queries(10):
        text = client.get(f"/contributions/{one.public_id}/").text

    assert "Подтвердить" in text


def test_from_a_promise_to_the_money_of_the_programme() -> None:
    programme = make.programme()
    partner = organisations.organisation("employer")
    make.participant(programme, partner)
    gives, receives = visitor(partner), visitor(programme.holder, Post.Role.COORDINATOR)

    gives.post(
        f"/programmes/{programme.public_id}/contribute/",
        {
            "giver": str(partner.public_id),
            "receiver": str(programme.holder.public_id),
            "kind": "hours",
            "what": "Практика",
            "promised": "10 000,50",
        },
    )
    one = Contribution.objects.get()
    address = f"/contributions/{one.public_id}"
    gives.post(
        f"{address}/give/",
        {"hours": "10,5", "rate": "1 000", "day": "01.06.2026", "proof": scan()},
    )
    receives.post(f"{address}/confirm/")

    assert "10\u00a0500" in receives.get(f"/programmes/{programme.public_id}/?year=2026").text
    receives.post(f"{address}/return/", {"reason": "Акт не подписан"})
    one.refresh_from_db()
    assert (one.state, one.promised) == ("promised", Decimal("10000.50"))
    assert "Акт не подписан" in gives.get(f"{address}/").text
    gives.post(f"{address}/withdraw/", {"reason": "Передумали"})
    one.refresh_from_db()
    assert one.state == "withdrawn"


@pytest.mark.parametrize(
    "typed",
    [
        {"amount": "0", "day": "01.06.2026"},
        {"amount": "5", "day": "01.06.2036"},
        {"amount": "5", "day": "завтра"},
    ],
)
def test_what_is_refused_stays_in_the_form(typed: dict[str, str]) -> None:
    programme = make.programme()
    one = make.contribution(programme, organisations.organisation("employer"))
    client = visitor(one.giver)

    answer = client.post(f"/contributions/{one.public_id}/give/", typed | {"proof": scan()})

    assert answer.status_code == 422
    assert f'value="{typed["amount"]}"' in answer.text


def test_a_reason_is_asked_for() -> None:
    one = make.contribution(
        make.programme(), organisations.organisation("employer"), given=Decimal(5)
    )
    client = visitor(one.receiver, Post.Role.COORDINATOR)

    for page in ("return", "withdraw"):
        assert client.get(f"/contributions/{one.public_id}/{page}/").status_code == 200
        answer = client.post(f"/contributions/{one.public_id}/{page}/", {"reason": " "})
        assert answer.status_code == 422


def test_another_participant_sees_no_contribution() -> None:
    programme = make.programme()
    one = make.contribution(programme, organisations.organisation("employer"))
    member = organisations.college()
    make.participant(programme, member)
    client = visitor(member, Post.Role.COORDINATOR)

    assert client.get(f"/contributions/{one.public_id}/").status_code == 404
    assert rows(client.get("/contributions/").text) == []
    assert "Вклады вашей организации" in client.get(f"/programmes/{programme.public_id}/").text
