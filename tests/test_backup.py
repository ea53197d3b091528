"""The file of a backup, and which files are kept."""

import gzip
import io
import json
import os
import stat
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from zveno.kernel import erasures
from zveno.kernel.backup import BackupError, container, kept
from zveno.kernel.models import Erasure
from zveno.learners.tests import make as learners

CANARY = "Канарейкина"
SECRET, PUBLIC = container.new_key()
NOISE = os.urandom(200_000)


# --- The file -------------------------------------------------------------------------------


@pytest.fixture(params=["", PUBLIC], ids=["plain", "sealed"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "backup"
    with container.written(path, request.param) as writer:
        writer.add_json(container.HEADER, {"format": 1})
        writer.add("data/one/1", CANARY.encode())
        writer.add("data/one/2", NOISE)
    return path


def parts(path: Path, key: str = SECRET) -> list[tuple[str, bytes]]:
    with container.read(path, key) as found:
        return list(found)


def test_what_was_written_is_read_in_its_order(path: Path) -> None:
    assert parts(path)[1:] == [("data/one/1", CANARY.encode()), ("data/one/2", NOISE)]


def test_only_its_account_reads_it_and_nothing_unfinished_is_left(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_any_tar_opens_a_plain_one(tmp_path: Path) -> None:
    with container.written(tmp_path / "backup", "") as writer:
        writer.add(container.HEADER, b"{}")

    with tarfile.open(tmp_path / "backup") as tar:
        assert tar.getnames() == [container.HEADER]


def test_a_sealed_one_shows_nothing_without_the_key(tmp_path: Path) -> None:
    with container.written(tmp_path / "backup", PUBLIC) as writer:
        writer.add(container.HEADER, CANARY.encode())
    data = (tmp_path / "backup").read_bytes()

    assert CANARY.encode() not in data
    assert b"\x1f\x8b" not in data[:64]
    with pytest.raises(BackupError, match="another key"):
        parts(tmp_path / "backup", container.new_key()[0])


def _middle(data: bytes) -> int:
    return len(data) // 2


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut in the middle": lambda data: data[: _middle(data)],
    "cut by a byte": lambda data: data[:-1],
    "a bit turned": lambda data: (
        data[: _middle(data)] + bytes([data[_middle(data)] ^ 1]) + data[_middle(data) + 1 :]
    ),
    "a head only": lambda data: data[:25],
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_seen(path: Path, damage: str) -> None:
    path.write_bytes(DAMAGE[damage](path.read_bytes()))

    with pytest.raises(BackupError, match=r"damaged or cut off|no backup"):
        parts(path)


def _tar(name: str) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as tar:
        tar.addfile(tarfile.TarInfo(name), io.BytesIO())
    return held.getvalue()


FOREIGN = {
    "empty": b"",
    "a paper": b"%PDF-1.7\n" + bytes(5000),
    "packed notes": gzip.compress(b"somebody's notes" * 1000),
    "another tar": _tar("holiday.jpg"),
}


@pytest.mark.parametrize("foreign", FOREIGN)
def test_a_file_of_others_is_told_apart(tmp_path: Path, foreign: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(FOREIGN[foreign])

    with pytest.raises(BackupError, match="is no backup of Zveno"):
        parts(path)


def test_a_failure_in_the_middle_leaves_the_last_one_alone(path: Path) -> None:
    before = path.read_bytes()

    def fail() -> None:
        with container.written(path, PUBLIC) as writer:
            writer.add(container.HEADER, NOISE)
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        fail()

    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("key", ["age1", "not a key", SECRET], ids=["short", "words", "secret"])
def test_a_key_that_is_none_is_refused_before_anything_is_written(tmp_path: Path, key: str) -> None:
    with pytest.raises(BackupError, match="no public key"), container.written(tmp_path / "b", key):
        pytest.fail("nothing can be written")

    assert not list(tmp_path.iterdir())


# --- Which are kept -------------------------------------------------------------------------

moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


@given(st.sets(moments, min_size=1))
def test_the_newest_is_kept_and_thinning_twice_removes_nothing_more(found: set[datetime]) -> None:
    stays = kept.kept(found)

    assert max(found) in stays
    assert stays <= found
    assert kept.kept(stays) == stays


def test_after_two_years_of_nights_days_weeks_and_months_are_left() -> None:
    last = datetime(2027, 12, 31, 2, tzinfo=UTC)
    stays = kept.kept({last - timedelta(days=day) for day in range(730)})

    ages = sorted((last - moment).days for moment in stays)
    assert ages[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert len([age for age in ages if age <= 31]) in {9, 10, 11}
    assert {(last - timedelta(days=age)).month for age in ages} == set(range(1, 13))
    assert len(stays) <= 7 + 4 + 12


def test_all_of_two_days_are_kept() -> None:
    last = datetime(2027, 12, 31, 2, tzinfo=UTC)
    today = {last - timedelta(hours=hour) for hour in range(40)}

    assert kept.kept(today) == today


@given(moments, st.booleans())
def test_a_name_tells_its_moment(moment: datetime, encrypted: bool) -> None:  # noqa: FBT001 - drawn
    path = Path(kept.name_of(moment, encrypted=encrypted))

    assert kept.moment_of(path) == moment.replace(microsecond=0)


def test_files_of_other_names_are_left_alone(tmp_path: Path) -> None:
    for day in range(1, 29):
        name = kept.name_of(datetime(2026, 1, day, tzinfo=UTC), encrypted=False)
        (tmp_path / name).touch()
    others = ["notes.txt", "zveno-old.zveno", erasures.LIST]
    for name in others:
        (tmp_path / name).touch()

    kept.thin(tmp_path)

    assert set(others) <= {path.name for path in tmp_path.iterdir()}
    assert len(list(tmp_path.iterdir())) < 28


# --- The list of erasures -------------------------------------------------------------------


def test_what_a_kill_left_of_a_line_goes(tmp_path: Path) -> None:
    listed = tmp_path / "new" / erasures.LIST
    erasures.append(listed, ["one", "two"])
    with listed.open("a") as file:
        file.write('{"table": "lear')

    erasures.append(listed, ["three"])

    assert listed.read_text() == "one\ntwo\nthree\n"


@pytest.mark.django_db
def test_whoever_is_deleted_is_listed_by_a_random_key_alone(tmp_path: Path) -> None:
    child = learners.learner()
    key = str(child.public_id)
    child.delete()

    erasures.note(tmp_path)

    (line,) = (tmp_path / erasures.LIST).read_text().splitlines()
    assert json.loads(line) | {"at": ""} == {"table": "learners_learner", "key": key, "at": ""}
    assert erasures.note(tmp_path) == 0


@pytest.mark.django_db
def test_the_plain_role_cannot_take_an_erasure_back() -> None:
    learners.learner().delete()

    with pytest.raises(DatabaseError, match="permission denied"):
        Erasure.objects.all().delete()
