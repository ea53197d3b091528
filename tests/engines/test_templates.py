"""The templates engine: own DOCX filled in, told what is wrong with it, kept from all mischief."""

import base64
import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.reading import docx_text, folded, pdf_text
from zveno.engines import Refusal, templates
from zveno.engines.templates.context import context_of
from zveno.engines.templates.gate import pass_gate
from zveno.network.models.kinds import Kind
from zveno.network.models.samples import sample_of
from zveno.network.models.template_faults import FAULTS, REFUSALS, in_words
from zveno.network.models.template_fields import fields_of

TOLD = sample_of(Kind.COOPERATION)
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def begun(kind: str = Kind.COOPERATION) -> Any:
    """Open the template to begin from."""
    made = templates.solve({"do": "start", "told": sample_of(kind)})
    return docx.Document(io.BytesIO(base64.b64decode(made["docx"])))


def packed(document: Any) -> str:
    file = io.BytesIO()
    document.save(file)
    return base64.b64encode(file.getvalue()).decode()


def looked(document: Any) -> list[dict[str, Any]]:
    answer = templates.solve({"do": "look", "told": TOLD, "docx": packed(document)})
    found: list[dict[str, Any]] = answer["faults"]
    return found


def with_lines(*lines: str) -> Any:
    """Add paragraphs to the template to begin from."""
    document = begun()
    for line in lines:
        document.add_paragraph(line)
    return document


def raw(changes: dict[str, Callable[[bytes], bytes]], **more: bytes) -> str:
    """Repack the template to begin from with parts changed or added."""
    packed_anew = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(base64.b64decode(packed(begun())))) as old,
        zipfile.ZipFile(packed_anew, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, changes.get(name, bytes)(old.read(name)))
        for name, data in more.items():
            new.writestr(name, data)
    return base64.b64encode(packed_anew.getvalue()).decode()


def refused(data: str) -> str:
    with pytest.raises(Refusal) as found:
        templates.solve({"do": "look", "told": TOLD, "docx": data})
    assert found.value.code in {*REFUSALS}
    return found.value.code


@pytest.mark.parametrize("kind", Kind.values)
def test_what_is_drawn_tells_the_facts_of_every_kind_in_both_files(kind: str) -> None:
    told = sample_of(kind)
    made = templates.solve({"do": "draw", "told": told, "docx": packed(begun(kind))})
    words = folded(docx_text(base64.b64decode(made["docx"])))

    assert made["lacking"] == []
    for party in told["paper"]["parties"]:
        for fact in (party["organisation"], party["forms"]["person_genitive"], party["post"]):
            assert folded(fact) in words
    for name, value in told["paper"]["fields"].items():
        if name.endswith("_obligations"):
            assert all(folded(one) in words for one in value)
    printed = folded(pdf_text(base64.b64decode(made["pdf"])))
    assert folded("Берёзкина Петра Ильича") in printed
    assert "{" not in words


@pytest.mark.parametrize("kind", Kind.values)
def test_every_field_of_the_list_is_one_and_no_field_is_left_out(kind: str) -> None:
    known: dict[str, Any] = context_of(templates._read(sample_of(kind)))
    plain = {one.name: one.is_list for one in fields_of(kind) if "." not in one.name}
    parts = {one.name for one in fields_of(kind) if "." in one.name}

    things = {"parties": "party", "sides": "side", "added_sections": "section"}
    assert {
        name: isinstance(value, list) for name, value in known.items() if name not in things
    } == plain
    found = {
        f"{things[name]}.{part}" for name in things if name in known for part in known[name][0]
    }
    if "added_sections" in known:
        found |= {f"clause.{part}" for part in known["added_sections"][0]["clauses"][0]}
    assert found == parts


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["Город {{ city }"], "broken_braces"),
        (["Город { { city }}"], "broken_braces"),
        (["{{ citty }}"], "no_such_field"),
        (["{{ base_obligations }}"], "list_in_text"),
        (["{% for a in city %}{{ a }}{% endfor %}"], "not_a_list"),
        (["{%p for a in base_names %}", "{{ a }}"], "unclosed"),
        (["{% for a in base_names %}{{ a }}"], "unclosed"),
        (["{%p endfor %}"], "unopened"),
        (["{%p if city %}", "{% endif %}", "{%p endif %}"], "other_place"),
        (["Слова {%p if city %}", "{%p endif %}"], "stands_apart"),
        (["{%tr if city %}", "{%tr endif %}"], "stands_apart"),
        (["{%p for a in base_names %}", "{%p for b in member_names %}"], "list_in_list"),
        (["{%p for city in base_names %}", "{%p endfor %}"], "name_taken"),
        (["{{ city.__class__.__mro__ }}"], "forbidden"),
        (["{{ city|upper }}"], "forbidden"),
        (["{{ ''.join(base_names) }}"], "forbidden"),
        (["{{ city * 9 }}"], "forbidden"),
        (["{{ lipsum() }}"], "forbidden"),
        (["{% include 'x' %}"], "forbidden"),
        (["{% macro a() %}{% endmacro %}"], "forbidden"),
        (["{% set a = 1 %}"], "forbidden"),
        (["{%- if city %}"], "broken_braces"),
        (["{{r city }}"], "forbidden"),
        (["{# нет #}"], "broken_braces"),
        (["{% cellbg city %}"], "forbidden"),
    ],
)
def test_what_is_wrong_in_braces_is_named_with_its_paragraph(lines: list[str], code: str) -> None:
    found = looked(with_lines(*lines))

    assert code in {fault["code"] for fault in found}
    (fault, *_others) = (fault for fault in found if fault["code"] == code)
    assert fault["place"] == " ".join(lines[0].split())[:80] or fault["place"] in lines
    assert code in FAULTS
    assert in_words(found)


