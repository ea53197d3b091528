"""The gate before a template is opened by any library: what is in it, and what it reaches for."""

import re
from collections.abc import Iterator
from zipfile import ZipFile

from lxml import etree

from zveno.engines import Refusal
from zveno.engines.tables import archive

MAX_BYTES = 5 * 1024 * 1024
MAX_MARKUP = 8 * 1024 * 1024
KEPT = {
    "styles", "numbering", "settings", "theme", "header", "footer", "footnotes", "endnotes",
    "image", "hyperlink",
}  # fmt: skip
LEFT_OUT = {
    "customXml", "customXmlProps", "webSettings", "fontTable", "font", "stylesWithEffects",
    "glossaryDocument", "comments", "commentsExtended", "commentsIds", "commentsExtensible",
    "people", "keyMapCustomizations", "core-properties", "extended-properties",
    "custom-properties", "thumbnail",
}  # fmt: skip
"""What a paper does without: data about who wrote it, and what only an editor needs."""
_WHOLE = {"officeDocument"}
_MACROS = {"vbaProject", "wordVbaData", "keyMapCustomizations"}
_OUTSIDE = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?<")
_ENCODING = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_NAMES = {
    "macros": {"wordVbaData", "vbaSuppData"},
    "tracked_changes": {"ins", "del", "moveFrom", "moveTo", "delText", "cellIns", "cellDel"},
    "has_comments": {"comment", "commentReference", "commentRangeStart"},
    "embedded": {"altChunk", "object", "OLEObject", "control", "subDoc", "contentPart"},
    "text_box": {"txbxContent", "textpath"},
    "footnotes": {"footnoteReference", "endnoteReference"},
    "hidden_text": {"vanish"},
}
_WHY = {name: code for code, names in _NAMES.items() for name in names}
_ONLY_IN_TEXT = {"hidden_text"}
_FIELDS = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF|REF|TOC|SEQ|HYPERLINK)\b[^{}]*")
_TEXTS = re.compile(r"word/(?:document|header|footer)\w*\.xml")


def pass_gate(data: bytes) -> None:
    """Look at the bytes of a template; nothing is unpacked before it is measured.

    Refuses (``Refusal``) with a code of ``tables.RefusalCode``, or: ``macros``, ``remote_content``,
    ``embedded``, ``unsupported_part``, ``tracked_changes``, ``has_comments``, ``text_box``,
    ``footnotes``, ``hidden_text``, ``field_code``.
    """
    if len(data) > MAX_BYTES:
        raise Refusal("file_too_large", bytes=len(data), limit=MAX_BYTES)
    archive.refuse_other_formats(data)
    if not archive.is_archive(data):
        raise Refusal("unsupported_format", format="unknown")
    opened, kind = archive.opened(data)
    if kind != "docx":
        raise Refusal("unsupported_format", format=kind)
    for entry in opened.infolist():
        _look(opened, entry.filename, entry.file_size)


def _look(opened: ZipFile, name: str, size: int) -> None:
    if "vbaproject" in name.lower():
        raise Refusal("macros")
    if not name.lower().endswith((".xml", ".rels", ".vml")):
        return
    if size > MAX_MARKUP:
        raise Refusal("unpacks_too_large", bytes=size, limit=MAX_MARKUP)
    root = parsed(archive.part_of(opened, name))
    if name.endswith(".rels"):
        for relation in root.iter("{*}Relationship"):
            _look_at_relation(relation)
    elif name == "[Content_Types].xml":
        _look_at_types(root)
    else:
        _look_at_markup(root, is_text=bool(_TEXTS.fullmatch(name)))


def parsed(markup: bytes) -> etree._Element:
    """Parse UTF-8 without entities, declarations or any other file; refuses what is damaged."""
    encoding = _ENCODING.match(markup.removeprefix(b"\xef\xbb\xbf"))
    if not _XML.match(markup) or (encoding and encoding[1].lower() not in {b"utf-8", b"us-ascii"}):
        raise Refusal("unsafe_archive")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(markup, parser)
    except etree.XMLSyntaxError as problem:
        raise Refusal("damaged") from problem


def _look_at_types(root: etree._Element) -> None:
    for one in root:
        if "macroenabled" in str(one.get("ContentType", "")).lower():
            raise Refusal("macros")


def _look_at_relation(relation: etree._Element) -> None:
    kind = str(relation.get("Type", "")).rsplit("/", 1)[-1]
    target = str(relation.get("Target", ""))
    if kind in _MACROS:
        raise Refusal("macros")
    if relation.get("TargetMode") == "External" or "://" in target or target.startswith("\\"):
        if kind != "hyperlink" or not _OUTSIDE.match(target):
            raise Refusal("remote_content", part=kind)
    elif kind not in KEPT | LEFT_OUT | _WHOLE:
        raise Refusal("unsupported_part", part=kind)


def _look_at_markup(root: etree._Element, *, is_text: bool) -> None:
    for element in root.iter("{*}*"):
        name = etree.QName(element).localname
        code = "tracked_changes" if name.endswith("PrChange") else _WHY.get(name)
        if code and (is_text or code not in _ONLY_IN_TEXT) and _holds(element):
            raise Refusal(code)
    for words in _fields_of(root):
        if not _FIELDS.fullmatch(words):
            raise Refusal("field_code", field=words.strip()[:40])


def _holds(element: etree._Element) -> bool:
    """Whether a mark is set: ``<w:vanish w:val="0"/>`` says that it is not."""
    said = next((value for name, value in element.items() if name.endswith("}val")), "1")
    return said not in {"0", "false", "off"}


def _fields_of(root: etree._Element) -> Iterator[str]:
    """List what the fields of a part are told to do; a field inside another is one of its own."""
    open_now: list[str] = []
    for element in root.iter("{*}fldSimple", "{*}fldChar", "{*}instrText"):
        name = etree.QName(element).localname
        said = {etree.QName(key).localname: str(value) for key, value in element.items()}
        if name == "fldSimple":
            yield said.get("instr", "")
        elif name == "instrText":
            if not open_now:
                raise Refusal("field_code", field=(element.text or "")[:40])
            open_now[-1] += element.text or ""
        elif said.get("fldCharType") == "begin":
            open_now.append("")
        elif said.get("fldCharType") == "end" and open_now:
            yield open_now.pop()
    yield from open_now
