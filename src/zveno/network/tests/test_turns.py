"""Turns of an agreement: refusal, another signatory, withdrawal, the end of a term."""

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from zveno.documents.actions import Upload
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.errors import NotAllowed
from zveno.kernel.models import Letter
from zveno.network import actions, tasks
from zveno.network.actions import Ending, Signatory
from zveno.network.models import Agreement, Party
from zveno.network.tests import make
from zveno.people.models import Notice, Post, actor_of
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
SCAN = Upload("scan.pdf", "application/pdf", b"%PDF-1.4 scan")
NEW = Signatory("Орлова Анна Петровна", "исполняющая обязанности директора", "приказ № 5")
DAY = date(2026, 11, 20)


def out(members: int = 2) -> Agreement:
    cluster = make.cluster()
    for _ in range(members - 1):
        make.member(cluster)
    return make.agreement(cluster)


def coordinator(agreement: Agreement) -> Actor:
    return people.coordinator(agreement.cluster.base)


@pytest.mark.parametrize("seed", range(3))
def test_nine_sign_in_any_order_with_a_refusal_a_new_director_and_a_dead_link(seed: int) -> None:
    agreement = out(9)
    anna = coordinator(agreement)
    parties = list(agreement.parties.order_by("place"))
    chance = random.Random(seed)  # noqa: S311 - an order to sign in
    chance.shuffle(parties)
    refusing, changed, late = chance.sample(parties, 3)
    tokens = {party.pk: actions.renew_link(anna, party.public_id) for party in parties}
    old = tokens[changed.pk]
    tokens[changed.pk] = actions.change_signatory(anna, changed.public_id, signatory=NEW)
    link = Party.objects.get(pk=late.pk).link
    assert link is not None
    link.until = clock.now() - timedelta(seconds=1)
    link.save()
    actions.refuse_to_sign(actor_of(tokens[refusing.pk]), refusing.public_id, reason="пункт 4.2")
    numbers = []

    for party in parties:
        actor = actor_of(tokens[party.pk])
        if party == late:
            assert not actor.keys
            actor = actor_of(actions.renew_link(anna, party.public_id))
        actions.sign_by_scan(actor, party.public_id, upload=SCAN)
        agreement.refresh_from_db()
        numbers.append((agreement.signed, agreement.state))

    waiting = [(n, Agreement.State.OUT_FOR_SIGNATURE) for n in range(1, 9)]
    assert numbers == [*waiting, (9, Agreement.State.IN_FORCE)]
    assert not actor_of(old).keys
    changed.refresh_from_db()
    assert (changed.signatory, changed.in_text["signatory"]) == (
        NEW.name,
        "Белов Кирилл Николаевич",
    )
    assert Party.objects.get(pk=refusing.pk).refused_at is None


def test_a_refusal_is_told_to_the_coordinator_with_its_reason() -> None:
    agreement = out()
    party = agreement.parties.get(place=2)
    anna = people.account(agreement.cluster.base, Post.Role.COORDINATOR)

    actions.refuse_to_sign(
        people.actor(party.organisation, Post.Role.HEAD), party.public_id, reason="Пункт 4.2"
    )

    notice = Notice.objects.get(person=anna.person)
    assert (notice.kind, notice.text) == (Notice.Kind.DECIDE, "Пункт 4.2")
    party.refresh_from_db()
    assert party.refusal == "Пункт 4.2"


def test_nobody_refuses_without_a_reason_or_for_another() -> None:
    agreement = out()
    party = agreement.parties.get(place=2)

    with pytest.raises(actions.NoReason):
        actions.refuse_to_sign(
            people.actor(party.organisation, Post.Role.HEAD), party.public_id, reason=" "
        )
    with pytest.raises(NotAllowed):
        actions.refuse_to_sign(coordinator(agreement), party.public_id, reason="нет")


def test_a_withdrawn_agreement_is_a_draft_whose_links_are_dead() -> None:
    agreement = out()
    anna, party = coordinator(agreement), agreement.parties.get(place=2)
    token = actions.renew_link(anna, party.public_id)
    first = agreement.parties.get(place=1)
    actions.file_scan(anna, first.public_id, upload=SCAN)

    actions.withdraw_agreement(anna, agreement.public_id, reason="Ошибка в названии")

    agreement = Agreement.objects.select_related("paper").get(pk=agreement.pk)
    assert (agreement.state, agreement.signed) == (Agreement.State.DRAFT, 0)
    assert agreement.paper.pdf is None
    assert not actor_of(token).keys
    assert not agreement.parties.exclude(signed_at=None).exists()
    told = Letter.objects.filter(about=f"network.Agreement:{agreement.pk}")
    assert {letter.to for letter in told} == {"party1@example.org", "party2@example.org"}


