"""Who lets programs be told of things, on a page and through the API."""

from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.api.program import Program, token_of
from zveno.kernel import clock, outside
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.models import Entry
from zveno.kernel.outside import Judged
from zveno.organisations.tests import make as organisations
from zveno.people import actions as people_actions
from zveno.people.models import Post, actor_of
from zveno.people.tests import make as people
from zveno.webhooks import actions
from zveno.webhooks.models import Delivery, Kind, Subscription
from zveno.webhooks.tests import make

pytestmark = pytest.mark.django_db
ADDRESS = "https://hooks.example.org/zveno?key=of-theirs"
KINDS = ["event.announced", "event.held"]
GIVEN = {"address": ADDRESS, "kinds": KINDS, "secret": make.SECRET}


@pytest.fixture(autouse=True)
def permitted(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.WEBHOOKS_TO = ["hooks.example.org", "inner.example.org"]
    leads = {"hooks.example.org": ["93.184.215.14"], "inner.example.org": ["10.0.0.1"]}
    monkeypatch.setattr(outside, "resolve", lambda host, _port: leads[host])


def test_holder_subscribes_on_the_page_and_sees_the_secret_once(client: Client) -> None:
    account = people.account()
    client.force_login(account)
    form = {"address": ADDRESS, "kinds": KINDS, "post": make.post_of(account).public_id}

    page: Any = client.post("/webhooks/", form)

    made = Subscription.objects.get()
    secret = page.context["subscription"].shown
    assert secret.startswith("whsec_")
    assert secret in page.content.decode()
    assert secret not in made.secret
    for path in ("/webhooks/", f"/webhooks/{made.public_id}/"):
        shown = client.get(path).content.decode()
        assert "hooks.example.org" in shown
        assert secret not in shown


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://hooks.example.org/", "https://"),
        ("https://other.example.org/", "оператор"),
        ("https://inner.example.org/", "внутренн"),
    ],
)
def test_wrong_address_is_refused_in_the_form_that_keeps_it(
    client: Client, address: str, words: str
) -> None:
    account = people.account()
    client.force_login(account)
    form = {"address": address, "kinds": KINDS, "post": make.post_of(account).public_id}

    page = client.post("/webhooks/", form)

    assert page.status_code == 422
    assert words in page.content.decode()
    assert f'value="{address}"' in page.content.decode()
    assert not Subscription.objects.exists()


def test_program_subscribes_looks_and_asks_again() -> None:
    account = people.account()
    program = Program(token_of(account))
    post = program.get("/token").json()["post"]["public_id"]

    key = program.post(f"/posts/{post}/subscribe", GIVEN).json()["public_id"]

    made = Subscription.objects.get()
    row = make.delivery(made, given_up_at=made.made_at)
    shown = program.get(f"/subscriptions/{key}").json()
    assert (shown["address"], shown["kinds"]) == (ADDRESS, KINDS)
    assert make.SECRET not in program.get("/subscriptions").content.decode()
    (listed,) = program.get("/deliveries", subscription=key).json()["items"]
    assert listed["public_id"] == str(row.public_id)
    assert program.post(f"/deliveries/{row.public_id}/redeliver").status_code == 204
    assert Delivery.objects.due().count() == 1
    for verb in ("switch-off", "switch-on", "end-subscription"):
        assert program.post(f"/subscriptions/{key}/{verb}").status_code == 204
    assert made.token_id is not None


def test_request_sent_twice_subscribes_once() -> None:
    account = people.account()
    program, post = Program(token_of(account)), make.post_of(account).public_id
    key = {"Idempotency-Key": "one"}

    answers = [program.post(f"/posts/{post}/subscribe", GIVEN, **key).json() for _ in range(2)]

    assert answers[0] == answers[1]
    assert Subscription.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"address": "https://inner.example.org/"}, "bad_address"),
        ({"address": "https://other.example.org/"}, "bad_address"),
        ({"address": "https://" + "a" * 500}, "misfit"),
        ({"secret": "whsec_" + "A" * 33}, "bad_secret"),
        ({"secret": "short"}, "misfit"),
        ({"kinds": []}, "misfit"),
        ({"kinds": ["event.postponed"]}, "misfit"),
    ],
)
def test_program_is_told_what_is_wrong(change: dict[str, Any], code: str) -> None:
    account = people.account()
    program, post = Program(token_of(account)), make.post_of(account).public_id

    refused = program.post(f"/posts/{post}/subscribe", GIVEN | change)

    assert (refused.status_code, refused.json()["code"]) == (422, code)


