"""A table of organisations becomes members of a cluster, and no row of it is lost."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from zveno.network.actions import accept_members, bring_members, mend_rows
from zveno.network.models import Cluster, Fate, MemberList
from zveno.network.tests import make
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DATA = Path(__file__).parent / "data"
EXPECTED = json.loads((DATA / "cluster_members.expected.json").read_text())["rows"]
SOURCES = {
    "text": {"text": (DATA / "cluster_members.txt").read_text()},
    "xlsx": {
        "file": base64.b64encode((DATA / "cluster_members.xlsx").read_bytes()).decode(),
        "name": "cluster_members.xlsx",
    },
}
INN_MENDED = "0010008489"


def base() -> Organisation:
    return organisations.college(
        name="Санкт-Петербургское ГБПОУ «Колледж автоматизации производства»", inn="0010007005"
    )


def brought(source: dict[str, str]) -> tuple[Any, Cluster, MemberList]:
    cluster = make.cluster(base())
    coordinator = people.coordinator(cluster.base)
    return coordinator, cluster, bring_members(coordinator, cluster.public_id, source=source)


@pytest.mark.parametrize("kind", SOURCES)
def test_every_row_is_understood_as_a_person_would(kind: str) -> None:
    _coordinator, _cluster, members = brought(SOURCES[kind])

    fates = [row.fate for row in members.rows()]
    assert fates == [
        *[Fate.READY] * 4,
        Fate.HELD,
        Fate.HELD,
        *[Fate.READY] * 3,
        Fate.DUPLICATE,
        Fate.SKIPPED,
    ]
    for row, expected in zip(members.rows(), EXPECTED, strict=True):
        for field in set(expected) & {"name", "kind", "role", "inn", "director", "email"}:
            assert row.values[field] == expected[field], (row.number, field)


def test_mended_rows_become_nine_members_with_the_right_roles() -> None:
    coordinator, cluster, members = brought(SOURCES["text"])

    accept_members(coordinator, members.public_id)
    mend_rows(
        coordinator,
        members.public_id,
        mends={5: {"inn": INN_MENDED}, 6: {"email": "ds910@example.org"}},
        kept={},
    )
    accept_members(coordinator, members.public_id)

    roles = [one.role for one in cluster.memberships.base_first()]
    assert roles == ["base", "methodical_operator", *["member"] * 7]
    names = [row["name"] for row in EXPECTED[:9]]
    assert {one.organisation.name for one in cluster.memberships.all()} == set(names)
