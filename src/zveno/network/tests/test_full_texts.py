"""Agreements are found by any form of a word of their text, and by who may see them alone."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from tests.api.program import Program, token_of
from zveno.kernel.actor import NOBODY
from zveno.kernel.walls import scoped
from zveno.network import actions
from zveno.network.models import Agreement, FullText
from zveno.network.models.wording import Owed
from zveno.network.tests import make
from zveno.network.tests.test_agreement_drafts import TERMS, coordinator_of, draft
from zveno.network.tests.test_sign import SCAN
from zveno.network.tests.visitors import Visitor, visitor
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
Budget = Callable[[int], AbstractContextManager[Any]]


def owing(words: str) -> Agreement:
    """Let a draft say these words."""
    agreement = draft()
    actions.change_obligations(
        coordinator_of(agreement), agreement.public_id, obligations=[Owed("base", words)]
    )
    return agreement


def found(client: Visitor, agreement: Agreement, words: str) -> str:
    with scoped(NOBODY):
        page = client.get(f"/c/{agreement.cluster.public_id}/agreements/", {"q": words})
    return " ".join(page.text.split())


def clerk(agreement: Agreement) -> Visitor:
    return visitor(agreement.cluster.base, Post.Role.COORDINATOR)


@pytest.mark.parametrize(
    "asked",
    ["оборудования", "учебному оборудованию", "ОБОРУДОВАНИЕ", "учёту", "счете", '"учебное об'],
)
def test_any_form_of_a_word_finds_it(asked: str) -> None:
    agreement = owing("передать учебное оборудование по счёту и вести его учет")

    assert f"/a/{agreement.public_id}/" in found(clerk(agreement), agreement, asked)


def test_where_it_stands_is_shown_and_marked() -> None:
    agreement = owing("передать учебное оборудование")

    assert "<mark>оборудование</mark>" in found(clerk(agreement), agreement, "оборудования")


def test_what_nothing_says_is_not_found() -> None:
    agreement = owing("печь хлеб")

    text = found(clerk(agreement), agreement, "оборудование")

    assert f"/a/{agreement.public_id}/" not in text
    assert "Ничего не нашлось" in text


def test_number_and_party_find_it_once_it_is_in_force() -> None:
    cluster = make.cluster()
    school = make.member(cluster, organisations.school(name="Школа имени Менделеева (пример)"))
    agreement = make.agreement(cluster)
    for party in agreement.parties.order_by("place"):
        head = people.actor(party.organisation, Post.Role.HEAD)
        actions.sign_by_scan(head, party.public_id, upload=SCAN)

    agreement.refresh_from_db()
    assert agreement.number
    for asked in (agreement.number.printed, "школе Менделеева"):
        assert f"/a/{agreement.public_id}/" in found(visitor(school), agreement, asked)


def test_a_draft_is_found_by_its_base_alone_in_the_browser_and_by_a_program() -> None:
    agreement = owing("передать оборудование")
    cluster, school = agreement.cluster, agreement.parties.get(place=2).organisation
    member = people.account(school)

    assert f"/a/{agreement.public_id}/" not in found(visitor(school), agreement, "оборудование")
    for account, count in ((member, 0), (people.account(cluster.base), 1)):
        answer = Program(token_of(account)).get("/agreements?q=оборудования")
        assert len(answer.json()["items"]) == count


def test_markup_in_a_title_stays_text() -> None:
    agreement = draft()
    actions.change_terms(
        coordinator_of(agreement),
        agreement.public_id,
        terms=replace(TERMS, title="Сотрудничество <u>школ</u>"),
    )

    text = found(clerk(agreement), agreement, "школы")

    assert "<u>" not in text
    assert "Сотрудничество &lt;u&gt;школ" in text
    assert "<mark>школ</mark>" in text


@pytest.mark.parametrize("asked", ["и", "-", '"', "()&|!:*", "\\", "ы" * 5000, "'; --", "а:*"])
def test_nonsense_finds_nothing_and_breaks_nothing(asked: str) -> None:
    agreement = draft()

    assert "Соглашения" in found(clerk(agreement), agreement, asked)


def test_words_are_found_by_the_index() -> None:
    """Without the sequential scan that a table of a few rows prefers, the index is the way."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = FullText.objects.telling_of("оборудование").explain()

    assert re.search("Index Scan on words_of_agreements", plan), plan


def test_looking_for_words_asks_little(django_assert_max_num_queries: Budget) -> None:
    agreement = owing("передать оборудование")
    client = clerk(agreement)

    with django_assert_max_num_queries(14):
        found(client, agreement, "оборудования")


def test_what_is_thrown_away_is_found_no_more() -> None:
    agreement = draft()

    actions.drop_agreement(coordinator_of(agreement), agreement.public_id)

    assert not FullText.objects.exists()
