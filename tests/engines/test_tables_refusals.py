"""What is no table is refused by name, before it is unpacked."""

from collections.abc import Iterator

import pytest

from tests.engines.tables_books import CELL, SHEET, SMALL, ods, ods_row, repacked, with_markup
from tests.engines.tables_documents import HEADS, SCHOOL, document, packed, paragraph, table
from tests.engines.tables_kit import from_bytes, stored
from zveno.engines import Refusal
from zveno.engines.tables import limits

DOCUMENT = "word/document.xml"
NINE = stored("cluster_members.xlsx")


def bombs() -> Iterator[tuple[str, bytes, str]]:
    """List what is refused and why."""
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    twice = "<table:table-row table:number-rows-repeated='100000'>".replace("'", '"')
    wide = CELL.format(text="a", times=' table:number-columns-repeated="300"')
    yield "nothing", b"", "empty"
    yield "blanks", b" \r\n\t", "empty"
    yield "zeros", bytes(100), "empty"
    yield "old workbook", ole, "unsupported_format"
    yield "password", ole + "EncryptedPackage".encode("utf-16-le"), "encrypted"
    yield "page", b"<html><table><tr><td>1</td></tr></table></html>", "unsupported_format"
    yield "page of a mailer", b"MIME-Version: 1.0\r\n\r\n<html>", "unsupported_format"
    yield "PDF", b"%PDF-1.7\n", "unsupported_format"
    yield "picture", b"\x89PNG\r\n\x1a\n" + bytes(64), "unsupported_format"
    yield "program", bytes(range(1, 32)) * 200, "unsupported_format"
    yield (
        "document of another kind",
        repacked(b"PK\x05\x06" + bytes(18), {"word/document.xml": b"<w/>"}),
        ("empty"),
    )
    yield (
        "presentation",
        repacked(b"PK\x05\x06" + bytes(18), {"ppt/presentation.xml": b"<w/>"}),
        ("unsupported_format"),
    )
    yield (
        "binary workbook",
        repacked(b"PK\x05\x06" + bytes(18), {"xl/workbook.bin": b"1"}),
        ("unsupported_format"),
    )
    yield "torn archive", NINE[: len(NINE) // 2], "damaged"
    yield "torn sheet", with_markup(b"</sheetData>", b"</sheetDa"), "damaged"
    yield "many parts", repacked(SMALL, {f"x{n}": b"" for n in range(1001)}), "too_many_entries"
    yield "tight part", repacked(SMALL, {"x": bytes(4 * 1024 * 1024)}), "packed_too_tightly"
    yield (
        "large parts",
        repacked(SMALL, {f"x{n}": b"ab1" * 300_000 for n in range(90)}),
        ("unpacks_too_large"),
    )
    yield "way out", repacked(SMALL, {"../x": b"1"}), "unsafe_archive"
    yield "twin parts", repacked(SMALL, {SHEET.upper(): b"1"}), "unsafe_archive"
    yield (
        "entities",
        with_markup(b"<worksheet", b"<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet"),
        ("unsafe_archive"),
    )
    yield "far cell", with_markup(b"</sheetData>", far), "too_many_cells"
    yield "repeated cells", ods(f"{twice}{wide}</table:table-row>"), "too_many_cells"
    yield "far row", ods(f"{twice}</table:table-row>" + ods_row("a")), "too_many_rows"
    yield "wide line", b"a;b\n" + b";" * 500, "too_many_cells"
    yield "long list", b"x\n" * (limits.MAX_LINES + 1), "too_many_rows"
    yield from documents()


def documents() -> Iterator[tuple[str, bytes, str]]:
    """List what is refused of text documents."""
    tag = b"<w:document>"
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr></w:tc>'
    deep = table(HEADS, SCHOOL)
    for _ in range(1000):
        deep = f"<w:tbl><w:tr><w:tc>{deep}</w:tc></w:tr></w:tbl>"
    laughs = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]><a>&c;</a>'
    local = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    yield "laughs in a document", packed({DOCUMENT: laughs}), "unsafe_archive"
    yield "a file in a document", packed({DOCUMENT: local}), "unsafe_archive"
    yield (
        "entities in UTF-16",
        packed({DOCUMENT: local.decode().encode("utf-16")}),
        "unsafe_archive",
    )
    yield "way out of a document", packed({DOCUMENT: tag, "../x": b"1"}), "unsafe_archive"
    yield "endless tables", document(deep), "unsafe_archive"
    yield "endless row", document(f"<w:tbl><w:tr>{wide * 5000}</w:tr></w:tbl>"), "too_many_cells"
    yield "torn document", packed({DOCUMENT: tag}), "damaged"
    yield "tight document", document("<w:p/>" * 700_000), "packed_too_tightly"
    yield "document of nothing", document(paragraph("")), "empty"


@pytest.mark.parametrize(
    ("data", "code"), [(b, c) for _, b, c in bombs()], ids=[n for n, *_ in bombs()]
)
def test_what_is_no_table_is_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        from_bytes(data)
    assert refusal.value.code == code


def test_a_file_over_the_limit_is_refused_unread() -> None:
    with pytest.raises(Refusal) as refusal:
        from_bytes(b"a" * (limits.MAX_BYTES + 1))
    assert refusal.value.facts == {"bytes": limits.MAX_BYTES + 1, "limit": limits.MAX_BYTES}


def test_a_sheet_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(SMALL)
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(SHEET.encode()))
    data[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    with pytest.raises(Refusal) as refusal:
        from_bytes(bytes(data))
    assert refusal.value.code == "damaged"
