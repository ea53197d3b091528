"""Files made to harm: the bounded child process refuses them, or reads them harmlessly."""

import base64
import io
import random
import stat
import zipfile
from collections.abc import Callable

import pytest

from tests.engines.tables_books import SMALL, ods, repacked, with_markup
from tests.engines.tables_documents import HEADS, SCHOOL, document, table
from tests.engines.test_tables_refusals import bombs
from zveno.kernel import engines
from zveno.kernel.engines import EngineRefused

pytestmark = [pytest.mark.slow, pytest.mark.child]
MEGABYTES, SECONDS = 512, 20
LAUGHS = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
ENTITY = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
STRINGS = "xl/sharedStrings.xml"


def part(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(SMALL)) as archive:
        return archive.read(name)


def with_link() -> bytes:
    memory = io.BytesIO(SMALL)
    with zipfile.ZipFile(memory, "a") as archive:
        entry = zipfile.ZipInfo("xl/link")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return memory.getvalue()


def nested_archive() -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", 8) as archive:
        archive.writestr("a.xlsx", SMALL)
    return memory.getvalue()


def many_strings() -> bytes:
    """Put a million different words into the strings of a workbook: packed well, but no bomb."""
    letters = random.Random(7)  # noqa: S311 - a file for a test
    words = b"".join(b"<si><t>%x</t></si>" % letters.getrandbits(40) for _ in range(700_000))
    return repacked(SMALL, {STRINGS: part(STRINGS).replace(b"</sst>", words + b"</sst>")})


def many_tables() -> bytes:
    """Write tables of a row each, below each other."""
    row = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{:x}</w:t></w:r></w:p></w:tc><w:tc/></w:tr></w:tbl>"
    return document(table(HEADS, SCHOOL), *map(row.format, range(3_000)))


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "laughs in the strings": (lambda: repacked(SMALL, {STRINGS: LAUGHS}), "unsafe_archive"),
    "a file in the strings": (lambda: repacked(SMALL, {STRINGS: ENTITY}), "unsafe_archive"),
    "a file in the workbook": (
        lambda: repacked(SMALL, {"xl/workbook.xml": ENTITY + part("xl/workbook.xml")}),
        "unsafe_archive",
    ),
    "an entity in UTF-16": (
        lambda: repacked(SMALL, {STRINGS: b"\xff\xfe" + ENTITY.decode().encode("utf-16-le")}),
        "unsafe_archive",
    ),
    "a symbolic link": (with_link, "unsafe_archive"),
    "an archive in an archive": (nested_archive, "unsupported_format"),
    "an open document of entities": (
        lambda: repacked(ods(""), {"content.xml": LAUGHS}),
        "unsafe_archive",
    ),
}
HARMLESS: dict[str, Callable[[], bytes]] = {
    "macros": lambda: repacked(SMALL, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(2000)}),
    "a lie about its size": lambda: with_markup(
        b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>'
    ),
    "a formula that calls": lambda: with_markup(
        b"</sheetData>", b'<row r="3"><c r="A3"><f>cmd|"/c calc"!A1</f></c></row></sheetData>'
    ),
    "a million strings": many_strings,
    "three thousand tables": many_tables,
}


def read(data: bytes) -> dict[str, object]:
    problem = {"profile": "organisations", "source": {"bytes": base64.b64encode(data).decode()}}
    return engines.run("tables", problem, seconds=SECONDS, megabytes=MEGABYTES)


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_by_name(name: str) -> None:
    make, reason = REFUSED[name]
    with pytest.raises(EngineRefused) as refused:
        read(make())
    assert refused.value.facts["reason"] == reason


@pytest.mark.parametrize("name", HARMLESS)
def test_what_a_workbook_carries_along_is_neither_run_nor_believed(name: str) -> None:
    answer = read(HARMLESS[name]())
    assert answer["rows"]


def test_xml_nested_without_end_is_answered() -> None:
    deep = b"<a>" * 100_000
    data = with_markup(b"</sheetData>", b"</sheetData>" + deep + deep.replace(b"<", b"</"))
    try:
        assert read(data)["rows"]
    except EngineRefused as refused:
        assert refused.facts["reason"]  # noqa: PT017 - either answer is one


@pytest.mark.parametrize("name", ["tight part", "far cell", "repeated cells", "large parts"])
def test_a_bomb_is_refused_within_the_bounds_of_the_process(name: str) -> None:
    data, reason = next((data, reason) for known, data, reason in bombs() if known == name)
    with pytest.raises(EngineRefused) as refused:
        read(data)
    assert refused.value.facts["reason"] == reason
