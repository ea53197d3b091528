"""What every database of ours holds before the first migration."""

from urllib.parse import quote

import psycopg

from zveno.localdb.cluster import SUPERUSER

DATABASE, OWNER, APP = "zveno", "zveno_owner", "zveno_app"
_TEMPLATE = "template1"
_ROLES = {
    OWNER: "LOGIN NOSUPERUSER CREATEDB NOCREATEROLE NOREPLICATION BYPASSRLS",
    APP: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS",
}
_EXTENSIONS = ("btree_gist", "pg_trgm")


def connect(sockets: str, database: str = "postgres") -> psycopg.Connection:
    """Sign in as the superuser."""
    return psycopg.connect(
        host=sockets, port=5432, user=SUPERUSER, dbname=database, autocommit=True
    )


def ensure_roles(sockets: str) -> None:
    """Make the two roles, the database and its extensions where they are missing.

    The extensions are in ``template1`` as well, so that test databases have them.
    """
    with connect(sockets) as connection:
        for name, rights in _ROLES.items():
            if not _has(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", name):
                connection.execute(f"CREATE ROLE {name}")
            connection.execute(f"ALTER ROLE {name} {rights}")
    _ensure_extensions(sockets, _TEMPLATE)
    with connect(sockets) as connection:
        if not _has(connection, "SELECT 1 FROM pg_database WHERE datname = %s", DATABASE):
            connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
    _ensure_extensions(sockets, DATABASE)


def address(sockets: str, role: str) -> str:
    """Return the URL at which ``role`` signs in."""
    return f"postgresql://{role}@/{DATABASE}?host={quote(sockets, safe='')}&port=5432"


def _has(connection: psycopg.Connection, question: str, name: str) -> bool:
    return connection.execute(question, [name]).fetchone() is not None


def _ensure_extensions(sockets: str, database: str) -> None:
    with connect(sockets, database) as connection:
        for name in _EXTENSIONS:
            connection.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")
