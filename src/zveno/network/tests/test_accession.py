"""An accession sheet: one more party of an agreement in force, and nobody signs again."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest

from zveno.documents.actions import Upload
from zveno.documents.models import Reader
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.models import Entry, Letter
from zveno.network import actions
from zveno.network.actions import Ending
from zveno.network.models import Agreement, Cluster
from zveno.network.tests import make
from zveno.network.tests.visitors import visitor
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
Budget = Callable[[int], AbstractContextManager[Any]]
SCAN = Upload("скан.pdf", "application/pdf", b"%PDF-1.7\n%%EOF\n")


@pytest.fixture
def agreement() -> Agreement:
    cluster = make.cluster()
    people.head(cluster.base)
    make.member(cluster)
    return make.agreement(cluster, signed=2)


@pytest.fixture
def newcomer(agreement: Agreement) -> Organisation:
    school = make.member(agreement.cluster)
    people.head(school, email="newcomer@example.org")
    return school


def coordinator(cluster: Cluster) -> Actor:
    return people.coordinator(cluster.base)


def draw(agreement: Agreement, newcomer: Organisation) -> Agreement:
    actor = coordinator(agreement.cluster)
    return actions.start_accession(actor, agreement.public_id, newcomer=newcomer.public_id)


def sent(agreement: Agreement, newcomer: Organisation) -> Agreement:
    sheet = draw(agreement, newcomer)
    actions.send_agreement(coordinator(agreement.cluster), sheet.public_id)
    return sheet


def sign(sheet: Agreement) -> None:
    for party in sheet.parties.order_by("place"):
        actions.file_scan(coordinator(sheet.cluster), party.public_id, upload=SCAN)


def test_sheet_names_the_agreement_and_both_who_sign(
    agreement: Agreement, newcomer: Organisation
) -> None:
    sheet = draw(agreement, newcomer)

    sheet.paper.refresh_from_db()
    texts = [text for block in sheet.paper.content["blocks"] for text in block["texts"]]
    text = "\n".join(texts).replace("\u00a0", " ")
    assert f"к соглашению «{agreement.title}» от 20 ноября 2026 г." in text
    assert "стороной Соглашения в роли «Участник»" in text
    roles = list(sheet.parties.order_by("place").values_list("organisation", "role"))
    assert roles == [(agreement.cluster.base_id, "base"), (newcomer.pk, "newcomer")]


def test_last_signature_of_the_sheet_makes_a_party(
    agreement: Agreement, newcomer: Organisation
) -> None:
    before = list(agreement.parties.values_list("pk", "signed_at"))
    sheet = sent(agreement, newcomer)

    sign(sheet)

    agreement.refresh_from_db()
    sheet.refresh_from_db()
    assert (agreement.signed, agreement.parties_count) == (3, 3)
    assert sheet.state == Agreement.State.IN_FORCE
    assert sheet.number
    party = agreement.parties.get(organisation=newcomer)
    assert (party.role, party.joined_by, party.place) == ("member", sheet, 3)
    assert party.signed_at
    assert list(agreement.parties.exclude(pk=party.pk).values_list("pk", "signed_at")) == before
    entry = Entry.objects.get(verb="network.admit_newcomer")
    assert entry.target_key == agreement.journal_key


def test_newcomer_reads_the_agreement_before_it_signs(
    agreement: Agreement, newcomer: Organisation
) -> None:
    sheet = sent(agreement, newcomer)

    link = sheet.parties.get(organisation=newcomer).link
    assert Reader.objects.filter(file=agreement.paper.pdf, organisation=newcomer).exists()
    assert link
    assert ["documents.StoredFile", agreement.paper.pdf_id] in link.opens


def test_the_other_parties_are_told(agreement: Agreement, newcomer: Organisation) -> None:
    sign(sent(agreement, newcomer))

    told = Letter.objects.filter(about=f"network.Agreement:{agreement.pk}")
    assert {letter.to for letter in told} >= {"party1@example.org", "party2@example.org"}


def test_two_clicks_draw_one_sheet(agreement: Agreement, newcomer: Organisation) -> None:
    assert draw(agreement, newcomer) == draw(agreement, newcomer)


def test_who_is_a_party_or_no_member_does_not_join(agreement: Agreement) -> None:
    party = agreement.parties.order_by("place")[1].organisation
    stranger = organisations.school()

    for one in (party, stranger):
        with pytest.raises(actions.NoSuchSide):
            draw(agreement, one)


def test_nobody_joins_what_is_not_in_force(newcomer: Organisation, agreement: Agreement) -> None:
    waiting = make.agreement(agreement.cluster)

    with pytest.raises(actions.AgreementNotInForce):
        draw(waiting, newcomer)


def test_nobody_joins_a_contract_by_a_sheet(newcomer: Organisation, agreement: Agreement) -> None:
    Agreement.objects.update(kind="network_form", facts=make.PROGRAMME)

    with pytest.raises(actions.CannotJoin):
        draw(agreement, newcomer)


def test_nobody_becomes_a_party_of_what_has_ended(
    agreement: Agreement, newcomer: Organisation
) -> None:
    sheet = sent(agreement, newcomer)
    Agreement.objects.filter(pk=agreement.pk).update(state=Agreement.State.TERMINATED)

    with pytest.raises(actions.AgreementNotInForce):
        sign(sheet)

    sheet.refresh_from_db()
    assert sheet.signed == 1


def test_sheet_ends_with_its_agreement_and_not_alone(
    agreement: Agreement, newcomer: Organisation
) -> None:
    sheet = sent(agreement, newcomer)
    sign(sheet)
    last = clock.today()
    ending = Ending(last, "все согласны", agreed=True)
    actor = coordinator(agreement.cluster)
    with pytest.raises(actions.NotAlone):
        actions.terminate_agreement(actor, sheet.public_id, ending=ending)

    actions.terminate_agreement(actor, agreement.public_id, ending=ending)
    with clock.travel(clock.now() + timedelta(days=1)):
        assert list(Agreement.objects.over_by(clock.today())) == [agreement]
        actions.tend_agreement(SYSTEM, agreement.public_id)

    sheet.refresh_from_db()
    assert sheet.state == Agreement.State.TERMINATED


def test_only_the_coordinator_draws_a_sheet(agreement: Agreement, newcomer: Organisation) -> None:
    with pytest.raises(NotAllowed):
        actions.start_accession(
            people.actor(agreement.parties.order_by("place")[1].organisation),
            agreement.public_id,
            newcomer=newcomer.public_id,
        )


def test_page_offers_members_that_are_no_party(
    agreement: Agreement, newcomer: Organisation, django_assert_max_num_queries: Budget
) -> None:
    client = visitor(agreement.cluster.base, Post.Role.COORDINATOR)
    where = f"/a/{agreement.public_id}/accede/"
    with django_assert_max_num_queries(12):
        page = client.get(where).content.decode()
    assert page.count("<option") == 2
    assert str(newcomer.public_id) in page

    answer = client.post(where, {"newcomer": newcomer.public_id})

    sheet = agreement.papers.get()
    assert answer.url == f"/a/{sheet.public_id}/text/"
    with django_assert_max_num_queries(16):
        assert str(sheet.title) in client.get(f"/a/{agreement.public_id}/").content.decode()
    assert agreement.title in client.get(f"/a/{sheet.public_id}/").content.decode()


@pytest.mark.parametrize("value", ["", "х", "00000000-0000-0000-0000-000000000000"])
def test_nonsense_is_refused(agreement: Agreement, newcomer: Organisation, value: str) -> None:
    client = visitor(agreement.cluster.base, Post.Role.COORDINATOR)

    assert client.post(f"/a/{agreement.public_id}/accede/", {"newcomer": value}).status_code == 422


def test_page_says_when_all_members_are_parties(agreement: Agreement) -> None:
    client = visitor(agreement.cluster.base, Post.Role.COORDINATOR)

    page = client.get(f"/a/{agreement.public_id}/accede/").content.decode()

    assert "Все участники кластера уже подписали" in page
