"""Weeks and lines are placed on the server; what is placed can be told from the numbers."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from zveno.ui import charts, weeks
from zveno.ui.charts import Chart, Line
from zveno.ui.weeks import LANES, ROWS, Block, week_of

MONDAY = date(2026, 11, 23)
MOSCOW = ZoneInfo("Europe/Moscow")
BEGIN = datetime(2026, 11, 23, tzinfo=MOSCOW)
BLOCKS = st.lists(
    st.builds(
        lambda start, length: Block(
            BEGIN + timedelta(minutes=start), BEGIN + timedelta(minutes=start + length), "x"
        ),
        st.integers(0, 7 * 24 * 60 - 1),
        st.integers(1, 3 * 24 * 60),
    ),
    max_size=12,
)
NUMBERS = st.one_of(st.none(), st.floats(0, 1e9, allow_nan=False))


def block(day: int, start: str, end: str) -> Block:
    return Block(_moment(day, start), _moment(day, end), "Урок")


def _moment(day: int, clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{23 + day}T{clock}").replace(tzinfo=MOSCOW)


@given(BLOCKS)
def test_every_block_stands_once_on_its_day_where_the_style_sheet_has_a_place(
    blocks: list[Block],
) -> None:
    week = week_of(MONDAY, blocks)

    places = [place for day in week.days for place in day.places]
    assert len(places) == len(blocks)
    for place in places:
        assert 0 <= place.row < ROWS
        assert 1 <= place.span <= ROWS - place.row
        assert 1 <= place.lane <= LANES


def test_lesson_stands_at_its_half_hour_and_lasts_until_its_end() -> None:
    (place,) = week_of(MONDAY, [block(0, "09:00", "10:30")]).days[0].places

    assert (place.row, place.span, place.lane) == (2, 3, 1)


def test_lessons_at_one_time_stand_side_by_side_and_a_later_one_begins_anew() -> None:
    day = week_of(
        MONDAY,
        [block(1, "10:00", "12:00"), block(1, "11:00", "13:00"), block(1, "13:00", "14:00")],
    ).days[1]

    assert [place.lane for place in day.places] == [1, 2, 1]


def test_sunday_stands_only_when_something_is_on_it() -> None:
    assert len(week_of(MONDAY, []).days) == 6
    assert len(week_of(MONDAY, [block(6, "10:00", "11:00")]).days) == 7


def test_hours_reach_to_the_earliest_and_the_latest() -> None:
    week = week_of(MONDAY, [block(0, "07:30", "08:00"), block(3, "18:00", "19:15")])

    assert (week.hours[0], week.hours[-1]) == (7, 19)


def test_calendar_says_what_its_colours_mean() -> None:
    clash = Block(BEGIN, BEGIN + timedelta(hours=1), "Урок", kind="bad", url="/e/1/")

    text = Template("{% load ui %}{% calendar monday blocks %}").render(
        Context({"monday": MONDAY, "blocks": [clash]})
    )

    assert "00:00–01:00. Накладка" in text
    assert '<a class="ev ev--bad" href="/e/1/">' in text


@given(st.floats(1e-6, 1e9))
def test_axis_reaches_the_highest_number_and_not_far_beyond(most: float) -> None:
    top = charts.step_of(most) * charts.TICKS

    assert most <= top * (1 + 1e-9)
    assert top <= most * 2


@given(st.lists(NUMBERS, min_size=1, max_size=30))
def test_line_stays_inside_its_frame(values: list[float | None]) -> None:
    chart = Chart("x", [str(n) for n in range(len(values))], [Line("x", values)])

    for picture in charts.pictures(chart):
        for one in picture.lines:
            assert 0 <= one.x <= picture.frame.width
            assert 0 <= one.y <= picture.frame.height


def test_gap_breaks_the_line() -> None:
    assert charts.path_of([(0, 1), (2, 3), None, (4, 5)]) == "M0 1L2 3M4 5"


def test_chart_is_said_in_words_and_stands_in_a_table() -> None:
    chart = Chart("Дети", ["сен", "окт"], [Line("Пришли", [41, 58.5])], "детей")

    text = Template("{% load ui %}{% linechart chart %}").render(Context({"chart": chart}))

    assert 'aria-label="Дети. Пришли: от 41 до 58,5 детей"' in text
    assert '<th scope="row">окт</th><td class="num">58,5</td>' in text


def test_numbers_follow_the_language() -> None:
    with translation.override("en"):
        assert charts.number(58.5) == "58.5"
    assert charts.number(58.5) == "58,5"
    assert charts.number(None) == "—"


@given(st.lists(NUMBERS, max_size=20), NUMBERS)
def test_sparkline_stays_inside(values: list[float | None], target: float | None) -> None:
    path, height = charts.spark(values, target)

    numbers = [float(part) for part in path.replace("M", " ").replace("L", " ").split()]
    assert all(0 <= number <= 100 for number in numbers)
    assert bool(height) == (target is not None)


def test_kinds_of_time_have_words() -> None:
    assert set(weeks.WORDS) == {"service", "free", "bad", "chosen"}
