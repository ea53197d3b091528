"""``setup``: the first organisation and the invitation of its first person, printed once."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from zveno.kernel.actor import SYSTEM
from zveno.kernel.errors import DomainError
from zveno.organisations.actions import Passport
from zveno.organisations.models import Organisation, Territory
from zveno.people.actions import Appointment, House, offer_setup, set_up
from zveno.people.models import Account, Post, Setup


class Command(BaseCommand):
    """Lay the ground of an installation in which nobody works yet, without a browser."""

    help = "Enter the own organisation and its first person; print their invitation."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for what nobody else can know."""
        kinds = [*Organisation.Kind]
        parser.add_argument("--organisation", required=True, help="the full name")
        parser.add_argument("--kind", default=Organisation.Kind.COLLEGE, choices=kinds)
        parser.add_argument("--inn", default="", help="10 digits")
        parser.add_argument("--region", required=True, help="as in the list, e. g. Санкт-Петербург")
        parser.add_argument("--district", default="", help="e. g. Петроградский район")
        parser.add_argument("--zone", default="", help="the time zone, e. g. Asia/Omsk")
        parser.add_argument("--family-name", required=True)
        parser.add_argument("--given-name", default="")
        parser.add_argument("--patronymic", default="")
        parser.add_argument("--email", default="", help="the invitation goes there, too")
        parser.add_argument("--role", default=Post.Role.COORDINATOR, choices=[*Post.Role])
        parser.add_argument("--post", default="", help="in the organisation's words")

    def handle(self, *_args: Any, **given: Any) -> None:
        """Raise ``CommandError`` if somebody works here already, or what was given cannot be."""
        if Account.objects.exists():
            raise CommandError("People work here already. New ones are invited on the pages.")
        passport = Passport(given["kind"], given["organisation"], inn=given["inn"])
        house = House(passport, given["region"], given["district"], given["zone"])
        person = {name: given[name] for name in ("family_name", "given_name", "patronymic")}
        first = Appointment(**person, email=given["email"], role=given["role"], title=given["post"])
        try:
            token = self._lay(house, first)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            "Open this address within 7 days and choose a name and a password. "
            f"It is shown this once and opens once:\n{settings.ADDRESS}/invitation/{token}/"
        )

    def _lay(self, house: House, first: Appointment) -> str:
        """Take the place of whoever would open the link: it is void from now on."""
        country = Territory.objects.get(kind=Territory.Kind.COUNTRY)
        offer_setup(SYSTEM, country.public_id)
        setup = Setup.objects.live().latest("pk")
        return set_up(SYSTEM, setup.public_id, house=house, first=first)
