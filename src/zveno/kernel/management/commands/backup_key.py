"""``backup_key``: a pair of keys for encrypted backups."""

from typing import Any

from django.core.management.base import BaseCommand

from zveno.kernel.backup import container


class Command(BaseCommand):
    """Make a pair of keys; nothing is stored."""

    help = "Print a new pair of keys: what opens backups, and what they are encrypted for."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print both."""
        secret, public = container.new_key()
        self.stdout.write(
            f"# Keep the next line away from this machine; only it opens the backups.\n{secret}\n"
            f"# Set this where backups are made.\n# ZVENO_BACKUP_KEY={public}"
        )
