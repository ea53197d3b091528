"""``zveno check``: is this installation what it must be."""

from typing import Any

from django.core import checks as django_checks
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from zveno.kernel import checks


class Command(BaseCommand):
    """Run Django's checks for production and ours; on demand follow the journal."""

    help = "Check settings, database, clock, disk, secret and backups; --journal the journal too."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Let the journal be followed."""
        parser.add_argument("--journal", action="store_true", help="follow the journal's chain")
        parser.add_argument("--root", default="", help="the last mark kept outside: PLACE:MARK")

    def handle(self, *_args: Any, journal: bool, root: str, **_options: Any) -> None:
        """Print what is wrong; raise ``CommandError`` if that is not only a doubt."""
        if journal or root:
            call_command("check_journal", root=root, stdout=self.stdout)
        found = django_checks.run_checks(include_deployment_checks=True)
        found = [each for each in found if not each.is_silenced()]
        found += list(checks.house())
        for each in found:
            self.stdout.write(str(each))
        errors = sum(each.is_serious() for each in found)
        if errors:
            raise CommandError(f"{errors} errors, {len(found) - errors} doubts.")
        self.stdout.write(f"No errors, {len(found)} doubts.")
