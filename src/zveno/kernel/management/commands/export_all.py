"""``export_all``: everything in open formats, for going elsewhere."""

import zipfile
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections, models, transaction
from psycopg import sql

READ_ME = """Everything Zveno holds, as of one moment. tables/*.csv: UTF-8, comma, first line names
the columns, \\N is nothing; a column NAME_id holds the id of a row of another table. files/: each
file of tables/documents_storedfile.csv under its sha256. Secrets and links that open something are
left out.
"""


class Command(BaseCommand):
    """Write tables as CSV and files as they are into one ZIP."""

    help = "Write everything as CSV and files into one ZIP."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the file to write."""
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        """Raise ``CommandError`` if the file is there already or cannot be written."""
        unfinished = file.with_name(f"{file.name}.part")
        if file.exists():
            raise CommandError(f"{file} exists. Name another one.")
        try:
            with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
                    archive.writestr("README.txt", READ_ME)
                    _write(archive, cursor)
            unfinished.chmod(0o600)
            unfinished.replace(file)
        except OSError as error:
            unfinished.unlink(missing_ok=True)
            raise CommandError(f"{file} cannot be written: {error}") from error
        self.stdout.write(f"Wrote {file}. It holds personal data: keep it as you keep the backups.")


def _write(archive: zipfile.ZipFile, cursor: Any) -> None:
    for model in apps.get_models(include_auto_created=True):
        told = [field for field in model._meta.concrete_fields if _is_told(model, field)]
        names = [str(field.column) for field in told]
        table = model._meta.db_table
        if model.__module__.startswith("zveno.") and names and not model._meta.proxy:
            with archive.open(f"tables/{table}.csv", "w", force_zip64=True) as target:
                _copy(cursor, target, table, names)
    cursor.execute("SELECT DISTINCT sha256 FROM documents_storedfile")
    for (digest,) in cursor.fetchall():
        cursor.execute("SELECT data FROM documents_storedfile WHERE sha256 = %s LIMIT 1", [digest])
        archive.writestr(f"files/{digest}", bytes(cursor.fetchone()[0]))


def _is_told(model: type[models.Model], field: Any) -> bool:
    sealed = str(getattr(model, "DATA", {}).get(field.name, "")) == "sealed"
    return not sealed and not isinstance(field, models.BinaryField)


def _copy(cursor: Any, target: Any, table: str, names: list[str]) -> None:
    ask = sql.SQL("COPY (SELECT {} FROM {} ORDER BY 1) TO STDOUT (FORMAT csv, HEADER, NULL '\\N')")
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    with cursor.copy(ask.format(columns, sql.Identifier(table))) as rows:
        for block in rows:
            target.write(block)
