"""When an item of a year's plan takes place: as exactly as the plan says it, and no more."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from zveno.engines.tables.codes import Code
from zveno.engines.tables.dates import MONTHS, a_day
from zveno.engines.tables.model import Finding, error, question

FIRST_MONTH = 8
_SATURDAY = 6
_CENTURY = 2000
_SHORT_YEAR = 2
_MONTH = r"(?:янв|фев|мар|апр|ма[йяе]|июн|июл|авг|сен|окт|ноя|дек)[а-я]*"
_YEAR = r"(?P<year{0}>\d{{4}}|\d{{2}})"
_DAY = (
    r"(?P<day{0}>\d{{1,2}})"
    r"(?:[./](?P<number{0}>\d{{1,2}})(?:[./]" + _YEAR + r")?| +(?P<month{0}>"
    rf"{_MONTH.replace('{', '{{')}) *(?P<full{{0}}>\d{{{{4}}}})?)"
)
_RANGE = re.compile(
    rf"(?:с +)?(?:{_DAY.format(1)}|(?P<bare>\d{{1,2}})) *(?:-|по) *{_DAY.format(2)}", re.ASCII
)
_ONE_DAY = re.compile(_DAY.format(1), re.ASCII)
_MONTHS_SAID = re.compile(
    rf"(?P<first>{_MONTH})(?: *(?:-|,|и) *(?P<last>{_MONTH}))? *(?P<year>\d{{4}})?", re.ASCII
)
_WEEK = re.compile(
    rf"(?P<week>[1-5])(?:-?[а-я]{{1,2}})? +недел[а-я]+ +(?P<month>{_MONTH})", re.ASCII
)
_WEEK_IN_WORDS = re.compile(rf"(?P<week>[а-я]+) +недел[а-я]+ +(?P<month>{_MONTH})")
_WEEKS = {"перв": 1, "втор": 2, "трет": 3, "четв": 4, "посл": 5}
_HOLIDAYS = re.compile(r"(?:в |на )?(осен|зим|весен|лет)[а-я]+ каникул[а-я]*")
_SEASONS = {"осен": "autumn", "зим": "winter", "весен": "spring", "лет": "summer"}
_ALL_YEAR = re.compile(
    r"(?:в течение|в теч\.?|весь|целый)? *(?:всего|уч\w*\.?)? *(?:года?|период\w*)"
)
_DEADLINE = re.compile(r"(?:не позднее|до) +(?=\d)")
_WEEKDAY = re.compile(
    r",? *\(?(?:по|кажд\w+) +(?P<day>понедельник|вторник|сред|четверг|пятниц|суббот|воскресень)"
    r"[а-я]*\)?,? *"
)
_WEEKDAYS = ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень")
_TAIL = re.compile(r"(?:\s*(?:учебного года|года|г\.?))?[\s.]*$")


class Precision(StrEnum):
    """How exactly a plan says when."""

    DAY = "day"
    DEADLINE = "deadline"
    RANGE = "range"
    WEEK = "week"
    MONTH = "month"
    MONTHS = "months"
    PERIOD = "period"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class When:
    """A time as a plan says it: days (2026-09-10), months (2026-08) or names of periods.

    ``weekday`` counts from 1, Monday; ``week`` is that of the month.
    """

    precision: Precision
    times: tuple[str, ...] = ()
    weekday: int | None = None
    week: int | None = None
    findings: tuple[Finding, ...] = ()


def read_when(text: str, year: int) -> When | None:
    """Read a time in the academic year that began in ``year``; nothing if it is unclear."""
    small = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    plain = " ".join(re.sub(r"[\u2010-\u2015]", "-", small).split())
    said = _WEEKDAY.search(plain)
    rest = _TAIL.sub("", plain[: said.start()] + " " + plain[said.end() :] if said else plain)
    rest = rest.strip(" ,;")
    readings = (read(rest, year) for read in _READERS)
    found = _all_year(plain) or next(filter(None, readings), None)
    if found and said:
        return replace(found, weekday=_WEEKDAYS.index(said["day"]) + 1)
    return found


def _all_year(text: str) -> When | None:
    return When(Precision.YEAR) if _ALL_YEAR.fullmatch(text) else None


def _holidays(text: str, _year: int) -> When | None:
    match = _HOLIDAYS.fullmatch(text)
    return When(Precision.PERIOD, (f"{_SEASONS[match[1]]}_holidays",)) if match else None


def _week(text: str, year: int) -> When | None:
    match = _WEEK.fullmatch(text) or _WEEK_IN_WORDS.fullmatch(text)
    if not match:
        return None
    number = match["week"]
    week = int(number) if number.isdigit() else _WEEKS.get(number[:4])
    return When(Precision.WEEK, (_month(match["month"], year),), week=week) if week else None


def _months(text: str, year: int) -> When | None:
    match = _MONTHS_SAID.fullmatch(text)
    if not match:
        return None
    last, said = match["last"], int(match["year"]) if match["year"] else None
    second = _month(last or match["first"], year, said)
    if not last:
        return When(Precision.MONTH, (second,), findings=tuple(_outside(second, year)))
    first = _month(match["first"], year, said)
    times = (first, second) if first <= second else (_month(match["first"], year), second)
    return When(Precision.MONTHS, times, findings=tuple(_outside(second, year)))


def _one_day(text: str, year: int) -> When | None:
    deadline = _DEADLINE.match(text)
    match = _ONE_DAY.fullmatch(text[deadline.end() :] if deadline else text)
    if not match:
        return None
    precision = Precision.DEADLINE if deadline else Precision.DAY
    day, said = _day(match, 1, year)
    if day is None:
        return When(precision, findings=(error(Code.DATE_IMPOSSIBLE),))
    found = [*_outside(day.isoformat(), year), *_assumed(day, year, said=said)]
    if precision is Precision.DAY and day.isoweekday() >= _SATURDAY:
        found.append(question(Code.DAY_AT_WEEKEND, weekday=day.isoweekday()))
    return When(precision, (day.isoformat(),), findings=tuple(found))


def _range(text: str, year: int) -> When | None:
    match = _RANGE.fullmatch(text)
    if not match:
        return None
    last, said = _day(match, 2, year)
    first = last and a_day(last.year, last.month, int(match["bare"])) if match["bare"] else None
    first = first or (None if match["bare"] else _day(match, 1, year)[0])
    if first is None or last is None or first > last:
        return When(Precision.RANGE, findings=(error(Code.DATE_IMPOSSIBLE),))
    found = (*_outside(last.isoformat(), year), *_assumed(last, year, said=said))
    return When(Precision.RANGE, (first.isoformat(), last.isoformat()), findings=found)


_READERS: tuple[Callable[[str, int], When | None], ...] = (
    *(_holidays, _week, _one_day, _range, _months),
)


def _day(match: re.Match[str], n: int, year: int) -> tuple[date | None, bool]:
    """Return the day, and whether its year was said."""
    said = match[f"year{n}"] or match[f"full{n}"]
    month = int(match[f"number{n}"] or 0) or _number(match[f"month{n}"] or "")
    if said:
        short = len(said) == _SHORT_YEAR
        return a_day(int(said) + _CENTURY * short, month, int(match[f"day{n}"])), True
    return a_day(_year_of(month, year), month, int(match[f"day{n}"])), False


def _number(month: str) -> int:
    return next((n for n, start in enumerate(MONTHS, 1) if month.startswith(start)), 0)


def _year_of(month: int, year: int) -> int:
    return year if month >= FIRST_MONTH else year + 1


def _month(name: str, year: int, said: int | None = None) -> str:
    number = _number(name)
    return f"{said or _year_of(number, year)}-{number:02}"


def _assumed(day: date, year: int, *, said: bool) -> Iterator[Finding]:
    """Ask about a day of the second calendar year that the plan says without its year."""
    if not said and day.year > year:
        yield question(Code.YEAR_ASSUMED, year=day.year)


def _outside(time: str, year: int) -> Iterator[Finding]:
    """Ask about a time that is not in the year of the plan."""
    if not f"{year}-{FIRST_MONTH:02}" <= time < f"{year + 1}-{FIRST_MONTH + 1:02}":
        yield question(Code.OUTSIDE_THE_YEAR, year=year)
