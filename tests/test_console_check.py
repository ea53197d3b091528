"""``zveno check`` sees each thing that can be wrong, and is silent about a house that is well."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import psycopg
import pytest
from django.core.checks import CheckMessage
from django.utils import timezone
from pytest_django import Settings

from tests.houses import House, empty_house, url
from zveno.config import console
from zveno.kernel import checks, clock
from zveno.kernel.models import Entry

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
Rows = list[tuple[Any, ...]]


@pytest.fixture(autouse=True)
def house(tmp_path: Path, settings: Settings) -> Path:
    """Give a house that is well: a backup of this night in a folder of its own."""
    settings.VAR = settings.BACKUPS = tmp_path
    (tmp_path / "zveno-2026-11-22T021700Z.zveno").touch()
    return tmp_path


def ids(found: Iterator[CheckMessage]) -> list[str | None]:
    return [each.id for each in found]


def ask(sql: str, *values: str) -> Rows:
    return checks.ask("default", sql, *values)


def instead(question: str, answer: Callable[[Rows], Rows]) -> checks.Ask:
    """Ask the database, but answer one question otherwise."""
    return lambda sql, *values: (answer if question in sql else list)(ask(sql, *values))


def test_a_house_that_is_well_has_no_faults() -> None:
    assert ids(checks.house()) == []


@pytest.mark.parametrize(
    ("setting", "value", "fault"),
    [
        ("server_version_num", "140012", "E002"),
        ("fsync", "off", "E004"),
        ("full_page_writes", "off", "E004"),
        ("data_checksums", "off", "E004"),
        ("synchronous_commit", "off", "E005"),
    ],
)
def test_a_database_that_may_lose_data_is_seen(setting: str, value: str, fault: str) -> None:
    changed = instead("pg_settings", lambda rows: [*rows, (setting, value)])

    assert ids(checks.server(changed)) == [f"zveno.{fault}"]


def test_missing_extensions_are_seen() -> None:
    assert ids(checks.server(instead("pg_extension", lambda _: []))) == ["zveno.E003"]


def test_a_role_above_the_walls_is_seen() -> None:
    assert ids(checks.role(lambda sql, *values: checks.ask("owner", sql, *values))) == [
        "zveno.E007"
    ]


def test_a_wall_that_was_taken_down_is_seen() -> None:
    down = instead("relrowsecurity", lambda rows: [r for r in rows if r != ("learners_learner",)])

    assert ids(checks.walls(down)) == ["zveno.E008"]


@pytest.mark.parametrize("hours", [-1, 1])
def test_clocks_that_differ_are_seen(hours: int) -> None:
    late = instead("clock_timestamp", lambda rows: [(rows[0][0] + timedelta(hours=hours),)])

    assert ids(checks.clock(late)) == ["zveno.E009"]


def test_a_clock_that_went_back_is_seen() -> None:
    with clock.travel(timezone.now() + timedelta(hours=1)):
        Entry.objects.create(verb="x", means="system", target_kind="x", target_key="1")

    assert ids(checks.clock(ask)) == ["zveno.E010"]


def test_old_time_zones_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    moscow_plus_one = ZoneInfo("Europe/Samara")
    monkeypatch.setattr(checks, "ZoneInfo", lambda _: moscow_plus_one)

    assert ids(checks.zones()) == ["zveno.E011"]


def test_missing_time_zones_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ZoneInfoNotFoundError(name)

    monkeypatch.setattr(checks, "ZoneInfo", missing)

    assert ids(checks.zones()) == ["zveno.E011"]


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_a_full_disk_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(1 << 40, 1 << 40, 1 << 20))

    assert ids(checks.disk()) == ["zveno.E012"]


def test_a_secret_others_can_read_is_seen(house: Path) -> None:
    (house / "secret").touch(mode=0o644)

    assert ids(checks.secret()) == ["zveno.E013"]


@pytest.mark.parametrize("hours", [27, 1000])
def test_a_night_without_a_backup_is_seen(house: Path, hours: int) -> None:
    (kept,) = house.iterdir()
    then = timezone.now().timestamp() - hours * 3600
    os.utime(kept, (then, then))

    assert ids(checks.backups()) == ["zveno.W014"]


def test_figures_for_everybody_are_seen(settings: Settings) -> None:
    settings.METRICS = "0.0.0.0:9180"

    assert ids(checks.figures()) == ["zveno.W015"]


@pytest.fixture
def without_russian(house: Path) -> Iterator[House]:
    """Make a database in which letters are bytes."""
    with empty_house(house) as deaf:
        name = str(deaf.value("SELECT current_database()"))
        with psycopg.connect(os.environ["ZVENO_OWNER_DATABASE_URL"], autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}"')
            made = f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'"
            server.execute(made + " LOCALE 'C' LOCALE_PROVIDER libc")
        yield deaf


@pytest.mark.slow
def test_a_database_that_knows_no_russian_is_seen(without_russian: House) -> None:
    said = without_russian.zveno("check")

    assert said.returncode == 1
    assert "(zveno.E006) Search would not find Russian words." in said.stdout


@pytest.mark.slow
def test_in_production_only_what_is_wrong_is_said(house: Path, laid: str) -> None:
    with empty_house(house, like=laid) as well:
        well.variables |= {"ZVENO_ENV": "production", "ZVENO_ADDRESS": "https://zveno.example.org"}
        secret = "a-long-secret-of-fifty-characters-made-of-many-signs-0123"
        well.variables |= {"ZVENO_SECRET_KEY": secret, "ZVENO_BACKUPS": str(house)}
        said = well.must("check", "--journal")
        short = well.zveno("check", ZVENO_SECRET_KEY="short", ZVENO_ADDRESS="http://a.example.org")

    assert "The journal holds" in said
    assert said.splitlines()[-1] == "No errors, 0 doubts."
    assert {"security.W009", "security.W016"} <= set(words(short.stdout))


def words(text: str) -> list[str]:
    return [word.strip("()") for word in text.split()]


def test_another_database_of_the_same_server_has_its_own_address() -> None:
    made = url("postgresql://zveno_app@/zveno?host=/run/x&port=5432", "other")

    assert made == "postgresql://zveno_app@/other?host=/run/x&port=5432"


def test_its_help_tells_the_name_it_is_called_by(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(console, "environment_of_one_command", nullcontext)

    with pytest.raises(SystemExit):
        console._named("check", "check_house", "--help")

    assert capsys.readouterr().out.startswith("usage: zveno check [")
