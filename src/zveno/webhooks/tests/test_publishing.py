"""What happened becomes deliveries: from the journal, for whoever sees it, each once."""

from typing import Any

import pytest
from pytest_django import Settings

from zveno.documents.actions import Upload
from zveno.events import actions as events
from zveno.events.models import Event
from zveno.events.tests import make as making_events
from zveno.kernel import clock, journal
from zveno.kernel.actions import VERBS
from zveno.network import actions as network
from zveno.network.models import Party
from zveno.network.tests import make as making_network
from zveno.organisations.tests import make as organisations
from zveno.people.models import Account, Post, actor_of
from zveno.people.tests import make as people
from zveno.plan.actions import Held, mark_done
from zveno.plan.tests import make as plan
from zveno.webhooks.models import Delivery, Kind, Reading, Subscription, happenings, publish
from zveno.webhooks.models import publishing as module
from zveno.webhooks.tests import make

pytestmark = pytest.mark.django_db
SCAN = Upload("scan.pdf", "", b"%PDF-1.7\n%%EOF\n")


@pytest.fixture(autouse=True)
def permitted(settings: Settings) -> None:
    settings.WEBHOOKS_TO = ["*"]
    make.published()


def coordinator() -> tuple[Account, Any]:
    account = people.account(organisations.college(), Post.Role.COORDINATOR)
    return account, actor_of(account)


def draft(of: Account) -> Event:
    base = make.post_of(of).organisation
    return making_events.event(cluster=making_network.cluster(base), state=Event.State.DRAFT)


def test_event_announced_is_told_with_keys_only() -> None:
    account, actor = coordinator()
    event = draft(account)
    subscription = make.subscription(account)

    events.announce(actor, event.public_id)

    (made,) = make.published()
    assert (made.subscription, made.kind, made.subject) == (
        subscription, Kind.EVENT_ANNOUNCED, event.public_id
    )  # fmt: skip
    assert made.message()["data"] == {
        "kind": "event",
        "public_id": str(event.public_id),
        "url": f"http://127.0.0.1:8000/api/v1/events/{event.public_id}",
    }


def test_reading_again_tells_nothing_twice() -> None:
    account, actor = coordinator()
    make.subscription(account)
    events.announce(actor, draft(account).public_id)
    make.published()

    Reading.objects.update(place=0)

    assert len(make.published()) == 1


def test_last_signature_and_the_agreement_in_force_are_told_once() -> None:
    account, actor = coordinator()
    cluster = making_network.cluster(make.post_of(account).organisation)
    making_network.member(cluster)
    agreement = making_network.agreement(cluster)
    make.subscription(account)

    for party in Party.objects.filter(agreement=agreement).order_by("pk"):
        network.file_scan(actor, party.public_id, upload=SCAN)

    told = make.published()
    kinds = sorted(one.kind for one in told)
    assert kinds == [Kind.AGREEMENT_IN_FORCE, Kind.PARTY_SIGNED, Kind.PARTY_SIGNED]
    assert [one.subject for one in told if one.kind == Kind.AGREEMENT_IN_FORCE] == [
        agreement.public_id
    ]


def test_registration_is_told_to_both_sides_and_to_nobody_else() -> None:
    account, _actor = coordinator()
    event = making_events.event(cluster=making_network.cluster(make.post_of(account).organisation))
    school = organisations.school()
    sender = people.account(school)
    both = {make.subscription(account).pk, make.subscription(sender).pk}
    make.subscription(people.account())

    group = events.reserve_seats(
        actor_of(sender), event.public_id, sender=school.public_id, seats=2
    )

    told = make.published()
    assert {one.subscription_id for one in told} == both
    assert {(one.kind, one.subject) for one in told} == {(Kind.GROUP_REGISTERED, group.public_id)}


