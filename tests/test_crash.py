"""A part is killed in the middle of signing, registering and issuing."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests import live

pytestmark = [pytest.mark.slow, pytest.mark.crash]
Work = tuple[str, str, Callable[[], live.Answer]]


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give a folder for a database that its account can reach."""
    with tempfile.TemporaryDirectory(prefix="zveno-") as name:
        Path(name).chmod(0o711)
        yield Path(name)


@pytest.mark.parametrize("part", ["web", "worker", "database"])
def test_nothing_acknowledged_is_lost_and_the_next_start_is_clean(part: str, folder: Path) -> None:
    site = live.start(folder, ZVENO_ENV="test")
    crowd = ask_crowd(folder, "make")

    acknowledged = work_until_killed(site, crowd, part)

    assert site.process.wait(60) == 1
    ledger = folder / "ledger.json"
    ledger.write_text(json.dumps(acknowledged))
    again = live.start(folder, ZVENO_ENV="test")
    faults = ask_crowd(folder, "check", str(ledger))
    assert again.stop() == 0
    assert faults == []
    assert all(acknowledged.values()), "the part was killed before anything happened"


def work_until_killed(site: live.Site, crowd: Any, part: str) -> dict[str, list[str]]:
    """Let everybody work; kill the part in the middle; return what was acknowledged."""
    acknowledged: dict[str, list[str]] = {"registered": [], "signed": [], "issued": []}
    killed = False

    def do(work: Work) -> None:
        kind, key, knock = work
        with suppress(OSError, HTTPException):
            if not killed and knock().status in {200, 302}:
                acknowledged[kind].append(key)

    with ThreadPoolExecutor(6) as pool:
        jobs = [pool.submit(do, work) for work in mixed(crowd, site.port)]
        while not all(acknowledged.values()) and not all(job.done() for job in jobs):
            time.sleep(0.01)
        time.sleep(0.1)
        site.kill(part)
        time.sleep(0.5)
        killed = True
    return acknowledged


def mixed(crowd: Any, port: int) -> list[Work]:
    """List what everybody does, kinds side by side."""

    def visitor(session: str) -> live.Visitor:
        return live.Visitor(port, {settings.SESSION_COOKIE_NAME: session})

    def register(school: dict[str, str]) -> live.Answer:
        address = f"/e/{crowd['event']}/register/"
        return visitor(school["session"]).post(address, sender=school["key"], seats="1")

    def sign(token: str) -> live.Answer:
        return live.Visitor(port).upload(f"/sign/{token}/", "file", b"%PDF-1.7\n%%EOF\n")

    def issue(event: str) -> live.Answer:
        return visitor(crowd["coordinator"]).post(f"/e/{event}/certificates/issue/")

    kinds: list[list[Work]] = [
        [("issued", key, partial(issue, key)) for key in crowd["held"]],
        [
            ("registered", school["key"], partial(register, school))
            for school in crowd["schools"][: len(crowd["schools"]) // 2]
        ],
        [("signed", token, partial(sign, token)) for token in crowd["tokens"]],
    ]
    longest = max(map(len, kinds))
    return [kind[n] for n in range(longest) for kind in kinds if n < len(kind)]


def ask_crowd(folder: Path, *words: str) -> Any:
    """Run ``tests.crowd`` beside the running Zveno of ``folder``."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.crowd", *words],
        cwd=live.ROOT,
        env=live.without_database() | {"ZVENO_VAR": str(folder), "ZVENO_ENV": "test"},
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(answer.stdout)
