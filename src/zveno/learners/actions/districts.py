"""Verbs: a table of children of many schools is brought, divided and given to these schools."""

import hashlib
import json
from collections.abc import Mapping
from subprocess import SubprocessError
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock, engines
from zveno.kernel.actions import action
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.engines import EngineRefused
from zveno.kernel.errors import BadInput
from zveno.kernel.jobs import later
from zveno.kernel.walls import scoped
from zveno.learners import rules
from zveno.learners.actions.lists import AT_ONCE, MEGABYTES, SECONDS, ListAtWork, _read
from zveno.learners.models import (
    HEADINGS,
    ChildList,
    DistrictRow,
    DistrictShare,
    DistrictTable,
    Houses,
    as_list,
    houses_of,
    waits_in,
)
from zveno.learners.models.letters import list_given
from zveno.organisations.models import Organisation
from zveno.people.models import notify

State = DistrictTable.State
SOON = 100_000
"""A table of so many signs is read while one waits; a longer one by the worker."""
LONGEST_NAME, LONGEST_INN = 300, 30


class NoSuchHouse(BadInput):
    """Rows go to schools of the clusters that are led from here."""

    code = "no_such_house"
    message = _("Choose a school or a kindergarten of your clusters.")
    field = "house"


@action(rules.brings_for_many, on=Organisation, lock=True)
def bring_table(actor: Actor, owner: Organisation, *, source: Mapping[str, str]) -> DistrictTable:
    """Take a table of children of many schools, ``{"text": …}`` or ``{"file": base64, …}``.

    Nobody is given anything yet. The same table brought again before that stays one.
    """
    mark = hashlib.sha256(json.dumps(dict(source), sort_keys=True).encode()).hexdigest()
    untouched = DistrictTable.objects.filter(owner=owner, mark=mark, thrown=0, shares=None)
    for same in untouched.filter(state__in=[State.READING, State.SHOWN])[:1]:
        return same
    table = DistrictTable.objects.create(owner=owner, source=dict(source), mark=mark)
    if sum(map(len, source.values())) <= SOON:
        _take(table)
    else:
        later(read_table, actor, table.public_id)
    return table


@action(rules.keeps_table, on=DistrictTable, lock=True)
def read_table(actor: Actor, table: DistrictTable) -> None:
    """Let the engine read a table, and say of each row whose it is; nobody is given anything."""
    if table.state == State.READING:
        _take(table)


@action(rules.keeps_table, on=DistrictTable, lock=True)
def place_rows(actor: Actor, table: DistrictTable, *, houses: Mapping[int, UUID]) -> int:
    """Say whose rows are that name no school; all that say the same go along. Return how many.

    Raises ``ListAtWork`` and ``NoSuchHouse``.
    """
    _refuse_at_work(table)
    members = {house.public_id: house for house in houses_of(table.owner)}
    placed = 0
    for row in table.rows.unplaced().filter(number__in=houses):
        house = members.get(houses[row.number])
        if house is None:
            raise NoSuchHouse
        placed += table.rows.unplaced().said_like(row).update(house=house)
    return placed


@action(rules.keeps_table, on=DistrictTable, lock=True)
def throw_rows(actor: Actor, table: DistrictTable) -> int:
    """Erase the rows whose school nobody has said; return how many. Raises ``ListAtWork``."""
    _refuse_at_work(table)
    gone, _kinds = table.rows.filter(house=None).delete()
    table.thrown += gone
    table.save(update_fields=["thrown"])
    return gone


@action(rules.keeps_table, on=DistrictTable, lock=True)
def give_table(actor: Actor, table: DistrictTable) -> int:
    """Let the worker give rows to their schools; return how many. Raises ``ListAtWork``."""
    _refuse_at_work(table)
    ready = table.rows.placed().count()
    if ready:
        table.state = State.GIVING
        table.save(update_fields=["state"])
        later(give_table_part, actor, table.public_id)
    return ready


@action(rules.keeps_table, on=DistrictTable, lock=True)
def give_table_part(actor: Actor, table: DistrictTable) -> None:
    """Give the next school its rows as a list of its own, and go on later with those behind.

    All of a school's rows go in one transaction: a part that was stopped is done anew.
    """
    if table.state != State.GIVING:
        return
    placed = table.rows.placed()
    house = Organisation.objects.filter(pk__in=placed.values("house")).order_by("pk").first()
    if house is not None:
        _give(actor, table, house)
    if table.rows.placed().exists():
        later(give_table_part, actor, table.public_id)
    else:
        table.state = State.SHOWN
        table.save(update_fields=["state"])


def _give(actor: Actor, table: DistrictTable, house: Organisation) -> None:
    rows = table.rows.filter(house=house)
    cells = [row.cells for row in rows.order_by("number")]
    with scoped(SYSTEM):
        brought = ChildList.objects.create(owner=house, source={"text": as_list(cells)})
        _read(brought)
        waits = waits_in(brought) or brought.state == ChildList.State.REFUSED
        DistrictShare.objects.create(
            of=table,
            owner_id=table.owner_id,
            house=house,
            number=len(cells),
            brought=brought,
            done_at=None if waits else clock.now(),
        )
    rows.delete()
    if waits:
        notify(actor, list_given(brought, table.owner, len(cells)), [house.pk], rules.ANSWER)


def _refuse_at_work(table: DistrictTable) -> None:
    if table.state != State.SHOWN:
        raise ListAtWork


def _take(table: DistrictTable) -> None:
    try:
        answer = engines.run("tables", _problem(table), seconds=SECONDS, megabytes=MEGABYTES)
    except EngineRefused as refused:
        table.state, table.refusal = State.REFUSED, refused.facts
    except SubprocessError:
        table.state, table.refusal = State.REFUSED, {"reason": "unreadable"}
    else:
        _take_in(table, answer)
    table.source = {}
    table.save()


def _problem(table: DistrictTable) -> dict[str, Any]:
    source = table.source
    told = {"bytes": source["file"]} if "file" in source else {"text": source["text"]}
    return {"profile": "district", "source": told}


def _take_in(table: DistrictTable, answer: Mapping[str, Any]) -> None:
    rows = [row for row in answer["rows"] if row["verdict"] != "skip"]
    table.state, table.total = State.SHOWN, len(rows)
    table.asides = len(answer["asides"]) + len(answer["rows"]) - len(rows)
    if not any(column["field"] in {"organisation", "inn"} for column in answer["columns"]):
        table.state, table.refusal = State.REFUSED, {"reason": "no_organisation"}
        return
    houses = Houses(houses_of(table.owner))
    DistrictRow.objects.bulk_create((_row(table, row, houses) for row in rows), batch_size=AT_ONCE)


def _row(table: DistrictTable, row: Mapping[str, Any], houses: Houses) -> DistrictRow:
    values = row["values"]
    said = values.get("organisation", "")[:LONGEST_NAME]
    inn = values.get("inn", "")[:LONGEST_INN]
    doubts = [one for one in row["problems"] if one["severity"] != "note"]
    cell = values.get("cell") if row["place"]["sheet"] else None
    return DistrictRow(
        of=table,
        number=row["row"],
        place=row["place"] | {"cell": cell},
        said=said,
        inn=inn,
        doubts=[{"code": one["code"], "facts": one["facts"]} for one in doubts],
        cells={field: values[field] for field in HEADINGS if values.get(field)},
        house_id=None if doubts else houses.find(said, inn),
    )
