"""``check_journal``: tell whether the chain of the journal holds."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zveno.kernel import journal


class Command(BaseCommand):
    """Follow the chain of seals from its first link."""

    help = "Tell whether the journal was edited, cut or reordered since it was sealed."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a mark that was kept outside."""
        parser.add_argument("--root", default="", help="the last mark kept outside: PLACE:MARK")

    def handle(self, *_args: Any, root: str = "", **_options: Any) -> None:
        """Print the length and the last mark; raise ``CommandError`` where the chain breaks."""
        for fault in journal.faults(_read(root) if root else None):
            raise CommandError(fault)
        last = journal.root()
        self.stdout.write(f"The journal holds: {last.place} entries, last mark {last}.")


def _read(text: str) -> journal.Root:
    try:
        return journal.Root.read(text)
    except ValueError as error:
        raise CommandError("A root is written PLACE:MARK, as this command prints it.") from error