def test_names_are_looked_up_before_the_transaction(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = people.account()
    client.force_login(account)
    program, post = Program(token_of(account)), make.post_of(account).public_id
    depths: list[int] = []
    monkeypatch.setattr(outside, "pinned", lambda _: depths.append(len(connection.savepoint_ids)))

    client.post("/webhooks/", {"address": ADDRESS, "kinds": KINDS, "post": post})
    program.post(f"/posts/{post}/subscribe", GIVEN)

    assert Subscription.objects.count() == 2
    assert depths == [len(connection.savepoint_ids)] * 2


def test_name_server_that_is_silent_is_told_of(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = people.account()
    client.force_login(account)
    answered = Event()
    monkeypatch.setattr(outside, "LOOKUP", 0.01)
    monkeypatch.setattr(outside, "resolve", lambda *_: [str(answered.wait())])
    form = {"address": ADDRESS, "kinds": KINDS, "post": make.post_of(account).public_id}

    page = client.post("/webhooks/", form)
    answered.set()

    assert page.status_code == 422
    assert "через минуту" in page.content.decode()


def test_nobody_subscribes_while_nothing_may_leave(settings: Any) -> None:
    settings.WEBHOOKS_TO = []
    account = people.account()

    with pytest.raises(actions.WebhooksOff):
        subscribe(account)


def test_post_has_a_bounded_number_of_subscriptions() -> None:
    account = people.account()
    for _ in range(actions.MOST):
        make.subscription(account)

    with pytest.raises(actions.TooManySubscriptions):
        subscribe(account)


def test_only_the_holder_of_a_post_subscribes() -> None:
    school = organisations.school()
    account, head = people.account(school), people.account(school, Post.Role.HEAD)

    with pytest.raises(NotAllowed):
        subscribe(account, by=head)


def test_colleagues_and_other_posts_of_the_same_person_see_nothing_of_it() -> None:
    school = organisations.school()
    account = people.account(school)
    made = make.subscription(account)
    other = Post.objects.create(
        person=made.post.person, organisation=organisations.college(), role=Post.Role.TEACHER
    )
    token = people.token(account, "zveno_of_the_other_post")
    token.post = other
    token.save(update_fields=["post"])

    with pytest.raises(NotFound):
        actions.switch_off(people.actor(school, Post.Role.HEAD), made.public_id)
    program = Program("zveno_of_the_other_post")
    assert program.get(f"/subscriptions/{made.public_id}").status_code == 404


def test_ended_subscription_is_ended_once_and_for_all(client: Client) -> None:
    account = people.account()
    made = make.subscription(account)
    client.force_login(account)

    client.post(f"/webhooks/{made.public_id}/end/")
    client.post(f"/webhooks/{made.public_id}/on/")

    assert not Subscription.objects.hearing().exists()


def test_recovery_of_the_account_ends_what_was_made_before_it(client: Client) -> None:
    account = people.account()
    made = make.subscription(account)
    recovery = people.recovery(account, "of-a-letter")
    actor = actor_of("of-a-letter")

    people_actions.choose_password(actor, recovery.public_id, password="three words for tests")

    account.refresh_from_db()
    client.force_login(account)
    assert not Subscription.objects.hearing().exists()
    assert "Завершён" in client.get(f"/webhooks/{made.public_id}/").content.decode()
    later = make.subscription(account, made_at=clock.now() + timedelta(seconds=1))
    assert [*Subscription.objects.hearing()] == [later]


def test_journal_keeps_neither_address_nor_secret() -> None:
    account = people.account()
    subscribe(account)

    entry = Entry.objects.get(verb="webhooks.subscribe")
    assert entry.details == {"place": None, "kinds": None}


def test_pages_ask_as_often_however_much_there_is(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    account = people.account()
    made = [make.subscription(account) for _ in range(5)][-1]
    for _ in range(5):
        make.delivery(made)
    client.force_login(account)

    with django_assert_max_num_queries(11):
        client.get("/webhooks/")
    with django_assert_max_num_queries(11):
        client.get(f"/webhooks/{made.public_id}/")


def subscribe(account: Any, by: Any = None) -> Subscription:
    """Subscribe to the account's post, in person."""
    post = make.post_of(account).public_id
    return actions.subscribe(
        actor_of(by or account), post, place=Judged(ADDRESS), kinds=[Kind.EVENT_HELD]
    )
