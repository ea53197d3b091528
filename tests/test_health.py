"""Probes, figures and the answer of a house whose database is gone."""

import http.client
import time
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families
from psycopg.errors import DiskFull
from pytest_django import Settings

from tests import live
from tests.houses import empty_house
from zveno.kernel import metrics, outbox

pytestmark = pytest.mark.django_db
CANARY = "Канарейкина"


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody reach the database."""

    def refuse(*_: object, **__: object) -> None:
        raise OperationalError(f"connection to {CANARY} failed")

    for way in ("ensure_connection", "_cursor", "set_autocommit"):
        monkeypatch.setattr(connection, way, refuse)


@pytest.fixture
def stranger() -> Client:
    return Client(raise_request_exception=False)


# --- Probes ---------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/health", "/ready"])
def test_a_probe_is_answered_under_any_host_name(client: Client, address: str) -> None:
    answer = client.get(address, headers={"host": "10.1.2.3:8000"})

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("no_database")
def test_without_the_database_it_lives_and_is_not_ready(stranger: Client) -> None:
    assert stranger.get("/health").status_code == 200
    answer = stranger.get("/ready")

    assert (answer.status_code, answer.json()) == (503, {"status": "the database does not answer"})


def test_with_tables_of_an_older_version_it_is_not_ready(client: Client) -> None:
    ((room, last),) = MigrationLoader(connection).graph.leaf_nodes("events")
    MigrationRecorder(connection).record_unapplied(room, last)

    assert client.get("/ready").json() == {"status": "tables are not up to date"}


@pytest.mark.usefixtures("no_database")
def test_a_visitor_is_told_to_come_again(stranger: Client) -> None:
    answer = stranger.get("/v/")

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer["X-Request-Id"] in answer.content.decode()


@pytest.mark.usefixtures("no_database")
def test_a_program_is_told_to_come_again(stranger: Client) -> None:
    answer = stranger.get("/api/v1/events")

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer.json()["code"] == "out_of_reach"


@pytest.mark.parametrize("address", ["/v/", "/api/v1/events"])
def test_with_a_full_disk_a_visitor_is_told_that_nothing_can_be_saved(
    stranger: Client, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OperationalError(f"could not extend file of {CANARY}") from DiskFull

    monkeypatch.setattr(connection, "_cursor", refuse)
    answer = stranger.get(address)

    assert (answer.status_code, CANARY in answer.text) == (507, False)
    assert "место кончилось" in answer.text or answer.json()["code"] == "no_room"


def test_a_fault_names_the_request_and_nothing_else(
    stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError(CANARY)

    monkeypatch.setattr("zveno.documents.pages.verification.render", fail)
    answer = stranger.get("/v/")

    assert answer.status_code == 500
    assert answer["X-Request-Id"] in answer.content.decode()
    assert CANARY not in answer.content.decode()


# --- Figures --------------------------------------------------------------------------------


@pytest.fixture
def house(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder of backups; let connections of the test stay open."""
    settings.BACKUPS = tmp_path
    monkeypatch.setattr(connection, "close", lambda: None)
    return tmp_path


def told_now() -> dict[str, float]:
    """Return the figures of the house by their names."""
    registry = CollectorRegistry()
    registry.register(metrics.House())
    return figures(generate_latest(registry).decode())


def figures(text: str) -> dict[str, float]:
    families = text_string_to_metric_families(text)
    return {sample.name: sample.value for family in families for sample in family.samples}


@pytest.mark.usefixtures("house")
def test_letters_that_wait_are_counted() -> None:
    outbox.post("somebody@example.org", CANARY, CANARY)

    assert (told_now()["zveno_database_up"], told_now()["zveno_letters_waiting"]) == (1, 1)


@pytest.mark.usefixtures("house", "no_database")
def test_a_lost_database_is_a_figure_too() -> None:
    assert told_now()["zveno_database_up"] == 0


def test_the_last_backup_has_a_time(house: Path) -> None:
    assert "zveno_backup_last_timestamp_seconds" not in told_now()
    kept = house / "2026-11-21T0200.zveno"
    kept.touch()

    assert told_now()["zveno_backup_last_timestamp_seconds"] == pytest.approx(kept.stat().st_mtime)


def test_answers_are_counted_by_route_never_by_address(client: Client) -> None:
    client.get(f"/v/{CANARY}/")

    text = generate_latest(REGISTRY).decode()
    counted = {
        sample.labels["route"]
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == "zveno_requests_total"
    }
    assert "documents:verification" in counted
    assert CANARY not in text


def test_figures_have_no_address_among_the_pages(client: Client) -> None:
    assert client.get("/metrics").status_code in {302, 404}
    assert client.get("/metrics/").status_code in {302, 404}


def read(port: int) -> str:
    """Ask for the figures as soon as the worker tells them; it starts later than the pages."""
    deadline = time.monotonic() + 60
    while True:
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            asked.request("GET", "/metrics")
            return asked.getresponse().read().decode()
        except ConnectionRefusedError:
            assert time.monotonic() < deadline, "nobody tells figures"
            time.sleep(0.2)


@pytest.mark.slow
def test_all_processes_are_told_of_at_an_address_of_its_own(tmp_path: Path, told: str) -> None:
    port = live.free_port()
    with empty_house(tmp_path, like=told) as house:
        given = house.variables | {"ZVENO_METRICS": f"127.0.0.1:{port}"}
        site = live.start(tmp_path, None, **given)
        try:
            found = figures(read(port))
        finally:
            site.stop()

    assert found["zveno_requests_total"] >= 1
    assert found["zveno_database_up"] == 1
