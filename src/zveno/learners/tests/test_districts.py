"""A table of children of many schools: each school gets its own rows, the bringer keeps no name."""

from datetime import timedelta

import pytest

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.walls import scoped
from zveno.learners.actions import (
    ListAtWork,
    NoSuchHouse,
    bring_table,
    enter_list,
    give_table,
    give_table_part,
    place_rows,
    throw_rows,
)
from zveno.learners.models import (
    ChildList,
    DistrictRow,
    DistrictShare,
    DistrictTable,
    Houses,
    Learner,
)
from zveno.learners.tasks import erase_due
from zveno.network.tests import make as network
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Notice, Post
from zveno.people.tests import make as people

pytestmark = pytest.mark.django_db
HEADS = "Школа\tИНН школы\tФамилия\tИмя\tКласс\tТелефон\n"


class District:
    """A cluster with two schools, led by a college whose coordinator acts."""

    def __init__(self) -> None:
        self.college = organisations.college()
        cluster = network.cluster(self.college)
        self.five = organisations.school(name="ГБОУ СОШ № 5 (пример)", inn="0010005551")
        self.nine = organisations.school(name="Гимназия № 9 (пример)", inn="")
        network.member(cluster, self.five)
        network.member(cluster, self.nine)
        self.actor = people.actor(self.college, Post.Role.COORDINATOR)

    def bring(self, rows: str) -> DistrictTable:
        return bring_table(self.actor, self.college.public_id, source={"text": HEADS + rows})

    def give(self, table: DistrictTable) -> None:
        give_table(self.actor, table.public_id)
        while DistrictTable.objects.get(pk=table.pk).state == DistrictTable.State.GIVING:
            give_table_part(self.actor, table.public_id)


ROWS = (
    "Школа №5\t\tКим\tАя\t6Б\t+79210000000\n"
    "школа 5\t\tБелов\tЛев\t6Б\t\n"
    "9\t\tИдин\tЯн\t7А\t\n"
    "Лицей № 30\t\tФомин\tОлег\t3А\t\n"
    "Лицей № 30\t\tФомина\tОльга\t3А\t\n"
    "\t\tНикитин\tГлеб\t1А\t\n"
    "Всего: 6\t\t\t\t\t\n"
)


def test_each_school_gets_its_own_rows_and_enters_them() -> None:
    here = District()
    table = here.bring(ROWS)
    assert (table.total, table.source, table.asides) == (6, {}, 2)

    here.give(table)

    shares = DistrictShare.objects.filter(of=table).order_by("pk")
    assert [(one.house, one.number) for one in shares] == [(here.five, 2), (here.nine, 1)]
    given = ChildList.objects.get(owner=here.five)
    assert "79210000000" not in str(given.source)
    assert enter_list(people.actor(here.five), given.public_id) == 2
    assert Learner.objects.filter(owner=here.five).count() == 2
    shares = DistrictShare.objects.filter(of=table).order_by("pk")
    assert [bool(one.done_at) for one in shares] == [True, False]


def test_no_row_is_lost() -> None:
    here = District()
    table = here.bring(ROWS)
    here.give(table)
    assert table.rows.unplaced().count() == 3

    first = table.rows.unplaced()[0]
    houses = {first.number: here.nine.public_id}
    assert place_rows(here.actor, table.public_id, houses=houses) == 2
    here.give(table)
    assert throw_rows(here.actor, table.public_id) == 1

    table.refresh_from_db()
    given = sum(one.number for one in DistrictShare.objects.filter(of=table))
    assert given + table.rows.count() + table.thrown == table.total == 6
    assert table.rows.count() == 0


def test_rows_that_name_no_school_are_placed_one_by_one() -> None:
    here = District()
    table = here.bring("\t\tКим\tАя\t6Б\t\n\t\tБелов\tЛев\t6Б\t\n")
    first = table.rows.unplaced()[0]

    houses = {first.number: here.five.public_id}
    assert place_rows(here.actor, table.public_id, houses=houses) == 1
    assert table.rows.unplaced().count() == 1


def test_rows_go_to_members_of_ones_own_clusters_only() -> None:
    here = District()
    stranger = organisations.school(name="Школа № 77 (пример)")
    table = here.bring("Школа № 77\t\tКим\tАя\t6Б\t\n")
    assert table.rows.placed().count() == 0

    with pytest.raises(NoSuchHouse):
        place_rows(here.actor, table.public_id, houses={1: stranger.public_id})


