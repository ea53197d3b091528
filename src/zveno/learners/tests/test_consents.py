"""Consents and what they open: nothing is shown without one, nothing after it is withdrawn."""

import hashlib
from datetime import timedelta

import pytest

from zveno.kernel import clock
from zveno.kernel.errors import NotFound
from zveno.kernel.models import Entry
from zveno.learners.actions import (
    Reader,
    WayOff,
    conceal,
    disclose,
    keep_consents,
    withdraw_consent,
)
from zveno.learners.models import (
    CONSENT_TEXTS,
    Consent,
    ConsentOrder,
    Disclosure,
    Learner,
    Purpose,
)
from zveno.learners.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db


def reader(host: Organisation, source: str = "events.Event:1") -> Reader:
    return Reader(host.pk, source, clock.now() + timedelta(days=365))


def shown(learner: Learner, host: Organisation) -> None:
    """Let ``host`` read a child."""
    actor, key = people.actor(learner.owner), learner.owner.public_id
    make.keeps(learner.owner)
    keep_consents(actor, key, learners=[learner.pk])
    disclose(actor, key, learners=[learner.pk], reader=reader(host))


def test_a_consent_remembers_how_and_to_which_text() -> None:
    learner = make.learner()
    make.keeps(learner.owner)

    keep_consents(people.actor(learner.owner), learner.owner.public_id, learners=[learner.pk])

    consent = Consent.objects.get()
    text = CONSENT_TEXTS[Purpose.PARTICIPATION].template.encode()
    assert (consent.learner, consent.method) == (learner, "kept")
    assert consent.order == ConsentOrder.objects.get()
    assert consent.text_hash == hashlib.sha256(text).hexdigest()


def test_without_an_order_nothing_is_kept() -> None:
    learner = make.learner()
    make.order(learner.owner)

    with pytest.raises(WayOff, match="Как принимаем согласия"):
        keep_consents(people.actor(learner.owner), learner.owner.public_id, learners=[learner.pk])

    assert not Consent.objects.exists()


def test_a_valid_consent_is_not_noted_twice() -> None:
    learner = make.learner()
    make.keeps(learner.owner)
    actor = people.actor(learner.owner)

    for _ in range(2):
        keep_consents(actor, learner.owner.public_id, learners=[learner.pk])

    assert Consent.objects.count() == 1


def test_nobody_notes_a_consent_for_the_child_of_another() -> None:
    learner, school = make.learner(), organisations.school()
    make.keeps(school)

    keep_consents(people.actor(school), school.public_id, learners=[learner.pk])

    assert not Consent.objects.exists()


def test_without_a_consent_nothing_is_disclosed() -> None:
    learner, host = make.learner(), organisations.college()

    disclose(
        people.actor(learner.owner),
        learner.owner.public_id,
        learners=[learner.pk],
        reader=reader(host),
    )

    assert not Disclosure.objects.exists()


def test_a_withdrawn_consent_ends_every_disclosure_at_once() -> None:
    learner, hosts = make.learner(), [organisations.college() for _ in "ab"]
    for host in hosts:
        shown(learner, host)

    withdraw_consent(people.actor(learner.owner), learner.public_id, purpose=Purpose.PARTICIPATION)

    assert not Disclosure.objects.live().exists()
    assert not Consent.objects.valid().exists()
    for host in hosts:
        assert not Learner.objects.visible_to(people.coordinator(host)).exists()


def test_after_a_withdrawal_a_new_consent_may_be_given() -> None:
    learner, host = make.learner(), organisations.college()
    shown(learner, host)
    actor = people.actor(learner.owner)
    withdraw_consent(actor, learner.public_id, purpose=Purpose.PARTICIPATION)

    shown(learner, host)

    assert Consent.objects.count() == 2
    assert list(Learner.objects.visible_to(people.coordinator(host))) == [learner]


def test_what_one_source_disclosed_it_conceals() -> None:
    learner, host = make.learner(), organisations.college()
    actor, key = people.actor(learner.owner), learner.owner.public_id
    shown(learner, host)
    disclose(actor, key, learners=[learner.pk], reader=reader(host, "events.Event:2"))

    conceal(actor, key, learners=[learner.pk], source="events.Event:1")

    assert [one.source for one in Disclosure.objects.live()] == ["events.Event:2"]


def test_only_the_owner_withdraws() -> None:
    learner, host = make.learner(), organisations.college()
    shown(learner, host)

    with pytest.raises(NotFound):
        withdraw_consent(people.actor(), learner.public_id, purpose=Purpose.PARTICIPATION)


def test_the_journal_names_a_child_by_a_pseudonym() -> None:
    learner = make.learner()

    withdraw_consent(people.actor(learner.owner), learner.public_id, purpose=Purpose.PARTICIPATION)

    entry = Entry.objects.get()
    assert entry.target_key == learner.journal_key
    assert entry.target_key != str(learner.pk)
