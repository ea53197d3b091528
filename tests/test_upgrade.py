"""A database of every released version, with data in it, comes up to date; nothing is lost."""

import gzip
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.houses import House, empty_house
from zveno.localdb.account import account_for
from zveno.localdb.binaries import find_binaries

pytestmark = pytest.mark.slow
RELEASES = sorted((Path(__file__).parent / "data" / "releases").glob("*.sql.gz"))
COUNTED = (
    *("organisations_organisation", "people_person", "people_account", "people_post"),
    *("learners_learner", "learners_consent", "events_certificate", "network_agreement"),
    *("documents_storedfile", "kernel_entry", "kernel_seal", "kernel_letter"),
)

COUNT = "SELECT count(*) FROM {}"


@pytest.fixture(params=RELEASES, ids=lambda path: path.name.removesuffix(".sql.gz"))
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """Load what a released version left."""
    with empty_house(tmp_path) as house:
        psql = find_binaries(account_for(tmp_path))["psql"]
        subprocess.run(
            [psql, "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", house.owner],
            input=gzip.decompress(request.param.read_bytes()),
            stdout=subprocess.DEVNULL,
            check=True,
        )
        yield house


def counts(house: House) -> dict[str, object]:
    return {name: house.value(COUNT.format(name)) for name in COUNTED}


def test_it_migrates_with_its_data_and_works_on(house: House, tmp_path: Path) -> None:
    before = counts(house)

    house.must("migrate")

    assert counts(house) == before
    assert all(before.values())
    assert "The journal holds" in house.must("manage", "check_journal")
    assert "Saved" in house.must("backup", "--to", str(tmp_path))
