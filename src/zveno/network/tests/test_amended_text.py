"""How an agreement reads on any day, against replaying its amendments until that day."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from zveno.network.models import Agreement, Change
from zveno.network.models.amending import as_signed, reading_on, readings

DAY = timedelta(days=1)
POINTS = st.sampled_from(["1.1", "1.2", "2.1", "1"])
TEXTS = st.sampled_from(["", "а", "б", "в"])
SIGNED = st.dictionaries(st.sampled_from(["1.1", "1.2", "2.1"]), TEXTS.filter(bool))
HISTORY = st.lists(
    st.tuples(st.integers(0, 9), st.dictionaries(POINTS, TEXTS, min_size=1)), max_size=8
)
FIRST = datetime(2026, 1, 1, 9, tzinfo=UTC)


@given(signed=SIGNED, history=HISTORY, day=st.integers(-1, 10))
def test_what_was_in_force_on_a_day_is_what_replaying_it_gives(
    signed: dict[str, str], history: list[tuple[int, dict[str, str]]], day: int
) -> None:
    amendments = sorted(history, key=lambda one: one[0])
    changes = [
        Change(amendment=Agreement(in_force_at=FIRST + number * DAY), point=point, text=text)
        for number, said in amendments
        for point, text in said.items()
    ]
    asked = FIRST.date() + day * DAY

    replayed = dict(signed)
    for number, said in amendments:
        if number <= day:
            replayed |= said

    read = readings(signed, changes)
    found = {point: reading_on(read[point], asked) for point in read}
    assert {point: one.text for point, one in found.items() if one} == replayed


def test_clauses_are_read_with_their_items_and_tables() -> None:
    def block(kind: str, *texts: str, rows: tuple[tuple[str, ...], ...] = ()) -> dict[str, Any]:
        return {"kind": kind, "texts": texts, "rows": rows}

    blocks = [
        block("heading", "1. Предмет"),
        block("clause", "1.1. Стороны обязуются:"),
        block("item", "1.1.1. помогать."),
        block("table", rows=(("а", "б"),)),
        block("clause", "1.2. Бесплатно."),
        block("heading", "2. Подписи"),
        block("signatures", rows=(("М. П.",),)),
    ]

    assert as_signed(blocks) == {
        "1.1": "Стороны обязуются:\n1.1.1. помогать.\nа | б",
        "1.2": "Бесплатно.",
    }
