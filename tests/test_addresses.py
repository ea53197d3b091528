"""An address that names two records is good only for a pair that belongs together."""

import re

import pytest

from tests.test_matrix import fields, fill, undone, visitor
from tests.world import World
from zveno.kernel.models import Entry

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

# Each would be done by whoever knocks, were it not for the other cluster, event or group.
STRANGE = [
    ("coordinator", "network:mend_rows", "/c/{other_cluster}/members/lists/{list}/mend/"),
    ("coordinator", "network:map_columns", "/c/{other_cluster}/members/lists/{list}/columns/"),
    ("coordinator", "network:accept_members", "/c/{other_cluster}/members/lists/{list}/accept/"),
    ("coordinator", "plan:mend_rows", "/c/{other_cluster}/plan/tables/{plan_table}/mend/"),
    ("coordinator", "plan:map_columns", "/c/{other_cluster}/plan/tables/{plan_table}/columns/"),
    ("coordinator", "plan:enter", "/c/{other_cluster}/plan/tables/{plan_table}/enter/"),
    ("coordinator", "plan:obligation", "/c/{other_cluster}/plan/obligations/{obligation}/"),
    ("coordinator", "events:undo_certificates", "/e/{event}/certificates/{batch}/undo/"),
    ("coordinator", "events:draw_certificates", "/e/{event}/certificates/{batch}/draw/"),
    ("coordinator", "events:pack_certificates", "/e/{event}/certificates/{batch}/pack/"),
    ("deputy_a", "events:withdraw", "/e/groups/{group_b}/places/{place}/withdraw/"),
    ("both", "events:withdraw", "/e/groups/{group_b}/places/{place}/withdraw/"),
]


def test_nothing_is_done_below_an_address_it_does_not_belong_to() -> None:
    world = World()
    world.who["both"] = world.represents(world.school_a, world.school_b)
    before = Entry.objects.count()

    answers = [
        (name, visitor(world.who[who]).post(fill(world, path), fields(world, name, who)))
        for who, name, path in STRANGE
    ]

    assert {(name, answer.status_code) for name, answer in answers} == {
        (name, 404) for _, name, _ in STRANGE
    }
    assert Entry.objects.count() == before


def test_the_same_is_done_below_its_own() -> None:
    world = World()
    own = {"{other_cluster}": "{cluster}", "{event}": "{held}", "{group_b}": "{group}"}

    for who, name, path in STRANGE[:-1]:
        right = re.sub(r"{\w+}", lambda key: own.get(key[0], key[0]), path)
        with undone():
            answer = visitor(world.who[who]).post(fill(world, right), fields(world, name, who))
        assert answer.status_code in {302, 409}, name
