"""What a row of a table becomes in the plan of a cluster: who hosts it, when, in which section.

The engine judges what a row says; here it is held against the cluster: its members, its calendar,
what is planned already. Nothing is stored here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from zveno.network.models import SEPTEMBER, Season, Span
from zveno.organisations.models import Organisation, name_key
from zveno.plan.models.naming import named_in
from zveno.ui.inputs import PRINTED

LIMITS = {
    "title": 200,
    "direction": 100,
    "form": 80,
    "participants": 200,
    "place": 200,
    "responsible": 200,
    "note": 200,
}
MOST_SECTIONS = 30
SHOWN = 3
LAST_OF_TEACHING = 5
BEGIN = {"autumn": (10, 11), "winter": (12, 1), "spring": (3, 4), "summer": (5, 6)}
ASKED_OF_TIMES = {"outside_the_year", "year_assumed", "day_at_weekend"}
A_WEEK = timedelta(days=7)
WHEN_IN_WORDS = 100
_UNPRINTED = re.compile(f"[^{PRINTED}]")
_YEARS = re.compile(r"\b(20[0-9]{2})\s*[/–—-]\s*(?:20)?([0-9]{2})\b")
Finding = dict[str, Any]
Verdict = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a table meets: the members, the holidays, the sections and items of the year.

    ``items`` are names as they are compared, with months and keys; ``own`` are the keys of items
    that the table itself has entered.
    """

    year: int
    base: Organisation
    members: Sequence[Organisation]
    seasons: Sequence[Season | Span]
    sections: Sequence[str]
    items: Mapping[str, Mapping[int, str]]
    own: frozenset[str] = frozenset()


