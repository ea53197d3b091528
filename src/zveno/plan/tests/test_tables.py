"""A plan made as a table becomes items of the year, and no row of it is lost."""

from datetime import date

import pytest

from zveno.kernel.engines import EngineRefused
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.models import Entry
from zveno.network.models import Season
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people
from zveno.plan.actions import (
    NothingPlanned,
    bring_plan,
    enter_plan,
    map_plan_columns,
    mend_plan,
)
from zveno.plan.models import Fate, PlanItem, PlanTable, TableRow
from zveno.plan.tests import make, tables

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def rows_of(*lines: str) -> list[TableRow]:
    """Bring a plan; a line is: section, what, for whom, place, when, responsible, note."""
    return tables.brought(tables.rows(*lines), begins=2026)[1].rows()


def test_a_plan_of_word_comes_out_as_a_person_would_enter_it() -> None:
    cluster = tables.cluster()
    actor = people.coordinator(cluster.base)

    brought = bring_plan(actor, cluster.public_id, year=2026, source=tables.in_word())

    fates = [row.fate for row in brought.rows()]
    asked = {row.number: sorted(row.doubts()) for row in brought.rows() if row.doubts()}
    assert (len(fates), fates[7]) == (13, Fate.SKIPPED)
    assert asked == {
        2: ["when"],
        4: ["when"],
        5: ["participants", "when"],
        9: ["when"],
        12: ["row"],
    }
    (first, *_rest) = brought.rows()
    assert (first.facts["section"], first.facts["host_name"]) == (
        "Организационное",
        "Колледж связи",
    )
    assert (first.facts["month"], first.facts["words"]) == (9, "до 10 сентября")


def test_rows_become_items_with_section_host_month_and_day() -> None:
    actor, brought = tables.brought(
        tables.rows(
            "С родителями\tСобрание\tродители\tШкола № 47\tмарт\tЗам. директора\tс буклетами",
            "Мониторинг\tОпрос\tвсе\tКолледж связи\t19.11.2026\tКоординатор\t",
        ),
        begins=2026,
    )

    number = enter_plan(actor, brought.public_id)

    meeting, survey = PlanItem.objects.order_by("title").select_related("host", "section")[::-1]
    assert number == 2
    assert (meeting.month, meeting.day, meeting.state) == (3, None, "planned")
    assert (meeting.section.name, meeting.host.short_name) == ("С родителями", "Школа № 47")  # type: ignore[union-attr]
    assert (meeting.audience, meeting.note) == ("родители", "с буклетами")
    assert (survey.day, survey.original_day, survey.state) == (
        date(2026, 11, 19),
        date(2026, 11, 19),
        "dated",
    )


def test_held_rows_stay_until_mended_and_entering_twice_adds_nothing() -> None:
    actor, brought = tables.brought(
        tables.rows("А\tПроба\t\t\tкогда-нибудь\t\t", "А\tСеминар\t\t\tмарт\t\t")
    )

    numbers = [enter_plan(actor, brought.public_id), enter_plan(actor, brought.public_id)]
    mend_plan(actor, brought.public_id, mends={1: {"when": "апрель"}}, kept={})
    numbers.append(enter_plan(actor, brought.public_id))

    brought.refresh_from_db()
    assert numbers == [1, 0, 1]
    assert (brought.counts(), brought.left) == ({Fate.ENTERED: 2}, 0)
    assert PlanItem.objects.count() == 2


def test_what_says_less_than_a_day_is_a_month_and_the_words_stay() -> None:
    said = {
        "октябрь": (10, ""),
        "октябрь-ноябрь": (10, "октябрь-ноябрь"),
        "3 неделя ноября": (11, "3 неделя ноября"),
        "до 10 сентября": (9, "до 10 сентября"),
        "осенние каникулы": (10, "осенние каникулы"),
        "зимние каникулы": (1, "зимние каникулы"),
        "в течение года": (5, "в течение года"),
        "март, по четвергам": (3, "март, по четвергам"),
    }

    found = rows_of(*(f"А\tПроба: {one}\t\t\t{one}\t\t" for one in said))

    assert {row.fate for row in found} == {Fate.READY}
    assert {row.facts["day"] for row in found} == {None}
    assert [(row.facts["month"], row.facts["words"]) for row in found] == list(said.values())
    assert [row.facts["note"] for row in found] == [words for _month, words in said.values()]


