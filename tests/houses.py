"""Databases of their own, for trials that need more than one."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tests.live import ROOT


@dataclass
class House:
    """A database with the variables that lead Zveno's commands to it."""

    variables: dict[str, str]
    owner: str
    folder: Path
    said: str = ""
    rows: dict[str, object] = field(default_factory=dict)

    def zveno(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command."""
        return subprocess.run(
            self.command(*words),
            env=self.environment(**more),
            cwd=ROOT,
            check=False,
            capture_output=True,
            text=True,
        )

    def must(self, *words: str, **more: str) -> str:
        """Run a command that has to succeed; return what it said."""
        done = self.zveno(*words, **more)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "zveno", *words]

    def environment(self, **more: str) -> dict[str, str]:
        kept = {
            key: os.environ[key] for key in os.environ if not key.startswith(("ZVENO", "DJANGO"))
        }
        return kept | self.variables | more

    def ask(self, question: str) -> list[tuple[object, ...]]:
        """Ask the database as the owner, or change it."""
        with psycopg.connect(self.owner, autocommit=True) as connection:
            cursor = connection.execute(question)
            return cursor.fetchall() if cursor.description else []

    def value(self, question: str) -> object:
        """Ask for one value."""
        return self.ask(question)[0][0]

    @property
    def name(self) -> str:
        """The name of the database."""
        return str(conninfo_to_dict(self.owner)["dbname"])


@contextmanager
def empty_house(folder: Path, like: str = "template1") -> Iterator[House]:
    """Make a database beside the one tests were given, a copy of another; remove it afterwards."""
    name = f"house_{uuid4().hex[:12]}"
    app, owner = os.environ["DATABASE_URL"], os.environ["ZVENO_OWNER_DATABASE_URL"]
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    here = make_conninfo(owner, dbname=name)
    variables = {
        "DATABASE_URL": url(app, name),
        "ZVENO_OWNER_DATABASE_URL": url(owner, name),
        "ZVENO_VAR": str(folder),
        "ZVENO_ENV": "development",
        "ZVENO_SECRET_KEY": "the secret of the house",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    try:
        yield House(variables, here, folder)
    finally:
        _remove(owner, name)


def _remove(owner: str, name: str, tries: int = 60) -> None:
    """Drop a database; the server's own housekeeping in it cannot be ended by us, only awaited."""
    with psycopg.connect(owner, autocommit=True) as connection:
        for left in reversed(range(tries)):
            try:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
                break
            except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectInUse):
                if not left:
                    raise
                time.sleep(0.5)


def url(given: str, name: str) -> str:
    """Return the address of the database ``name`` on the same server."""
    parts = conninfo_to_dict(given)
    server = f"?host={parts.get('host', '')}&port={parts.get('port', '')}"
    return f"postgresql://{parts.get('user', '')}@/{name}{server}"
