"""What an installation must be so that data is safe and Russian works: ``zveno check``."""

import shutil
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Doubt
from django.db import DatabaseError, connections
from django.utils import timezone

Found = Iterator[CheckMessage]
OLDEST = 15
EXTENSIONS = {"btree_gist", "pg_trgm"}
DURABLE = {"fsync": "on", "full_page_writes": "on", "data_checksums": "on"}
SKEW = timedelta(seconds=5)
BACK = timedelta(minutes=5)
NIGHT = timedelta(hours=26)
SPARE = 1 << 30
_RUSSIAN = "SELECT lower('ЁЖ') = 'ёж' AND 'ИВАН' ILIKE 'иван'"
_ROLE = """
    SELECT rolname, rolsuper OR rolbypassrls OR EXISTS (
        SELECT FROM pg_tables WHERE schemaname = 'public' AND tableowner = rolname)
    FROM pg_roles WHERE rolname = current_user
"""
_LAST_ENTRY = "SELECT max(at) FROM kernel_entry"


def house(alias: str = "default") -> Found:
    """Look at everything; what depends on the database only if it answers."""
    for look in (zones, disk, secret, backups, figures):
        yield from look()
    try:
        for question in (server, russian, role, clock, walls):
            yield from question(lambda sql, *values: ask(alias, sql, *values))
    except DatabaseError as error:
        yield Error(f"The database cannot be asked: {error}", id="zveno.E001")


Ask = Callable[..., list[tuple[Any, ...]]]


def ask(alias: str, sql: str, *values: str) -> list[tuple[Any, ...]]:
    """Ask the database."""
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def server(ask: Ask) -> Found:
    """Check the version, the extensions, and that what was promised survives a power cut."""
    known: dict[str, str] = dict(ask("SELECT name, setting FROM pg_settings"))
    if int(known["server_version_num"]) // 10_000 < OLDEST:
        yield Error(f"PostgreSQL is older than {OLDEST}.", hint="Upgrade it.", id="zveno.E002")
    missing = EXTENSIONS - {name for (name,) in ask("SELECT extname::text FROM pg_extension")}
    if missing:
        hint = "As a superuser: CREATE EXTENSION in this database."
        yield Error(f"Extensions are missing: {sorted(missing)}.", hint=hint, id="zveno.E003")
    for name, value in DURABLE.items():
        if known[name] != value:
            hint = "Set it in postgresql.conf; checksums: pg_checksums --enable, server stopped."
            yield Error(f"{name} is {known[name]}: data can be lost.", hint=hint, id="zveno.E004")
    if known["synchronous_commit"] == "off":
        hint = "Set synchronous_commit = on."
        yield Error("What is acknowledged may be lost.", hint=hint, id="zveno.E005")


def russian(ask: Ask) -> Found:
    """Check that letters know their case and words have trigrams."""
    ((folds,),) = ask(_RUSSIAN)
    ((encoding,),) = ask("SHOW server_encoding")
    ((alike,),) = ask("SELECT CASE WHEN to_regproc('similarity') IS NULL THEN 1 ELSE 0 END")
    if not alike:
        ((alike,),) = ask("SELECT similarity('станки', 'станок')")
    if not folds or encoding != "UTF8" or not alike:
        hint = "Create the database with ENCODING 'UTF8' LC_CTYPE 'C.UTF-8' (or ru_RU.UTF-8)."
        yield Error("Search would not find Russian words.", hint=hint, id="zveno.E006")


def role(ask: Ask) -> Found:
    """Check that row-level security holds whoever serves requests."""
    ((name, above),) = ask(_ROLE)
    if above:
        hint = "DATABASE_URL needs a plain role; the owner goes into ZVENO_OWNER_DATABASE_URL."
        yield Error(f"The role {name} passes by the walls.", hint=hint, id="zveno.E007")


def walls(ask: Ask) -> Found:
    """Check that every table about people has its wall up."""
    up = {name for (name,) in ask("SELECT relname::text FROM pg_class WHERE relrowsecurity")}
    for model in apps.get_models():
        told = {*map(str, getattr(model, "DATA", {}).values())}
        if "personal" in told and model._meta.db_table not in up | UNWALLED:
            hint = "Run zveno migrate."
            table = model._meta.db_table
            yield Error(f"The table {table} has no wall.", hint=hint, id="zveno.E008")


UNWALLED = {"people_account", "people_link"}
"""Read before anybody is known; see docs/adr/0005."""


def clock(ask: Ask) -> Found:
    """Check that the clocks agree and none went back."""
    ((theirs,),) = ask("SELECT clock_timestamp()")
    if abs(theirs - timezone.now()) > SKEW:
        hint = "Let both machines keep time by NTP."
        yield Error("The database lives at another time.", hint=hint, id="zveno.E009")
    if ask("SELECT to_regclass('kernel_entry')") != [(None,)]:
        ((last,),) = ask(_LAST_ENTRY)
        if last and last - timezone.now() > BACK and not settings.TODAY:
            hint = "Set the clock right before anything is signed or issued."
            yield Error("The journal knows later moments.", hint=hint, id="zveno.E010")


def zones() -> Found:
    """Check that the zones of Russia are known, as they are since Volgograd's last change."""
    try:
        moment = datetime(2026, 1, 1, tzinfo=UTC)
        away = moment.astimezone(ZoneInfo("Europe/Volgograd")).utcoffset()
        ZoneInfo("Asia/Kamchatka")
    except ZoneInfoNotFoundError:
        away = None
    if away != timedelta(hours=3):
        hint = "Install the package tzdata anew."
        yield Error("Time zone data is missing or old.", hint=hint, id="zveno.E011")


def disk() -> Found:
    """Check that there is room where data and backups go."""
    for folder in {settings.VAR, settings.BACKUPS}:
        there = next(each for each in (folder, *folder.parents) if each.exists())
        free = shutil.disk_usage(there).free
        if free < SPARE:
            says = f"{there} has {free / 2**20:.0f} MB left."
            yield Error(says, hint="Make room, or move ZVENO_BACKUPS.", id="zveno.E012")


def secret() -> Found:
    """Check that only its account reads the secret."""
    kept = settings.VAR / "secret"
    if kept.exists() and stat.S_IMODE(kept.stat().st_mode) & 0o077:
        hint = f"chmod 600 {kept}"
        yield Error("Others can read the secret.", hint=hint, id="zveno.E013")


def backups() -> Found:
    """Check that there is a backup of the last night."""
    made = [path.stat().st_mtime for path in Path(settings.BACKUPS).glob("zveno-*.zveno*")]
    age = timezone.now().timestamp() - max(made, default=0)
    if age > NIGHT.total_seconds():
        hint = "Run zveno backup; see that the worker or the timer does so each night."
        yield Doubt("There is no backup of the last night.", hint=hint, id="zveno.W014")


def figures() -> Found:
    """Check that figures are not told to everybody."""
    host = settings.METRICS.rpartition(":")[0]
    if host in {"0.0.0.0", "::", "[::]"}:  # noqa: S104 - looked for, not used
        hint = "Name one address in ZVENO_METRICS, for example 127.0.0.1:9180."
        yield Doubt("Figures are told at every address.", hint=hint, id="zveno.W015")
