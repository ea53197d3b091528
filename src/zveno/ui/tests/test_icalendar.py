"""Calendar files: what any text looks like in one, and that it comes back out of it."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zveno.ui.icalendar import OCTETS, Happening, attached, written

BEGINS = datetime(2026, 11, 28, 7, 30, tzinfo=UTC)
ONE = Happening(
    "key", "Совещание", BEGINS, BEGINS + timedelta(hours=1), "Цех", "", "/", told_at=BEGINS
)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]))


def value(file: bytes, name: str) -> str:
    """Read a value as calendars do: unfold the lines, then take the escapes back."""
    unfolded = file.decode().replace("\r\n ", "")
    line = next(line for line in unfolded.split("\r\n") if line.startswith(f"{name}:"))
    found = line.removeprefix(f"{name}:")
    return re.sub(r"\\(.)", lambda sign: "\n" if sign[1] == "n" else sign[1], found)


@given(WORDS)
def test_any_words_come_back_from_lines_that_are_short(words: str) -> None:
    file = written(replace(ONE, title=words))

    assert value(file, "SUMMARY") == words
    assert all(len(line) <= OCTETS for line in file.split(b"\r\n"))


def test_moments_are_of_greenwich_and_a_change_is_a_newer_version() -> None:
    file = written(replace(ONE, changes=2, cancelled=True))

    assert (value(file, "DTSTART"), value(file, "SEQUENCE")) == ("20261128T073000Z", "2")
    assert value(file, "STATUS") == "CANCELLED"


def test_lines_of_a_text_stay_lines() -> None:
    assert value(written(replace(ONE, text="1. План\n2. Разное")), "DESCRIPTION").count("\n") == 1


def test_it_is_a_file_to_open() -> None:
    answer = attached("meeting", ONE)

    assert answer["Content-Type"].startswith("text/calendar")
    assert answer["Content-Disposition"] == 'attachment; filename="meeting.ics"'
