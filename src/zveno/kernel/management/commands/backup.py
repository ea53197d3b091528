"""``backup``: save everything into one file; see docs/operator.md."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from zveno.kernel import erasures
from zveno.kernel.backup import BackupError, kept, save


class Command(BaseCommand):
    """Make a backup, thin the old ones, list what was erased."""

    help = "Save everything into one file, encrypted for ZVENO_BACKUP_KEY; remove old ones."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Let the folder be named."""
        parser.add_argument("--to", type=Path, help="a folder other than ZVENO_BACKUPS")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Raise ``CommandError`` if the backup was not made."""
        folder: Path = options["to"] or settings.BACKUPS
        try:
            if "kernel_erasure" in connections["owner"].introspection.table_names():
                erasures.note(folder)
            path = save.save(folder, os.environ.get("ZVENO_BACKUP_KEY", ""))
            gone = kept.thin(folder)
        except (OSError, BackupError) as error:
            raise CommandError(f"The backup was not made: {error}") from error
        size = path.stat().st_size / 2**20
        self.stdout.write(f"Saved {path} ({size:.1f} MB); {len(gone)} old ones removed.")
