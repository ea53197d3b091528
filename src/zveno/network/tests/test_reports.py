"""What parties report to have done: counted once, with proof, and taken back."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from zveno.documents.actions import Upload
from zveno.documents.models import StoredFile
from zveno.kernel import clock
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.models import Entry
from zveno.network import actions
from zveno.network.actions import Report
from zveno.network.models import Agreement, Fulfilment, Obligation, Period
from zveno.network.models.wording import Owed
from zveno.network.tests import make
from zveno.organisations.models import Organisation
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
SCAN = Upload("часы.pdf", "application/pdf", b"%PDF-1.4 hours")


def owed(**changes: Any) -> tuple[Obligation, Organisation]:
    """Make the members of an agreement in force owe sixty hours; return also one of them."""
    cluster = make.cluster()
    school = make.member(cluster)
    agreement = make.agreement(cluster, signed=2)
    fields = {"role": "member", "unit": "hours", "planned": 60} | changes
    return make.obligation(agreement, **fields), school


def report(amount: int = 8, **changes: Any) -> Report:
    fields: dict[str, Any] = {"key": uuid4(), "day": clock.today(), "amount": amount, **changes}
    return Report(**fields)


def test_a_party_reports_with_proof_that_the_base_reads() -> None:
    obligation, school = owed()

    made = actions.report_fulfilment(
        people.actor(school), obligation.public_id, report=report(8, note="проба", proof=SCAN)
    )

    obligation.refresh_from_db()
    assert (obligation.done, made.by, made.note) == (8, school, "проба")
    base = people.actor(obligation.agreement.cluster.base)
    assert made.proof in StoredFile.objects.visible_to(base)
    assert made.proof is not None
    assert "часы" not in made.proof.name
    entry = Entry.objects.get(verb="network.report_fulfilment")
    assert entry.created_key == made.journal_key


def test_a_coordinator_reports_for_the_base() -> None:
    obligation, _school = owed()
    base = obligation.agreement.cluster.base

    made = actions.report_fulfilment(
        people.coordinator(base), obligation.public_id, report=report()
    )

    assert made.by == base


def test_one_report_sent_twice_counts_once() -> None:
    obligation, school = owed()
    told = report()

    for _ in range(2):
        actions.report_fulfilment(people.actor(school), obligation.public_id, report=told)

    obligation.refresh_from_db()
    assert obligation.done == 8


def test_a_report_taken_back_counts_no_more() -> None:
    obligation, school = owed()
    made = actions.report_fulfilment(people.actor(school), obligation.public_id, report=report())

    actions.take_back_report(people.actor(school), made.public_id)

    obligation.refresh_from_db()
    assert obligation.done == 0


def test_what_the_plan_has_counted_nobody_takes_back() -> None:
    obligation, _school = owed()
    coordinator = people.coordinator(obligation.agreement.cluster.base)
    counted = actions.record_fulfilment(
        coordinator, obligation.public_id, source="plan.PlanItem:1", amount=5
    )

    with pytest.raises(NotAllowed):
        actions.take_back_report(coordinator, counted.public_id)


def test_the_other_side_does_not_report() -> None:
    obligation, _school = owed(role="base")
    school = obligation.agreement.parties.get(role="member").organisation

    with pytest.raises(NotAllowed):
        actions.report_fulfilment(people.actor(school), obligation.public_id, report=report())


def test_of_what_one_party_owes_alone_no_other_reports() -> None:
    cluster = make.cluster()
    first, second = make.member(cluster), make.member(cluster)
    agreement = make.agreement(cluster, signed=3)
    party = agreement.parties.get(organisation=first)
    obligation = make.obligation(agreement, role="member", party=party)

    actions.report_fulfilment(people.actor(first), obligation.public_id, report=report())
    with pytest.raises(NotAllowed):
        actions.report_fulfilment(people.actor(second), obligation.public_id, report=report())


def test_teachers_and_strangers_do_not_report() -> None:
    obligation, school = owed()

    with pytest.raises(NotAllowed):
        actions.report_fulfilment(
            people.actor(school, Post.Role.TEACHER), obligation.public_id, report=report()
        )
    with pytest.raises(NotFound):
        actions.report_fulfilment(people.actor(), obligation.public_id, report=report())


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"amount": 0}, actions.NothingDone),
        ({"amount": 10**9 + 1}, actions.NothingDone),
        ({"day": clock.today() + timedelta(days=1)}, actions.NotYetDone),
        ({"proof": Upload("a.gif", "", b"GIF89a")}, actions.NotAScan),
    ],
    ids=["nothing", "too much", "ahead", "no scan"],
)
def test_what_cannot_be_is_refused(changes: dict[str, Any], refusal: type[Exception]) -> None:
    obligation, school = owed()

    with pytest.raises(refusal):
        actions.report_fulfilment(
            people.actor(school), obligation.public_id, report=report(**changes)
        )

    assert not Fulfilment.objects.exists()


def test_nothing_is_reported_before_the_last_signature() -> None:
    obligation = make.obligation()
    coordinator = people.coordinator(obligation.agreement.cluster.base)

    with pytest.raises(actions.AgreementNotInForce):
        actions.report_fulfilment(coordinator, obligation.public_id, report=report())


def draft() -> Agreement:
    cluster = make.cluster()
    make.member(cluster)
    coordinator = people.coordinator(cluster.base)
    terms = actions.Terms("Соглашение", "Тверь", date(2026, 11, 20), date(2027, 11, 20))
    return actions.start_agreement(
        coordinator, cluster.public_id, terms=terms, obligations=[Owed("base", "звонить")]
    )


def test_the_text_says_whose_how_often_and_until_when() -> None:
    agreement = draft()
    coordinator = people.coordinator(agreement.cluster.base)
    party = agreement.parties.get(role="member")
    owed = [
        Owed("member", "проводить встречу", "events", 1, Period.MONTH),
        Owed("base", "сдать отчёт", "", 0, Period.ONCE, date(2027, 5, 20), party.public_id),
    ]

    actions.change_obligations(coordinator, agreement.public_id, obligations=owed)

    agreement.paper.refresh_from_db()
    assert agreement.paper.content["draw"]["fields"]["member_obligations"] == [
        "проводить встречу (ежемесячно)",
        f"сдать отчёт, срок — до 20 мая 2027 г. ({party.organisation})",
    ]
    assert agreement.obligations.get(place=2).role == "member"


def test_only_a_party_owes_something_alone() -> None:
    agreement = draft()
    coordinator = people.coordinator(agreement.cluster.base)
    stranger = make.agreement().parties.get()

    with pytest.raises(actions.NoSuchParty):
        actions.change_obligations(
            coordinator,
            agreement.public_id,
            obligations=[Owed("base", "звонить", party=stranger.public_id)],
        )
