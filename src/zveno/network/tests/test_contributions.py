"""What partners promise and give: proven, confirmed, counted once, taken back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from zveno.documents.actions import Upload
from zveno.documents.models import StoredFile
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError, NotAllowed, NotFound
from zveno.kernel.models import Entry
from zveno.network import actions
from zveno.network.actions import Gift, NoReason, NotYetDone, Promise
from zveno.network.models import (
    Agreement,
    Contribution,
    Fulfilment,
    MoneyLine,
    Obligation,
    Programme,
    given_in,
)
from zveno.network.models.contributions import worth
from zveno.network.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Notice, Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
PROOF = Upload("акт.pdf", "application/pdf", b"%PDF-1.4 act")
State = Contribution.State


@contextmanager
def undone() -> Iterator[None]:
    """Take back what happens inside; the door believes it is in the test's own transaction."""
    outer = transaction.atomic()
    outer._from_testcase = True  # type: ignore[attr-defined]
    with outer:
        yield
        transaction.set_rollback(True)


class Stage(NamedTuple):
    """A programme, its partner, and who acts for the partner and for the holder."""

    programme: Programme
    partner: Organisation
    gives: Actor
    receives: Actor


def stage() -> Stage:
    """Make a programme of these years with a partner that takes part in it."""
    today = clock.today()
    programme = make.programme(begins=today - timedelta(days=900), ends=today + timedelta(days=400))
    partner = organisations.organisation("employer")
    make.participant(programme, partner)
    return Stage(programme, partner, people.actor(partner), people.coordinator(programme.holder))


def promised(on: Stage, amount: str = "1000.00", **changes: Any) -> Contribution:
    facts: dict[str, Any] = {
        "giver": on.partner,
        "receiver": on.programme.holder,
        "kind": "money",
        "what": "На станки",
        "promised": Decimal(amount),
    }
    promise = Promise(**facts | changes)
    return actions.promise_contribution(on.gives, on.programme.public_id, promise=promise)


def gift(amount: str = "700.00", **changes: Any) -> Gift:
    facts: dict[str, Any] = {"day": clock.today(), "proof": PROOF, "amount": Decimal(amount)}
    return Gift(**facts | changes)


def given_by(on: Stage, one: Contribution, **changes: Any) -> Contribution:
    return actions.give_contribution(on.gives, one.public_id, gift=gift(**changes))


def fact(programme: Programme) -> Decimal:
    rows = MoneyLine.objects.filter(programme=programme, source="partners")
    return sum((line.fact for line in rows), start=Decimal())


# --- One after the other ----------------------------------------------------------------------


def test_what_is_given_counts_when_the_receiver_has_confirmed_it() -> None:
    on = stage()
    one = given_by(on, promised(on))

    assert fact(on.programme) == 0
    actions.confirm_contribution(on.receives, one.public_id)

    one.refresh_from_db()
    line = MoneyLine.objects.get(programme=on.programme, source="partners")
    assert (one.state, line.year, line.fact) == ("confirmed", clock.today().year, Decimal(700))


def test_what_is_returned_or_withdrawn_counts_no_more() -> None:
    on = stage()
    for undo in (actions.return_contribution, actions.withdraw_contribution):
        one = given_by(on, promised(on))
        actions.confirm_contribution(on.receives, one.public_id)

        undo(on.receives, one.public_id, reason="Акт не тот")

        assert fact(on.programme) == 0


def test_a_returned_one_is_given_anew() -> None:
    on = stage()
    one = given_by(on, promised(on))
    actions.confirm_contribution(on.receives, one.public_id)
    actions.return_contribution(on.receives, one.public_id, reason="Сумма не та")

    given_by(on, one, amount="70.00")
    actions.confirm_contribution(on.receives, one.public_id)

    assert fact(on.programme) == Decimal(70)


def test_hours_are_worth_their_rate() -> None:
    on = stage()
    one = promised(on, kind="hours")

    given_by(on, one, amount="0", hours=Decimal("10.5"), rate=Decimal("850.33"))

    one.refresh_from_db()
    assert one.amount == Decimal("8928.47")  # 8928.465, halves up


def test_a_proof_is_kept_for_both_sides_under_a_name_of_ours() -> None:
    on = stage()
    one = given_by(on, promised(on))

    assert one.proof in StoredFile.objects.visible_to(on.receives)
    assert one.proof is not None
    assert "акт" not in one.proof.name


