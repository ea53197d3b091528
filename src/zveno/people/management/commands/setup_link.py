"""``setup_link``: the address at which an empty installation is set up, printed once."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from zveno.kernel.actor import SYSTEM
from zveno.organisations.models import Territory
from zveno.people.actions import SetUpAlready, offer_setup
from zveno.people.models import Setup


class Command(BaseCommand):
    """Print the link; the one printed before is void."""

    help = "Print the address at which this Zveno is set up, as long as nobody works here."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let the first start print it without making the last one void."""
        parser.add_argument("--unless-printed", action="store_true")

    def handle(self, *_args: Any, unless_printed: bool, **_options: Any) -> None:
        """Raise ``CommandError`` if people work here."""
        if unless_printed and Setup.objects.live().exists():
            self.stdout.write(
                "Nobody works here yet. Open the setup link printed at the first start; "
                "zveno setup-link prints a new one."
            )
            return
        country = Territory.objects.get(kind=Territory.Kind.COUNTRY)
        try:
            token = offer_setup(SYSTEM, country.public_id)
        except SetUpAlready as refusal:
            raise CommandError(
                "People work here already. New ones are invited on the pages."
            ) from refusal
        self.stdout.write(
            "Nobody works here yet. Open this address within 3 days to set Zveno up. "
            f"It is shown this once:\n{settings.ADDRESS}/setup/{token}/"
        )
