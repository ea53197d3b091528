"""From a paper to the blocks on its pages: everything filled in, numbered and in final words."""

from collections.abc import Iterator

from zveno.engines import Refusal
from zveno.engines.papers.model import Block, Clause, Kind, Paper, Section, Table, Values
from zveno.engines.papers.parties import preamble, signature_blocks
from zveno.engines.papers.words import fill, fill_rows, punctuate
from zveno.engines.printing import bind, clean


def compose(paper: Paper) -> tuple[Block, ...]:
    """Fill, number and order a paper.

    Refuses (``Refusal``) a field without a value (``missing_field``), a list inside a text
    (``list_in_text``), an empty list of a clause that is not optional (``empty_list``), a row
    longer or shorter than its header (``uneven_table``), a ``bad_character``.
    """
    blocks = [*_compose(paper, paper.fields)]
    for one in paper.after:
        blocks += [Block(Kind.PAGE), *_compose(one, paper.fields)]
    return tuple(blocks)


def _compose(paper: Paper, fields: Values) -> Iterator[Block]:
    values: Values = {"parties_preamble": preamble(paper.parties)} | dict(fields)
    yield from _head(paper, values)
    for number, section in enumerate(paper.sections, start=1):
        yield from _section(number, section, values)
    if paper.parties:
        yield from _signatures(paper, values)


def _head(paper: Paper, values: Values) -> Iterator[Block]:
    for kind in (Kind.TITLE, Kind.SUBTITLE, Kind.NUMBER):
        text = fill(getattr(paper, kind), values, kind)
        if text:
            yield Block(kind, (text,))
    place, date = fill(paper.place, values, "place"), fill(paper.date, values, "date")
    if place or date:
        yield Block(Kind.PLACE_AND_DATE, (place, date))
    for text in fill_rows(paper.preamble, values, "preamble"):
        yield Block(Kind.PARAGRAPH, (text,))


def _section(number: int, section: Section, values: Values) -> Iterator[Block]:
    title = fill(section.title, values, f"{number}")
    if title:
        yield Block(Kind.HEADING, (f"{number}. {title}",))
    prefix = f"{number}." if title else ""
    place = 0
    for clause in section.clauses:
        items = fill_rows(clause.items, values, f"{prefix}{place + 1}")
        if clause.items and not items:
            if clause.optional:
                continue
            raise Refusal("empty_list", where=f"{prefix}{place + 1}")
        place += bool(clause.text)
        yield from _clause(f"{prefix}{place}", clause, items, values)


def _clause(number: str, clause: Clause, items: tuple[str, ...], values: Values) -> Iterator[Block]:
    if clause.text:
        yield Block(Kind.CLAUSE, (f"{number}. {fill(clause.text, values, number)}",))
    for place, item in enumerate(punctuate(items), start=1):
        yield Block(Kind.ITEM, (f"{number}.{place}. {item}",))
    if clause.table:
        yield _table(clause.table, values, number)


def _table(table: Table, values: Values, where: str) -> Block:
    rows = tuple(
        tuple(fill(cell, values, where) for cell in row) for row in (table.header, *table.rows)
    )
    if any(len(row) != len(table.header) for row in rows):
        raise Refusal("uneven_table", where=where)
    return Block(Kind.TABLE, rows=rows, widths=table.widths or (1,) * len(table.header))


def _signatures(paper: Paper, values: Values) -> Iterator[Block]:
    title = fill(paper.signatures, values, "signatures")
    if title:
        yield Block(Kind.HEADING, (f"{len(paper.sections) + 1}. {title}",))
    rows = tuple(
        tuple(bind(clean(line, "signatures")) for line in block)
        for block in signature_blocks(paper.parties)
    )
    yield Block(Kind.SIGNATURES, rows=rows)
