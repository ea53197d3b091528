"""Who answers for a child at home: named, confirmed, held back; and what their link opens."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from zveno.kernel import clock, outbox
from zveno.kernel.actor import NOBODY, Actor
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.models import Entry, Letter
from zveno.kernel.walls import scoped
from zveno.learners.actions import (
    AlreadyNamed,
    GuardianNameMissing,
    Named,
    NotNamedYet,
    Opened,
    Reader,
    ReasonMissing,
    TextChanged,
    WayOff,
    add_guardian,
    answer_consent,
    confirm_guardian,
    disclose,
    free_guardian,
    invite_families,
    keep_consents,
    name_guardian,
    refuse_all,
    renew_family_link,
    restrict_guardian,
    switch_consents_off,
    turn_guardian_away,
    withdraw_consent,
)
from zveno.learners.models import Consent, Disclosure, Guardian, Learner, Purpose, consent_hash
from zveno.learners.tests import make
from zveno.organisations.tests import make as organisations
from zveno.people.models import Notice, actor_of
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
MOTHER = Named("Абрамова Наталья Викторовна", "mother", "mama@example.org")
FATHER = Named("Абрамов Пётр Ильич", "father")


def added(child: Learner, named: Named = MOTHER, **how: Any) -> tuple[Guardian, Actor]:
    """Enter a guardian and come by their link."""
    opened = add_guardian(people.actor(child.owner), child.public_id, named=named, **how)
    guardian = Guardian.objects.get(public_id=opened.guardian)
    return guardian, actor_of(opened.token) if opened.token else NOBODY


def claimed(child: Learner, named: Named = MOTHER) -> tuple[Guardian, Opened]:
    """Print a code and let somebody say who they are."""
    [opened] = invite_families(
        people.actor(child.owner), child.owner.public_id, learners=[child.public_id]
    )
    name_guardian(actor_of(opened.token), opened.guardian, named=named)
    return Guardian.objects.get(public_id=opened.guardian), opened


def says(
    guardian: Guardian, actor: Actor, *, yes: bool, to: Purpose = Purpose.PARTICIPATION
) -> None:
    answer_consent(actor, guardian.public_id, purpose=to, agreed=yes, text=consent_hash(to))


def seen_by(actor: Actor) -> list[Learner]:
    """Ask as a page would that forgot whom it asks for."""
    with scoped(actor):
        return list(Learner.objects.all())


def ground(child: Learner) -> bool:
    child.refresh_from_db()
    return child.unfounded_since is None


def test_whom_the_school_enters_sees_the_child_at_once_and_gets_a_letter_without_names() -> None:
    child = make.learner()

    guardian, actor = added(child)

    assert guardian.confirmed_at
    assert seen_by(actor) == [child]
    letter = Letter.objects.get()
    assert letter.to == "mama@example.org"
    assert "/family/" in letter.text
    for name in (child.family_name, child.given_name, "Абрамова"):
        assert name not in letter.subject + letter.text


def test_without_an_address_the_link_is_handed_over() -> None:
    child = make.learner()

    opened = add_guardian(people.actor(child.owner), child.public_id, named=FATHER)

    assert len(opened.token) >= 22
    assert not Letter.objects.exists()
    assert opened.token not in str(list(Guardian.objects.values()) + list(Entry.objects.values()))


def test_several_children_are_seen_by_one_link() -> None:
    school = organisations.school()
    sister, brother = make.learner(school), make.learner(school)
    guardian, _actor = added(sister)

    again = add_guardian(
        people.actor(school), brother.public_id, named=MOTHER, known=guardian.public_id
    )

    token = renew_family_link(people.actor(school), again.guardian)
    assert again.token == ""
    assert set(seen_by(actor_of(token))) == {sister, brother}


def test_nobody_is_known_from_another_school() -> None:
    foreign, _actor = added(make.learner())
    child = make.learner()

    for key in (foreign.public_id, uuid4()):
        with pytest.raises(NotFound):
            add_guardian(people.actor(child.owner), child.public_id, named=MOTHER, known=key)


def test_a_claim_without_confirmation_sees_nothing_and_decides_nothing() -> None:
    child = make.founded()
    representative = people.account(child.owner)

    guardian, opened = claimed(child)

    actor = actor_of(opened.token)
    assert seen_by(actor) == []
    with pytest.raises(NotAllowed):
        says(guardian, actor, yes=False)
    assert (
        Notice.objects.get(person=representative.person).title
        == "Представитель просит подтверждения"
    )


def test_who_is_confirmed_sees_the_child_by_the_same_link() -> None:
    child = make.learner()
    guardian, opened = claimed(child)

    confirm_guardian(people.actor(child.owner), guardian.public_id)

    assert seen_by(actor_of(opened.token)) == [child]


def test_nobody_is_confirmed_before_they_say_who_they_are() -> None:
    child = make.learner()
    actor = people.actor(child.owner)
    [opened] = invite_families(actor, child.owner.public_id, learners=[child.public_id])

    with pytest.raises(NotNamedYet):
        confirm_guardian(actor, opened.guardian)
    with pytest.raises(GuardianNameMissing):
        name_guardian(actor_of(opened.token), opened.guardian, named=Named(" ", "mother"))


def test_a_printed_code_is_one_persons() -> None:
    guardian, opened = claimed(make.learner())

    with pytest.raises(AlreadyNamed):
        name_guardian(actor_of(opened.token), guardian.public_id, named=FATHER)


def test_a_code_printed_again_ends_the_one_nobody_used() -> None:
    child = make.learner()
    actor, school = people.actor(child.owner), child.owner.public_id
    [first] = invite_families(actor, school, learners=[child.public_id])
    [second] = invite_families(actor, school, learners=[child.public_id])

    assert actor_of(first.token) == NOBODY
    assert actor_of(second.token) != NOBODY
    assert Guardian.objects.count() == 1


def test_a_claim_that_is_not_true_is_turned_away() -> None:
    child = make.learner()
    guardian, opened = claimed(child)

    turn_guardian_away(people.actor(child.owner), guardian.public_id)

    assert not Guardian.objects.exists()
    assert actor_of(opened.token).keys == frozenset()


def test_of_a_guardian_turned_away_no_letter_stays_not_even_a_sent_one() -> None:
    child = make.learner()
    guardian, _actor = added(child)
    outbox.send_due()

    turn_guardian_away(people.actor(child.owner), guardian.public_id)

    assert not Letter.objects.exists()


def test_a_restricted_guardian_is_a_stranger_and_their_word_counts_no_more() -> None:
    child = make.founded()
    father, by_father = added(child, FATHER)
    says(father, by_father, yes=False)
    assert not ground(child)
    token = renew_family_link(people.actor(child.owner), father.public_id)

    restrict_guardian(people.actor(child.owner), father.public_id, reason="Решение суда")

    assert ground(child)
    assert actor_of(token).keys == frozenset()
    father.refresh_from_db()
    assert "суда" not in father.restriction
    free_guardian(people.actor(child.owner), father.public_id)
    assert seen_by(actor_of(token)) == [child]


def test_a_restriction_has_a_reason() -> None:
    father, _actor = added(make.learner(), FATHER)

    with pytest.raises(ReasonMissing):
        restrict_guardian(people.actor(father.owner), father.public_id, reason=" ")


def test_one_consent_is_given_and_the_other_refused() -> None:
    child = make.learner()
    make.order(child.owner)
    mother, actor = added(child)

    says(mother, actor, yes=True)
    says(mother, actor, yes=False, to=Purpose.PUBLICATION)

    assert ground(child)
    assert not child.photographed
    given = Consent.objects.get(purpose=Purpose.PARTICIPATION)
    assert (given.method, given.signed_by, given.guardian) == ("link", "guardian", mother)
    assert given.order is not None
    assert given.summary_hash


def test_the_strictest_of_two_wins_until_they_agree() -> None:
    child = make.learner()
    make.order(child.owner)
    (mother, by_mother), (father, by_father) = added(child), added(child, FATHER)
    says(mother, by_mother, yes=True)
    says(father, by_father, yes=False)
    assert not ground(child)

    says(father, by_father, yes=True)

    assert ground(child)
    assert Consent.objects.count() == 3


def test_from_14_the_child_agrees_by_a_link_of_its_own() -> None:
    child = make.learner(grade=9)
    make.order(child.owner)
    mother, by_mother = added(child)
    says(mother, by_mother, yes=True)
    assert not ground(child)

    own, by_child = added(child, Named("Абрамова Дарья", "self"))
    says(own, by_child, yes=True)

    assert ground(child)


def test_refused_is_taken_back_everywhere_at_once_paper_or_not() -> None:
    child, host = make.learner(), organisations.college()
    school, key = people.actor(child.owner), child.owner.public_id
    make.keeps(child.owner)
    keep_consents(school, key, learners=[child.pk])
    reader = Reader(host.pk, "events.Event:1", clock.now() + timedelta(days=1))
    disclose(school, key, learners=[child.pk], reader=reader)
    mother, actor = added(child)

    says(mother, actor, yes=False)

    assert not Disclosure.objects.live().exists()
    assert seen_by(people.coordinator(host)) == []


def test_all_is_taken_back_in_one_go() -> None:
    child = make.founded()
    mother, actor = added(child)

    refuse_all(actor, mother.public_id)

    assert not ground(child)
    assert Consent.objects.filter(guardian=mother, refused=True).count() == len(Purpose)


def test_nobody_agrees_to_other_words_than_those_of_now() -> None:
    child = make.learner()
    make.order(child.owner)
    mother, actor = added(child)

    with pytest.raises(TextChanged):
        answer_consent(actor, mother.public_id, purpose=Purpose.TRIP, agreed=True, text="0" * 64)


def test_a_school_takes_answers_by_link_only_by_its_order_but_hears_every_refusal() -> None:
    child = make.founded()
    mother, actor = added(child)
    with pytest.raises(WayOff):
        says(mother, actor, yes=True)
    make.order(child.owner)
    says(mother, actor, yes=True)
    switch_consents_off(people.actor(child.owner), child.owner.public_id, method="link")

    says(mother, actor, yes=False)

    assert not ground(child)


def test_neither_a_stranger_nor_another_family_nor_the_school_answers_for_a_guardian() -> None:
    child = make.learner()
    make.order(child.owner)
    mother, _actor = added(child)
    _other, by_other = added(make.learner(child.owner))

    for actor in (NOBODY, by_other, people.actor()):
        with pytest.raises(NotFound):
            says(mother, actor, yes=True)
    with pytest.raises(NotAllowed):
        says(mother, people.actor(child.owner), yes=True)


def test_what_the_school_withdraws_is_withdrawn_for_all() -> None:
    child = make.learner()
    make.order(child.owner)
    mother, actor = added(child)
    says(mother, actor, yes=True)

    withdraw_consent(people.actor(child.owner), child.public_id, purpose=Purpose.PARTICIPATION)

    assert not ground(child)


def test_only_who_answers_for_the_child_enters_guardians() -> None:
    child = make.learner()

    with pytest.raises(NotFound):
        add_guardian(people.actor(), child.public_id, named=MOTHER)
    with pytest.raises(NotAllowed):
        invite_families(people.actor(), child.owner.public_id, learners=[child.public_id])
    assert not Guardian.objects.exists()


def test_a_link_of_a_family_reads_no_other_guardian_and_no_other_child() -> None:
    child = make.learner()
    mother, actor = added(child)
    added(child, FATHER)
    make.learner(child.owner)

    with scoped(actor):
        assert list(Guardian.objects.all()) == [mother]
        assert list(Learner.objects.all()) == [child]
