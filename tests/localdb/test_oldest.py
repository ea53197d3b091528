"""What leans on the database most holds on the oldest PostgreSQL too: the group ``database``."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, models

from tests.live import ROOT, without_database
from tests.localdb.tools import SYSTEM_15, WITHOUT_15

OLDEST, MAJOR = "15", "ZVENO_TEST_POSTGRES"
NAMES = (
    "SELECT conname FROM pg_constraint WHERE convalidated"
    " UNION SELECT indexrelid::regclass::text FROM pg_index WHERE indisvalid"
)


def group() -> Iterator[str]:
    """Name the files of the group."""
    for folder in ("src", "tests"):
        for path in sorted((ROOT / folder).rglob("test_*.py")):
            if "pytest.mark.database" in path.read_text(encoding="utf-8"):
                yield str(path.relative_to(ROOT))


@pytest.mark.slow
@WITHOUT_15
def test_the_group_holds_on_the_oldest_postgresql() -> None:
    clean = {key: value for key, value in without_database().items() if "PYTEST" not in key}
    command = [sys.executable, "-m", "zveno", "test-database", sys.executable, "-m", "pytest"]

    done = subprocess.run(
        [*command, "-m", "database", "--no-header", "--show-capture=no", *group()],
        env=clean | {"ZVENO_POSTGRES_BIN": str(SYSTEM_15), MAJOR: OLDEST, "ZVENO_ENV": "test"},
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


@pytest.mark.database
@pytest.mark.django_db
def test_the_group_runs_on_the_postgresql_it_was_given() -> None:
    major = str(connection.pg_version // 10_000)  # type: ignore[attr-defined]

    assert os.environ.get(MAJOR, major) == major


@pytest.mark.database
@pytest.mark.django_db
def test_every_constraint_of_the_models_stands_in_the_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute(NAMES)
        known = {str(name).strip('"') for (name,) in cursor.fetchall()}

    wanted = {one.name for model in apps.get_models() for one in constraints(model)}

    assert len(wanted) > 20
    assert wanted - known == set()


def constraints(model: type[models.Model]) -> list[models.BaseConstraint | models.Index]:
    """Return what the tables of our own models promise."""
    ours = model.__module__.startswith("zveno.") and model._meta.managed
    return [*model._meta.constraints, *model._meta.indexes] if ours else []
