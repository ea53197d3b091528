"""``demo``: the networks of the founding articles in an empty database; prints the accounts."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from zveno.demo.management import (
    checks,
    classes,
    engineers,
    families,
    handouts,
    keeping,
    merging,
    opinions,
    region,
    reviews,
    story,
    visits,
)
from zveno.network.tasks import count_agreements
from zveno.organisations.models import Organisation, Territory
from zveno.people.models import FAR_SIGHTED, Account


class Command(BaseCommand):
    """Tell the story into an empty database; say who may sign in."""

    help = "Build the demonstration into an empty database and print its accounts."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Build unless somebody works here already."""
        first = story.TOLD["people"][0]["name"]
        if not Account.objects.exists():
            self._begin_anew()
            story.tell()
            region.tell()
            checks.tell()
            families.tell()
            classes.tell()
            keeping.tell()
            opinions.tell()
            handouts.tell()
            engineers.tell()
            visits.tell()
            merging.tell()
            reviews.tell()
            count_agreements(0)
        if Account.objects.filter(sign_in_name=first).exists():
            self._print()

    def _begin_anew(self) -> None:
        """Clear what an interrupted demonstration left: nobody could have worked there yet."""
        if not Organisation.objects.exists():
            return
        call_command("flush", database="owner", interactive=False, verbosity=0)
        Territory.objects.create(kind=Territory.Kind.COUNTRY, name="Россия", genitive="России")

    def _print(self) -> None:
        self.stdout.write(f"Accounts of the demonstration, password {story.TOLD['password']}:")
        for one in [*story.TOLD["people"], reviews.DIRECTOR, *region.CAST]:
            star = "*" if one["role"] in FAR_SIGHTED else " "
            self.stdout.write(
                "  {name:8}{star} {given_name} {family_name}, {title}".format(star=star, **one)
            )
        self.stdout.write(
            "* In real work they sign in by two steps; here they may: My account, Second step."
        )
