import os
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from zveno.localdb import Server
from zveno.localdb.roles import connect

SYSTEM_15 = Path("/usr/lib/postgresql/15/bin")
WITHOUT_15 = pytest.mark.skipif(not SYSTEM_15.exists(), reason="no PostgreSQL 15 on this system")
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="root starts it under another account")
PROGRAMS = [pytest.param("", id="wheel"), pytest.param(str(SYSTEM_15), id="15", marks=WITHOUT_15)]


def ask(url: str, question: str) -> tuple[object, ...]:
    with psycopg.connect(url, autocommit=True) as connection:
        answer = connection.execute(question).fetchone()
    assert answer is not None
    return answer


def sockets_of(server: Server) -> Path:
    return Path(str(conninfo_to_dict(server.app_url)["host"]))


def log_of(server: Server) -> Path:
    with connect(str(sockets_of(server))) as connection:
        (data,) = connection.execute("SHOW data_directory").fetchone() or ("",)
    return Path(data).with_name("server.log")
