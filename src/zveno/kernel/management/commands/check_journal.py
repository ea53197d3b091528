"""``check_journal``: tell whether the chain of the journal holds."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zveno.kernel import journal
from zveno.kernel.models import Seal


class Command(BaseCommand):
    """Follow the chain of seals from its first link."""

    help = "Tell whether the journal was edited, cut or reordered since it was sealed."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print the length and the last mark; raise ``CommandError`` where the chain breaks."""
        for fault in journal.faults():
            raise CommandError(fault)
        last = Seal.objects.order_by("-place").first()
        held = f"{last.place} entries, last mark {last.mark}" if last else "nothing is sealed yet"
        self.stdout.write(f"The journal holds: {held}.")
