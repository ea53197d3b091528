"""``restore``: bring a backup back into an empty database, proven; see docs/operator.md."""

import tempfile
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from zveno.kernel import erasures, journal
from zveno.kernel.backup import BackupError, load
from zveno.kernel.models import Seal


class Command(BaseCommand):
    """Restore, erase again what was erased since, prove all of it."""

    help = "Restore a backup into an empty database and prove that it is whole."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the file, what opens it, and what must not come back."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", type=Path, help="the file with the secret key")
        chosen = parser.add_mutually_exclusive_group()
        chosen.add_argument("--erasures", type=Path, help=f"the list {erasures.LIST}")
        chosen.add_argument("--without-erasures", action="store_true", help="let them come back")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Raise ``CommandError`` if nothing was restored, or a proof of what was fails."""
        begun = time.monotonic()
        listed = _erasures(options)
        try:
            key = options["key"].read_text() if options["key"] else ""
            restored = load.restore(options["file"], key, listed)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        _keep_list(listed)
        _take_over_secret(restored)
        faults = restored.faults + [f"the journal does not hold: {f}" for f in journal.faults()]
        last = Seal.objects.order_by("-place").first()
        self.stdout.write(
            f"Restored {restored.rows} rows of {restored.header['made_at']} in "
            f"{time.monotonic() - begun:.0f} s, counted and hashed as they were saved; "
            f"{restored.files} files hashed; the journal's mark is {last.mark if last else '-'}; "
            f"{restored.erased} rows erased again."
        )
        if faults:
            raise CommandError("Restored, but:\n" + "\n".join(faults))


def _erasures(options: dict[str, Any]) -> Path | None:
    """Find the list of what must not come back. Raises ``CommandError`` if there is none."""
    if options["without_erasures"]:
        return None
    path: Path = options["erasures"] or options["file"].with_name(erasures.LIST)
    if not path.exists() and options["file"].exists():
        raise CommandError(
            f"There is no list of erasures at {path}. What was erased after the backup would come "
            "back. Copy the list from the folder of the backups, name it with --erasures, or say "
            "--without-erasures if you accept that."
        )
    return path


def _keep_list(listed: Path | None) -> None:
    """Keep the list beside the backups to come, too: it holds for older ones still."""
    ours = settings.BACKUPS / erasures.LIST
    if listed and listed.resolve() != ours.resolve():
        known = set(ours.read_text().splitlines()) if ours.exists() else set()
        new = [line for line in listed.read_text().splitlines() if line not in known]
        erasures.append(ours, new)


def _take_over_secret(restored: load.Restored) -> None:
    """Go on with the secret of the saved house; the one made for the empty house signed nothing."""
    kept = settings.VAR / "secret"
    ours = kept.exists() and kept.read_text() == settings.SECRET_KEY
    if restored.secret and ours and not restored.same_secret:
        with tempfile.NamedTemporaryFile("w", dir=settings.VAR, delete=False) as new:
            new.write(restored.secret)
        Path(new.name).replace(kept)
        settings.SECRET_KEY = restored.secret
    if not restored.same_secret:
        where = kept if ours else "ZVENO_SECRET_KEY"
        restored.faults.append(
            f"the secret in {where} is not the one this data was made with: links, second factors "
            "and names in the journal will not match. Put the old one there"
        )
