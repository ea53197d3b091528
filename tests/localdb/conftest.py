import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def any_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set what leads psql elsewhere: it must not lead us."""
    monkeypatch.delenv("ZVENO_POSTGRES_BIN", raising=False)
    monkeypatch.setenv("PGPORT", "1")
    monkeypatch.setenv("PGDATABASE", "nowhere")


@pytest.fixture
def place() -> Iterator[Path]:
    """Give a folder that the account of the server can reach."""
    with tempfile.TemporaryDirectory(prefix="zveno-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o711)
        yield Path(name)
