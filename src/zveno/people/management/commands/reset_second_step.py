"""``reset_second_step``: a house whose only operator lost phone and codes is opened again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zveno.kernel.actor import SYSTEM
from zveno.kernel.errors import DomainError
from zveno.people.actions import reset_second_step_at_console
from zveno.people.models import Account


class Command(BaseCommand):
    """Take the second step of one account away; its owner is told."""

    help = "Take the second step of an account away; its sign-ins end, its owner is told."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask whose."""
        parser.add_argument("sign_in_name")

    def handle(self, *_args: Any, sign_in_name: str, **_options: Any) -> None:
        """Raise ``CommandError`` if there is no such account or no second step."""
        account = Account.objects.filter(sign_in_name=sign_in_name.casefold()).first()
        if account is None:
            raise CommandError("Nobody signs in by this name.")
        try:
            reset_second_step_at_console(SYSTEM, account.public_id)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            "The second step is taken away and all sign-ins have ended. "
            "They sign in by the password and set up a second step anew."
        )
