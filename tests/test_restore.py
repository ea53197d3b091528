"""A restored house is the saved one: each row, the chain, the secret; nobody who was erased."""

import gzip
import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.houses import House, empty_house
from zveno.kernel.backup import container

pytestmark = pytest.mark.slow
TABLES = (
    "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    " AND table_type = 'BASE TABLE' AND table_name NOT IN"
    " ('django_migrations', 'people_signin', 'django_session') ORDER BY 1"
)
NEXT = (
    "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
    " AND sequencename NOT LIKE 'django_%' ORDER BY 1"
)

COMING = (
    "SELECT l.public_id, g.public_id, g.listed FROM learners_learner l"
    " JOIN events_place p ON p.learner_id = l.id JOIN events_group g ON g.id = p.group_id"
    " JOIN events_event e ON e.id = g.event_id WHERE e.starts_at > now() ORDER BY p.id LIMIT 1"
)
LISTED = "SELECT listed FROM events_group WHERE public_id = '{}'"
CHILD = "SELECT count(*) FROM learners_learner WHERE public_id = '{}'"
HASH = "SELECT coalesce(md5(string_agg(t::text, '' ORDER BY t::text)), '') FROM {} t"
TOMORROW = (
    "ALTER TABLE organisations_organisation ADD COLUMN of_tomorrow int;"
    " INSERT INTO django_migrations (app, name, applied)"
    " VALUES ('organisations', '9999_of_tomorrow', now())"
)
OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"


