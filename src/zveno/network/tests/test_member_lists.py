"""A table of organisations becomes members of a cluster, and no row of it is lost."""

from uuid import uuid4

import pytest

from zveno.kernel.engines import EngineRefused
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.models import Entry
from zveno.network.actions import (
    NoRows,
    accept_members,
    bring_members,
    map_columns,
    mend_rows,
)
from zveno.network.models import Fate, Membership
from zveno.network.tests import make, tables
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SCHOOL = "Школа № 7 (пример)"


@pytest.mark.parametrize("kind", tables.SOURCES)
def test_every_row_is_understood_as_a_person_would(kind: str) -> None:
    cluster = make.cluster(tables.base())

    members = bring_members(
        people.coordinator(cluster.base), cluster.public_id, source=tables.SOURCES[kind]
    )

    ready = [Fate.READY] * 4
    later = [Fate.HELD, Fate.HELD, *[Fate.READY] * 3, Fate.DUPLICATE, Fate.SKIPPED]
    assert [row.fate for row in members.rows()] == [*ready, *later]
    for row, expected in zip(members.rows(), tables.EXPECTED, strict=True):
        for field in set(expected) & {"name", "kind", "role", "inn", "director", "email"}:
            assert row.values[field] == expected[field], (row.number, field)


def test_ready_rows_are_accepted_and_held_ones_stay_until_mended() -> None:
    coordinator, members = tables.brought()
    cluster = members.cluster

    first = accept_members(coordinator, members.public_id)
    members.refresh_from_db()
    held = members.counts()[Fate.HELD]
    mend_rows(coordinator, members.public_id, mends=tables.MENDS, kept={})
    second = accept_members(coordinator, members.public_id)

    assert (first, held, second) == (7, 2, 2)
    roles = [one.role for one in cluster.memberships.base_first()]
    assert roles == ["base", "methodical_operator", *["member"] * 7]
    names = {one.organisation.name for one in cluster.memberships.select_related("organisation")}
    assert names == {row["name"] for row in tables.EXPECTED[:9]}


def test_every_row_has_one_fate_to_the_end() -> None:
    coordinator, members = tables.brought()

    mend_rows(coordinator, members.public_id, mends=tables.MENDS, kept={})
    accept_members(coordinator, members.public_id)

    members.refresh_from_db()
    assert members.counts() == {
        Fate.MEMBER: 1,
        Fate.ADDED: 8,
        Fate.DUPLICATE: 1,
        Fate.SKIPPED: 1,
    }


def test_accepting_twice_adds_nothing() -> None:
    coordinator, members = tables.brought()
    accept_members(coordinator, members.public_id)
    before = (Organisation.objects.count(), Membership.objects.count(), Post.objects.count())

    again = accept_members(coordinator, members.public_id)

    after = (Organisation.objects.count(), Membership.objects.count(), Post.objects.count())
    assert (again, after) == (0, before)


def test_bringing_the_same_table_again_adds_nobody() -> None:
    coordinator, members = tables.brought()
    accept_members(coordinator, members.public_id)
    before = Organisation.objects.count()

    _same, again = tables.brought(cluster=members.cluster)
    accept_members(coordinator, again.public_id)

    again.refresh_from_db()
    assert Organisation.objects.count() == before
    assert again.counts()[Fate.ADDED] == 0


def test_head_comes_with_the_post_and_the_steward_answers_for_the_row() -> None:
    coordinator, members = tables.brought()

    accept_members(coordinator, members.public_id)

    school = Organisation.objects.get(inn="0010007742")
    head = school.posts.select_related("person").get(role="head")
    assert (str(head.person), head.title) == ("Ёлкина Наталья Юрьевна", "директор")
    assert school.steward == members.cluster.base
    assert (school.short_name, school.territory) == ("Школа № 900", members.cluster.territory)


def test_base_is_known_by_its_name_and_gets_the_inn_it_lacked() -> None:
    base = organisations.college(name=tables.EXPECTED[0]["name"])
    coordinator, members = tables.brought(cluster=make.cluster(base))

    accept_members(coordinator, members.public_id)

    base.refresh_from_db()
    assert base.inn == tables.EXPECTED[0]["inn"]
    assert Organisation.objects.filter(kind="college").count() == 1


def test_organisation_of_another_cluster_joins_and_keeps_its_head() -> None:
    school = organisations.school(name=SCHOOL, inn="0010007742")
    head = people.head(school)
    coordinator, members = tables.brought(
        tables.rows(f"{SCHOOL}\t0010007742\tдиректор Юдин Павел Олегович")
    )

    accept_members(coordinator, members.public_id)

    members.refresh_from_db()
    assert members.counts() == {Fate.JOINED: 1}
    assert school.posts.live().get(role="head").person == head


