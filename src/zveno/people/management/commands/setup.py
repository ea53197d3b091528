"""``setup``: the first organisation and the invitation of its first person, printed once."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

import zveno.organisations
from zveno.kernel.actor import SYSTEM
from zveno.kernel.errors import DomainError
from zveno.organisations.actions import Passport, add_territory, found_organisation
from zveno.organisations.models import Organisation, Territory
from zveno.people.actions import Appointment, appoint, invite
from zveno.people.models import Account, Post

REGIONS = Path(zveno.organisations.__file__).parent / "data" / "regions.txt"


def regions() -> list[tuple[str, str]]:
    """Return the regions of Russia, nominative and genitive."""
    lines = REGIONS.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(" | ") for line in lines if not line.startswith("#"))
    return [(name, genitive) for name, _, genitive in pairs]


class Command(BaseCommand):
    """Lay the ground of an installation in which nobody works yet."""

    help = "Enter the regions, the own organisation and its first person; print their invitation."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for what nobody else can know."""
        kinds = [*Organisation.Kind]
        parser.add_argument("--organisation", required=True, help="the full name")
        parser.add_argument("--kind", default=Organisation.Kind.COLLEGE, choices=kinds)
        parser.add_argument("--inn", default="", help="10 digits")
        parser.add_argument("--region", required=True, help="as in the list, e. g. Санкт-Петербург")
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
        if given["region"] not in dict(regions()):
            raise CommandError(f"There is no region «{given['region']}». The list: {REGIONS}")
        try:
            token = self._lay(given)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            "Open this address within 7 days and choose a name and a password. "
            f"It is shown this once and opens once:\n{settings.ADDRESS}/invitation/{token}/"
        )

    def _lay(self, given: dict[str, Any]) -> str:
        """Enter what is missing: a repeated setup goes on where one was broken off."""
        country = Territory.objects.get(kind=Territory.Kind.COUNTRY)
        known = {*country.below.values_list("name", flat=True)}
        for name, genitive in regions():
            if name not in known:
                kind = Territory.Kind.REGION
                add_territory(SYSTEM, country.public_id, kind=kind, name=name, genitive=genitive)
        region = country.below.get(name=given["region"])
        house = Organisation.objects.named(given["organisation"]).first()
        if house is None:
            passport = Passport(given["kind"], given["organisation"], inn=given["inn"])
            house = found_organisation(SYSTEM, region.public_id, passport=passport)
        person = {name: given[name] for name in ("family_name", "given_name", "patronymic")}
        appointment = Appointment(
            **person, email=given["email"], role=given["role"], title=given["post"]
        )
        post = house.posts.filter(role=given["role"]).first()
        post = post or appoint(SYSTEM, house.public_id, appointment=appointment)
        return invite(SYSTEM, post.public_id)
