"""A table of organisations becomes a register: read, mended, entered, taken back."""

import base64
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from zveno.kernel import jobs
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.models import Entry
from zveno.organisations import actions
from zveno.organisations.actions import entering
from zveno.organisations.models import Headings, Import, ImportRow, Organisation
from zveno.organisations.tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HEAD = "Наименование\tИНН\tКПП"
TABLE = f"""{HEAD}
ГБОУ школа № 5 (пример)\t0010007742\t001001001
МБДОУ № 7 (пример)\t0010008859\t
ГБОУ школа № 8 (пример)\t0010008481\t
МБДОУ №7 (пример)\t0010008859\t
Итого\t4\t"""
known_now: dict[object, Actor] = {}


def actor_of(credential: object) -> Actor:
    assert isinstance(credential, dict)
    return known_now[credential["credential"]]


@pytest.fixture(autouse=True)
def _people(settings: Any) -> None:
    settings.ZVENO_ACTOR = f"{__name__}.actor_of"
    known_now.clear()


def leader(of: Organisation, role: str = "coordinator") -> Actor:
    """Make somebody who leads an organisation, known to the worker too."""
    actor = Actor(
        credential=of.pk,
        scope=frozenset({of.pk}),
        roles=frozenset({(of.pk, role)}),
    )
    return known_now.setdefault(of.pk, actor)


def work() -> int:
    """Do all that the worker would; return how many jobs that was."""
    number = 0
    while job := ProcrastinateJob.objects.order_by("pk").exclude(status="succeeded").first():
        jobs.run(**job.args)
        ProcrastinateJob.objects.filter(pk=job.pk)._raw_delete("default")
        number += 1
    return number


def brought(text: str = TABLE, owner: Organisation | None = None) -> tuple[Actor, Import]:
    """Let a coordinator bring a table, and the worker read it."""
    owner = owner or make.college()
    actor = leader(owner)
    table = actions.bring_organisations(actor, owner.public_id, source={"text": text})
    work()
    table.refresh_from_db()
    return actor, table


def fates(table: Import) -> list[str]:
    return list(table.rows.order_by("number").values_list("fate", flat=True))


def entered(text: str = TABLE) -> tuple[Actor, Import]:
    actor, table = brought(text)
    actions.enter_organisations(actor, table.public_id)
    work()
    table.refresh_from_db()
    return actor, table


def test_each_row_gets_one_fate_and_nobody_is_entered_yet() -> None:
    _actor, table = brought()

    assert fates(table) == ["ready", "ready", "held", "duplicate", "skipped"]
    assert table.state == Import.State.SHOWN
    assert not Organisation.objects.filter(inn="0010007742").exists()


def test_ready_rows_become_organisations_the_owner_answers_for() -> None:
    _actor, table = entered()

    school = Organisation.objects.get(inn="0010007742")
    assert (school.name, school.kpp, school.kind) == (
        "ГБОУ школа № 5 (пример)",
        "001001001",
        "school",
    )
    assert (school.steward, school.territory) == (table.owner, table.owner.territory)
    assert fates(table) == ["entered", "entered", "held", "duplicate", "skipped"]
    assert (table.state, table.done, table.total) == (Import.State.SHOWN, 2, 2)


def test_a_mended_row_is_entered_and_the_others_not_again() -> None:
    actor, table = entered()
    before = Organisation.objects.count()

    actions.mend_organisations(actor, table.public_id, mends={3: {"inn": "0010008489"}}, kept={})
    work()
    actions.enter_organisations(actor, table.public_id)
    work()

    assert fates(table)[:3] == ["entered"] * 3
    assert Organisation.objects.count() == before + 1


def test_a_table_brought_again_changes_nothing() -> None:
    actor, table = entered()
    before = Organisation.objects.count()

    again = actions.bring_organisations(actor, table.owner.public_id, source={"text": TABLE})
    work()

    assert fates(again)[:2] == ["known", "known"]
    assert actions.enter_organisations(actor, again.public_id) == 0
    assert Organisation.objects.count() == before


