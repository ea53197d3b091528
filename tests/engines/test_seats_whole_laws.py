"""Laws of whole groups: promises, brute force, bounds, order of rows, the line, repair."""

import json
import random
from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from tests.engines.seats_kit import Raw, lists
from tests.engines.seats_whole_kit import plans, told, value, wholes
from zveno.engines.seats import (
    Applicant,
    Whole,
    check,
    divide,
    read_problem,
    solve,
)
from zveno.engines.seats.reading import keeping

laws = settings(
    max_examples=150,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
few = settings(laws, max_examples=80)


@laws
@given(wholes(people=9))
def test_keeps_every_promise(raw: Raw) -> None:
    read = read_problem(raw)
    assert check(read, divide(read)) == ()


def test_is_the_best_there_is_in_nearly_every_small_problem() -> None:
    best = []

    @settings(laws, max_examples=120)
    @given(wholes(people=5, sessions=3))
    def tried(raw: Raw) -> None:
        read = read_problem(raw)
        plan, every = divide(read), list(plans(read))
        seats = dict(plan.seats)
        assert seats in every
        assert plan.worth == told(read, seats)
        if plan.bound is not None:
            assert max(told(read, each) for each in every) <= plan.bound
            best.append(value(read, seats) == max(value(read, each) for each in every))

    tried()
    assert sum(best) >= 0.95 * len(best) > 50


@laws
@given(wholes(people=9))
def test_the_order_of_rows_and_the_names_of_schools_change_nothing(raw: Raw) -> None:
    answer = solve(raw)
    mixed = dict(raw)
    for name in ("applicants", "sessions", "quotas"):
        mixed[name] = random.Random(7).sample(raw[name], len(raw[name]))  # noqa: S311 - a shuffle
    assert json.dumps(solve(mixed)) == json.dumps(answer)
    text = json.dumps(raw)
    for old, new in (("a", "z"), ("b", "y"), ("c", "x")):
        text = text.replace(f'"{old}"', f'"{new}"')
    assert solve(json.loads(text))["seats"] == answer["seats"]


@few
@given(wholes(people=5, sessions=3, most=1))
def test_in_the_line_it_pays_nobody_to_hide_wishes(raw: Raw) -> None:
    sessions = [each | {"minimum": 0} for each in raw["sessions"]]
    quotas = [each | {"floor": 0} for each in raw["quotas"]]
    read = read_problem(raw | {"sessions": sessions, "quotas": quotas, "mode": "open"})
    honest = divide(read) if read.whole else None
    for place, who in enumerate(read.applicants if honest else ()):
        if who.together:
            continue
        for wishes in lists(read):
            people = list(read.applicants)
            people[place] = replace(who, wishes=wishes)
            lied = divide(replace(read, applicants=tuple(people)))
            assert _rank(who, honest) <= _rank(who, lied)


@laws
@given(wholes(people=7))
def test_a_repair_keeps_every_seat_that_is_still_there(raw: Raw) -> None:
    before = dict(solve(raw)["seats"])
    first, *others = raw["sessions"]
    sessions = [
        first | {"capacity": 0},
        *(each | {"capacity": each["capacity"] + 2} for each in others),
    ]
    quotas = [each | {"floor": 0} for each in raw["quotas"]]
    people = [each for each in raw["applicants"][1:] if not each.get("together")]
    changed = raw | {"sessions": sessions, "quotas": quotas, "applicants": people}
    again = changed | {"repair": before}
    after = solve(again)["seats"]
    left = {each["id"] for each in people}
    for who, held in before.items():
        if who in left:
            told_before, told_now = (
                {each} if isinstance(each, str) else set(each)
                for each in (held, after.get(who, []))
            )
            assert told_before - {first["id"]} <= told_now
    read = read_problem(keeping(again))
    if read.whole:
        assert check(read, divide(read)) == ()


def _rank(who: Applicant, plan: Whole | None) -> int:
    seats = plan.seats.get(who.id, ()) if plan else ()
    return who.wishes.index(seats[0]) if seats and seats[0] in who.wishes else len(who.wishes)
