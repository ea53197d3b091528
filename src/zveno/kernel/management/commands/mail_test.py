"""``mail_test``: see whether letters leave."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    """Hand one letter to the mail server, now, and tell what it answers."""

    help = "Send a letter to an address, at once and not through the outbox."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the reader."""
        parser.add_argument("to")

    def handle(self, *_args: Any, to: str, **_options: Any) -> None:
        """Raise ``CommandError`` with the answer of a server that does not take it."""
        server = get_connection("django.core.mail.backends.smtp.EmailBackend", timeout=30)
        letter = EmailMessage(
            "Звено: проверка почты",
            f"Письмо дошло: «Звено» по адресу {settings.ADDRESS} может писать.",
            settings.DEFAULT_FROM_EMAIL,
            [to],
            connection=server,
        )
        try:
            letter.send()
        except (OSError, ValueError) as error:
            raise CommandError(
                f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} did not take the letter: {error}. "
                "Set ZVENO_MAIL_HOST and ZVENO_MAIL_FROM."
            ) from error
        self.stdout.write(f"{settings.EMAIL_HOST} took the letter. See that it arrives at {to}.")
