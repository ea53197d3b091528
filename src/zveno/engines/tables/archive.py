"""The gate before a workbook or document is unpacked: what the archive declares of itself."""

import io
import re
import stat
import zipfile
import zlib

from zveno.engines import Refusal
from zveno.engines.tables import limits
from zveno.engines.tables.codes import RefusalCode

_ENCRYPTED_FLAG = 0x1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_STARTS = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
)
_HTML = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<(?:!doctype|html|head|meta|table|\?xml)|mime-v)",
    re.IGNORECASE,
)
_ZIP = b"PK\x03\x04"
DOCUMENT = re.compile(r"word/document[0-9]{0,2}\.xml")


def refuse_other_formats(data: bytes) -> None:
    """Refuse by name what only looks like a table. Raises ``Refusal``."""
    if not data.strip(b"\0\t\n\r "):
        raise Refusal(RefusalCode.EMPTY)
    if len(data) > limits.MAX_BYTES:
        raise Refusal(RefusalCode.FILE_TOO_LARGE, bytes=len(data), limit=limits.MAX_BYTES)
    if data.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in data:
            raise Refusal(RefusalCode.ENCRYPTED)
        raise Refusal(RefusalCode.UNSUPPORTED_FORMAT, format="xls")
    for start, name in _STARTS:
        if data.startswith(start):
            raise Refusal(RefusalCode.UNSUPPORTED_FORMAT, format=name)
    if _HTML.match(data):
        raise Refusal(RefusalCode.UNSUPPORTED_FORMAT, format="html")


def is_archive(data: bytes) -> bool:
    """Whether the bytes begin as a zip archive does."""
    return data.startswith(_ZIP)


def opened(data: bytes) -> tuple[zipfile.ZipFile, str]:
    """Open what passed the gate; returns it and its kind: ``xlsx``, ``ods`` or ``docx``.

    Raises ``Refusal``.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as problem:
        raise Refusal(RefusalCode.DAMAGED) from problem
    entries = archive.infolist()
    _refuse_many(entries)
    for entry in entries:
        _refuse_unsafe(entry)
    return archive, _kind(archive)


def _refuse_many(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > limits.MAX_ENTRIES:
        raise Refusal(RefusalCode.TOO_MANY_ENTRIES, entries=len(entries), limit=limits.MAX_ENTRIES)
    total = sum(entry.file_size for entry in entries)
    if total > limits.MAX_UNPACKED:
        raise Refusal(RefusalCode.UNPACKS_TOO_LARGE, bytes=total, limit=limits.MAX_UNPACKED)
    if len({entry.filename.casefold() for entry in entries}) < len(entries):
        raise Refusal(RefusalCode.UNSAFE_ARCHIVE)


def _refuse_unsafe(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & _ENCRYPTED_FLAG:
        raise Refusal(RefusalCode.ENCRYPTED)
    ratio = entry.file_size // max(entry.compress_size, 1)
    if ratio > limits.MAX_RATIO and entry.file_size > limits.RATIO_FREE_BYTES:
        raise Refusal(RefusalCode.PACKED_TOO_TIGHTLY, ratio=ratio, limit=limits.MAX_RATIO)
    name = entry.filename.replace("\\", "/")
    leads_out = name.startswith("/") or ".." in name.split("/") or ":" in name
    link = stat.S_ISLNK(entry.external_attr >> 16)
    if leads_out or link or entry.compress_type not in _METHODS:
        raise Refusal(RefusalCode.UNSAFE_ARCHIVE)


def _kind(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise Refusal(RefusalCode.UNSUPPORTED_FORMAT, format="xlsb")
    if any(map(DOCUMENT.fullmatch, names)):
        return "docx"
    if "content.xml" in names and "spreadsheet" in _mimetype(archive):
        return "ods"
    raise Refusal(RefusalCode.UNSUPPORTED_FORMAT, format="archive")


def _mimetype(archive: zipfile.ZipFile) -> str:
    if "mimetype" not in archive.namelist():
        return ""
    return part_of(archive, "mimetype")[:100].decode("ascii", errors="replace")


def part_of(archive: zipfile.ZipFile, name: str) -> bytes:
    """Unpack one part; markup with entities or in UTF-16 is refused. Raises ``Refusal``."""
    try:
        data = archive.read(name)
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, EOFError) as problem:
        raise Refusal(RefusalCode.DAMAGED) from problem
    except RuntimeError as problem:
        raise Refusal(RefusalCode.ENCRYPTED) from problem
    if _ENTITIES.search(data) or data.startswith(_WIDE_MARKS):
        raise Refusal(RefusalCode.UNSAFE_ARCHIVE)
    return data