@dataclass(slots=True)
class Fitting:
    """Fits the rows of one table, in their order; a subheading names the section below it."""

    standing: Standing
    columns: Mapping[tuple[str | None, str], int]
    mends: Mapping[str, Mapping[str, str]]
    insisted: Mapping[str, Sequence[str]]
    heading: str = ""
    sections: dict[str, str] = field(default_factory=dict)
    before: dict[tuple[str, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sections = {name_key(name): name for name in self.standing.sections}

    def fitted(self, row: Verdict) -> Verdict:
        """Return the row with the item it becomes, and one verdict."""
        if row["verdict"] == "skip":
            return row
        if _is_subheading(row) and "row" not in self.insisted.get(str(row["row"]), ()):
            self.heading = _unnumbered(_printed(" ".join(filter(None, row["raw"]))))[
                : LIMITS["direction"]
            ]
            return {**row, "verdict": "skip", "skip": "section"}
        problems = [*row["problems"], *_too_long(row["values"])]
        item = self._item(row, problems)
        twin = self._twin(row, item) if item["month"] else None
        if twin:
            problems.append(twin)
        held = any(one["severity"] != "note" for one in problems)
        verdict = "duplicate" if twin and twin["severity"] == "error" else None
        settled = verdict or ("hold" if held else "accept")
        if settled == "accept":
            self.before[name_key(item["title"]), item["month"]] = row["row"]
        problems = [self._with_value(row, one) for one in problems]
        return {**row, "problems": problems, "item": item, "verdict": settled}

    def _with_value(self, row: Verdict, finding: Finding) -> Finding:
        """Say what stands in the cell that is asked about, so that it is mended and not retyped."""
        if finding["severity"] == "note" or finding["before"] or not finding["field"]:
            return finding
        return finding | {"before": self._raw(row, finding["field"]) or None}

    def _raw(self, row: Verdict, name: str) -> str:
        """Return the cell of a row as it came, or as a person has mended it."""
        index = self.columns.get((row["place"]["sheet"], name))
        came = row["raw"][index] if index is not None and index < len(row["raw"]) else ""
        return _printed(str(self.mends.get(str(row["row"]), {}).get(name, came) or ""))

    def _item(self, row: Verdict, problems: list[Finding]) -> dict[str, Any]:
        values = row["values"]
        month, day = self._time(values["when"], problems)
        host, named = self._host(row, problems)
        words = self._in_words(row)
        noted = filter(None, (values["form"], words, values["note"]))
        return {
            "title": values["title"] or "",
            "section": self._section(values["direction"] or "", problems),
            "month": month,
            "day": day.isoformat() if day else None,
            "host": str(host.public_id),
            "host_name": str(host),
            "named": named,
            "words": words,
            "audience": values["participants"] or "",
            "venue": values["place"] or "",
            "responsible": values["responsible"] or "",
            "note": "; ".join(noted),
        }

    def _section(self, said: str, problems: list[Finding]) -> str:
        name = said or self.heading
        if not name:
            return ""
        known = self.sections.setdefault(name_key(name), name)
        if len(self.sections) > MOST_SECTIONS:
            del self.sections[name_key(name)]
            problems.append(_error("direction", "sections_too_many", limit=MOST_SECTIONS))
        return known

    def _time(
        self, when: Mapping[str, Any] | None, problems: list[Finding]
    ) -> tuple[int, date | None]:
        """Return the month and, if it was said, the day; nothing where it is unclear."""
        if when is None or not self._is_clear(when):
            return 0, None
        precision, times = when["precision"], when["times"]
        if precision == "year":
            return LAST_OF_TEACHING, None
        if precision == "period":
            return self._month_of_holidays(times[0]), None
        first = date.fromisoformat(times[0] if len(times[0]) > len("2026-09") else f"{times[0]}-01")
        inside = self._is_in_year(first)
        # What the engine asked of a time was asked for the year that the titles name.
        idle = {"outside_the_year"} if inside else ASKED_OF_TIMES
        problems[:] = [one for one in problems if one["code"] not in idle]
        if not inside:
            problems.append(_error("when", "outside_plan", year=self.standing.year))
            return 0, None
        return first.month, first if precision in {"day", "range"} else None

    @staticmethod
    def _is_clear(when: Mapping[str, Any]) -> bool:
        return bool(when["times"]) or when["precision"] == "year"

    def _is_in_year(self, day: date) -> bool:
        year = self.standing.year
        return date(year, SEPTEMBER, 1) <= day < date(year + 1, SEPTEMBER, 1)

    def _month_of_holidays(self, named: str) -> int:
        months = BEGIN[named.partition("_")[0]]
        for season in self.standing.seasons:
            if season.kind == Season.Kind.HOLIDAYS and season.begins.month in months:
                return (season.begins + A_WEEK).month
        return months[-1]

    def _in_words(self, row: Verdict) -> str:
        """Return a time as the table says it where a day or a month says less."""
        when = row["values"]["when"]
        if when is None or (when["precision"] in {"day", "month"} and not when["weekday"]):
            return ""
        return self._raw(row, "when")[:WHEN_IN_WORDS]

    def _host(self, row: Verdict, problems: list[Finding]) -> tuple[Organisation, bool]:
        """Return the member that the row names, else the base; ask where several fit."""
        typed = self.mends.get(str(row["row"]), {}).get("host", "").strip()
        kept = "host" in self.insisted.get(str(row["row"]), ())
        values = row["values"]
        said = [typed] if typed else [values["place"] or "", values["responsible"] or ""]
        for text in said:
            found = list(named_in(text, self.standing.members))
            if len(found) == 1:
                return found[0], True
            if found and not kept:
                problems.append(_which_host(text, found))
                return self.standing.base, False
        if typed and not kept:
            problems.append(_question("host", "host_unknown", before=typed))
        return self.standing.base, False

    def _twin(self, row: Verdict, item: Mapping[str, Any]) -> Finding | None:
        """Say what else has the name of a row: an item of its month, of another, a row above."""
        key, month = name_key(item["title"]), item["month"]
        planned = self.standing.items.get(key, {})
        if month in planned:
            return _error("title", "in_plan", before=item["title"])
        if (key, month) in self.before:
            same = self.before[key, month]
            return _error("title", "same_row", before=item["title"], row=same)
        others = [one for one, at in planned.items() if at not in self.standing.own]
        if not others or "row" in self.insisted.get(str(row["row"]), ()):
            return None
        return _question(None, "namesake_item", month=others[0], year=self.standing.year)


def _which_host(text: str, found: Sequence[Organisation]) -> Finding:
    names = [str(one) for one in found]
    shown = ", ".join(names[:SHOWN]) + ("…" if names[SHOWN:] else "")
    asked = _question("host", "host_unclear", before=text, names=shown)
    return asked | {"suggestion": names[0]}


def _is_subheading(row: Verdict) -> bool:
    """Whether a row holds nothing but one cell of words, and no time."""
    codes = {one["code"] for one in row["problems"]}
    return "lone_cell" in codes and row["values"]["when"] is None


def _printed(text: str) -> str:
    """Return what a paper can show of a text, on one line."""
    return " ".join(_UNPRINTED.sub("", " ".join(text.split())).split())


def _unnumbered(text: str) -> str:
    """Return a subheading without its number: «I. С обучающимися», «2) Мониторинг»."""
    first, _space, rest = text.strip().partition(" ")
    bare = first.rstrip(".)").upper()
    numbered = bare.isdecimal() or (first != bare and set(bare) <= set("IVXІХ"))
    return rest.strip() if rest and numbered else text.strip()


def _too_long(values: Mapping[str, Any]) -> Iterator[Finding]:
    for name, limit in LIMITS.items():
        if len(values[name] or "") > limit:
            yield _error(name, "too_long", before=values[name], limit=limit)


def _error(name: str, code: str, *, before: str = "", **facts: Any) -> Finding:
    return _finding(name, code, before, "error", facts)


def _question(name: str | None, code: str, *, before: str = "", **facts: Any) -> Finding:
    return _finding(name, code, before, "question", facts)


def _finding(
    name: str | None, code: str, before: str, severity: str, facts: Mapping[str, Any]
) -> Finding:
    return {
        "field": name,
        "code": code,
        "facts": dict(facts),
        "severity": severity,
        "suggestion": None,
        "before": before or None,
        "after": None,
        "cell": None,
    }


def named_year(asides: Iterable[Mapping[str, str]], year: int) -> list[Finding]:
    """Say that the titles of a table name another academic year, if they do."""
    found = (_YEARS.search(aside["text"]) for aside in asides)
    named = [int(one[1]) for one in found if one and int(one[2]) == (int(one[1]) + 1) % 100]
    if not named or named[0] == year:
        return []
    return [_finding(None, "other_year", "", "note", {"year": named[0]})]
