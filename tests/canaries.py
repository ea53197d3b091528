"""A child like no other, and how something of it is found wherever it may stand."""

import gzip
import html
import io
import re
import zipfile
from base64 import b64decode
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any
from urllib.parse import unquote

import pypdf
from django.db.models import QuerySet

from tests.world import CANARY, World, present
from zveno.desk.models import ExportRequest
from zveno.events.actions import draw_batch
from zveno.events.models import Certificate
from zveno.learners.models import Guardian, Learner, name_key
from zveno.people.models import actor_of

GIVEN, PATRONYMIC, BORN = "Златоцвета", "Щегловна", date(2014, 3, 29)
GUARDIAN, EMAIL = "Зябликова Пелагея", "zyablikova-951@example.org"
# Stems, so that they are found in every case, and in what PostgreSQL keeps of words.
WORDS = {
    "family": ["канарейкин"],
    "given": ["златоцвет"],
    "patronymic": ["щегловн"],
    "birthday": ["2014-03-29", "29.03.2014", "29 марта 2014", "29 march 2014", "march 29, 2014"],
    "guardian": ["зябликов", "пелаге"],
    "email": ["zyablikova"],
}
COLUMNS = """
    SELECT table_name, column_name, data_type FROM information_schema.columns
    JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
    ORDER BY table_name, ordinal_position
"""
_BASE64 = re.compile("[A-Za-z0-9+/]{40,}={0,2}")
_CODED = re.compile("%d[01]|\\\\u0|&#", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})", re.IGNORECASE)
_SPLIT = re.compile("[\u00ad\u200b]|-\n")
_ADDRESS = re.compile(r'\b(?:href|src|action|formaction|content|data-[\w-]+)="([^"]*)"')


def signs(text: str) -> set[str]:
    """Tell what of the child stands in a text: in letters, percents, escapes or entities."""
    if _CODED.search(text):
        text += _ESCAPE.sub(lambda found: chr(int(found[1], 16)), html.unescape(unquote(text)))
    text = text.casefold()
    return {kind for kind, words in WORDS.items() if any(word in text for word in words)}


def opened(data: bytes) -> str:
    """Return the words of anything that may be downloaded: what is packed is unpacked."""
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return "\n".join(f"{name}\n{opened(packed.read(name))}" for name in packed.namelist())
    if data.startswith(b"%PDF"):
        with suppress(pypdf.errors.PyPdfError):
            drawn = pypdf.PdfReader(io.BytesIO(data))
            pages = "\n".join(page.extract_text() for page in drawn.pages)
            return _SPLIT.sub("", f"{pages}\n{dict(drawn.metadata or {})}")
    if data.startswith(b"\x1f\x8b"):
        return opened(gzip.decompress(data))
    return data.decode("utf-8", "replace")


def addresses(page: str) -> str:
    """Return all a page leads to."""
    return "\n".join(_ADDRESS.findall(page))


def one_child(world: World) -> World:
    """Let every child of school A be that child, its parents that parent, its papers drawn."""
    Learner.objects.exclude(owner=world.school_a).update(family_name="Иванова")
    disguise(Learner.objects.filter(owner=world.school_a))
    ExportRequest.objects.update(kind=ExportRequest.Kind.CHILDREN)
    draw_batch(actor_of(present(world.who["coordinator"])), world.batch.public_id)
    return world


def disguise(children: "QuerySet[Learner]") -> None:
    """Let children be that child, wherever their names stand."""
    keys = list(children.values_list("pk", flat=True))
    named = {"family_name": CANARY, "given_name": GIVEN, "name_key": name_key(CANARY, GIVEN)}
    children.filter(pk__in=keys).update(patronymic=PATRONYMIC, born_on=BORN, **named)
    at_home = Guardian.objects.filter(learner__in=keys).exclude(named_at=None)
    at_home.update(name=GUARDIAN, email=EMAIL)
    Certificate.objects.filter(learner__in=keys).update(name=f"{GIVEN} {CANARY}")


def everything(cursor: Any) -> Iterator[tuple[str, str]]:
    """Yield each row of each table in words, with what is packed in its columns."""
    cursor.execute(COLUMNS)
    columns: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for table, column, kind in cursor.fetchall():
        columns[table].append((column, kind))
    for table, named in columns.items():
        plain = [f'"{column}"::text' for column, kind in named if kind != "bytea"]
        packed = [f'"{column}"' for column, kind in named if kind == "bytea"]
        cursor.execute(f'SELECT {", ".join([*plain, *packed])} FROM "{table}"')  # noqa: S608 - ours
        for row in cursor.fetchall():
            text = "\n".join(str(cell) for cell in row[: len(plain)] if cell is not None)
            yield table, f"{text}\n{_of_bytes(text)}"
            for cell in row[len(plain) :]:
                yield table, opened(bytes(cell or b""))


def _of_bytes(text: str) -> str:
    """Read what stands in a text as base64: a table that was uploaded."""
    found = []
    for run in _BASE64.findall(text):
        with suppress(ValueError):
            found.append(opened(b64decode(run)))
    return "\n".join(found)


def tables_that_tell(cursor: Any) -> dict[str, set[str]]:
    """Name the tables in which something of the child stands, and what."""
    found: dict[str, set[str]] = defaultdict(set)
    for table, text in everything(cursor):
        found[table] |= signs(text)
    return {table: kinds for table, kinds in found.items() if kinds}
