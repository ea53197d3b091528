"""The embedded database moves to another major version and loses nothing."""

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.houses import House
from tests.live import without_database
from tests.localdb.tools import SYSTEM_15, WITHOUT_15

pytestmark = [pytest.mark.slow, WITHOUT_15]


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """Make once the folder of an embedded database of PostgreSQL 15 with the demonstration."""
    with tempfile.TemporaryDirectory(prefix="zveno-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o711)
        house_in(Path(name)).must("prepare", ZVENO_POSTGRES_BIN=str(SYSTEM_15))
        yield Path(name)


@pytest.fixture
def house(made: Path, place: Path) -> House:
    """Give a copy of it."""
    subprocess.run(["cp", "-a", f"{made}/.", str(place)], check=True)
    return house_in(place)


def house_in(folder: Path) -> House:
    clean = {key: value for key, value in without_database().items() if "ZVENO" not in key}
    variables = {"ZVENO_VAR": str(folder), "ZVENO_ENV": "development", "DATABASE_URL": ""}
    return House(clean | variables, "", folder)


COUNT = "from zveno.kernel.models import Entry; print('entries', Entry.objects.count())"


def entries(house: House, **more: str) -> str:
    return house.must("manage", "shell", "-c", COUNT, **more).splitlines()[-1]


def test_it_is_refused_with_a_way_on_and_then_goes_that_way(house: House) -> None:
    before = entries(house, ZVENO_POSTGRES_BIN=str(SYSTEM_15))
    refused = house.zveno("manage", "check_journal")

    said = house.must("upgrade-database")

    assert "zveno upgrade-database" in refused.stderr
    assert "Upgraded from PostgreSQL 15 to 18" in said
    assert entries(house) == before
    assert (house.folder / "postgres").resolve().joinpath("data.15", "PG_VERSION").exists()
    assert "already" in house.must("upgrade-database")


def test_without_the_old_programs_nothing_is_touched(house: House) -> None:
    said = house.zveno("upgrade-database", str(house.folder / "nowhere"))

    assert said.returncode == 1
    assert "The programs of PostgreSQL 15 are not in" in said.stderr
    assert entries(house, ZVENO_POSTGRES_BIN=str(SYSTEM_15)).startswith("entries")
