"""Birth dates as lists write them, and the number a spreadsheet keeps instead of a day."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

from zveno.engines.tables.codes import Code, Severity
from zveno.engines.tables.model import Finding, Judged, error, note, question
from zveno.engines.tables.text import judged_optional, settled

MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})", re.ASCII)
_IN_WORDS = re.compile(r"([0-9]{1,2})\s+([а-я]{3,8})\.?\s+([0-9]{4})", re.IGNORECASE)
_SERIAL = re.compile(r"(\d{1,6})(?:[.,]\d+)?", re.ASCII)
_YEAR = re.compile(r"(19|20)\d\d", re.ASCII)
_TAIL = re.compile(r"(?:[\sT]+\d{1,2}:\d\d(?::\d\d)?(?:\.0+)?)?\s*(?:г\.?\s?р|года?|г)?\.?\s*$")
_HEAD = re.compile(r"^\s*(?:род\w*|д\.?\s?р)[.:\s]*", re.IGNORECASE)
_FALSE_LEAP_DAY = 60
_DAY_ZERO = date(1899, 12, 30)
_DAY_ZERO_1904 = date(1904, 1, 1)
_OLDEST = 100
_USUAL_AGES = range(3, 22)


def age_on(day: date, born: date) -> int:
    """Count full years; who was born on 29 February grows older on 1 March of common years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def birth_judge(today: date, *, date1904: bool = False) -> Callable[[str], Judged]:
    """Make a judge of birth dates; ``date1904`` if the workbook counts days from 1904.

    What stands is an ISO date, or a year alone where only a year is given.
    """
    day_zero = _DAY_ZERO_1904 if date1904 else _DAY_ZERO

    def judge(raw: str, typed: str, tidy: list[Finding]) -> Judged:
        plain = _TAIL.sub("", _HEAD.sub("", unicodedata.normalize("NFKC", typed)))
        year_alone = bool(_YEAR.fullmatch(plain))
        born, found = (date(int(plain), 1, 1), []) if year_alone else _read(plain, day_zero)
        if born is None:
            return settled(raw, "", None, [*tidy, *found])
        text = plain if year_alone else born.isoformat()
        doubts = _doubts(born, today)
        possible = all(doubt.severity != Severity.ERROR for doubt in doubts)
        return settled(raw, text if possible else "", text, [*tidy, *found, *doubts])

    return lambda raw: judged_optional(raw, judge)


def _read(text: str, day_zero: date) -> tuple[date | None, list[Finding]]:
    for pattern, read in (
        (_DAY_FIRST, _day_first),
        (_YEAR_FIRST, _year_first),
        (_IN_WORDS, _in_words),
    ):
        match = pattern.fullmatch(text)
        if match:
            return read(match)
    serial = _SERIAL.fullmatch(text)
    return _from_serial(int(serial[1]), day_zero) if serial else (None, [error(Code.DATE_UNCLEAR)])


def _day_first(match: re.Match[str]) -> tuple[date | None, list[Finding]]:
    first, between, second, year = int(match[1]), match[2], int(match[3]), int(match[4])
    found = [note(Code.DATE_WITH_SLASHES)] if between == "/" else []
    if len(match[4]) < len("2013"):
        year += 2000
        found.append(question(Code.DATE_TWO_DIGIT_YEAR))
    born = a_day(year, second, first)
    if born is None and between == "/" and a_day(year, first, second):
        return a_day(year, first, second), [question(Code.DATE_MONTH_FIRST)]
    return (born, found) if born else (None, [error(Code.DATE_IMPOSSIBLE)])


def _year_first(match: re.Match[str]) -> tuple[date | None, list[Finding]]:
    born = a_day(int(match[1]), int(match[2]), int(match[3]))
    return (born, []) if born else (None, [error(Code.DATE_IMPOSSIBLE)])


def _in_words(match: re.Match[str]) -> tuple[date | None, list[Finding]]:
    word = match[2].lower()
    month = next((n for n, start in enumerate(MONTHS, 1) if word.startswith(start)), None)
    if month is None:
        return None, [error(Code.DATE_UNCLEAR)]
    born = a_day(int(match[3]), month, int(match[1]))
    return (born, []) if born else (None, [error(Code.DATE_IMPOSSIBLE)])


def _from_serial(number: int, day_zero: date) -> tuple[date | None, list[Finding]]:
    if number == _FALSE_LEAP_DAY and day_zero == _DAY_ZERO:
        return None, [error(Code.DATE_SERIAL_60)]
    return day_zero + timedelta(days=number), [note(Code.DATE_FROM_NUMBER)]


def a_day(year: int, month: int, day: int) -> date | None:
    """Return the day, or nothing where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _doubts(born: date, today: date) -> list[Finding]:
    age = age_on(today, born)
    if born > today or age > _OLDEST:
        return [error(Code.DATE_OUT_OF_RANGE, earliest=today.year - _OLDEST, latest=today.year)]
    return [] if age in _USUAL_AGES else [question(Code.DATE_AGE_UNUSUAL, age=age)]
