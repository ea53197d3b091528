"""The command ``zveno`` (``python -m zveno``): run all of it, or one part of it."""

import argparse
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module

from zveno.config.console_database import ConsoleError, environment_of_one_command
from zveno.config.console_run import run
from zveno.config.console_upgrade import upgrade_database
from zveno.localdb import LocalDatabaseError

# Loaded when asked for: `run` keeps watch for weeks and needs no Django.
_MANAGEMENT = "django.core.management"
_MIGRATE = "migrate", "--database=owner", "--skip-checks"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command named in ``arguments`` and return its exit code."""
    parser = _parser()
    options, rest = parser.parse_known_args(arguments)
    if rest and not options.passes_on:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    command: Callable[[list[str]], int] = options.command
    try:
        return command([*options.rest, *rest])
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except (ConsoleError, LocalDatabaseError, PermissionError) as error:
        sys.stderr.write(f"zveno: {error}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="zveno", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Callable[[list[str]], int], says: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=says, description=says)
        added.set_defaults(command=command, rest=[], passes_on=False)
        return added

    def pass_on(name: str, says: str, to: str = "") -> None:
        added = commands.add_parser(name, help=says, add_help=False)
        command = partial(_named, name, to or name.replace("-", "_"))
        added.set_defaults(command=lambda rest: command(*rest), rest=[], passes_on=True)

    add("run", lambda _: run(), "database, migrations, demo, web server and worker, until Ctrl C")
    add("migrate", lambda _: _manage(*_MIGRATE), "bring the tables up to date")
    add("demo", lambda _: _manage("demo"), "fill an empty database with the demo")
    add("worker", lambda _: _manage("worker"), "do queued work and send letters, until stopped")
    add("prepare", lambda _: _prepare(), "what `run` does before it opens")
    pass_on("check", "tell what is wrong with this installation", to="check_house")
    pass_on("backup", "save everything into one file, remove old ones")
    pass_on("restore", "bring a backup back into an empty database and prove it")
    pass_on("backup-key", "print a pair of keys for encrypted backups")
    pass_on("setup-link", "print the address at which an empty Zveno is set up")
    pass_on("setup", "the same without a browser: own organisation and first person")
    pass_on("reset-second-step", "let somebody whom nobody else can help sign in by password")
    pass_on("districts", "enter districts from the official classification (OKTMO)")
    pass_on("mail-test", "send a letter to an address, to see that letters leave")
    pass_on("export-all", "write everything as CSV and files into one ZIP")
    upgrade = add("upgrade-database", upgrade_database, "move to another PostgreSQL")
    upgrade.add_argument("rest", nargs="*", metavar="FOLDER", help="of the old programs")
    manage = add("manage", lambda rest: _manage(*rest), "pass a command on to Django")
    manage.add_argument("rest", nargs=argparse.REMAINDER)
    test = add("test-database", _test_database, "run a command with a throw-away database")
    test.add_argument("rest", nargs=argparse.REMAINDER)
    return parser


def _manage(*arguments: str) -> int:
    with environment_of_one_command():
        import_module(_MANAGEMENT).execute_from_command_line(["zveno manage", *arguments])
    return 0


def _named(name: str, command: str, *arguments: str) -> int:
    """Run a command of Django under the name it has here, so that its help tells that name."""
    with environment_of_one_command():
        import_module("django").setup()
        utility = import_module(_MANAGEMENT).ManagementUtility(["zveno", command])
        utility.fetch_command(command).run_from_argv(["zveno", name, *arguments])
    return 0


def _prepare() -> int:
    code: int = import_module("zveno.config.console_prepare").prepare()
    return code


def _test_database(rest: list[str]) -> int:
    code: int = import_module("zveno.config.console_test").run_with_test_database(rest)
    return code