def test_who_leads_no_cluster_brings_nothing() -> None:
    here = District()
    for actor in (
        people.actor(here.five, Post.Role.HEAD),
        people.actor(here.five, Post.Role.COORDINATOR),
        people.actor(here.college, Post.Role.METHODIST),
    ):
        (scope,) = actor.scope
        owner = Organisation.objects.get(pk=scope)
        with pytest.raises(NotAllowed):
            bring_table(actor, owner.public_id, source={"text": HEADS + ROWS})


def test_the_methodist_of_the_operator_brings() -> None:
    here = District()
    operator = organisations.college()
    cluster = here.college.memberships.get().cluster
    network.member(cluster, operator)
    cluster.memberships.filter(organisation=operator).update(role="methodical_operator")
    actor = people.actor(operator, Post.Role.METHODIST)

    table = bring_table(actor, operator.public_id, source={"text": HEADS + ROWS})

    assert table.rows.placed().count() == 3


def test_the_same_table_stays_one_until_it_is_given() -> None:
    here = District()
    table = here.bring(ROWS)
    assert here.bring(ROWS) == table

    here.give(table)

    assert here.bring(ROWS) != table


def test_a_table_without_a_column_of_schools_is_refused_whole() -> None:
    here = District()
    text = "Фамилия\tИмя\tКласс\nКим\tАя\t6Б\n"
    table = bring_table(here.actor, here.college.public_id, source={"text": text})

    assert (table.state, table.source) == (DistrictTable.State.REFUSED, {})
    assert not table.rows.exists()


def test_nothing_is_said_of_a_table_while_it_is_given() -> None:
    here = District()
    table = here.bring(ROWS)
    give_table(here.actor, table.public_id)

    with pytest.raises(ListAtWork):
        throw_rows(here.actor, table.public_id)
    with pytest.raises(ListAtWork):
        give_table(here.actor, table.public_id)


def test_a_school_is_told_until_it_has_looked() -> None:
    here = District()
    head = people.account(here.five, Post.Role.HEAD)
    here.give(here.bring(ROWS))

    told = Notice.objects.get(person=head.person_id)
    assert "Ким" not in f"{told.title}{told.text}{told.url}"
    enter_list(people.actor(here.five), ChildList.objects.get(owner=here.five).public_id)
    told.refresh_from_db()
    assert told.read_at is not None


@pytest.mark.database
def test_the_wall_shows_a_school_its_rows_only_and_the_bringer_none_given() -> None:
    here = District()
    table = here.bring(ROWS)
    here.give(table)
    with scoped(here.actor):
        assert not ChildList.objects.exists()
        assert set(DistrictRow.objects.values_list("said", flat=True)) == {"Лицей № 30", ""}
    for school, rows in ((here.five, 2), (here.nine, 1)):
        with scoped(people.actor(school)):
            (own,) = ChildList.objects.all()
            assert (own.owner_id, own.rows.count()) == (school.pk, rows)
            assert not DistrictRow.objects.exists()
            assert not DistrictTable.objects.exists()
    with scoped(people.actor()):
        assert not DistrictShare.objects.exists()
    with scoped(SYSTEM):
        assert DistrictRow.objects.count() == 3


def test_a_school_sees_no_table_of_the_district() -> None:
    here = District()
    table = here.bring(ROWS)
    head: Actor = people.actor(here.five, Post.Role.HEAD)

    with pytest.raises(NotFound):
        give_table(head, table.public_id)


@pytest.mark.parametrize(
    ("said", "inn", "found"),
    [
        ("Школа №5", "", "five"),
        ("сош 5", "", "five"),
        ("5", "", "five"),
        ("0010005551", "", "five"),
        ("как-то иначе", "0010005551", None),
        ("", "0010005551", "five"),
        ("Гимназия № 9", "0010005551", None),
        ("Гимназия № 9", "7700000000", None),
        ("гимназия", "", "nine"),
        ("пример", "", None),
        ("Школа № 55", "", None),
        ("", "", None),
    ],
)
def test_a_school_is_found_by_what_only_its_name_has(said: str, inn: str, found: str) -> None:
    here = District()
    house = getattr(here, found).pk if found else None
    assert Houses([here.five, here.nine]).find(said, inn) == house


def test_nobody_is_led_to_a_given_list_that_was_erased() -> None:
    here = District()
    people.account(here.five)
    here.give(here.bring(ROWS))
    waiting = Notice.objects.filter(read_at=None)
    with scoped(SYSTEM):
        assert waiting.filter(about__contains="ChildList").exists()

    with clock.travel(clock.now() + timedelta(days=31)):
        erase_due(0)

    with scoped(SYSTEM):
        assert not ChildList.objects.exists()
        assert not waiting.filter(about__contains="ChildList").exists()