def test_holidays_are_those_of_the_calendar_of_the_cluster() -> None:
    cluster = tables.cluster()
    Season.objects.create(
        cluster=cluster,
        year=2026,
        kind="holidays",
        name="Осенние каникулы",
        begins=date(2026, 11, 2),
        ends=date(2026, 11, 8),
    )

    text = tables.rows("А\tПроба\t\t\tосенние каникулы\t\t")
    (row,) = tables.brought(text, cluster, 2026)[1].rows()

    assert row.facts["month"] == 11


def test_a_time_outside_the_year_of_the_plan_is_asked_for() -> None:
    said = ("август", "август 2026", "15.08.2026", "24 октября 2028 г.")

    found = rows_of(*(f"А\tПроба: {one}\t\t\t{one}\t\t" for one in said))

    codes = [[one["code"] for one in row.doubts()["when"]] for row in found]
    assert codes == [["outside_plan"]] * 4
    assert [row.doubts()["when"][0]["before"] for row in found] == list(said)


def test_the_host_is_the_member_that_is_named_else_the_base() -> None:
    said = {
        ("Школа № 47, актовый зал", ""): ("Школа № 47", True),
        ("ИМЦ", ""): ("Центр методистов", True),
        ("колледж", "Координатор"): ("Колледж связи", True),
        ("спортзал", "Школа № 48"): ("Школа № 48", True),
        ("каб. 47", "Координатор"): ("Колледж связи", False),
        ("", ""): ("Колледж связи", False),
    }
    lines = (f"А\tПроба {n}\t\t{one}\tмарт\t{who}\t" for n, (one, who) in enumerate(said))

    found = rows_of(*lines)

    assert {row.fate for row in found} == {Fate.READY}
    hosts = [(row.facts["host_name"], row.facts["named"]) for row in found]
    assert hosts == list(said.values())


def test_where_several_members_fit_a_person_chooses() -> None:
    actor, brought = tables.brought(tables.rows("А\tПроба\t\tШкола\tмарт\t\t"))
    (asked,) = brought.rows()[0].doubts()["host"]

    chosen = mend_plan(actor, brought.public_id, mends={1: {"host": "Школа № 48"}}, kept={})

    assert (asked["code"], asked["suggestion"]) == ("host_unclear", "Школа № 47")
    assert chosen.rows()[0].facts["host_name"] == "Школа № 48"


def test_an_unknown_host_may_stay_and_the_base_hosts() -> None:
    actor, brought = tables.brought(tables.rows("А\tПроба\t\tШкола\tмарт\t\t"))

    unknown = mend_plan(actor, brought.public_id, mends={1: {"host": "Лицей"}}, kept={})
    kept = mend_plan(actor, brought.public_id, mends={}, kept={1: ["host"]})

    assert "host" in unknown.rows()[0].doubts()
    assert kept.rows()[0].facts["host_name"] == "Колледж связи"


def test_a_subheading_names_the_section_of_the_rows_below() -> None:
    above, below = "I. С родителями\t\t\nСобрание\tмарт\t", "Мониторинг\t\t\nОпрос\tмай\t"
    text = f"Мероприятие\tСрок\tМесто\n{above}\n{below}"

    rows = tables.brought(text)[1].rows()

    assert [row.fate for row in rows] == [Fate.SKIPPED, Fate.READY] * 2
    assert [row.facts["section"] for row in rows[1::2]] == ["С родителями", "Мониторинг"]


def test_sections_are_known_by_name_and_new_ones_come_after_them() -> None:
    cluster = tables.cluster()
    plan = make.item(cluster).plan
    plan.sections.create(place=1, name="С родителями")

    actor, brought = tables.brought(
        tables.rows("с родителями\tСобрание\t\t\tмарт\t\t", "Наука\tДоклад\t\t\tмарт\t\t"), cluster
    )
    enter_plan(actor, brought.public_id)

    named = plan.sections.order_by("place").values_list("name", flat=True)
    assert list(named) == ["С родителями", "Наука"]


def test_what_is_in_the_plan_of_its_month_or_above_in_the_table_is_not_entered_twice() -> None:
    cluster = tables.cluster()
    make.item(cluster, title="Собрание", month=3)
    actor, brought = tables.brought(
        tables.rows("А\tсобрание\t\t\tмарт\t\t", "А\tОпрос\t\t\tмай\t\t", "А\tОпрос\t\t\tмай\t\t"),
        cluster,
    )
    fates = [row.fate for row in brought.rows()]

    mended = mend_plan(actor, brought.public_id, mends={3: {"title": "Опрос родителей"}}, kept={})

    assert fates == [Fate.TWIN, Fate.READY, Fate.TWIN]
    assert [row.fate for row in mended.rows()] == [Fate.TWIN, Fate.READY, Fate.READY]


