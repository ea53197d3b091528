"""Out for signature: the files, the links, the letters."""

import hashlib
import re
from datetime import timedelta

import pytest

from tests.engines.reading import docx_text, pdf_text, same_words
from zveno.documents.models import StoredFile
from zveno.kernel import clock
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.models import Entry, Letter
from zveno.network import actions
from zveno.network.actions import Signatory
from zveno.network.models import Agreement
from zveno.network.tests import make
from zveno.network.tests.test_agreement_drafts import coordinator_of, draft
from zveno.organisations.tests import make as organisations
from zveno.people.models import Link, Post, actor_of, hashed
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r"/sign/([^/]+)/")


def test_party_without_a_signatory_is_named_and_nothing_goes_out() -> None:
    agreement = draft()
    party = agreement.parties.get(place=2)
    party.signatory = ""
    party.save()

    with pytest.raises(actions.NobodySigns) as refused:
        actions.send_agreement(coordinator_of(agreement), agreement.public_id)

    assert str(party.organisation) in str(refused.value)
    assert not Letter.objects.exists()


def test_both_files_say_the_same_and_what_was_put_right_wins() -> None:
    agreement = draft("Ким", "Белова")
    coordinator, party = coordinator_of(agreement), agreement.parties.get(place=2)
    actions.put_right(
        coordinator,
        party.public_id,
        signatory=Signatory("Ким Мария Сергеевна", "директор", "Устав"),
        forms={"person_genitive": "Кимы Марии Сергеевны"},
    )

    actions.send_agreement(coordinator, agreement.public_id)

    agreement.paper.refresh_from_db()
    pdf, word = agreement.paper.pdf, agreement.paper.docx
    assert pdf is not None
    assert word is not None
    words = docx_text(bytes(word.data))
    assert "в лице директора Кимы Марии Сергеевны, действующей" in words
    assert same_words(pdf_text(bytes(pdf.data)), words)


def test_files_are_read_by_all_parties_and_their_bytes_are_known() -> None:
    agreement = draft()

    actions.send_agreement(coordinator_of(agreement), agreement.public_id)

    agreement.paper.refresh_from_db()
    pdf = agreement.paper.pdf
    assert pdf is not None
    assert pdf.sha256 == hashlib.sha256(bytes(pdf.data)).hexdigest()
    school = agreement.parties.get(place=2).organisation
    for actor, seen in ((people.actor(school), 2), (people.actor(), 0)):
        assert StoredFile.objects.visible_to(actor).count() == seen


def test_every_party_gets_a_letter_with_a_link_of_its_own() -> None:
    agreement = draft("Ким", "Белова")
    for party in agreement.parties.all():
        party.email = f"party{party.place}@example.org"
        party.save()

    actions.send_agreement(coordinator_of(agreement), agreement.public_id)

    agreement.refresh_from_db()
    assert (agreement.state, agreement.signed) == (Agreement.State.OUT_FOR_SIGNATURE, 0)
    for party in agreement.parties.all():
        letter = Letter.objects.get(to=party.email)
        (token,) = TOKEN.findall(letter.text)
        assert party.signatory in letter.text
        actor = actor_of(token)
        assert actor.listed("network.Party") == {party.pk}
        assert actor.listed("organisations.Organisation") == {party.organisation_id}
        assert len(actor.listed("documents.StoredFile")) == 2


def test_token_is_kept_nowhere_but_in_the_letter() -> None:
    agreement = draft()
    agreement.parties.update(email="party@example.org")

    actions.send_agreement(coordinator_of(agreement), agreement.public_id)

    (token,) = TOKEN.findall(Letter.objects.all()[0].text)
    link = Link.objects.get(token_hash=hashed(token))
    assert token not in str(vars(link))
    assert not [entry for entry in Entry.objects.all() if token in str(vars(entry))]
    assert clock.now() + timedelta(days=59) < link.until < clock.now() + timedelta(days=61)


def test_party_without_e_mail_gets_a_link_but_no_letter() -> None:
    agreement = draft()

    actions.send_agreement(coordinator_of(agreement), agreement.public_id)

    assert not Letter.objects.exists()
    assert agreement.parties.exclude(link=None).count() == 2


def test_agreement_goes_out_once() -> None:
    agreement = make.agreement()

    with pytest.raises(actions.AgreementNotDraft):
        actions.send_agreement(coordinator_of(agreement), agreement.public_id)


def test_new_link_opens_and_the_old_one_does_not() -> None:
    agreement = make.agreement()
    coordinator, party = coordinator_of(agreement), agreement.parties.get()
    old = actions.renew_link(coordinator, party.public_id)

    new = actions.renew_link(coordinator, party.public_id)

    assert actor_of(old).listed("network.Party") == set()
    assert actor_of(new).listed("network.Party") == {party.pk}
    assert [new in letter.text for letter in Letter.objects.all()] == [True]


def test_who_has_signed_gets_no_new_link() -> None:
    agreement = make.agreement(signed=1)

    with pytest.raises(actions.AlreadySigned):
        actions.renew_link(coordinator_of(agreement), agreement.parties.get().public_id)


def test_draft_has_no_links() -> None:
    agreement = make.agreement(state="draft")

    with pytest.raises(actions.NotOutForSignature):
        actions.renew_link(coordinator_of(agreement), agreement.parties.get().public_id)


def test_only_the_coordinator_sends_and_renews() -> None:
    cluster = make.cluster()
    school = make.member(cluster)
    agreement = make.agreement(cluster)
    party = agreement.parties.get(organisation=school)
    head, stranger = (
        people.actor(school, Post.Role.HEAD),
        people.coordinator(organisations.college()),
    )

    with pytest.raises(NotAllowed):
        actions.send_agreement(head, agreement.public_id)
    with pytest.raises(NotAllowed):
        actions.renew_link(head, party.public_id)
    with pytest.raises(NotFound):
        actions.send_agreement(stranger, agreement.public_id)
    with pytest.raises(NotFound):
        actions.renew_link(stranger, party.public_id)
