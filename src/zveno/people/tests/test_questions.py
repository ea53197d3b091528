"""What each page asks in SQL is what the questions of the ORM would find."""

from datetime import timedelta

import pytest
from django.test import Client

from zveno.kernel import clock
from zveno.kernel.models import Record
from zveno.organisations.tests import make as organisations
from zveno.people.models import (
    Post,
    SessionStore,
    SignIn,
    Token,
)
from zveno.people.models.persons import held_by
from zveno.people.models.tokens import shown
from zveno.people.tests import make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.mark.parametrize("over", [-DAY, timedelta(), DAY])
def test_a_sign_in_is_read_with_its_account_until_it_ends(client: Client, over: timedelta) -> None:
    client.force_login(make.account())
    SignIn.objects.update(expire_date=clock.now() + over)

    store = SessionStore(client.cookies["zveno"].value)
    store.load()

    kept = SignIn.objects.live().select_related("account").first()
    assert store.sign_in == kept
    if kept:
        assert facts(store.sign_in) == facts(kept)
        assert facts(store.sign_in and store.sign_in.account) == facts(kept.account)


def test_a_sign_in_half_way_has_no_account() -> None:
    store = SessionStore()
    store["step"] = "first"
    store.save()

    again = SessionStore(store.session_key)

    assert again["step"] == "first"
    assert again.sign_in
    assert again.sign_in.account is None


def test_posts_held_are_the_live_ones_the_oldest_first() -> None:
    moment = clock.now()
    account = make.account()
    assert account.person
    for since, until in [(-DAY, DAY), (-2 * DAY, -DAY), (DAY, None), (-DAY, None)]:
        Post.objects.create(
            person=account.person,
            organisation=organisations.school(),
            role=Post.Role.TEACHER,
            title="учитель",
            since=moment + since,
            until=moment + until if until else None,
        )

    live = Post.objects.filter(person=account.person_id).live().order_by("pk")

    place = ("organisation__short_name", "organisation__kind")
    columns = ("organisation", "role", "until", "title", *place)
    assert list(held_by(account)) == list(live.values_list(*columns))
    assert len(held_by(account)) == 3


LIFE = {"made_at": -DAY, "until": DAY}


@pytest.mark.parametrize(
    ("post", "token", "active"),
    [
        ({}, {}, True),
        ({}, {}, False),
        ({}, {"until": timedelta()}, True),
        ({}, {"ended_at": timedelta()}, True),
        ({"until": timedelta()}, {}, True),
        ({"until": DAY}, {}, True),
        ({"since": DAY}, {}, True),
    ],
)
def test_a_token_is_read_with_its_post_while_both_last(
    post: dict[str, timedelta], token: dict[str, timedelta], *, active: bool
) -> None:
    moment = clock.now()
    account = make.account()
    account.is_active = active
    account.save()
    made = make.token(account, "zveno_reader")
    Token.objects.update(**{name: moment + day for name, day in (LIFE | token).items()})
    Post.objects.update(**{name: moment + day for name, day in ({"since": -DAY} | post).items()})

    read = shown("zveno_reader")

    kept = Token.objects.live().select_related("post").first()
    assert read == kept == (made if post in ({}, {"until": DAY}) and not token and active else None)
    if kept:
        assert facts(read) == facts(kept)
        assert facts(read and read.post) == facts(kept.post)
    assert shown("zveno_other") is None


def facts(row: Record | None) -> dict[str, object]:
    assert row
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
