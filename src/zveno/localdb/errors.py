from collections.abc import Mapping
from pathlib import Path


class LocalDatabaseError(Exception):
    """The database cannot be used; the text says what, where, and how to mend it."""


class AlreadyRunning(LocalDatabaseError):
    """Another process holds the database; ``details`` is what it told about itself.

    Keys, each only if known: ``pid``, ``app_url``, ``owner_url``, ``address``.
    """

    def __init__(self, directory: Path, details: Mapping[str, str]) -> None:
        self.details = details
        process = f", process {details['pid']}" if "pid" in details else ""
        where = f" at {details['address']}" if "address" in details else ""
        super().__init__(
            f"Zveno already runs{where} (database {directory}{process}). "
            "Use that one, or stop it first."
        )