def test_second_college_and_second_centre_are_members() -> None:
    coordinator, members = tables.brought(
        tables.rows(
            "ИМЦ Первого района (пример)\t\tдиректор Юдин Павел Олегович",
            "ИМЦ Второго района (пример)\t\tдиректор Ким Ен Ук",
            "Колледж связи (пример)\t\tдиректор О Сергей Иванович",
        )
    )

    accept_members(coordinator, members.public_id)

    roles = [one.role for one in members.cluster.memberships.base_first()]
    assert roles == ["base", "methodical_operator", "member", "member"]


def test_namesake_becomes_an_organisation_of_its_own_if_a_person_says_so() -> None:
    coordinator, members = tables.brought(tables.rows(f"{SCHOOL}\t\t", f"{SCHOOL}\t\t"))

    mend_rows(coordinator, members.public_id, mends={}, kept={2: ["row"]})
    accept_members(coordinator, members.public_id)

    assert Organisation.objects.filter(name=SCHOOL).count() == 2


def test_columns_are_read_as_a_person_says() -> None:
    coordinator, members = tables.brought(tables.rows(f"{SCHOOL}\t0010007742\t"))

    mapped = map_columns(coordinator, members.public_id, mapping={0: "name", 1: None, 2: None})

    (row,) = mapped.rows()
    assert (row.value("name"), row.value("inn")) == (SCHOOL, "")


def test_headings_said_once_are_understood_in_the_next_table() -> None:
    coordinator, members = tables.brought("Название\tНомер\n" + f"{SCHOOL}\t0010007742")
    map_columns(coordinator, members.public_id, mapping={0: "name", 1: None})

    _same, again = tables.brought("Номер\tНазвание\n0010008859\tШкола № 8", members.cluster)

    (row,) = again.rows()
    assert (row.value("name"), row.value("inn")) == ("Школа № 8", "")


@pytest.mark.parametrize(
    "text",
    ["№\tНаименование\tИНН", "Итого\t9 организаций\t", "\t\t\n\t\t", " "],
    ids=["heading", "totals", "empty cells", "space"],
)
def test_table_without_organisations_is_refused(text: str) -> None:
    with pytest.raises((NoRows, EngineRefused)):
        tables.brought(text)


def test_journal_names_each_step_and_holds_no_name() -> None:
    coordinator, members = tables.brought(tables.rows(f"{SCHOOL}\t\tдиректор Юдин Павел Олегович"))
    accept_members(coordinator, members.public_id)

    entries = Entry.objects.order_by("pk")
    verbs = [entry.verb for entry in entries]
    assert verbs == [
        "network.bring_members",
        "organisations.add_organisation",
        "people.appoint",
        "network.accept_members",
    ]
    assert "Юдин" not in str(list(entries.values()))


def test_only_the_coordinator_of_the_base_brings_and_accepts() -> None:
    coordinator, members = tables.brought(tables.rows(f"{SCHOOL}\t\t"))
    base = members.cluster.base
    teacher, foreign = people.actor(base, "teacher"), people.coordinator(organisations.college())

    with pytest.raises(NotAllowed):
        bring_members(foreign, members.cluster.public_id, source={"text": tables.TEXT})
    with pytest.raises(NotAllowed):
        accept_members(teacher, members.public_id)
    with pytest.raises(NotFound):
        accept_members(foreign, members.public_id)
    with pytest.raises(NotFound):
        mend_rows(coordinator, uuid4(), mends={}, kept={})


def test_the_same_table_brought_twice_is_one_list_until_something_is_done_with_it() -> None:
    coordinator, members = tables.brought()
    key = members.cluster.public_id

    again = bring_members(coordinator, key, source=members.source)
    mend_rows(coordinator, members.public_id, mends=tables.MENDS, kept={})
    anew = bring_members(coordinator, key, source=members.source)

    assert again == members
    assert anew != members


def test_an_organisation_that_came_meanwhile_is_shown_before_it_is_joined() -> None:
    cluster = make.cluster()
    coordinator, table = people.coordinator(cluster.base), f"Наименование\n{SCHOOL}\n"
    first, second = (
        bring_members(coordinator, cluster.public_id, source={"text": f"{table}{spare}"})
        for spare in ("", "\n")
    )
    accept_members(coordinator, first.public_id)

    overtaken = accept_members(coordinator, second.public_id)
    second.refresh_from_db()
    (row,) = second.rows()
    joined = accept_members(coordinator, second.public_id)

    organisation = Organisation.objects.get(name=SCHOOL)
    assert (overtaken, row.organisation, joined) == (0, str(organisation.public_id), 1)
    assert Membership.objects.filter(organisation=organisation).count() == 1