def test_the_closest_field_is_proposed() -> None:
    (fault,) = looked(with_lines("{{ cluster_nmae }}"))

    assert fault["facts"]["close"] == "cluster_name"


def test_a_paper_without_what_binds_is_no_template() -> None:
    document = docx.Document()
    document.add_paragraph("Соглашение {{ number }} от {{ date_words }}")

    assert [fault["facts"]["field"] for fault in looked(document)] == [
        "valid_until", "parties", "base_obligations", "methodical_operator_obligations",
        "member_obligations", "partner_obligations", "added_sections",
    ]  # fmt: skip


def test_a_tag_that_word_has_cut_into_runs_is_read_whole() -> None:
    document = begun()
    paragraph = document.add_paragraph()
    for piece in ("{", "{ ci", "ty", " }", "}"):
        paragraph.add_run(piece).bold = piece == "ty"

    made = templates.solve({"do": "draw", "told": TOLD, "docx": packed(document)})

    assert looked(document) == []
    assert folded(docx_text(base64.b64decode(made["docx"]))).endswith("Образцовск")


def body(change: bytes) -> dict[str, Callable[[bytes], bytes]]:
    return {"word/document.xml": lambda old: old.replace(b"<w:body>", b"<w:body>" + change)}


def relation(kind: str, target: str) -> dict[str, Callable[[bytes], bytes]]:
    said = (
        f'<Relationship Id="rId99" Type="{IMAGE}{kind}" Target="{target}" TargetMode="External"/>'
    )
    return {
        "word/_rels/document.xml.rels": lambda old: old.replace(
            b"</Relationships>", said.encode() + b"</Relationships>"
        )
    }


RUN = b"<w:p><w:r>%s</w:r></w:p>"
FIELD = (
    b'<w:fldChar w:fldCharType="begin"/><w:instrText>%s</w:instrText>'
    b'<w:fldChar w:fldCharType="end"/>'
)
UTF_7 = b'<?xml version="1.0" encoding="utf-7"?><a/>'
DTD = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
HOSTILE = {
    "remote picture": (relation("image", "http://example.org/a.png"), "remote_content"),
    "remote template": (relation("attachedTemplate", "http://example.org/a"), "remote_content"),
    "file link": (relation("hyperlink", "file:///etc/passwd"), "remote_content"),
    "share link": (relation("hyperlink", "\\\\host\\a"), "remote_content"),
    "entity": ({"word/document.xml": lambda _old: DTD}, "unsafe_archive"),
    "entity elsewhere": ({"word/styles.xml": lambda _old: DTD}, "unsafe_archive"),
    "wide": ({"word/styles.xml": lambda old: old.decode().encode("utf-16")}, "unsafe_archive"),
    "ebcdic": ({"word/styles.xml": lambda _old: DTD.decode().encode("cp500")}, "unsafe_archive"),
    "hidden encoding": ({"word/styles.xml": lambda _old: UTF_7}, "unsafe_archive"),
    "broken": ({"word/document.xml": lambda old: old[:-20]}, "damaged"),
    "tracked": (body(b"<w:p><w:ins><w:r><w:t>a</w:t></w:r></w:ins></w:p>"), "tracked_changes"),
    "comment": (body(RUN % b"<w:commentReference/>"), "has_comments"),
    "object": (body(RUN % b"<w:object/>"), "embedded"),
    "chunk": (body(b"<w:altChunk/>"), "embedded"),
    "box": (body(RUN % b"<w:txbxContent/>"), "text_box"),
    "note": (body(RUN % b"<w:footnoteReference/>"), "footnotes"),
    "hidden": (body(RUN % b"<w:rPr><w:vanish/></w:rPr><w:t>a</w:t>"), "hidden_text"),
    "picture field": (body(RUN % (FIELD % b'INCLUDEPICTURE "http://a"')), "field_code"),
    "dde": (body(b'<w:p><w:fldSimple w:instr="DDEAUTO c"/></w:p>'), "field_code"),
    "cut field": (
        body(RUN % (FIELD % b"INCLUDE</w:instrText><w:instrText>TEXT a")), "field_code"
    ),
    "macros": (
        {"[Content_Types].xml": lambda old: old.replace(b"document.main", b"macroEnabled.main")},
        "macros",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_reaches_out_or_hides_is_refused_before_it_is_opened(name: str) -> None:
    changes, code = HOSTILE[name]

    assert refused(raw(changes)) == code


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("word/vbaProject.bin", b"x", "macros"),
        ("../out.xml", b"<a/>", "unsafe_archive"),
        ("word/bomb.xml", b" " * 9_000_000, "packed_too_tightly"),
    ],
)
def test_strange_parts_are_refused(name: str, data: bytes, code: str) -> None:
    assert refused(raw({}, **{name: data})) == code


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0", b"<html>", b"a"]
)
def test_what_is_no_docx_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal):
        pass_gate(data)


