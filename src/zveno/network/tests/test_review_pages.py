"""Pages of a review: asked for, read, answered; the button of sending says why it is not there."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from zveno.network import actions
from zveno.network.models import Review, ReviewRule
from zveno.network.tests import make
from zveno.network.tests.test_reviews import CHANGES, Case, switch_on
from zveno.network.tests.visitors import Visitor, visitor
from zveno.people.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return Case()


def client_of(account: Account) -> Client:
    client = Visitor()
    client.force_login(account)
    return client


def to(name: str, of: Any) -> str:
    return reverse(f"network:{name}", args=[of.public_id])


def test_the_author_asks_reads_the_remark_and_sends_what_was_agreed(case: Case) -> None:
    switch_on(case.house)
    author, reader = visitor(case.house, "coordinator"), client_of(case.account)
    page, send = to("agreement", case.draft), to("send_agreement", case.draft)

    shown = author.get(page).text
    assert (send in shown, to("ask_review", case.draft) in shown) == (False, True)
    asked = author.post(to("ask_review", case.draft), {"reviewer": case.post.public_id})
    assert (asked.status_code, asked["Location"]) == (302, page)
    review = Review.objects.get()
    assert to("review", review) in reader.get("/").text
    assert author.get("/").text.count(case.draft.title) == 0

    remark = {"remark": "Пункт 2.1: нет срока"}
    assert reader.post(to("review", review), remark).status_code == 302
    assert "Пункт 2.1: нет срока" in author.get(page).text

    author.post(to("ask_review", case.draft), {"reviewer": case.post.public_id})
    again = Review.objects.waiting().get()
    read = reader.get(to("review", again)).text
    assert case.mark() in read
    assert reader.post(to("agree_review", again), {"seen": case.mark()}).status_code == 302
    assert send in author.get(page).text
    assert author.post(send).status_code == 302


def test_a_draft_that_was_edited_meanwhile_is_shown_anew(case: Case) -> None:
    review, read = case.ask(), case.mark()
    CHANGES["terms"](case)

    answer = client_of(case.account).post(to("agree_review", review), {"seen": read})

    assert answer.status_code == 409
    assert case.mark() in answer.text
    assert Review.objects.waiting().exists()


def test_a_remark_is_required_and_one_too_long_is_kept(case: Case) -> None:
    review, reader = case.ask(), client_of(case.account)

    for typed in ("", "я" * 1001):
        answer = reader.post(to("review", review), {"remark": typed})
        assert (answer.status_code, typed in answer.text) == (422, True)


def test_the_history_says_when_what_was_agreed_has_changed_and_who_is_gone(case: Case) -> None:
    author = visitor(case.house, "coordinator")
    case.agree(case.ask())
    CHANGES["terms"](case)

    shown = author.get(to("agreement", case.draft)).text

    assert "черновик с тех пор изменился" in shown
    assert to("send_agreement", case.draft) in shown


def test_where_nobody_else_leads_the_page_says_whom_to_invite() -> None:
    cluster = make.cluster()
    make.member(cluster)
    one = make.agreement(cluster, state="draft")
    author = visitor(cluster.base, "coordinator")

    shown = author.get(to("ask_review", one)).text

    assert reverse("people:team", args=[cluster.base.public_id]) in shown
    assert "<select" not in shown
    settings = author.get(to("signing_orders", cluster.base)).text
    assert reverse("people:team", args=[cluster.base.public_id]) in settings


def test_the_house_switches_it_on_and_off_on_the_page_of_signing(case: Case) -> None:
    author, page = visitor(case.house, "coordinator"), to("signing_orders", case.house)

    on = author.post(to("switch_review_on", case.house))
    rule = ReviewRule.objects.live().get()
    shown = author.get(page).text
    off = author.post(to("switch_review_off", rule))

    assert (on["Location"], off["Location"]) == (page, page)
    assert to("switch_review_off", rule) in shown
    assert to("switch_review_on", case.house) in author.get(page).text


def test_pages_ask_little(case: Case, django_assert_max_num_queries: Any) -> None:
    review = case.ask()
    actions.return_review(case.reader, review.public_id, remark="Не то")
    review = case.ask()
    reader = client_of(case.account)
    author = client_of(Account.objects.get(person=case.author.person))

    for client, name, of, most in (
        (reader, "review", review, 10),
        (author, "ask_review", case.draft, 11),
        (author, "agreement", case.draft, 17),
        (author, "agreement_text", case.draft, 14),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(to(name, of)).status_code == 200


def test_others_of_the_house_read_it_a_party_does_not(case: Case) -> None:
    page = to("review", case.ask())
    teacher = visitor(case.house, "teacher").get(page)
    party = visitor(case.draft.parties.get(place=2).organisation).get(page)

    assert (teacher.status_code, party.status_code) == (200, 404)
    assert "<textarea" not in teacher.text
