"""Courses of a university: students who ask for several, by a survey of UMass Amherst.

The data (Bissias and others, arXiv 2502.10592) lie beside the checkout in shared/bench-data; where
they are absent the figures are told as not run. A student asks for as many courses as were
planned, among those rated five or higher of eight, the best first, one section of a course. Days
are taken as two: Monday, Wednesday and Friday, and Tuesday and Thursday.
"""

import csv
import re
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.seats_peers import dictatorship, yankee_swap
from bench.sizes import AtLeast, Figure
from zveno.engines.seats import Problem, divide, read_problem

PLACES = (Path(__file__).resolve().parents[2] / "shared", Path("/work/shared"))
LIKED, DAY = 5, 24 * 60


def measure() -> Iterator[Figure]:
    """Yield who is left unserved beside a serial dictatorship, and the leximin to Yankee Swap."""
    folder = next((each for each in map(_data, PLACES) if each.exists()), None)
    if folder is None:
        print("seats.umass.*: not run, the data are not here", file=sys.stderr)
        return
    problem = read_problem(survey(folder))
    plan = divide(problem)
    asked = sum(min(each.most, len(each.wishes)) for each in problem.applicants)
    ours = _counts(problem, {who: list(at) for who, at in plan.seats.items()})
    line = _counts(problem, dictatorship(problem))
    swaps = _counts(problem, yankee_swap(problem))
    left = (asked - sum(ours)) / max(1, asked - sum(line))
    yield "seats.umass.unserved_to_serial_dictatorship", left, 1
    yield "seats.umass.unserved", asked - sum(ours), float("inf")
    yield "seats.umass.leximin_vs_yankee_swap", (ours > swaps) - (ours < swaps), AtLeast(0)


def _data(place: Path) -> Path:
    return place / "bench-data" / "umass-course-survey"


def _counts(problem: Problem, seats: dict[str, list[str]]) -> list[int]:
    """Return how many courses each got, the fewest first."""
    return sorted(len(seats.get(each.id, ())) for each in problem.applicants)


def survey(folder: Path) -> dict[str, Any]:
    """Describe students who told how many courses they plan, and the sections they may have."""
    sections = _sections(folder)
    names = _columns(folder)
    applicants = []
    with (folder / "survey_data.csv").open(encoding="utf-8", errors="replace") as table:
        head, *rows = csv.reader(table)
    for number, row in enumerate(rows):
        rated = [
            (-int(mark), names[column])
            for column, mark in zip(head, row, strict=False)
            if names.get(column) in sections and mark.isdigit() and int(mark) >= LIKED
        ]
        dearest: dict[str, str] = {}
        for _, section in sorted(rated):
            dearest.setdefault(section.split("-")[0], section)
        planned = row[head.index("3")]
        if dearest and planned.isdigit() and int(planned):
            status = row[head.index("1")] or "none"
            one = {"id": f"u{number:04}", "organisation": status, "grade": 8}
            applicants.append(one | {"wishes": list(dearest.values()), "most": int(planned)})
    return {
        "seed": "1",
        "mode": "fullest",
        "applicants": applicants,
        "sessions": list(sections.values()),
    }


def _columns(folder: Path) -> dict[str, str]:
    """Return the section each column of the survey asks about."""
    text = (folder / "survey_column_mapping.csv").read_text(encoding="utf-8", errors="replace")
    pairs = (line.split("|", 1) for line in text.splitlines() if "|" in line)
    found = ((column.strip(), re.search(r"DEPT (\d+)-(\d+)", about)) for column, about in pairs)
    return {column: f"{one[1]}-{one[2]}" for column, one in found if one}


def _sections(folder: Path) -> dict[str, dict[str, Any]]:
    from python_calamine import load_workbook  # noqa: PLC0415 - only where the data are

    sheet = load_workbook(str(folder / "anonymized_courses.xlsx")).get_sheet_by_index(0)
    sections = {}
    for course, _, _, seats, section, days, times, *_ in sheet.to_python()[1:]:
        name = f"{course}-{section}"
        row = {"id": name, "capacity": int(float(str(seats)))}
        begins = [
            datetime.strptime(each.strip(), "%I:%M %p")  # noqa: DTZ007 - a time of any day
            for each in str(times).split(" - ")
            if re.fullmatch(r"\d+:\d+ [AP]M", each.strip())
        ]
        if len(begins) == 2:  # noqa: PLR2004 - the beginning and the end
            late = DAY if str(days).startswith(("Tue", "Thu")) else 0
            start, end = (late + each.hour * 60 + each.minute for each in begins)
            row |= {"start": start, "end": end}
        sections[name] = row
    return sections