@pytest.fixture(scope="module")
def saved(told: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Make a house with the demonstration in it, and a plain and an encrypted backup of it."""
    with empty_house(tmp_path_factory.mktemp("saved"), like=told) as house:
        house.must("backup", "--to", str(house.folder / "plain"))
        public = house_key(house.must("backup-key"), house.folder / "key")
        house.must("backup", "--to", str(house.folder / "sealed"), ZVENO_BACKUP_KEY=public)
        house.rows = rows(house)
        yield house


@pytest.fixture(scope="module")
def restored(saved: House, laid: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Restore the plain backup on the ground of an empty house of a version yet to come."""
    with empty_house(tmp_path_factory.mktemp("restored"), like=laid) as house:
        house.ask(TOMORROW)
        house.said = house.must("restore", str(plain(saved)))
        yield house


def house_key(said: str, path: Path) -> str:
    """Keep the secret key in a file, as an operator does; return the public one."""
    secret, public = (line for line in said.splitlines() if "KEY" in line)
    path.write_text(f"# the key of our backups\n{secret}\n")
    return public.partition("=")[2]


@pytest.fixture
def new(laid: str, tmp_path: Path) -> Iterator[House]:
    """Give a house nobody has used yet."""
    with empty_house(tmp_path, like=laid) as house:
        yield house


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[House]:
    """Give a house without a table."""
    with empty_house(tmp_path) as house:
        yield house


def plain(saved: House) -> Path:
    return next((saved.folder / "plain").glob("*.zveno"))


def sealed(saved: House) -> Path:
    return next((saved.folder / "sealed").glob("*.zveno.age"))


def rows(house: House) -> dict[str, object]:
    """Return a hash of all rows of each table."""
    return {str(table): house.value(HASH.format(table)) for (table,) in house.ask(TABLES)}


def is_empty(house: House) -> bool:
    if house.value("SELECT to_regclass('organisations_organisation') IS NULL"):
        return True
    return house.value("SELECT count(*) FROM organisations_organisation") == 0


# --- What comes back ------------------------------------------------------------------------


@pytest.mark.database
def test_every_row_and_every_number_comes_back(saved: House, restored: House) -> None:
    assert rows(restored) == saved.rows
    assert restored.ask(NEXT) == saved.ask(NEXT)
    assert "counted and hashed" in restored.said
    assert restored.zveno("manage", "migrate", "--check", "--database=owner").returncode == 0


@pytest.mark.database
def test_walls_rights_and_triggers_stand_again(saved: House, restored: House) -> None:
    standing = (
        "SELECT (SELECT count(*) FROM pg_policies WHERE schemaname = 'public'),"
        " (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'),"
        " (SELECT count(*) FROM pg_trigger WHERE tgenabled = 'D'),"
        " has_table_privilege('zveno_app', 'events_event', 'UPDATE'),"
        " has_table_privilege('zveno_app', 'kernel_entry', 'UPDATE')"
    )

    assert restored.ask(standing) == saved.ask(standing)
    assert restored.ask(standing)[0][2:] == (0, True, False)


@pytest.mark.database
def test_the_journal_goes_on_where_it_was(saved: House, restored: House) -> None:
    mark = restored.value("SELECT mark FROM kernel_seal ORDER BY place DESC LIMIT 1")

    assert f"the journal's mark is {mark}" in restored.said
    assert "The journal holds" in restored.must("manage", "check_journal")


def test_what_was_erased_after_the_backup_does_not_come_back(saved: House, new: House) -> None:
    key = new_child(saved)
    backup = saved.folder / "with-child"
    saved.must("backup", "--to", str(backup))
    saved.ask("DELETE FROM learners_learner WHERE family_name = 'Канарейкина'")
    saved.ask("SELECT pg_sleep(1.1)")  # a later backup of the same second takes its place
    saved.must("backup", "--to", str(backup))  # also lists what was erased
    first = min(backup.glob("*.zveno"))

    said = new.must("restore", str(first))

    assert new.value(CHILD.format(key)) == 0
    assert "1 rows erased again" in said
    assert str(key) in (new.folder / "backups" / "erasures.jsonl").read_text()


def new_child(house: House) -> object:
    """Enter a child; return its key."""
    return house.value(
        "INSERT INTO learners_learner (public_id, owner_id, family_name, given_name, patronymic,"
        " first_year, letter, name_key, entered_at) SELECT gen_random_uuid(), min(id),"
        " 'Канарейкина', 'Анна', '', 2022, 'А', 'канарейкина анна', now()"
        " FROM organisations_organisation RETURNING public_id"
    )


def test_a_child_is_erased_with_what_hangs_on_it(saved: House, new: House, tmp_path: Path) -> None:
    key = saved.value(
        "SELECT l.public_id FROM learners_learner l JOIN events_place p ON p.learner_id = l.id"
        " JOIN events_certificate c ON c.learner_id = l.id LIMIT 1"
    )
    listed = tmp_path / "erasures.jsonl"
    listed.write_text(json.dumps({"table": "learners_learner", "key": str(key)}) + "\n")

    new.must("restore", str(plain(saved)), "--erasures", str(listed))

    assert new.value(CHILD.format(key)) == 0


def test_who_is_erased_again_is_counted_out_of_what_is_to_come(
    saved: House, new: House, tmp_path: Path
) -> None:
    ((child, group, listed),) = saved.ask(COMING)
    erasures = tmp_path / "erasures.jsonl"
    erasures.write_text(json.dumps({"table": "learners_learner", "key": str(child)}) + "\n")

    new.must("restore", str(plain(saved)), "--erasures", str(erasures))

    assert new.value(LISTED.format(group)) == int(str(listed)) - 1


def test_without_the_list_of_erasures_nothing_is_restored(
    saved: House, new: House, tmp_path: Path
) -> None:
    alone = tmp_path / plain(saved).name
    alone.write_bytes(plain(saved).read_bytes())

    said = new.zveno("restore", str(alone))

    assert (said.returncode, is_empty(new)) == (1, True)
    assert "There is no list of erasures" in said.stderr
    new.must("restore", str(alone), "--without-erasures")


def test_an_encrypted_one_brings_the_secret_of_the_house(saved: House, bare: House) -> None:
    path, key = sealed(saved), saved.folder / "key"
    bare.variables.pop("ZVENO_SECRET_KEY")

    bare.must("restore", str(path), "--key", str(key))

    assert rows(bare) == saved.rows
    assert (bare.folder / "secret").read_text() == saved.variables["ZVENO_SECRET_KEY"]


def test_another_secret_is_told_of(saved: House, new: House) -> None:
    said = new.zveno("restore", str(plain(saved)), ZVENO_SECRET_KEY="another")

    assert said.returncode == 1
    assert "is not the one this data was made with" in said.stderr
    assert not is_empty(new)


def test_a_broken_journal_and_a_changed_file_are_told_of(told: str, new: House) -> None:
    with empty_house(new.folder, like=told) as forged:
        forged.ask("UPDATE kernel_entry SET verb = 'forged' WHERE id = 5")
        forged.ask("UPDATE documents_storedfile SET data = data || 'x' WHERE id = 1")
        forged.must("backup")
        path = next((forged.folder / "backups").glob("*.zveno"))
        said = new.zveno("restore", str(path))

    assert said.returncode == 1
    assert "the journal does not hold" in said.stderr
    assert "1 files are not what their hash says" in said.stderr


# --- What is refused ------------------------------------------------------------------------


def test_a_house_somebody_lives_in_is_not_touched(saved: House) -> None:
    before = rows(saved)

    said = saved.zveno("restore", str(plain(saved)))

    assert (said.returncode, rows(saved)) == (1, before)
    assert "The database is not empty" in said.stderr


def test_tables_of_another_program_are_not_touched(saved: House, new: House) -> None:
    new.ask("CREATE TABLE grades_of_pupils (id int)")

    said = new.zveno("restore", str(plain(saved)))

    assert "tables of another program (grades_of_pupils)" in said.stderr
    assert new.value("SELECT count(*) FROM grades_of_pupils") == 0


def test_a_house_in_use_is_not_touched(saved: House, new: House) -> None:
    holder = [*new.command("manage", "shell"), "-c"]
    script = "from django.db import connection as c; c.ensure_connection(); input()"
    with subprocess.Popen(
        [*holder, script], env=new.environment(), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as other:
        wait_until(lambda: new.value(f"{OTHERS} AND usename = 'zveno_app'") != 0)
        said = new.zveno("restore", str(plain(saved)))
        other.communicate(b"\n")

    assert "The database is in use" in said.stderr


@pytest.mark.parametrize("kind", ["plain", "sealed"])
def test_a_file_cut_off_is_refused_whole(saved: House, new: House, kind: str) -> None:
    whole = plain(saved) if kind == "plain" else sealed(saved)
    path = new.folder / whole.name
    path.write_bytes(whole.read_bytes()[:-1000])
    key = ["--key", str(saved.folder / "key")] if kind == "sealed" else []

    said = new.zveno("restore", str(path), "--without-erasures", *key)

    assert (said.returncode, is_empty(new)) == (1, True)
    assert "damaged or cut off" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_file_with_a_row_changed_is_refused_whole(saved: House, new: House) -> None:
    path = new.folder / plain(saved).name
    text = gzip.decompress(plain(saved).read_bytes())
    path.write_bytes(gzip.compress(text.replace("Белова".encode(), "Белава".encode())))

    said = new.zveno("restore", str(path), "--without-erasures")

    assert (said.returncode, is_empty(new)) == (1, True)
    assert "is damaged or cut off" in said.stderr


def test_another_key_opens_nothing(saved: House, new: House) -> None:
    house_key(new.must("backup-key"), new.folder / "other")

    said = new.zveno("restore", str(sealed(saved)), "--key", str(new.folder / "other"))
    without = new.zveno("restore", str(sealed(saved)))

    assert "encrypted for another key" in said.stderr
    assert "is encrypted: name the file" in without.stderr


def test_a_kill_in_the_middle_leaves_an_empty_house(saved: House, new: House) -> None:
    for moment in (0, 0.2, 0.5):
        with begun(new, "restore", str(plain(saved))) as process:
            # Whoever looks whether it has begun is one session of the database.
            wait_until(lambda: process.poll() is not None or new.value(OTHERS) != 1)
            time.sleep(moment)
            process.send_signal(signal.SIGKILL)
        wait_until(lambda: new.value(OTHERS) == 1)
        if not is_empty(new):
            break
    else:
        new.must("restore", str(plain(saved)))

    learners = "SELECT count(*) FROM learners_learner"
    assert rows(new)["learners_learner"] == saved.rows["learners_learner"], new.value(learners)


def test_a_kill_of_a_backup_leaves_no_half_of_one(saved: House) -> None:
    folder = saved.folder / "killed"
    for moment in (0, 0.1, 0.2):
        with begun(saved, "backup", "--to", str(folder)) as process:
            wait_until(lambda: process.poll() is not None or any(folder.glob("*.part")))
            time.sleep(moment)
            process.send_signal(signal.SIGKILL)
        assert process.returncode in {0, -signal.SIGKILL}
    saved.must("backup", "--to", str(folder))

    assert not list(folder.glob("*.part"))
    for path in folder.glob("*.zveno"):
        with container.read(path, "") as parts:
            assert [name for name, _ in parts][-1] == container.SUMS


def test_a_full_disk_leaves_no_half_of_one(saved: House) -> None:
    folder = saved.folder / "full"
    folder.mkdir()
    limited = ["/bin/sh", "-c", 'ulimit -f 40; exec "$@"', "sh"]

    said = subprocess.run(
        [*limited, *saved.command("backup", "--to", str(folder))],
        env=saved.environment(),
        check=False,
        capture_output=True,
        text=True,
    )

    assert said.returncode == 1
    assert "The backup was not made" in said.stderr
    assert not list(folder.glob("*.zveno*"))


def begun(house: House, *words: str) -> "subprocess.Popen[bytes]":
    """Begin a command that is going to be killed."""
    return subprocess.Popen(
        house.command(*words),
        env=house.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_until(happened: Callable[[], bool], seconds: float = 120) -> None:
    """Wait for what another process does in its own time. Raises ``TimeoutError``."""
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.02)
