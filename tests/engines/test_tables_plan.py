"""A coordinator brings a plan in Word: every row as agreed, nothing guessed in silence."""

from typing import Any

import pytest

from tests.engines.tables_kit import codes, from_bytes, plans, stored, stored_json

EXPECTED = stored_json("annual_plan.expected.json")
ANSWER = from_bytes(stored("annual_plan.docx"), "annual_plan")
PRECISIONS = {
    "not later than": "deadline",
    "period of the calendar": "period",
    "in the course of the year": "year",
}
TIMES = {
    "autumn holidays": ["autumn_holidays"],
    "2026-11, third week": ["2026-11"],
    "whole year": [],
}
ASKED = {
    "a Sunday": ["day_at_weekend"],
    "grades 7-8 span two age groups; a Saturday": ["audience_spans", "day_at_weekend"],
    "year taken from the academic year": ["year_assumed"],
    "number 10 repeats, number 11 is missing": ["number_repeats"],
}


def row_at(line: int) -> dict[str, Any]:
    return next(row for row in ANSWER["rows"] if row["place"]["line"] == line)


def times_of(expected: dict[str, Any]) -> list[str]:
    said = expected["when"]
    return said if isinstance(said, list) else TIMES.get(said, [said])


@pytest.mark.parametrize("expected", EXPECTED["rows"], ids=lambda one: f"row {one['row']}")
def test_a_row_of_the_plan_comes_out_as_agreed(expected: dict[str, Any]) -> None:
    row = row_at(expected["row"])
    if "skip" in expected:
        assert (row["verdict"], row["skip"]) == ("skip", "blank")
        return
    values, when = row["values"], row["values"]["when"]
    assert codes(row, "question", "error") == ASKED.get(expected.get("ask", ""), [])
    assert (when["precision"], when["times"]) == (
        PRECISIONS.get(expected["precision"], expected["precision"]),
        times_of(expected),
    )
    for name in {"title", "series", "audience", "seats", "hours"} & expected.keys():
        assert (values["title"] or "", values[name]) == (expected["title"], expected[name])
    assert when["weekday"] == (4 if expected.get("weekday") == "Thursday" else None)


def test_no_row_of_the_plan_is_lost() -> None:
    assert [row["place"]["line"] for row in ANSWER["rows"]] == list(range(2, 15))
    assert row_at(9)["values"] == {}
    assert row_at(8)["values"]["when"]["week"] == 3
    assert [one["field"] for one in ANSWER["columns"]] == [
        *("number", "direction", "title", "form", "participants"),
        *("place", "when", "responsible", "note"),
    ]


def test_the_missing_number_is_named() -> None:
    (asked,) = row_at(13)["problems"]

    assert asked["facts"] == {"number": 10, "missing": 11}


def test_a_person_may_insist_on_a_day_at_the_weekend() -> None:
    line = next(row["row"] for row in ANSWER["rows"] if row["place"]["line"] == 5)
    again = from_bytes(stored("annual_plan.docx"), "annual_plan", insist={str(line): ["when"]})

    assert again["rows"][line - 1]["verdict"] == "accept"


@pytest.mark.parametrize(
    ("text", "precision", "times", "said"),
    [
        ("15.09", "day", ["2026-09-15"], []),
        ("15.02", "day", ["2027-02-15"], ["year_assumed"]),
        ("не позднее 1 октября", "deadline", ["2026-10-01"], []),
        ("с 28 сентября по 2 октября", "range", ["2026-09-28", "2026-10-02"], []),
        ("14-16.10.2026", "range", ["2026-10-14", "2026-10-16"], []),
        ("сентябрь, декабрь", "months", ["2026-09", "2026-12"], []),
        ("ноябрь – январь", "months", ["2026-11", "2027-01"], []),
        ("декабрь 2026 г.", "month", ["2026-12"], []),
        ("вторая неделя марта", "week", ["2027-03"], []),
        ("весенние каникулы", "period", ["spring_holidays"], []),
        ("В течение учебного года", "year", [], []),
        ("24 октября 2028 г.", "day", ["2028-10-24"], ["outside_the_year"]),
        ("31.09.2026", "day", [], ["date_impossible"]),
        ("с 15 по 11 января", "range", [], ["date_impossible"]),
    ],
)
def test_a_time_is_read_as_exactly_as_it_is_said(
    text: str, precision: str, times: list[str], said: list[str]
) -> None:
    row = planned(text)

    assert (row["values"]["when"]["precision"], row["values"]["when"]["times"]) == (
        precision,
        times,
    )
    assert codes(row, "question", "error") == said


@pytest.mark.parametrize("text", ["по согласованию", "когда-нибудь", "99", "0 недель июня", "31 -"])
def test_a_time_that_cannot_be_told_is_asked_for(text: str) -> None:
    row = planned(text)

    assert (row["verdict"], row["values"]["when"]) == ("hold", None)
    assert codes(row, "error") == ["when_unclear"]


def planned(text: str) -> dict[str, Any]:
    row: dict[str, Any] = plans(f"Мероприятие\tСрок\nСеминар\t{text}")["rows"][0]
    return row