def test_a_namesake_in_another_month_is_asked_about() -> None:
    cluster = tables.cluster()
    make.item(cluster, title="Собрание", month=9)
    actor, brought = tables.brought(tables.rows("А\tСобрание\t\t\tмарт\t\t"), cluster)
    (asked,) = brought.rows()[0].doubts()["row"]

    kept = mend_plan(actor, brought.public_id, mends={}, kept={1: ["row"]})

    assert (asked["code"], asked["facts"]["month"]) == ("namesake_item", 9)
    assert kept.rows()[0].fate is Fate.READY


def test_what_came_into_the_plan_meanwhile_does_not_come_twice() -> None:
    actor, brought = tables.brought(tables.rows("А\tСобрание\t\t\tмарт\t\t"))
    make.item(brought.cluster, title="Собрание", month=3)

    number = enter_plan(actor, brought.public_id)

    brought.refresh_from_db()
    assert (number, brought.counts()) == (0, {Fate.TWIN: 1})


def test_words_too_long_for_the_plan_are_held() -> None:
    (row,) = rows_of(f"А\t{'Проба ' * 36}\t\t\tмарт\t\t")

    assert [one["code"] for one in row.doubts()["title"]] == ["too_long"]


def test_a_plan_has_thirty_sections_and_the_next_is_asked_about() -> None:
    lines = (f"Раздел {n}\tПроба {n}\t\t\tмарт\t\t" for n in range(31))

    rows = tables.brought(tables.rows(*lines))[1].rows()

    assert [row.number for row in rows if row.fate is Fate.HELD] == [31]


def test_a_table_that_names_another_year_says_so() -> None:
    text = "План на 2019/20 учебный год\n\n" + tables.rows("А\tПроба\t\t\tмарт\t\t")

    remarks = tables.brought(text, begins=2026)[1].verdicts["remarks"]

    assert [one["facts"]["year"] for one in remarks if one["code"] == "other_year"] == [2019]


def test_columns_are_read_as_a_person_says_and_remembered() -> None:
    cluster = tables.cluster()
    text = "Мероприятие\tПора\nСобрание\tмарт\n"
    actor, brought = tables.brought(text, cluster)

    mapped = map_plan_columns(actor, brought.public_id, mapping={0: "title", 1: "when"})
    again = tables.brought(f"{text}Опрос\tмай\n", cluster)[1]

    assert [row.fate for row in mapped.rows()] == [Fate.READY]
    assert [row.title for row in again.rows()] == ["Собрание", "Опрос"]


def test_the_same_table_brought_twice_is_one_until_something_is_done_with_it() -> None:
    cluster, text = tables.cluster(), tables.rows("А\tПроба\t\t\tмарт\t\t")
    (actor, first), (_same, second) = (tables.brought(text, cluster) for _ in range(2))

    enter_plan(actor, first.public_id)
    third = tables.brought(text, cluster)[1]

    assert first == second
    assert third != first
    assert third.counts() == {Fate.TWIN: 1}


def test_a_table_without_items_is_refused() -> None:
    with pytest.raises((NothingPlanned, EngineRefused)):
        tables.brought("Мероприятие\tСрок")


def test_the_methodical_operator_brings_for_its_own_house() -> None:
    cluster = tables.cluster()
    centre = Organisation.objects.get(short_name="Центр методистов")
    methodist = people.actor(centre, Post.Role.METHODIST)
    text = tables.rows("А\tПроба\t\t\tмарт\t\t")

    brought = bring_plan(methodist, cluster.public_id, year=tables.year(), source={"text": text})

    assert brought.owner == centre
    assert enter_plan(methodist, brought.public_id) == 1
    with pytest.raises(NotFound):
        enter_plan(people.coordinator(cluster.base), brought.public_id)


def test_members_and_strangers_bring_nothing() -> None:
    cluster = tables.cluster()
    source = {"text": tables.rows("А\tПроба\t\t\tмарт\t\t")}
    school = Organisation.objects.get(short_name="Школа № 47")

    for house in (school, organisations.college()):
        with pytest.raises(NotAllowed):
            bring_plan(
                people.coordinator(house), cluster.public_id, year=tables.year(), source=source
            )

    assert not PlanTable.objects.exists()


def test_the_journal_names_each_step_and_holds_no_word_of_the_table() -> None:
    actor, brought = tables.brought(tables.rows("А\tПроба\t\t\tмарт\tЮдин П. О.\t"))
    enter_plan(actor, brought.public_id)

    entries = Entry.objects.order_by("pk")
    assert [entry.verb for entry in entries] == ["plan.bring_plan", "plan.enter_plan"]
    assert "Юдин" not in str(list(entries.values()))