def test_check_in_is_told_to_whoever_may_see_the_child() -> None:
    account, actor = coordinator()
    event = making_events.event(cluster=making_network.cluster(make.post_of(account).organisation))
    place = making_events.coming(event, organisations.school(), 1).places.get()
    own = make.subscription(account)
    make.subscription(coordinator()[0])

    events.check_in(actor, place.public_id)
    events.undo_check_in(actor, place.public_id)

    assert [(one.subscription, one.kind, one.subject) for one in make.published()] == [
        (own, Kind.CHECKED_IN, place.public_id),
        (own, Kind.CHECK_IN_UNDONE, place.public_id),
    ]


def test_consequence_is_told() -> None:
    account, _actor = coordinator()
    item = plan.item(making_network.cluster(make.post_of(account).organisation))
    make.subscription(account)

    held = Held("a", clock.today(), {})
    mark_done(people.coordinator(item.host), item.public_id, held=held)

    assert [(one.kind, one.subject) for one in make.published()] == [
        (Kind.ITEM_DONE, item.public_id)
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"kinds": [Kind.EVENT_HELD]},
        {"off_at": clock.now()},
        {"ended_at": clock.now()},
    ],
)
def test_who_does_not_want_it_is_not_told(changes: dict[str, Any]) -> None:
    account, actor = coordinator()
    make.subscription(account, **changes)

    events.announce(actor, draft(account).public_id)

    assert make.published() == []


def test_what_happened_before_is_not_told() -> None:
    account, actor = coordinator()
    events.announce(actor, draft(account).public_id)

    make.subscription(account)

    assert make.published() == []


def test_nothing_is_made_while_nothing_may_leave(settings: Settings) -> None:
    account, actor = coordinator()
    make.subscription(account)
    settings.WEBHOOKS_TO = []

    events.announce(actor, draft(account).public_id)

    assert make.published() == []


def test_subscription_ends_with_its_post() -> None:
    account, actor = coordinator()
    make.subscription(account)
    events.announce(actor, draft(account).public_id)
    Post.objects.filter(person=account.person).update(until=clock.now())

    assert make.published() == []


def test_subscription_made_by_a_program_ends_with_its_token() -> None:
    account, actor = coordinator()
    token = people.token(account)
    make.subscription(account, token=token)
    token.ended_at = clock.now()
    token.save(update_fields=["ended_at"])

    events.announce(actor, draft(account).public_id)

    assert make.published() == []


def test_reader_that_is_killed_reads_again(monkeypatch: pytest.MonkeyPatch) -> None:
    account, actor = coordinator()
    make.subscription(account)
    events.announce(actor, draft(account).public_id)
    journal.seal()
    with monkeypatch.context() as patch:
        patch.setattr(Reading, "save", killed)
        with pytest.raises(MemoryError):
            publish()
    assert not Delivery.objects.exists()

    publish()

    assert Delivery.objects.count() == 1


def test_without_one_transaction_a_killed_reader_would_lose_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    account, actor = coordinator()
    make.subscription(account)
    events.announce(actor, draft(account).public_id)
    journal.seal()
    Reading.objects.update(place=journal.root().place)  # the place first, then the kill

    publish()

    assert not Delivery.objects.exists()


def test_long_journal_is_read_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    account, actor = coordinator()
    make.subscription(account)
    for _ in range(3):
        events.announce(actor, draft(account).public_id)
    monkeypatch.setattr(module, "BATCH", 2)
    journal.seal()

    assert [publish(), publish(), publish()] == [2, 1, 0]
    assert Delivery.objects.count() == 3


def test_every_verb_that_is_told_is_there() -> None:
    assert {*happenings.VERBS} <= {*VERBS}
    assert {*happenings.TARGETS.values(), *happenings.MADE.values()} == {*Kind} - {
        Kind.AGREEMENT_IN_FORCE
    }


def test_every_verb_is_told_of_the_record_it_names() -> None:
    for name, kind in happenings.TARGETS.items():
        assert VERBS[name].on is happenings.SUBJECTS[kind.subject][0], name


def killed(*_: Any, **__: Any) -> None:
    """Die."""
    raise MemoryError


def test_subscriptions_say_nothing_of_their_address() -> None:
    assert "hooks" not in str(make.subscription())
    assert Subscription.objects.get().told_of
