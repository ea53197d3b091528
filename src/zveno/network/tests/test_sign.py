"""Signatures: once a party, n of m, the last one brings into force."""

from collections.abc import Callable

import pytest

from zveno.documents.actions import FileEmpty, FileTooLarge, Upload, store_file
from zveno.documents.models import Number, StoredFile
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.models import Entry, Letter
from zveno.network import actions
from zveno.network.actions import Signatory
from zveno.network.models import Agreement, Party
from zveno.network.tests import make
from zveno.people.models import Post, actor_of
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
SCAN = Upload("подпись директора.pdf", "text/html", b"%PDF-1.4 scan")


def out(*, members: int = 2) -> Agreement:
    """Make an agreement of ``members`` parties that waits for all of them."""
    cluster = make.cluster()
    for _ in range(members - 1):
        make.member(cluster)
    return make.agreement(cluster)


def by_link(party: Party) -> Actor:
    """Let a party come by the link the coordinator made for it."""
    coordinator = people.coordinator(party.agreement.cluster.base)
    return actor_of(actions.renew_link(coordinator, party.public_id))


def test_party_signs_by_its_link() -> None:
    agreement = out()
    party = agreement.parties.get(place=2)
    actor = by_link(party)

    scan = actions.sign_by_scan(actor, party.public_id, upload=SCAN)

    agreement.refresh_from_db()
    party.refresh_from_db()
    assert (agreement.signed, agreement.state) == (1, Agreement.State.OUT_FOR_SIGNATURE)
    assert (party.method, party.scan) == (Party.Method.SCAN, scan)
    entry = Entry.objects.get(verb="network.sign_by_scan")
    assert (entry.means, entry.actor_key) == ("link", str(actor.credential))
    assert entry.created_key == scan.journal_key


def test_scan_is_kept_by_the_party_read_by_the_base_and_named_by_us() -> None:
    agreement = out(members=3)
    party = agreement.parties.get(place=2)

    scan = actions.sign_by_scan(by_link(party), party.public_id, upload=SCAN)

    assert (scan.owner, scan.media_type) == (party.organisation, "application/pdf")
    assert "директор" not in scan.name
    readers = {
        agreement.cluster.base: 1,
        party.organisation: 1,
        agreement.parties.get(place=3).organisation: 0,
    }
    for organisation, seen in readers.items():
        found = StoredFile.objects.visible_to(people.actor(organisation)).filter(pk=scan.pk)
        assert found.count() == seen


def test_last_signature_brings_into_force_and_takes_the_number() -> None:
    agreement = out()

    for party in agreement.parties.order_by("place"):
        actions.sign_by_scan(by_link(party), party.public_id, upload=SCAN)

    agreement.refresh_from_db()
    assert (agreement.signed, agreement.state) == (2, Agreement.State.IN_FORCE)
    assert agreement.number is not None
    book = agreement.number.book
    assert (book.organisation, book.year) == (agreement.cluster.base, agreement.dated.year)
    told = Letter.objects.filter(about=f"network.Agreement:{agreement.pk}")
    assert {letter.to for letter in told} == {"party1@example.org", "party2@example.org"}
    assert all(f"Номер {agreement.number}" in letter.text for letter in told)


def test_nobody_signs_twice() -> None:
    agreement = out()
    party = agreement.parties.get(place=2)
    actor = by_link(party)
    actions.sign_by_scan(actor, party.public_id, upload=SCAN)

    with pytest.raises(actions.AlreadySigned):
        actions.sign_by_scan(actor, party.public_id, upload=SCAN)

    agreement.refresh_from_db()
    assert agreement.signed == 1
    assert StoredFile.objects.filter(owner=party.organisation).count() == 1


def test_link_that_has_served_opens_no_file_any_more() -> None:
    agreement = out()
    party = agreement.parties.get(place=2)
    coordinator = people.coordinator(agreement.cluster.base)
    token = actions.renew_link(coordinator, party.public_id)

    actions.sign_by_scan(actor_of(token), party.public_id, upload=SCAN)

    assert not StoredFile.objects.visible_to(actor_of(token)).exists()


def test_letter_that_has_not_left_yet_is_taken_back() -> None:
    party = out().parties.get(place=2)
    actor = by_link(party)

    actions.sign_by_scan(actor, party.public_id, upload=SCAN)

    assert not Letter.objects.filter(about=party.letter_about).exists()


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"<html>%PDF-", actions.NotAScan),
        (b"PK\x03\x04", actions.NotAScan),
        (b"", FileEmpty),
        (b"%PDF-" + bytes(20 * 1024 * 1024), FileTooLarge),
    ],
    ids=["html", "docx", "nothing", "too large"],
)
def test_what_is_no_scan_is_refused_whatever_it_is_called(
    data: bytes, refusal: type[Exception]
) -> None:
    agreement = out()
    party = agreement.parties.get(place=2)

    with pytest.raises(refusal):
        actions.sign_by_scan(
            by_link(party), party.public_id, upload=Upload("a.pdf", "application/pdf", data)
        )

    agreement.refresh_from_db()
    assert agreement.signed == 0


