"""The drill: 100,000 people from a backup onto a machine that has nothing, every proof included."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.sizes import Figure
from tests.houses import House
from tests.live import without_database
from zveno.localdb import temporary

FILL = """
INSERT INTO organisations_organisation
    (public_id, kind, name, short_name, name_key, inn, kpp, ogrn, email, phone, site, address)
SELECT gen_random_uuid(), 'school', 'Школа № ' || n || ' (пример)', 'Школа № ' || n,
    'школа ' || n || ' пример', '', '', '', '', '', '', ''
FROM generate_series(1, 300) n;
INSERT INTO learners_learner (public_id, owner_id, family_name, given_name, patronymic,
    first_year, letter, name_key, entered_at)
SELECT gen_random_uuid(), n % 300 + 1, 'Примеров' || n, 'Иван', 'Петрович', 2026 - n % 11, 'А',
    'примеров' || n || ' иван', now()
FROM generate_series(1, 100000) n;
INSERT INTO learners_consent (public_id, owner_id, learner_id, purpose, method, text_hash, given_at)
SELECT gen_random_uuid(), owner_id, id, 'events', 'paper', repeat('a', 64), now()
FROM learners_learner;
INSERT INTO learners_disclosure (public_id, owner_id, learner_id, organisation_id, purpose, source,
    until)
SELECT gen_random_uuid(), owner_id, id, 1, 'events', 'events.Group#1', now() + interval '30 days'
FROM learners_learner;
INSERT INTO kernel_entry (public_id, verb, actor_key, means, organisation, target_kind, target_key,
    details, created_kind, created_key, at)
SELECT gen_random_uuid(), 'learners.enter', md5(id::text), 'account', owner_id,
    'learners.Learner', md5(id::text), '{}', '', '', now()
FROM learners_learner;
"""
SEAL = "from zveno.kernel import journal\nwhile journal.seal(all_of_it=True): pass"


def measure() -> Iterator[Figure]:
    """Yield the seconds of the whole command and the size of the file."""
    with tempfile.TemporaryDirectory(prefix="zveno-") as place:
        Path(place).chmod(0o711)
        folder = Path(place) / "backups"
        path = _saved(Path(place), folder)
        machine = House(_variables(Path(place) / "new"), "", Path(place))
        begun = time.perf_counter()
        machine.must("restore", str(path))
        yield "restore.people_100000.seconds", time.perf_counter() - begun, 60
        yield "backup.people_100000.mb", path.stat().st_size / 2**20, 100


def _variables(var: Path) -> dict[str, str]:
    var.mkdir()
    clean = {key: value for key, value in without_database().items() if "ZVENO" not in key}
    secret = {"ZVENO_SECRET_KEY": "of the drill", "ZVENO_ENV": "development"}
    return clean | secret | {"ZVENO_VAR": str(var), "DATABASE_URL": ""}


def _saved(place: Path, folder: Path) -> Path:
    with temporary() as server:
        urls = {"DATABASE_URL": server.app_url, "ZVENO_OWNER_DATABASE_URL": server.owner_url}
        house = House(_variables(place / "old") | urls, server.owner_url, place)
        house.must("migrate")
        house.ask(FILL)
        house.must("manage", "shell", "-c", SEAL)
        house.must("backup", "--to", str(folder))
    return next(folder.glob("*.zveno"))
