"""Whatever is done to the journal, whoever kept a mark of it finds out."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zveno.kernel import journal

START = datetime(2026, 9, 1, tzinfo=UTC)
FIELDS = 12
Chain = list[tuple[Any, ...]]
Tampering = Callable[[st.DataObject, Chain], Chain]


def entry(number: int) -> list[Any]:
    """Make what an entry holds."""
    return [
        UUID(int=number + 1),
        f"events.verb{number % 3}",
        hashlib.sha256(bytes([number])).hexdigest()[:32],
        "account",
        number % 4 or None,
        "events.Event",
        str(number),
        {"seats": None},
        "",
        "",
        UUID(int=number) if number % 5 == 0 else None,
        START + timedelta(seconds=number),
    ]


def sealed(entries: list[list[Any]]) -> Chain:
    """Seal entries as the worker does."""
    chain, mark = [], journal.FIRST
    for place, fields in enumerate(entries, start=1):
        mark = journal.mark_of(mark, fields)
        chain.append((place, mark, *fields))
    return chain


def again(chain: Chain) -> Chain:
    """Seal what is left anew, as somebody with the owner's password would."""
    return sealed([list(fields) for _place, _mark, *fields in chain])


def edit(data: st.DataObject, chain: Chain) -> Chain:
    where = data.draw(st.integers(0, len(chain) - 1))
    field = data.draw(st.integers(2, FIELDS + 1))
    value = data.draw(st.text(min_size=1, max_size=20).filter(lambda text: text != ""))
    if field == FIELDS + 1:
        seconds = data.draw(st.integers(1, 10**6))
        value = chain[where][field] + timedelta(microseconds=seconds)
    link = list(chain[where])
    if link[field] == value:
        value += "x"
    link[field] = value
    return [*chain[:where], tuple(link), *chain[where + 1 :]]


def cut(data: st.DataObject, chain: Chain) -> Chain:
    first = data.draw(st.integers(0, len(chain) - 1))
    last = data.draw(st.integers(first + 1, len(chain)))
    return chain[:first] + chain[last:]


def reorder(data: st.DataObject, chain: Chain) -> Chain:
    one, other = sorted(
        data.draw(st.lists(st.integers(0, len(chain) - 1), min_size=2, max_size=2, unique=True))
    )
    moved = [list(fields) for _place, _mark, *fields in chain]
    moved[one], moved[other] = moved[other], moved[one]
    return [(place, mark, *fields) for (place, mark, *_), fields in zip(chain, moved, strict=True)]


def put_in(data: st.DataObject, chain: Chain) -> Chain:
    where = data.draw(st.integers(0, len(chain) - 1))
    return [*chain[:where], (where + 1, "0" * 64, *entry(200)), *chain[where:]]


TAMPERING: dict[str, Tampering] = {"edit": edit, "cut": cut, "reorder": reorder, "put in": put_in}


@pytest.mark.parametrize("kind", TAMPERING)
@given(data=st.data(), length=st.integers(2, 30))
def test_any_tampering_shows_against_the_mark_kept(
    kind: str, data: st.DataObject, length: int
) -> None:
    chain = sealed([entry(number) for number in range(length)])
    kept = journal.Root(length, chain[-1][1])

    tampered = TAMPERING[kind](data, chain)

    assert list(journal.follow(tampered, kept))


@pytest.mark.parametrize("kind", TAMPERING)
@given(data=st.data(), length=st.integers(2, 30))
def test_a_chain_sealed_anew_shows_against_the_mark_kept(
    kind: str, data: st.DataObject, length: int
) -> None:
    chain = sealed([entry(number) for number in range(length)])
    kept = journal.Root(length, chain[-1][1])

    tampered = again(TAMPERING[kind](data, chain))

    assert list(journal.follow(tampered, kept))


@given(data=st.data(), length=st.integers(2, 30))
def test_a_chain_sealed_anew_looks_whole_without_a_mark_kept(
    data: st.DataObject, length: int
) -> None:
    tampered = again(edit(data, sealed([entry(number) for number in range(length)])))

    assert not list(journal.follow(tampered, None))


@given(length=st.integers(0, 30), more=st.integers(0, 5))
def test_a_chain_that_only_grew_holds_against_an_older_mark(length: int, more: int) -> None:
    chain = sealed([entry(number) for number in range(length + more)])
    kept = journal.Root(length, chain[length - 1][1]) if length else journal.Root()

    assert not list(journal.follow(chain, kept))


def test_a_mark_is_read_as_it_was_printed() -> None:
    kept = journal.Root(12, hashlib.sha256(b"").hexdigest())

    assert journal.Root.read(f" {str(kept).upper()}\n") == kept


@pytest.mark.parametrize(
    "text", ["", "12", "12:", "twelve:" + "0" * 64, "12:abc", "12:" + "я" * 64]
)
def test_what_is_no_mark_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever number or bytes are wrong
        journal.Root.read(text)
