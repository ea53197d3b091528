"""Deliveries leave, to a real receiver: signed, again after failures, none lost."""

import json
from datetime import timedelta
from typing import Any, Self

import pytest
from django.core import mail
from pytest_django import Settings

from zveno.kernel import clock, outside
from zveno.people.models import Notice, Post, actor_of
from zveno.people.tests import make as people
from zveno.webhooks import actions
from zveno.webhooks.models import DELAYS, Delivery, Subscription, send_due, sending, sign
from zveno.webhooks.tests import make
from zveno.webhooks.tests.receiver import DRIP, DROP, SLOW, Receiver, is_signed, received

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver(settings: Settings) -> Any:
    settings.WEBHOOKS_TO = ["127.0.0.1"]
    settings.WEBHOOKS_HERE = True
    with received() as running:
        yield running


def subscribed(receiver: Receiver, **changes: Any) -> Subscription:
    return make.subscription(address=receiver.address, **changes)


def test_signature_is_that_of_the_published_example() -> None:
    body = b'{"test": 2432232314}'

    signed = sign(make.SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)

    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_delivery_is_signed_and_holds_no_more_than_keys(receiver: Receiver) -> None:
    row = make.delivery(subscribed(receiver))

    assert send_due() == 1

    ((headers, body),) = receiver.got
    row.refresh_from_db()
    assert is_signed(make.SECRET, headers, body)
    assert not is_signed(make.SECRET, headers, body + b" ")
    assert headers["webhook-id"] == str(row.public_id)
    assert abs(int(headers["webhook-timestamp"]) - clock.now().timestamp()) < 3600
    assert json.loads(body) == row.message()
    assert (row.delivered_at is not None, row.status, row.fault) == (True, 204, "")


def test_what_was_accepted_is_not_sent_again(receiver: Receiver) -> None:
    make.delivery(subscribed(receiver))

    assert [send_due(), send_due()] == [1, 0]


@pytest.mark.parametrize(
    ("answer", "fault", "status"),
    [
        (500, "status", 500),
        (302, "status", 302),
        (404, "status", 404),
        (DROP, "broken", None),
        (SLOW, "slow", None),
        (DRIP, "slow", None),
    ],
)
def test_whatever_fails_is_tried_again_later_under_the_same_id(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch, answer: int | str, fault: str, status: int
) -> None:
    receiver.answers = [answer]
    row = make.delivery(subscribed(receiver))

    with monkeypatch.context() as patch:
        if fault == "slow":
            patch.setattr(outside, "WHOLE", 0.3)
        assert send_due() == 0

    row.refresh_from_db()
    assert (row.fault, row.status, row.tries) == (fault, status, 1)
    assert send_due() == 0
    with clock.travel(clock.now() + DELAYS[0] + timedelta(seconds=1)):
        assert send_due() == 1
    assert receiver.ids == [str(row.public_id)] * 2


def test_redirect_is_not_followed(receiver: Receiver) -> None:
    with received() as other:
        receiver.answers = [307]
        row = make.delivery(subscribed(receiver))
        receiver.address = other.address

        send_due()

        row.refresh_from_db()
        assert (row.status, other.got) == (307, [])


def test_delays_grow_and_have_an_end_of_which_the_owner_is_told_once(receiver: Receiver) -> None:
    subscription = subscribed(receiver)
    rows = [make.delivery(subscription) for _ in range(2)]
    receiver.answers = [503] * 100
    moment, waits = clock.now() + timedelta(seconds=1), []
    for _ in range(2 * len(DELAYS) + 2):
        with clock.travel(moment):
            send_due()
            waits.append(Delivery.objects.get(pk=rows[0].pk).next_at)
        moment += DELAYS[-1]

    assert waits == sorted(waits)
    assert not Delivery.objects.filter(given_up_at=None).exists()
    assert {row.tries for row in Delivery.objects.all()} == {len(DELAYS) + 1}
    (notice,) = Notice.objects.filter(person=subscription.post.person_id)
    assert notice.url == f"/webhooks/{subscription.public_id}/"
    assert mail.outbox == []


