"""Programs act by tokens: of one post, as long as it lasts."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.api.program import Program, token_of
from tests.world import present
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Bearer, Means
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.models import Entry
from zveno.kernel.walls import scoped
from zveno.organisations.tests import make as organisations
from zveno.people import actions
from zveno.people.models import Post, Token, actor_of, new_token
from zveno.people.models.tokens import PREFIX, new_secret
from zveno.people.tests import make

pytestmark = pytest.mark.django_db


def test_token_acts_in_its_post_and_in_no_other() -> None:
    school, college = organisations.school(), organisations.college()
    account = make.account(school)
    Post.objects.create(
        person=present(account.person), organisation=college, role=Post.Role.COORDINATOR
    )

    actor = actor_of(Bearer(token_of(account)))

    assert actor.means is Means.TOKEN
    assert actor.scope == {school.pk}
    assert actor.roles == {(school.pk, Post.Role.REPRESENTATIVE)}


def test_token_ends_with_its_post_in_the_same_request() -> None:
    account = make.account()
    program = Program(token_of(account))
    assert program.get("/token").status_code == 200

    Post.objects.filter(person=account.person).update(until=clock.now())

    assert program.get("/token").status_code == 401


@pytest.mark.parametrize(
    "change",
    [
        {"until": timedelta(seconds=1), "made_at": timedelta(seconds=-9)},
        {"ended_at": timedelta(seconds=-1)},
    ],
)
def test_token_that_has_ended_opens_nothing(change: dict[str, Any]) -> None:
    moment = clock.now() - timedelta(seconds=2)
    times: dict[str, Any] = {name: moment + by for name, by in change.items()}
    secret = token_of(make.account(), **times)

    assert actor_of(Bearer(secret)).scope == frozenset()


def test_token_of_a_closed_account_opens_nothing() -> None:
    account = make.account()
    secret = token_of(account)
    account.is_active = False
    account.save(update_fields=["is_active"])

    assert actor_of(Bearer(secret)).scope == frozenset()


def test_link_is_no_token() -> None:
    make.link(organisations.school(), [], "of-a-link")

    assert actor_of(Bearer("of-a-link")).means is Means.NONE


def test_holder_makes_a_token_on_the_page_sees_it_once_and_ends_it(client: Client) -> None:
    account = make.account()
    post = Post.objects.get(person=account.person)
    client.force_login(account)

    page: Any = client.post(
        "/tokens/", {"name": "Журнал", "post": post.public_id, "may": "read", "days": 30}
    )

    token = Token.objects.get()
    secret = page.context["token"].secret
    assert secret in page.content.decode()
    assert secret not in client.get("/tokens/").content.decode()
    assert Program(secret).get("/token").json()["name"] == "Журнал"
    client.post(f"/tokens/{token.public_id}/end/")
    assert Program(secret).get("/token").status_code == 401


def test_page_asks_as_often_however_many_tokens_there_are(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    account = make.account()
    for _ in range(5):
        token_of(account)
    client.force_login(account)

    with django_assert_max_num_queries(12):
        client.get("/tokens/")


def test_form_with_nonsense_makes_nothing_and_keeps_what_was_typed(client: Client) -> None:
    client.force_login(make.account())

    page = client.post("/tokens/", {"name": "Журнал", "post": "x", "may": "all", "days": "\0"})

    assert page.status_code == 422
    assert "Журнал" in page.content.decode()
    assert not Token.objects.exists()


def test_nobody_makes_or_ends_a_token_of_another() -> None:
    account, stranger = make.account(), make.actor()
    post = Post.objects.get(person=account.person)
    token_of(account)

    with pytest.raises(NotAllowed):
        actions.make_token(stranger, post.public_id, name="x", may="read", days=1)
    with pytest.raises(NotFound):
        actions.end_token(stranger, Token.objects.get().public_id)


def test_token_makes_no_token() -> None:
    account = make.account()
    post = Post.objects.get(person=account.person)

    with pytest.raises(NotAllowed):
        actions.make_token(
            actor_of(Bearer(token_of(account))), post.public_id, name="x", may="read", days=1
        )


@pytest.mark.parametrize("days", [0, -1, 367])
def test_token_lasts_a_year_at_most(days: int) -> None:
    account = make.account()
    post = Post.objects.get(person=account.person)

    with pytest.raises(actions.BadTerm):
        actions.make_token(actor_of(account), post.public_id, name="x", may="read", days=days)


def test_journal_names_the_token_beside_the_person() -> None:
    account = make.account(organisations.college(), Post.Role.COORDINATOR)
    actor = actor_of(Bearer(token_of(account)))
    organisations_of = organisations.school(steward_id=next(iter(actor.scope)))

    actions.appoint(actor, organisations_of.public_id, appointment=actions.Appointment("Белова"))

    entry = Entry.objects.get(verb="people.appoint")
    assert (entry.means, entry.details["token"]) == ("token", str(actor.credential))
    assert entry.actor_key


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_pages_and_programs_are_answered_behind_the_walls_too(client: Client) -> None:
    with transaction.atomic(), scoped(SYSTEM):
        account = make.account()
        post = Post.objects.get(person=account.person)
        client.force_login(account)
    form = {"name": "Журнал", "post": post.public_id, "may": "write", "days": 30}

    page: Any = client.post("/tokens/", form)

    assert page.status_code == 200
    program = Program(page.context["token"].secret)
    assert program.get("/token").json()["may"] == "write"
    assert client.get("/tokens/").status_code == 200


def test_secrets_cannot_be_guessed() -> None:
    made = [make().removeprefix(PREFIX) for make in (new_token, new_secret) for _ in range(50)]

    assert len({*made}) == 100
    assert min(len(text) * 6 for text in made) >= 128
