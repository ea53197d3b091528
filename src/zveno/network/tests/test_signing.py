"""Electronic signatures: by whose order, by whom proven, over which bytes."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.db import IntegrityError, transaction
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.engines.test_signatures import DETACHED, made
from zveno.documents.actions import Upload
from zveno.documents.models import StoredFile
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.models import Entry
from zveno.network import actions
from zveno.network.actions import Order, Proof
from zveno.network.models import Agreement, Method, Party, SigningOrder
from zveno.network.tests import make
from zveno.organisations.tests import make as organisations
from zveno.people.actions import WrongCode, WrongPassword
from zveno.people.models import Account, CodeKey, Post, actor_of
from zveno.people.models.codes import code_at, step_of
from zveno.people.models.seals import sealed
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
PROOF = Proof(people.PASSWORD)
SECRET = b"a secret of twenty b"


def awaited() -> Party:
    """Make a party that waits for its head, in an organisation without orders."""
    cluster = make.cluster()
    make.member(cluster)
    return make.agreement(cluster).parties.get(place=2)


def head_of(party: Party) -> Actor:
    """Sign the head of a party in."""
    account = people.account(party.organisation, Post.Role.HEAD)
    return actor_of(people.with_password(account))


def pdf_of(party: Party) -> StoredFile:
    """Return what is signed."""
    pdf = party.agreement.paper.pdf
    assert pdf is not None
    return pdf


def signature(text: bytes) -> Upload:
    """Make a signature file over bytes."""
    return Upload("letter.sig", "text/html", made(text, DETACHED, encoding=Encoding.PEM))


def test_head_signs_in_zveno_and_what_proves_it_is_kept() -> None:
    party = awaited()
    make.signing_order(party.organisation)
    head = head_of(party)
    browser = people.sign_in(Account.objects.get(person=head.person or 0))
    proof = Proof(people.PASSWORD, sign_in=browser.public_id)

    actions.sign_in_zveno(head, party.public_id, sha256=pdf_of(party).sha256, proof=proof)

    party.refresh_from_db()
    assert (party.method, party.scan) == (Method.SIMPLE, None)
    assert party.signed_hash == pdf_of(party).sha256
    said = party.evidence
    assert (said["through"], said["who"]) == ("account", "Петрова Анна Ильинична")
    assert (said["order"], said["second_step"]) == ("№ 112-О от 01.09.2026", "")
    assert said["device"] == browser.device
    assert Agreement.objects.get(pk=party.agreement_id).signed == 1
    assert Entry.objects.filter(verb="people.prove_again").count() == 1


def test_without_an_order_nothing_is_signed_electronically() -> None:
    party = awaited()
    head = head_of(party)

    with pytest.raises(actions.NotOrdered):
        actions.sign_in_zveno(head, party.public_id, sha256=pdf_of(party).sha256, proof=PROOF)
    with pytest.raises(actions.NotOrdered):
        actions.sign_by_file(head, party.public_id, upload=signature(bytes(pdf_of(party).data)))


def test_wrong_password_signs_nothing() -> None:
    party = awaited()
    make.signing_order(party.organisation)

    with pytest.raises(WrongPassword):
        actions.sign_in_zveno(
            head_of(party), party.public_id, sha256=pdf_of(party).sha256, proof=Proof("another")
        )
    party.refresh_from_db()
    assert party.signed_at is None


def test_code_is_asked_of_an_account_that_has_one() -> None:
    party = awaited()
    make.signing_order(party.organisation)
    head = head_of(party)
    account = Account.objects.get(person=head.person or 0)
    CodeKey.objects.create(account=account, secret=sealed(SECRET), confirmed_at=clock.now())
    text = pdf_of(party).sha256

    with pytest.raises(WrongCode):
        actions.sign_in_zveno(head, party.public_id, sha256=text, proof=PROOF)
    code = code_at(SECRET, step_of(clock.now()))
    proof = Proof(people.PASSWORD, code)
    actions.sign_in_zveno(head, party.public_id, sha256=text, proof=proof)

    party.refresh_from_db()
    assert party.evidence["second_step"] == "code"


def test_neither_a_link_nor_a_deputy_nor_a_program_signs_in_zveno() -> None:
    party = awaited()
    make.signing_order(party.organisation)
    coordinator = people.coordinator(party.agreement.cluster.base)
    link = actor_of(actions.renew_link(coordinator, party.public_id))
    deputy = people.actor(party.organisation)

    for actor in (link, deputy, coordinator):
        with pytest.raises(NotAllowed):
            actions.sign_in_zveno(actor, party.public_id, sha256=pdf_of(party).sha256, proof=PROOF)


def test_another_hash_is_never_signed() -> None:
    party = awaited()
    make.signing_order(party.organisation)
    head, right = head_of(party), pdf_of(party).sha256

    @settings(max_examples=25, deadline=None)
    @given(place=st.integers(0, 63), letter=st.sampled_from("0123456789abcdefA"))
    def check(place: int, letter: str) -> None:
        shown = right[:place] + letter + right[place + 1 :]
        assume(shown != right)
        with pytest.raises(actions.TextHasChanged):
            actions.sign_in_zveno(head, party.public_id, sha256=shown, proof=PROOF)

    check()
    party.refresh_from_db()
    assert party.signed_at is None


def test_text_changed_under_its_hash_is_not_signed() -> None:
    party = awaited()
    make.signing_order(party.organisation)
    text = pdf_of(party)
    StoredFile.objects.filter(pk=text.pk).update(data=bytes(text.data) + b" ")

    with pytest.raises(actions.TextHasChanged):
        actions.sign_in_zveno(head_of(party), party.public_id, sha256=text.sha256, proof=PROOF)


def test_link_signs_by_a_file_over_this_text() -> None:
    party = awaited()
    make.signing_order(party.organisation, Method.DETACHED)
    coordinator = people.coordinator(party.agreement.cluster.base)
    link = actor_of(actions.renew_link(coordinator, party.public_id))

    file = actions.sign_by_file(link, party.public_id, upload=signature(bytes(pdf_of(party).data)))

    party.refresh_from_db()
    assert (party.method, party.scan) == (Method.DETACHED, file)
    assert party.evidence["digest"] == "matches"
    assert (file.owner, file.name.endswith(".sig")) == (party.organisation, True)
    assert "letter" not in file.name


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (made(b"another text", DETACHED), actions.OtherFileSigned),
        (b"%PDF-1.7", actions.NotASignatureFile),
    ],
    ids=["of another file", "no signature"],
)
def test_file_that_proves_nothing_is_refused(data: bytes, refusal: type[Exception]) -> None:
    party = awaited()
    make.signing_order(party.organisation, Method.DETACHED)
    head = head_of(party)

    with pytest.raises(refusal):
        actions.sign_by_file(head, party.public_id, upload=Upload("a.sig", "", data))
    assert not StoredFile.objects.filter(owner=party.organisation).exists()


def test_withdrawal_takes_the_proof_away() -> None:
    party = awaited()
    make.signing_order(party.organisation)
    actions.sign_in_zveno(head_of(party), party.public_id, sha256=pdf_of(party).sha256, proof=PROOF)
    coordinator = people.coordinator(party.agreement.cluster.base)

    actions.withdraw_agreement(coordinator, party.agreement.public_id, reason="Ошибка")

    party.refresh_from_db()
    assert (party.method, party.signed_hash, party.evidence) == ("", "", {})


def test_new_order_takes_the_place_of_the_old_and_the_same_changes_nothing() -> None:
    school = organisations.school()
    head = people.actor(school, Post.Role.HEAD)
    day = clock.today()

    first = actions.switch_signing_on(
        head, school.public_id, method="simple", order=Order("1", day)
    )
    again = actions.switch_signing_on(
        head, school.public_id, method="simple", order=Order("1", day)
    )
    other = actions.switch_signing_on(
        head, school.public_id, method="simple", order=Order("2", day)
    )

    assert first == again
    assert list(SigningOrder.objects.live()) == [other]
    actions.switch_signing_off(head, other.public_id)
    assert not SigningOrder.objects.live().exists()
    with pytest.raises(actions.OrderOver):
        actions.switch_signing_off(head, other.public_id)


def test_order_that_is_ahead_orders_nothing() -> None:
    school = organisations.school()
    order = Order("1", clock.today() + timedelta(days=1))

    with pytest.raises(actions.OrderAhead):
        actions.switch_signing_on(
            people.actor(school, Post.Role.HEAD), school.public_id, method="simple", order=order
        )


def test_only_who_leads_the_organisation_orders() -> None:
    college, order = organisations.college(), Order("1", clock.today())
    school = organisations.school(steward=college)

    for actor in (people.coordinator(college), people.actor(school)):
        with pytest.raises(NotAllowed):
            actions.switch_signing_on(actor, school.public_id, method="simple", order=order)


def test_signature_without_a_hash_cannot_be_stored() -> None:
    party = awaited()

    with pytest.raises(IntegrityError, match="signed_with_a_proof"), transaction.atomic():
        Party.objects.filter(pk=party.pk).update(signed_at=clock.now(), method="simple")


def test_one_order_holds_for_a_method() -> None:
    school = organisations.school()
    make.signing_order(school)

    with pytest.raises(IntegrityError, match="one_order_for_a_method"), transaction.atomic():
        make.signing_order(school, number="113")