def test_a_stopped_import_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entering, "PART", 1)
    actor, table = brought()
    actions.enter_organisations(actor, table.public_id)
    job = ProcrastinateJob.objects.latest("pk")
    jobs.run(**job.args)
    halfway = fates(table)[:2]

    jobs.run(**job.args)
    work()

    table.refresh_from_db()
    assert halfway == ["entered", "ready"]
    assert fates(table)[:2] == ["entered", "entered"]
    assert Organisation.objects.filter(inn="0010007742").count() == 1
    assert table.state == Import.State.SHOWN


def test_an_organisation_that_came_meanwhile_is_not_entered_twice() -> None:
    actor, table = brought()
    other = make.school(inn="0010007742")

    actions.enter_organisations(actor, table.public_id)
    work()

    row = table.rows.get(number=1)
    assert (row.fate, row.organisation) == (ImportRow.Fate.KNOWN, other)


def test_an_import_is_taken_back_but_for_what_is_in_use() -> None:
    actor, table = entered()
    used = Organisation.objects.get(inn="0010007742")
    make.school(steward=used)

    number = actions.undo_import(actor, table.public_id)
    work()

    table.refresh_from_db()
    assert (number, table.state) == (2, Import.State.UNDONE)
    assert fates(table)[:2] == ["kept", "undone"]
    assert Organisation.objects.filter(inn="0010007742").exists()
    assert not Organisation.objects.filter(inn="0010008859").exists()


def test_headings_said_once_are_understood_in_the_next_table() -> None:
    actor, table = brought("Кто\tНомер\nГБОУ школа № 5\t0010007742")

    actions.choose_columns(
        actor,
        table.public_id,
        choices={"mapping": {"0": "name", "1": None}},
        remember={"Кто": "name", "Номер": None},
    )
    work()
    again = actions.bring_organisations(
        actor, table.owner.public_id, source={"text": "Номер\tКто\n0010007742\tГБОУ школа № 6"}
    )
    work()

    assert Headings.objects.get(owner=table.owner).kind == "organisations"
    values = again.rows.get(number=1).verdict["values"]
    assert (values["name"], values["inn"]) == ("ГБОУ школа № 6", "")


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "empty"), (b"PK\x03\x04junk", "damaged"), (b"%PDF-1.7", "unsupported_format")],
)
def test_a_file_that_is_no_table_is_refused_in_words(data: bytes, reason: str) -> None:
    owner = make.college()
    source = {"file": base64.b64encode(data).decode(), "name": "x.xlsx"}

    table = actions.bring_organisations(leader(owner), owner.public_id, source=source)
    work()

    table.refresh_from_db()
    assert (table.state, table.refusal["reason"]) == (Import.State.REFUSED, reason)


@pytest.mark.parametrize("verb", ["enter_organisations", "undo_import"])
def test_nothing_is_begun_while_the_worker_is_at_it(verb: str) -> None:
    owner = make.college()
    table = actions.bring_organisations(leader(owner), owner.public_id, source={"text": TABLE})

    with pytest.raises(actions.AtWork):
        getattr(actions, verb)(leader(owner), table.public_id)


def test_only_who_leads_brings_and_only_the_owner_sees() -> None:
    actor, table = brought()
    teacher, foreign = leader(make.college(), "teacher"), leader(make.college())

    with pytest.raises(NotAllowed):
        actions.bring_organisations(
            teacher,
            Organisation.objects.get(pk=teacher.credential or 0).public_id,
            source={"text": "a"},
        )
    with pytest.raises(NotFound):
        actions.undo_import(foreign, table.public_id)
    assert not ImportRow.objects.visible_to(foreign).exists()
    assert ImportRow.objects.visible_to(actor).count() == 5


def test_the_journal_names_the_import_at_each_step() -> None:
    _actor, table = entered(f"{HEAD}\nГБОУ школа № 5 (пример)\t\t")

    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == [
        "organisations.bring_organisations",
        "organisations.read_organisations",
        "organisations.enter_organisations",
        "organisations.enter_part",
    ]
    assert Entry.objects.latest("pk").target_key == str(table.pk)