# --- Refused ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"promised": Decimal(0)}, actions.BadGift),
        ({"promised": Decimal(100000000000)}, actions.BadGift),
    ],
)
def test_a_promise_is_worth_something(changes: Any, refused: type[BadInput]) -> None:
    on = stage()

    with pytest.raises(refused):
        promised(on, **changes)


def test_only_who_carries_the_programme_out_receives() -> None:
    on = stage()

    for receiver in (on.partner, organisations.college()):
        with pytest.raises(actions.NoSuchReceiver):
            promised(on, receiver=receiver)


def test_a_college_that_takes_part_receives_and_confirms_itself() -> None:
    on = stage()
    college = organisations.college()
    make.participant(on.programme, college)
    one = given_by(on, promised(on, receiver=college))

    with pytest.raises(NotAllowed):
        actions.confirm_contribution(on.receives, one.public_id)
    actions.confirm_contribution(people.coordinator(college), one.public_id)

    assert fact(on.programme) == Decimal(700)


def test_nobody_promises_for_another() -> None:
    on = stage()

    with pytest.raises(NotAllowed):
        promised(on, giver=organisations.organisation("employer"))


def test_a_coordinator_notes_what_came_on_paper() -> None:
    on = stage()
    other = organisations.organisation("employer")
    paper = on._replace(gives=on.receives)

    one = given_by(paper, promised(paper, giver=other))
    actions.confirm_contribution(on.receives, one.public_id)

    assert fact(on.programme) == Decimal(700)


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"amount": "0"}, actions.BadGift),
        ({"amount": "100000000000"}, actions.BadGift),
        ({"day": date(2000, 1, 1)}, actions.DayOutside),
        ({"proof": Upload("x.exe", "", b"MZ")}, actions.NotAScan),
    ],
)
def test_a_gift_that_cannot_be_is_refused(changes: Any, refused: type[BadInput]) -> None:
    on = stage()
    one = promised(on)

    with pytest.raises(refused):
        given_by(on, one, **changes)
    with pytest.raises(NotYetDone):
        given_by(on, one, day=clock.today() + timedelta(days=1))


@pytest.mark.parametrize(("hours", "rate"), [(None, "1"), ("1", None), ("0", "5")])
def test_hours_without_a_rate_are_refused(hours: str | None, rate: str | None) -> None:
    on = stage()
    one = promised(on, kind="hours")

    with pytest.raises(actions.BadHours):
        given_by(
            on, one, hours=Decimal(hours) if hours else None, rate=Decimal(rate) if rate else None
        )


def test_each_step_needs_the_one_before() -> None:
    on = stage()
    one = promised(on)

    with pytest.raises(actions.NotGiven):
        actions.confirm_contribution(on.receives, one.public_id)
    with pytest.raises(actions.NotGiven):
        actions.return_contribution(on.receives, one.public_id, reason="рано")
    with pytest.raises(actions.NotGiven):
        actions.open_proof(on.receives, one.public_id)
    given_by(on, one)
    with pytest.raises(actions.NotPromised):
        given_by(on, one)
    actions.confirm_contribution(on.receives, one.public_id)
    with pytest.raises(actions.NotGiven):
        actions.confirm_contribution(on.receives, one.public_id)
    actions.withdraw_contribution(on.gives, one.public_id, reason="Ошибка")
    with pytest.raises(actions.Withdrawn):
        actions.withdraw_contribution(on.gives, one.public_id, reason="Ошибка")
    assert fact(on.programme) == 0


def test_whoever_takes_back_says_why() -> None:
    on = stage()
    one = given_by(on, promised(on))

    for undo in (actions.return_contribution, actions.withdraw_contribution):
        with pytest.raises(NoReason):
            undo(on.receives, one.public_id, reason=" ")


def test_the_giver_confirms_nothing() -> None:
    on = stage()
    one = given_by(on, promised(on))

    with pytest.raises(NotAllowed):
        actions.confirm_contribution(people.coordinator(on.partner), one.public_id)


# --- Who sees it and its proof ----------------------------------------------------------------


def region(_on: Stage) -> Organisation:
    return organisations.organisation(
        "education_authority", territory=organisations.district().above
    )


def another_participant(on: Stage) -> Organisation:
    college = organisations.college()
    make.participant(on.programme, college)
    return college


Where = Callable[[Stage], Organisation]
AUTHORITY, AUDITOR = Post.Role.REGIONAL_AUTHORITY, Post.Role.AUDITOR