def test_who_wrote_it_is_not_kept() -> None:
    document = begun()
    about = document.core_properties
    about.author, about.last_modified_by, about.comments = "Иванов Иван", "Петров", "тайна"
    document.settings.element.append(parse_xml(f"<w:rsids {nsdecls('w')}/>"))

    answer = templates.solve({"do": "look", "told": TOLD, "docx": packed(document)})
    drawn = templates.solve({"do": "draw", "told": TOLD, "docx": packed(document)})

    for made in (answer, drawn):
        kept = base64.b64decode(made["docx"])
        about = docx.Document(io.BytesIO(kept)).core_properties
        assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
        with zipfile.ZipFile(io.BytesIO(kept)) as archive:
            assert not [name for name in archive.namelist() if "customXml" in name]
            assert "Иванов" not in b"".join(map(archive.read, archive.namelist())).decode(
                "utf-8", "replace"
            )


def test_pictures_tell_no_place() -> None:
    document = begun()
    dot = base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
    document.add_picture(io.BytesIO(dot))
    assert looked(document) == []
    for rel in document.part.rels.values():
        if rel.reltype == RELATIONSHIP_TYPE.IMAGE:
            rel.target_part._blob = dot + b"eXIf"
    assert refused(packed(document)) == "picture_data"


def test_the_same_agreement_gives_the_same_bytes() -> None:
    template = packed(begun())
    first, second = (
        templates.solve({"do": "draw", "told": TOLD, "docx": template}) for _time in range(2)
    )

    assert first == second


def test_an_attribute_hides_no_tag() -> None:
    hidden = body(b'<w:p w:rsidR="{{ city.__class__ }}"/>')

    assert refused(raw(hidden)) == "broken_tags"


def tried(problem: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Return the answer, or why there is none."""
    try:
        return templates.solve(problem), ""
    except Refusal as refusal:
        return {}, refusal.code


NASTY = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Cn", "Co")),
    min_size=1,
    max_size=40,
)


@settings(max_examples=15, deadline=None)
@given(NASTY.filter(str.strip))
def test_no_words_of_an_agreement_become_markup_or_tags(words: str) -> None:
    told = sample_of(Kind.MEMORANDUM)
    told["paper"]["fields"]["cluster_name"] = f"а{words}я {{{{ city }}}} <w:p>"
    document = docx.Document()
    document.add_paragraph("{{ cluster_name }}")
    made, code = tried({"do": "draw", "told": told, "docx": packed(document)})

    if not made:
        assert code == "unprintable"
        return
    (block,) = made["blocks"]
    assert "{{ city }} <w:p>" in " ".join(block["texts"][0].split())


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 3000))
def test_damaged_files_are_refused_by_name(noise: bytes, place: int) -> None:
    whole = base64.b64decode(packed(begun(Kind.MEMORANDUM)))
    data = base64.b64encode(whole[:place] + noise + whole[place + len(noise) :]).decode()
    made, code = tried({"do": "look", "told": sample_of(Kind.MEMORANDUM), "docx": data})

    assert code in REFUSALS or made["faults"] == []