def test_what_was_given_up_is_sent_again_by_a_button(receiver: Receiver) -> None:
    account = people.account()
    subscription = make.subscription(account, address=receiver.address, failing_at=clock.now())
    row = make.delivery(subscription, given_up_at=clock.now(), tries=len(DELAYS) + 1)
    assert send_due() == 0

    actions.redeliver(actor_of(account), row.public_id)

    assert send_due() == 1
    assert receiver.ids == [str(row.public_id)]
    subscription.refresh_from_db()
    assert subscription.failing_at is None


def test_sender_killed_between_answer_and_note_sends_again_under_the_same_id(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = make.delivery(subscribed(receiver))
    with monkeypatch.context() as patch:
        patch.setattr(sending, "_note", killed)
        with pytest.raises(MemoryError):
            send_due()
    assert send_due() == 0  # held: another worker leaves it alone for a while

    with clock.travel(clock.now() + sending.HOLD + timedelta(seconds=1)):
        assert send_due() == 1

    assert receiver.ids == [str(row.public_id)] * 2


def test_noting_before_sending_would_lose_it(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def note_first(rows: list[Delivery]) -> Any:
        Delivery.objects.filter(pk=rows[0].pk).update(delivered_at=clock.now())
        raise MemoryError

    make.delivery(subscribed(receiver))
    monkeypatch.setattr(sending, "_carry", note_first)
    monkeypatch.setattr(sending, "ThreadPoolExecutor", Here)
    with pytest.raises(MemoryError):
        send_due()
    monkeypatch.undo()

    with clock.travel(clock.now() + sending.HOLD + timedelta(seconds=1)):
        send_due()

    assert receiver.got == []


def test_receiver_that_fails_does_not_hold_others_back(receiver: Receiver) -> None:
    with received() as bad:
        bad.answers = [500] * 100
        failing = make.subscription(address=bad.address)
        rows = [make.delivery(failing) for _ in range(3)]
        for _ in range(3):
            make.delivery(subscribed(receiver))

        assert send_due() == 3

        assert bad.ids == [str(rows[0].public_id)]
        assert Delivery.objects.filter(held_until=None).count() == 6


@pytest.mark.parametrize("end", ["off", "ended", "post", "account", "setting"])
def test_nothing_leaves_for_whom_it_has_ended(
    receiver: Receiver, settings: Settings, end: str
) -> None:
    account = people.account()
    subscription = make.subscription(account, address=receiver.address)
    make.delivery(subscription)
    moment = clock.now()
    if end == "post":
        Post.objects.filter(person=account.person).update(until=moment)
    elif end == "account":
        account.is_active = False
        account.save(update_fields=["is_active"])
    elif end == "setting":
        settings.WEBHOOKS_TO = []
    else:
        Subscription.objects.update(**{f"{end}_at": moment})

    assert (send_due(), receiver.got) == (0, [])


def test_host_that_leads_elsewhere_by_now_gets_nothing(
    receiver: Receiver, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.WEBHOOKS_TO, settings.WEBHOOKS_HERE = ["*"], False
    port = receiver.address.split(":")[2].split("/")[0]
    leads = iter([["93.184.215.14"], ["127.0.0.1"]])
    monkeypatch.setattr(outside, "resolve", lambda *_: next(leads))
    account = people.account()
    made = actions.subscribe(
        actor_of(account),
        make.post_of(account).public_id,
        place=outside.judged(f"https://rebinding.example.org:{port}/"),
        kinds=["event.held"],
    )
    row = make.delivery(made)

    send_due()

    row.refresh_from_db()
    assert (row.fault, receiver.got) == ("inner", [])


def test_secret_of_another_house_signs_nothing(receiver: Receiver) -> None:
    row = make.delivery(subscribed(receiver, secret="sealed elsewhere"))

    send_due()

    row.refresh_from_db()
    assert (row.fault, receiver.got) == ("no_secret", [])


class Here:
    """Work in the thread that asks."""

    def __init__(self, _: int) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def map(self, work: Any, items: Any) -> Any:
        return map(work, items)


def killed(*_: Any) -> None:
    """Die."""
    raise MemoryError
