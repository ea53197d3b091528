"""The list of 300 names, posts and organisations: how many forms are right."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from zveno.engines import names

LISTS = Path(__file__).parent / "data" / "names_300"
CASES = ["genitive", "dative", "instrumental"]
GOAL = 0.99


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: the nominative and its three cases."""

    kind: str
    nominative: str
    expected: list[str]


def rows_of(*lists: str) -> list[Row]:
    lines = [line for name in lists for line in (LISTS / name).read_text("utf-8").splitlines()]
    return [_row(line) for line in lines]


def _row(line: str) -> Row:
    kind, nominative, *rest = (cell.strip() for cell in line.split("|"))
    forms, tail = rest[:3], " ".join(rest[3:])
    return Row(kind, f"{nominative} {tail}".strip(), [f"{form} {tail}".strip() for form in forms])


def wrong_in(rows: list[Row]) -> list[tuple[str, list[str], bool]]:
    """List what came out otherwise: the nominative, the forms, whether they were called sure."""
    items = [{"kind": row.kind, "text": row.nominative} for row in rows]
    answers = names.solve({"items": items, "cases": CASES})["items"]
    found = []
    for row, answer in zip(rows, answers, strict=True):
        forms = [answer["forms"][case] for case in CASES]
        got = [form["text"] for form in forms]
        if got != row.expected:
            found.append((row.nominative, got, all(form["sure"] for form in forms)))
    return found


@pytest.mark.parametrize("lists", [("seen.txt", "held_out.txt"), ("fresh.txt",)])
def test_99_of_100_are_right_and_what_is_wrong_is_marked(lists: tuple[str, ...]) -> None:
    rows = rows_of(*lists)

    wrong = wrong_in(rows)

    assert len(wrong) <= (1 - GOAL) * len(rows), wrong
    assert not [row for row in wrong if row[-1]]


def test_the_list_has_its_300_lines_of_three_kinds_and_none_twice() -> None:
    rows = rows_of("seen.txt", "held_out.txt")
    assert len(rows) == len({row.nominative for row in rows}) == 300
    assert {row.kind for row in rows} == {"person", "post", "organisation"}
