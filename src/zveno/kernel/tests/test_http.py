"""What every request goes through."""

import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from django.db import connection, transaction
from django.test import Client

from zveno.kernel import outbox
from zveno.kernel.actor import NOBODY, SYSTEM, Actor, Means
from zveno.kernel.models import Letter
from zveno.kernel.tests import make
from zveno.kernel.walls import scoped

pytestmark = [pytest.mark.django_db, pytest.mark.urls("zveno.kernel.tests.urls")]
committed = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
came: list[Actor] = []


def actor_of(credential: object) -> Actor:
    """Stand for the room people: a token makes a link, else who is expected next comes."""
    if isinstance(credential, str):
        return Actor(means=Means.LINK)
    return came.pop(0) if came else NOBODY


@pytest.fixture
def visitor(settings: object) -> Iterator[Client]:
    settings.ZVENO_ACTOR = f"{__name__}.actor_of"  # type: ignore[attr-defined]
    came.clear()
    yield Client()
    came.clear()


@pytest.fixture
def written() -> Iterator[StringIO]:
    """Return what is written into the log that settings name."""
    handlers = [one for one in logging.getLogger().handlers if one.filters]
    assert handlers
    before = [(one, one.setStream(StringIO())) for one in handlers]  # type: ignore[attr-defined]
    yield handlers[0].stream  # type: ignore[attr-defined]
    for handler, stream in before:
        handler.setStream(stream)  # type: ignore[attr-defined]


# --- Reads and writes -----------------------------------------------------------------------


@pytest.mark.slow
@committed
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_page_that_is_read_cannot_write(visitor: Client, method: str) -> None:
    visitor.raise_request_exception = False

    answer = visitor.generic(method, "/try/write/")

    assert answer.status_code == 500
    with transaction.atomic(), scoped(SYSTEM):
        assert not Letter.objects.exists()


@pytest.mark.slow
@committed
def test_form_may_write(visitor: Client) -> None:
    assert visitor.post("/try/write/").status_code == 200
    with transaction.atomic(), scoped(SYSTEM):
        assert Letter.objects.count() == 1


@pytest.mark.slow
@committed
def test_answer_of_a_form_is_drawn_in_a_transaction_of_its_own(visitor: Client) -> None:
    with transaction.atomic(), scoped(SYSTEM):
        outbox.post("somebody@example.org", "", "")
    came.append(SYSTEM)

    assert visitor.post("/try/answer/").content.decode() == "(0, False) (1, True)"


@pytest.mark.slow
@committed
def test_scope_of_a_request_is_gone_in_the_next_on_the_same_connection(visitor: Client) -> None:
    came.extend([make.actor(scope=7), NOBODY, make.actor(scope=8)])

    told = [visitor.get("/try/scope/").content.decode() for _ in range(3)]

    assert told == ["{7}on", "{}on", "{8}on"]


@pytest.mark.slow
@committed
def test_scope_of_a_request_that_failed_is_gone_too(visitor: Client) -> None:
    visitor.raise_request_exception = False
    came.append(make.actor(scope=7))
    visitor.get("/try/write/")

    with connection.cursor() as cursor:
        cursor.execute("SELECT zveno_scope()")
        assert cursor.fetchone() == ([],)
    assert visitor.get("/try/scope/").content.decode() == "{}on"


def test_address_with_a_token_acts_by_the_link(visitor: Client) -> None:
    came.append(make.actor())

    assert visitor.get("/try/link/secret/").content.decode() == "link"


# --- Answers --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    ["/v/?code=%00", "/v/a%00b/", "/v/%ff/", "/v/a%c3/", "/v/?code=%ff", "/v/?code=%d0&q=%ba"],
)
def test_address_no_page_can_mean_is_refused_with_a_page(client: Client, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code == 400
    assert "data-problem" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["/v/?code=%D0%B0", "/v/?code=а", "/v/%D0%B0/"])
def test_address_in_russian_is_none_of_them(client: Client, address: str) -> None:
    assert client.get(address).status_code in {200, 302, 404}


def test_a_cookie_with_zero_bytes_is_as_good_as_none(client: Client) -> None:
    quoted = r"\000" * 32

    answer = client.get("/v/", headers={"cookie": f'zveno="{quoted}"; messages="{quoted}"'})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [
        ("GET", "/sign-out/", "POST"),
        ("POST", "/v/", "GET, HEAD"),
        ("PUT", "/sign-in/", "GET, HEAD, POST"),
        ("OPTIONS", "/p/", "GET, HEAD"),
    ],
)
def test_a_method_an_address_does_not_take_is_answered_with_a_page(
    client: Client, method: str, address: str, allowed: str
) -> None:
    answer = client.generic(method, address)

    assert (answer.status_code, answer["Allow"]) == (405, allowed)
    assert "data-problem" in answer.content.decode()


def test_answers_are_not_kept_anywhere(client: Client) -> None:
    assert client.get("/v/")["Cache-Control"] == "no-store"


def test_page_may_say_that_its_answer_is_kept(visitor: Client) -> None:
    assert visitor.get("/try/cached/")["Cache-Control"] == "max-age=60"


def test_policy_of_content_allows_our_own_files_only(client: Client) -> None:
    policy = client.get("/v/")["Content-Security-Policy"]

    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert {rules[kind] for kind in rules if kind.endswith("-src")} <= {"'none'", "'self'"}


def test_answers_name_the_request_for_whoever_asks_for_help(client: Client) -> None:
    first, second = client.get("/v/"), client.get("/v/")

    assert first["X-Request-Id"] != second["X-Request-Id"]


def test_page_is_closed_to_strangers_unless_it_says_otherwise(client: Client) -> None:
    answer = client.get("/try/closed/")

    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/try/closed/")


def test_refusal_is_a_page_with_a_sentence_and_a_way_on(visitor: Client) -> None:
    answer = visitor.post("/try/refuse/")

    assert answer.status_code == 403
    assert "data-problem" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "address", ["/sign/tokentoken/", "/sign/tokentoken/lost", "/v/tokentoken/"]
)
def test_addresses_that_open_something_are_not_written_into_the_log(
    client: Client, written: StringIO, address: str
) -> None:
    assert client.get(address).status_code == 404

    assert "Not Found: /" in written.getvalue()
    assert "tokentoken" not in written.getvalue()