def test_who_signs_now_stands_in_the_text_that_is_sent_anew() -> None:
    agreement = out()
    anna, party = coordinator(agreement), agreement.parties.get(place=2)
    actions.change_signatory(anna, party.public_id, signatory=NEW)
    actions.withdraw_agreement(anna, agreement.public_id, reason="Новый директор")

    actions.send_agreement(anna, agreement.public_id)

    agreement.paper.refresh_from_db()
    assert "Орловой Анны Петровны" in str(agreement.paper.content["blocks"])
    party.refresh_from_db()
    assert party.in_text == {}


def in_force(**changes: Any) -> Agreement:
    cluster = make.cluster()
    make.member(cluster)
    return make.agreement(cluster, signed=2, **{"dated": date(2023, 9, 1)} | changes)


def tend(agreement: Agreement, day: date) -> Agreement:
    with clock.travel(timezone.make_aware(datetime.combine(day, time(6)))):
        tasks.tend_agreements(0)
    agreement.refresh_from_db()
    return agreement


def letters(agreement: Agreement) -> list[str]:
    told = Letter.objects.filter(about=f"network.Agreement:{agreement.pk}")
    return list(
        told.filter(to="party1@example.org").order_by("pk").values_list("subject", flat=True)
    )


def test_the_parties_are_reminded_three_times_and_no_more() -> None:
    agreement = in_force(valid_until=DAY)

    for left in (91, 90, 89, 31, 30, 29, 8, 7, 6, 0):
        tend(agreement, DAY - timedelta(days=left))

    days = {subject.split()[0] for subject in letters(agreement)}
    assert days == {"90", "30", "7"}
    assert len(letters(agreement)) == len(days)


def test_a_reminder_missed_is_made_up_for_once() -> None:
    agreement = in_force(valid_until=DAY)

    tend(agreement, DAY - timedelta(days=20))
    tend(agreement, DAY - timedelta(days=19))

    assert len(letters(agreement)) == 1
    assert agreement.reminded == 30


@pytest.mark.parametrize(
    ("changes", "state", "until"),
    [
        ({"auto_renew": True}, Agreement.State.IN_FORCE, date(2027, 11, 20)),
        ({"auto_renew": False}, Agreement.State.EXPIRED, DAY),
        ({"ends_on": DAY, "end_reason": "спор"}, Agreement.State.TERMINATED, DAY),
    ],
    ids=["prolonged", "expired", "terminated"],
)
def test_a_term_never_ends_in_silence(changes: dict[str, Any], state: str, until: date) -> None:
    agreement = in_force(valid_until=DAY, **changes)

    assert tend(agreement, DAY).state == Agreement.State.IN_FORCE
    said = len(letters(agreement))
    tend(agreement, DAY + timedelta(days=1))
    tend(agreement, DAY + timedelta(days=2))

    assert (agreement.state, agreement.valid_until) == (state, until)
    assert len(letters(agreement)) == said + 1


def test_a_worker_that_slept_for_years_prolongs_until_today() -> None:
    agreement = tend(in_force(valid_until=date(2024, 2, 29)), date(2026, 6, 1))

    assert agreement.valid_until == date(2027, 2, 28)


def test_notice_is_thirty_days_unless_all_agree() -> None:
    agreement = in_force()
    anna, soon = coordinator(agreement), clock.today() + timedelta(days=29)

    with pytest.raises(actions.TooSoon):
        actions.terminate_agreement(anna, agreement.public_id, ending=Ending(soon, "спор"))
    actions.terminate_agreement(anna, agreement.public_id, ending=Ending(soon, "спор", agreed=True))

    agreement.refresh_from_db()
    assert (agreement.ends_on, agreement.end_reason) == (soon, "спор")


def of_no_reason() -> Ending:
    return Ending(clock.today(), " ", agreed=True)


def of_yesterday() -> Ending:
    return Ending(clock.today() - timedelta(days=1), "спор", agreed=True)


@pytest.mark.parametrize(
    ("made", "refusal"),
    [(of_no_reason, actions.NoReason), (of_yesterday, actions.DayHasPassed)],
)
def test_an_end_has_a_reason_and_a_day_ahead(
    made: Callable[[], Ending], refusal: type[Exception]
) -> None:
    agreement = in_force()

    with pytest.raises(refusal):
        actions.terminate_agreement(coordinator(agreement), agreement.public_id, ending=made())


def test_only_zveno_tends_agreements() -> None:
    agreement = in_force()

    with pytest.raises(NotAllowed):
        actions.tend_agreement(coordinator(agreement), agreement.public_id)
    actions.tend_agreement(SYSTEM, agreement.public_id)
