"""A template opened, cleaned of what tells who wrote it, looked at, and filled in."""

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from zveno.engines import Refusal
from zveno.engines.papers.word import MADE, with_fixed_times
from zveno.engines.papers.word_styles import LANGUAGE
from zveno.engines.templates.gate import KEPT, parsed, pass_gate
from zveno.engines.templates.model import Context, Fault
from zveno.engines.templates.syntax import faults_in

_SPOKEN = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For,
    nodes.If, nodes.Not,
)  # fmt: skip
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_TAKEN_BY = (b"Exif\0\0", b"eXIf")
_TELLING = ("w:rsids", "w:docVars", "w:mailMerge", "w:attachedTemplate", "w:trackRevisions")
_UNREADABLE = (OpcError, KeyError, ValueError, AttributeError, TypeError, IndexError)


class _Template(DocxTemplate):  # type: ignore[misc]
    """A template whose drawn markup is read strictly: nothing broken is mended by guessing."""

    def fix_tables(self, xml: str) -> Any:
        """Parse the drawn body."""
        return parsed(xml.encode())


def opened(data: bytes) -> Any:
    """Open a template behind the gate and clean it. Refuses as ``pass_gate``, and ``damaged``.

    Also refuses ``unsupported_picture`` and ``picture_data``.
    """
    pass_gate(data)
    try:
        document = docx.Document(io.BytesIO(data))
        _clean(document)
    except _UNREADABLE as problem:
        if isinstance(problem, Refusal):
            raise
        raise Refusal("damaged") from problem
    return document


def _clean(document: Any) -> None:
    package = document.part.package
    _leave_only(package, {"officeDocument"})
    _leave_only(document.part, KEPT)
    for part in package.iter_parts():
        if part is not document.part:
            _leave_only(part, KEPT)
    for rel in package.iter_rels():
        if rel.reltype.endswith("/image"):
            _look_at_picture(rel.target_part.blob)
    for name in _TELLING:
        for element in document.settings.element.findall(qn(name)):
            document.settings.element.remove(element)
    about = document.core_properties
    about.title, about.language, about.last_modified_by = "", LANGUAGE, ""
    about.created = about.modified = MADE


def _leave_only(part: Any, kinds: set[str]) -> None:
    for key, rel in list(part.rels.items()):
        if rel.reltype.rsplit("/", 1)[-1] not in kinds:
            del part.rels[key]


def _look_at_picture(blob: bytes) -> None:
    if not blob.startswith(_PICTURES):
        raise Refusal("unsupported_picture")
    if any(mark in blob for mark in _TAKEN_BY):
        raise Refusal("picture_data")


def saved(document: Any) -> bytes:
    """Return the bytes of a document, the same ones for the same content."""
    file = io.BytesIO()
    document.save(file)
    return with_fixed_times(file)


def faults_of(document: Any, known: Context) -> list[Fault]:
    """Say all that is wrong with the fields of a template, in the order they are met."""
    parts = [
        rel.target_part.element
        for rel in document.part.rels.values()
        if rel.reltype.endswith(("/header", "/footer"))
    ]
    roots = [document.element.body, *parts]
    return [fault for root in roots for fault in faults_in(root, known)]


def filled(document: Any, context: Context) -> bytes:
    """Fill a template without faults. Refuses (``broken_tags``) one that is not drawn whole."""
    template = _Template(io.BytesIO(saved(document)))
    sandbox = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    sandbox.globals.clear()
    sandbox.filters.clear()
    sandbox.tests.clear()
    try:
        template.init_docx()
        for source in _sources(template):
            _require_spoken(sandbox, source)
        template.render(dict(context), sandbox, autoescape=True)
    except TemplateError as problem:
        raise Refusal("broken_tags") from problem
    template.docx.core_properties.modified = MADE
    return saved(template.docx)


def _sources(template: Any) -> Iterator[str]:
    """Return the markup as it is filled: of the body, headers, footers and notes."""
    yield template.patch_xml(template.get_xml())
    for part in template.docx.part.package.iter_parts():
        if part.partname.startswith("/word/") and part.partname.endswith("notes.xml"):
            yield template.patch_xml(part.blob.decode())
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _key, part in template.get_headers_footers(uri):
            yield template.patch_xml(template.get_part_xml(part))


def _require_spoken(sandbox: ImmutableSandboxedEnvironment, source: str) -> None:
    """Refuse whatever is no field, list or condition, wherever in the markup it hides."""
    tree = sandbox.parse(source)
    for node in tree.find_all(nodes.Node):
        names = [getattr(node, "name", ""), getattr(node, "attr", "")]
        if not isinstance(node, _SPOKEN) or any(str(name).startswith("_") for name in names):
            raise Refusal("broken_tags")