@pytest.mark.parametrize("data", [b"\xff\xd8\xff\xe0 photo", b"\x89PNG\r\n\x1a\n photo"])
def test_photograph_will_do(data: bytes) -> None:
    party = out().parties.get(place=2)

    scan = actions.sign_by_scan(by_link(party), party.public_id, upload=Upload("IMG_1", "", data))

    assert scan.media_type in {"image/jpeg", "image/png"}


def test_head_signs_from_an_account_and_others_do_not() -> None:
    agreement = out()
    party = agreement.parties.get(place=2)
    school = party.organisation
    coordinator = people.coordinator(agreement.cluster.base)

    with pytest.raises(NotAllowed):
        actions.sign_by_scan(people.actor(school), party.public_id, upload=SCAN)
    with pytest.raises(NotAllowed):
        actions.sign_by_scan(coordinator, party.public_id, upload=SCAN)
    with pytest.raises(NotFound):
        actions.sign_by_scan(people.actor(role=Post.Role.HEAD), party.public_id, upload=SCAN)

    assert actions.sign_by_scan(people.actor(school, Post.Role.HEAD), party.public_id, upload=SCAN)


def test_coordinator_files_what_came_on_paper_in_their_own_name() -> None:
    agreement = out()
    party = agreement.parties.get(place=2)
    base = agreement.cluster.base

    scan = actions.file_scan(people.coordinator(base), party.public_id, upload=SCAN)

    party.refresh_from_db()
    assert party.signed_at is not None
    assert scan.owner == base
    assert StoredFile.objects.visible_to(people.actor(party.organisation)).filter(pk=scan.pk)
    entry = Entry.objects.get(verb="network.file_scan")
    assert (entry.means, entry.organisation) == ("account", base.pk)


def test_party_files_nothing_for_another() -> None:
    agreement = out()
    party = agreement.parties.get(place=2)
    head = people.actor(party.organisation, Post.Role.HEAD)

    with pytest.raises(NotAllowed):
        actions.file_scan(head, agreement.parties.get(place=1).public_id, upload=SCAN)


def test_agreement_in_force_is_signed_by_nobody_any_more() -> None:
    agreement = make.agreement(signed=1)
    party = agreement.parties.get()

    with pytest.raises(actions.AlreadySigned):
        actions.file_scan(people.coordinator(agreement.cluster.base), party.public_id, upload=SCAN)


def test_draft_is_signed_by_nobody_yet() -> None:
    agreement = make.agreement(state="draft")
    party = agreement.parties.get()

    with pytest.raises(actions.NotOutForSignature):
        actions.file_scan(people.coordinator(agreement.cluster.base), party.public_id, upload=SCAN)


def attempts(agreement: Agreement) -> dict[str, Callable[[Actor], object]]:
    """Name all that the link of the second party might try besides signing for it."""
    own, other = agreement.parties.get(place=2), agreement.parties.get(place=1)
    kim = Signatory("Ким", "директор", "Устав")
    obligation = make.obligation(agreement)
    return {
        "sign for another": lambda actor: actions.sign_by_scan(actor, other.public_id, upload=SCAN),
        "file": lambda actor: actions.file_scan(actor, own.public_id, upload=SCAN),
        "renew": lambda actor: actions.renew_link(actor, own.public_id),
        "put right": lambda actor: actions.put_right(actor, own.public_id, signatory=kim, forms={}),
        "send": lambda actor: actions.send_agreement(actor, agreement.public_id),
        "drop": lambda actor: actions.drop_agreement(actor, agreement.public_id),
        "owe": lambda actor: actions.change_obligations(actor, agreement.public_id, obligations=[]),
        "fulfil": lambda actor: actions.record_fulfilment(
            actor, obligation.public_id, source="a", amount=1
        ),
        "store": lambda actor: store_file(actor, own.organisation.public_id, upload=SCAN),
    }


@pytest.mark.parametrize(
    "attempt",
    ["sign for another", "file", "renew", "put right", "send", "drop", "owe", "fulfil", "store"],
)
def test_link_can_do_nothing_but_sign(attempt: str) -> None:
    agreement = out()
    actor = by_link(agreement.parties.get(place=2))

    with pytest.raises((NotAllowed, NotFound)):
        attempts(agreement)[attempt](actor)


def test_numbers_of_a_year_follow_each_other() -> None:
    cluster = make.cluster()
    for _ in range(2):
        agreement = make.agreement(cluster)
        party = agreement.parties.get()
        actions.sign_by_scan(by_link(party), party.public_id, upload=SCAN)

    assert sorted(Number.objects.values_list("number", flat=True)) == [1, 2]