@pytest.mark.parametrize(
    ("where", "role", "reads"),
    [
        (lambda on: on.partner, Post.Role.TEACHER, True),
        (lambda on: on.programme.holder, Post.Role.TEACHER, True),
        (region, AUTHORITY, True),
        (lambda _on: organisations.college(), AUDITOR, True),
        (another_participant, Post.Role.COORDINATOR, False),
        (lambda _on: organisations.college(), Post.Role.COORDINATOR, False),
    ],
)
def test_who_opens_a_proof_stands_in_the_journal(where: Where, role: str, *, reads: bool) -> None:
    on = stage()
    one = given_by(on, promised(on))
    actor = people.actor(where(on), role)

    if not reads:
        with pytest.raises(NotFound):
            actions.open_proof(actor, one.public_id)
        return
    file = actions.open_proof(actor, one.public_id)

    assert StoredFile.objects.visible_to(actor).filter(pk=file.pk).exists()
    entry = Entry.objects.get(verb="network.open_proof")
    assert entry.target_key == one.journal_key


def test_the_giver_sees_the_programme_it_gives_to() -> None:
    on = stage()
    other = organisations.organisation("employer")
    promised(on._replace(gives=on.receives), giver=other)

    assert on.programme in Programme.objects.visible_to(people.actor(other))


# --- The database holds it --------------------------------------------------------------------


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "confirmed"},
        {"proof": None},
        {"amount": Decimal(0)},
        {"given_on": None},
        {"hours": Decimal(2), "rate": Decimal(3)},
    ],
)
def test_the_database_keeps_no_gift_without_a_proof(broken: dict[str, Any]) -> None:
    on = stage()
    one = given_by(on, promised(on))
    if "state" in broken:
        actions.return_contribution(on.receives, one.public_id, reason="Не то")

    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=one.pk).update(**broken)


@given(
    hours=st.decimals(min_value="0.5", max_value="9999999.99", places=2),
    rate=st.decimals(min_value="0.5", max_value="9999.99", places=2),
)
@settings(max_examples=10, deadline=None)
def test_python_and_the_database_round_alike(hours: Decimal, rate: Decimal) -> None:
    with undone():
        on = stage()
        one = promised(on, kind="hours")
        row = given_by(on, one, hours=hours, rate=rate)

        kopecks = int(hours * 100) * int(rate * 100)
        assert int(row.amount * 100) == (kopecks + 50) // 100


@given(st.decimals(min_value=0, max_value=10**7, places=2), st.integers(0, 10**6))
def test_whole_hours_are_worth_their_sum(rate: Decimal, hours: int) -> None:
    assert worth(Decimal(hours), rate) == rate * hours


# --- What it fulfils --------------------------------------------------------------------------


def owed(on: Stage, **changes: Any) -> Obligation:
    """Make the partner owe a million roubles of an agreement in force."""
    cluster = make.cluster(on.programme.holder)
    make.member(cluster, on.partner)
    agreement = make.agreement(cluster, signed=2, dated=clock.today() - timedelta(days=30))
    fields = {"role": "member", "unit": "roubles", "planned": 1_000_000} | changes
    return make.obligation(agreement, **fields)


def done(obligation: Obligation) -> int:
    obligation.refresh_from_db()
    return obligation.done


@pytest.mark.parametrize(
    ("unit", "kind", "counted"),
    [("roubles", "money", 700), ("roubles", "hours", 12), ("hours", "hours", 2), ("", "money", 1)],
)
def test_a_contribution_moves_its_obligation(unit: str, kind: str, counted: int) -> None:
    on = stage()
    obligation = owed(on, unit=unit)
    one = promised(on, kind=kind, obligation=obligation)
    given_by(on, one, amount="700.99", hours=Decimal("2.5"), rate=Decimal(5))

    actions.confirm_contribution(on.receives, one.public_id)
    assert done(obligation) == counted
    actions.return_contribution(on.receives, one.public_id, reason="Не то")
    assert done(obligation) == 0


def others_owe(on: Stage) -> Obligation:
    return owed(on, role="base")


def not_in_force(on: Stage) -> Obligation:
    obligation = owed(on)
    Agreement.objects.filter(pk=obligation.agreement_id).update(state="terminated")
    return Obligation.objects.get(pk=obligation.pk)


def counted_in_children(on: Stage) -> Obligation:
    return owed(on, unit="children")


def counted_in_hours(on: Stage) -> Obligation:
    return owed(on, unit="hours")


@pytest.mark.parametrize("wrong", [others_owe, not_in_force, counted_in_children, counted_in_hours])
def test_what_it_cannot_fulfil_is_refused(wrong: Callable[[Stage], Obligation]) -> None:
    on = stage()

    with pytest.raises(actions.DoesNotFulfil):
        promised(on, obligation=wrong(on))


STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["give", "confirm", "return", "withdraw"]),
        st.decimals(min_value="0.01", max_value="99999.99", places=2),
        st.integers(0, 500),
    ),
    max_size=14,
)


class Told(NamedTuple):
    """What the oracle knows of a contribution: its state, kopecks and day."""

    state: str = "promised"
    kopecks: int = 0
    day: date | None = None


@settings(max_examples=10, deadline=None)
@given(STEPS)
def test_money_and_obligations_are_what_an_oracle_says(
    steps: list[tuple[int, str, Decimal, int]],
) -> None:
    with undone():
        on = stage()
        obligation = owed(on)
        rows = [promised(on, obligation=obligation if n else None) for n in range(3)]
        told = [Told() for _ in rows]

        for place, step, amount, days in steps:
            day = clock.today() - timedelta(days=days)
            told[place] = _oracle(told[place], step, amount, day)
            _do(on, rows[place], step, amount, day)

        confirmed = [one for one in told if one.state == "confirmed"]
        years = {one.day.year for one in confirmed if one.day}
        lines = MoneyLine.objects.filter(programme=on.programme, source="partners")
        found = {line.year: int(line.fact * 100) for line in lines if line.fact}
        assert found == {
            year: sum(one.kopecks for one in confirmed if one.day and one.day.year == year)
            for year in years
        }
        tied = [one for one in told[1:] if one.state == "confirmed"]
        assert done(obligation) == sum(one.kopecks // 100 for one in tied)
        counted = Fulfilment.objects.filter(obligation=obligation, amount__gt=0)
        assert counted.count() == len([one for one in tied if one.kopecks >= 100])
        sums = given_in(Contribution.objects.filter(programme=on.programme))
        assert int(sums.proven * 100) == sum(found.values())


def _oracle(one: Told, step: str, amount: Decimal, day: date) -> Told:
    """Say what becomes of a contribution, without a word about money lines."""
    if step == "give" and one.state == "promised":
        return Told("given", int(amount * 100), day)
    if step == "confirm" and one.state == "given":
        return one._replace(state="confirmed")
    if step == "return" and one.state in {"given", "confirmed"}:
        return Told()
    if step == "withdraw":
        return one._replace(state="withdrawn")
    return one


def _do(on: Stage, one: Contribution, step: str, amount: Decimal, day: date) -> None:
    """Try a step; what cannot be is refused and changes nothing."""
    try:
        if step == "give":
            given_by(on, one, amount=str(amount), day=day)
        elif step == "confirm":
            actions.confirm_contribution(on.receives, one.public_id)
        elif step == "return":
            actions.return_contribution(on.receives, one.public_id, reason="Не то")
        else:
            actions.withdraw_contribution(on.receives, one.public_id, reason="Не то")
    except DomainError:
        pass


# --- Who is told ------------------------------------------------------------------------------


def unread(actor: Actor) -> list[str]:
    notices = Notice.objects.filter(person=actor.person, read_at=None)
    return [notice.title for notice in notices.order_by("pk")]


def test_the_receiver_is_told_what_is_promised_and_asked_when_it_is_given() -> None:
    on = stage()
    one = promised(on)
    partner = on.partner
    assert unread(on.receives) == [f"{partner} обещает: На станки"]

    given_by(on, one)

    assert unread(on.receives) == [f"Подтвердите, что передано: На станки ({partner})"]


def test_the_holder_is_told_of_what_is_promised_to_another() -> None:
    on = stage()
    school = organisations.school()
    make.participant(on.programme, school)

    promised(on, receiver=school)

    assert len(unread(on.receives)) == 1


def test_the_giver_is_told_that_it_is_confirmed_or_returned() -> None:
    on = stage()
    one = given_by(on, promised(on))
    actions.confirm_contribution(on.receives, one.public_id)
    assert unread(on.gives) == [f"{one.receiver}: получение подтверждено, На станки"]
    assert unread(on.receives) == []

    actions.return_contribution(on.receives, one.public_id, reason="Акт не тот")

    assert unread(on.gives) == [f"{one.receiver}: вклад возвращён, На станки"]
    assert Notice.objects.get(person=on.gives.person, read_at=None).text == "Акт не тот"


def test_of_what_is_withdrawn_nobody_is_asked() -> None:
    on = stage()
    one = given_by(on, promised(on))

    actions.withdraw_contribution(on.gives, one.public_id, reason="Ошибка")

    assert unread(on.receives) == []
