"""What is logged can be read by a machine, and names nobody."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test import Client

from zveno.kernel.logs import Structured

pytestmark = pytest.mark.django_db
CANARY = "Канарейкина"


@pytest.fixture
def written() -> Iterator[StringIO]:
    """Collect what a house in production writes down."""
    handler = logging.StreamHandler(StringIO())
    handler.setFormatter(Structured())
    root, ours = logging.getLogger(), logging.getLogger("zveno")
    root.addHandler(handler)
    ours.setLevel(logging.INFO)
    yield handler.stream
    root.removeHandler(handler)
    ours.setLevel(logging.WARNING)


def lines(written: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_an_answer_is_one_line_that_names_the_request(client: Client, written: StringIO) -> None:
    mark = client.get("/v/")["X-Request-Id"]

    (line,) = lines(written)
    known = {key: line[key] for key in ("level", "event", "route", "status", "request")}
    assert known == {
        "level": "info",
        "event": "answered",
        "route": "documents:verify",
        "status": 200,
        "request": mark,
    }


def test_a_fault_is_found_by_the_mark_its_page_shows(
    written: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError(CANARY)

    monkeypatch.setattr("zveno.documents.pages.verification.render", fail)
    answer = Client(raise_request_exception=False).get("/v/")

    fault = next(line for line in lines(written) if "fault" in line)
    assert fault["request"] == answer["X-Request-Id"]
    assert fault["fault"]["kinds"] == ["builtins.ValueError"]
    assert any("verification.py" in place for place in fault["fault"]["where"])


def test_what_django_says_of_an_answer_is_its_reason(client: Client, written: StringIO) -> None:
    client.get(f"/{CANARY}/")

    assert "Not Found" in {line["event"] for line in lines(written)}


CANARIES = [
    pytest.param(lambda log: log.warning("told %s", CANARY), id="filled-in"),
    pytest.param(lambda log: log.warning(CANARY), id="filled-before"),
    pytest.param(lambda log: log.error("told", exc_info=ValueError(CANARY)), id="error"),
    pytest.param(lambda log: log.warning(ValueError(CANARY)), id="error-as-text"),
    pytest.param(lambda log: log.warning("told %(who)s", {"who": CANARY}), id="mapping"),
    pytest.param(lambda log: log.warning("told", extra={"job": {"args": CANARY}}), id="extra"),
]


@pytest.mark.parametrize("say", CANARIES)
def test_what_others_say_names_nobody(written: StringIO, say: Any) -> None:
    say(logging.getLogger("procrastinate.worker"))

    assert len(lines(written)) == 1
    assert CANARY not in written.getvalue()


def test_a_clash_of_rows_is_told_without_the_rows(written: StringIO) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE child (name text UNIQUE)")
        with pytest.raises(IntegrityError) as clash:
            cursor.execute("INSERT INTO child VALUES (%s), (%s)", [CANARY, CANARY])

    logging.getLogger("zveno.kernel").error("a verb failed", exc_info=clash.value)

    (line,) = lines(written)
    assert line["event"] == "a verb failed"
    assert "psycopg.errors.UniqueViolation" in line["fault"]["kinds"]
    assert CANARY not in written.getvalue()


@pytest.mark.parametrize(
    "address",
    [f"/v/{CANARY}/", f"/{CANARY}/", f"/v/?code={CANARY}", f"/sign-in/?next=/{CANARY}", "/v/%00"],
)
def test_no_address_is_written_down(client: Client, written: StringIO, address: str) -> None:
    client.get(address)

    said = written.getvalue()
    assert CANARY not in said
    assert "%D0%9A" not in said


def test_what_is_typed_is_not_written_down(client: Client, written: StringIO) -> None:
    client.post("/sign-in/", {"username": CANARY, "password": CANARY})

    assert lines(written)
    assert CANARY not in written.getvalue()


def test_one_event_is_one_line_whatever_it_holds(written: StringIO) -> None:
    logging.getLogger("zveno.kernel").warning("told\nlevel=error %s", "forged\r\n{}")

    (line,) = lines(written)
    assert line["event"] == "told\nlevel=error forged\r\n{}"
