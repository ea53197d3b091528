"""After a child is erased nothing of it is left: in rows, files, search, queues, a backup."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection

from tests.api.program import Program, token_of
from tests.canaries import (
    EMAIL,
    GUARDIAN,
    disguise,
    one_child,
    opened,
    signs,
    tables_that_tell,
)
from tests.houses import House, empty_house
from tests.test_children_canaries import table
from tests.test_matrix import TABLE, fill, visitor
from tests.world import CANARY, World, present
from zveno.desk.actions import request_export
from zveno.events.actions import draw_batch
from zveno.events.models import Batch
from zveno.kernel.actor import SYSTEM
from zveno.kernel.models import Letter
from zveno.kernel.tests.races import seeing_all
from zveno.learners import tasks
from zveno.learners.actions import (
    Named,
    add_guardian,
    destroy,
    enter_list,
    give_table,
    give_table_part,
    remind_families,
    subject_file,
    throw_rows,
)
from zveno.learners.models import ChildList, Learner
from zveno.learners.tests import make
from zveno.people.models import actor_of
from zveno.people.tests import make as people
from zveno.webhooks.tests import make as webhooks

pytestmark = [pytest.mark.slow]
LONG_AGO = 1990
HOLDING = {
    *("learners_learner", "learners_guardian", "events_certificate", "kernel_letter"),
    "documents_storedfile",
}
"""Tables that tell of the child before, each in a way of its own: words, keys, letters, a PDF."""


@pytest.fixture
def world(db: None) -> World:
    """Let a child be seen, listed, certified, written about and taken out as a file."""
    world = one_child(World())
    deputy = present(world.who["deputy_a"])
    actor, child, school = actor_of(deputy), world.child.public_id, world.school_a.public_id
    give_away(world)
    for brought in ChildList.objects.filter(owner=world.school_a).order_by("pk"):
        enter_list(actor, brought.public_id)
    add_guardian(actor, child, named=Named(GUARDIAN, "mother", EMAIL))
    remind_families(actor, school, learners=[child])
    subject_file(actor, child)
    request_export(actor, school, kind="children", reason="Сверка списков класса")
    list(look_around(world))
    Program(token_of(deputy)).get("/children")
    webhooks.published()
    return world


def give_away(world: World) -> None:
    """Let the coordinator give the rows of the table of many schools, and keep none."""
    coordinator = actor_of(present(world.who["coordinator"]))
    throw_rows(coordinator, world.many.public_id)
    give_table(coordinator, world.many.public_id)
    give_table_part(coordinator, world.many.public_id)


def look_around(world: World) -> Iterator[tuple[str, str, str]]:
    """Open as everybody each address that shows something of a child, and look for it."""
    shown = {what.partition(" ")[2] for what, _who in table("pages")}
    rows = [row for row in TABLE if row.method == "get" and row.name in shown]
    paths = [fill(world, row.path) for row in rows]
    for who, account in world.who.items():
        client = visitor(account)
        for path in [*paths, "/find/?q=", "/exports/"]:
            answer = client.get(path)
            yield who, path, opened(b"".join(answer) if answer.streaming else answer.content)


def all_of(world: World) -> list[Learner]:
    return list(Learner.objects.filter(owner=world.school_a).order_by("pk"))


def by_hand(world: World) -> None:
    head = actor_of(present(world.who["head_a"]))
    keys = [one.public_id for one in all_of(world)]
    destroy(head, world.school_a.public_id, learners=keys, why="asked")


def at_night(world: World) -> None:
    Learner.objects.filter(owner=world.school_a).update(first_year=LONG_AGO)
    tasks.erase_due(0)


@pytest.mark.django_db
@pytest.mark.parametrize("erase", [by_hand, at_night])
def test_nothing_of_the_children_is_left(world: World, erase: Callable[[World], None]) -> None:
    with connection.cursor() as cursor:
        before = tables_that_tell(cursor)

    erase(world)
    webhooks.published()

    with connection.cursor() as cursor:
        after = tables_that_tell(cursor)
    assert set(before) >= HOLDING
    assert set().union(*before.values()) == {
        *("family", "given", "patronymic", "birthday", "guardian", "email")
    }
    assert after == {}
    assert [line[:2] for line in look_around(world) if signs(line[2])] == []
    deputy = present(world.who["deputy_a"])
    for path in (f"/find/?q={quote(CANARY[:6])}", f"/find/?q={quote(EMAIL[:6])}"):
        assert signs(opened(visitor(deputy).get(path).content)) == set()
    assert signs(Program(token_of(deputy)).get("/children").content.decode()) == set()


# --- A backup of before -------------------------------------------------------------------------


IN_HOUSE = "from tests.test_children_gone import {what}; {what}()"


def come_in_disguise() -> None:
    """Let a child of the demonstration, with a certificate and a mother, be that child."""
    with seeing_all():
        found = Learner.objects.filter(certificates__isnull=False, places__came_at__isnull=False)
        child = found.earliest("pk")
        make.guardian(child, "a-link-of-a-mother")
        disguise(Learner.objects.filter(pk=child.pk))
        Letter.objects.create(to=EMAIL, subject="Страница семьи", text="")
        batches = Batch.objects.filter(certificates__learner=child)
        batches.update(file=None)
        drawn = [batch.public_id for batch in batches]
    for batch in drawn:  # a certificate, and perhaps a diploma
        draw_batch(SYSTEM, batch)


def be_destroyed() -> None:
    """Destroy that child as its school does."""
    with seeing_all():
        child = Learner.objects.select_related("owner").get(family_name=CANARY)
        deputy = people.actor(child.owner)
    destroy(deputy, child.owner.public_id, learners=[child.public_id], why="asked")


def tells(house: House) -> dict[str, set[str]]:
    with psycopg.connect(house.owner) as owner:
        return tables_that_tell(owner.cursor())


def test_nothing_comes_back_with_a_backup_of_before(told: str, laid: str, tmp_path: Path) -> None:
    with empty_house(tmp_path / "saved", like=told) as saved:
        saved.must("manage", "shell", "-c", IN_HOUSE.format(what="come_in_disguise"))
        before = tells(saved)
        saved.must("backup", "--to", str(tmp_path))
        saved.must("manage", "shell", "-c", IN_HOUSE.format(what="be_destroyed"))
        assert tells(saved) == {}
        saved.must("backup", "--to", str(tmp_path))  # also lists what was erased
    assert set(before) >= HOLDING
    with empty_house(tmp_path / "new", like=laid) as new:
        new.must("restore", str(min(tmp_path.glob("*.zveno"))))

        assert tells(new) == {}
