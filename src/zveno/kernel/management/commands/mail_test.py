"""``mail_test``: see whether letters leave."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from zveno.kernel.mailing import try_mail


class Command(BaseCommand):
    """Hand one letter to the mail server, now, and tell what it answers."""

    help = "Send a letter to an address, at once and not through the outbox."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the reader."""
        parser.add_argument("to")

    def handle(self, *_args: Any, to: str, **_options: Any) -> None:
        """Raise ``CommandError`` with the answer of a server that does not take it.

        It is told in English, as all the console says.
        """
        with translation.override("en"):
            refusal = try_mail(to)
        if refusal:
            raise CommandError(refusal)
        self.stdout.write(f"{settings.EMAIL_HOST} took the letter. See that it arrives at {to}.")
