"""Which database a command uses, told to Django and to children through the environment."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psycopg

from zveno.localdb import AlreadyRunning, Server, start

VAR = Path(os.environ.get("ZVENO_VAR") or Path(__file__).resolve().parents[3] / "var")
"""Where the database of this checkout and its key are kept."""
ZONE = VAR / "time-zone"

_OLDEST = 15


class ConsoleError(Exception):
    """A command cannot go on; the text says why and what to do."""


@contextmanager
def environment_of_one_command() -> Iterator[None]:
    """Offer the given database, the one of a running Zveno, or our own for as long as it lasts."""
    with ExitStack() as stack:
        if not use_given_database():
            try:
                use(stack.enter_context(start_own()))
            except AlreadyRunning as running:
                if "owner_url" not in running.details:
                    raise
                _use(running.details["app_url"], running.details["owner_url"])
        set_defaults()
        yield


def start_own() -> Server:
    """Start the database of this checkout."""
    os.environ.setdefault("ZVENO_ENV", "development")
    return start(VAR / "postgres")


def use(server: Server) -> None:
    """Have Django and children use the database of ``server``."""
    _use(server.app_url, server.owner_url)


def use_given_database() -> bool:
    """Tell whether ``DATABASE_URL`` names a database, which then is used if it is fit.

    Raises ``ConsoleError`` if it is out of reach, too old, or its role passes by the walls.
    """
    url = os.environ.get("DATABASE_URL")
    if not url:
        return False
    _judge(url)
    _use(url, os.environ.get("ZVENO_OWNER_DATABASE_URL") or url)
    return True


def set_defaults() -> None:
    """Give Django its settings module, the key it signs with, the zone chosen at setup."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zveno.config.settings")
    if not os.environ.get("ZVENO_SECRET_KEY"):
        os.environ["ZVENO_SECRET_KEY"] = _secret(VAR / "secret")
    if not os.environ.get("ZVENO_TIME_ZONE") and ZONE.exists():
        os.environ["ZVENO_TIME_ZONE"] = ZONE.read_text().strip()


def keep_zone(zone: str) -> None:
    """Keep the zone of the house where every process finds it before the database is asked."""
    if zone:
        ZONE.parent.mkdir(parents=True, exist_ok=True)
        ZONE.write_text(zone)


def _use(app_url: str, owner_url: str) -> None:
    os.environ |= {"DATABASE_URL": app_url, "ZVENO_OWNER_DATABASE_URL": owner_url}


def _secret(path: Path) -> str:
    """Read the key; the first of several processes that miss it makes it, for its account only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent) as new:
            new.write(secrets.token_urlsafe(48))
            new.flush()
            with suppress(FileExistsError):
                os.link(new.name, path)
    return path.read_text()


def _judge(url: str) -> None:
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            version = connection.info.server_version // 10_000
            role = connection.execute(
                "SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles"
                " WHERE rolname = current_user"
            ).fetchone()
    except psycopg.OperationalError as error:
        raise ConsoleError(f"Cannot use the database of DATABASE_URL: {error}") from error
    if version < _OLDEST:
        raise ConsoleError(f"DATABASE_URL is PostgreSQL {version}; Zveno needs {_OLDEST} or newer.")
    if role and role[1]:
        raise ConsoleError(
            f"The role {role[0]} of DATABASE_URL is a superuser or has BYPASSRLS, so "
            "row-level security would do nothing. Name a plain role there, and the owner of the "
            "database, who runs migrations, in ZVENO_OWNER_DATABASE_URL."
        )
