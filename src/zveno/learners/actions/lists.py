"""Verbs: a list of children is brought, read, and put right; nobody is entered by reading."""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from subprocess import SubprocessError
from typing import Any

from django.utils.translation import gettext_lazy as _

from zveno.kernel import engines
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.engines import EngineRefused
from zveno.kernel.errors import DomainError
from zveno.kernel.jobs import later
from zveno.learners import rules
from zveno.learners.models import ChildList, ChildListRow, fitted
from zveno.organisations.actions import remember_headings
from zveno.organisations.models import Headings, Organisation

KIND = "class_list"
Mends = Mapping[int, Mapping[str, str]]
Fate, State = ChildListRow.Fate, ChildList.State
SECONDS, MEGABYTES = 60, 1024
AT_ONCE = 2000
SOON = 100_000
"""A list of so many signs is read while one waits; a longer one by the worker."""
LEFT = (Fate.ENTERED, Fate.KEPT, Fate.UNDONE)


class ListAtWork(DomainError):
    """The worker is at the list: nothing can be said of it now."""

    code = "list_at_work"
    message = _("The list is being processed. Wait until this is done.")


class ListOver(DomainError):
    """No row of the list waits any more: its words are erased."""

    code = "list_over"
    message = _("Nothing of this list waits any more. Bring another one.")


@action(rules.answers_for_children, on=Organisation, lock=True)
def bring_children(
    actor: Actor, owner: Organisation, *, source: Mapping[str, str], label: str = ""
) -> ChildList:
    """Take a list, ``{"text": …}`` or ``{"file": base64, "name": …}``; nobody is entered yet.

    ``label`` is the class, or the group, of those who have none in it. The same list brought
    again before anything was done with it stays one.
    """
    untouched = ChildList.objects.filter(
        owner=owner, label=label, choices={}, mends={}, insisted={}
    ).filter(state__in=[State.READING, State.SHOWN])
    for same in untouched.filter(source=dict(source)).exclude(rows__fate__in=LEFT)[:1]:
        return same
    brought = ChildList.objects.create(owner=owner, source=dict(source), label=label)
    _read_anew(actor, brought)
    return brought


@action(rules.keeps_list, on=ChildList, lock=True)
def read_children(actor: Actor, brought: ChildList) -> None:
    """Let the engine read a list and give each row its fate; rows entered already stay."""
    if brought.state == State.READING:
        _read(brought)


@action(rules.keeps_list, on=ChildList, lock=True)
def choose_list_columns(
    actor: Actor, brought: ChildList, *, mapping: Mapping[int, str | None]
) -> None:
    """Say which field each column (counted from 0) holds; the list is read anew.

    What headings mean is remembered for lists to come. Raises ``ListAtWork`` and ``ListOver``.
    """
    _refuse_unless_open(brought)
    chosen = {"mapping": {str(index): field for index, field in mapping.items()}}
    if brought.choices == chosen:
        return
    brought.choices = chosen
    meant = {one["header"]: mapping[one["index"]] for one in brought.columns}
    meant.pop("", None)
    remember_headings(actor, brought.owner.public_id, kind=KIND, fields=meant)
    _read_anew(actor, brought)


@action(rules.keeps_list, on=ChildList, lock=True)
def mend_children(
    actor: Actor, brought: ChildList, *, mends: Mends, kept: Mapping[int, Sequence[str]]
) -> None:
    """Put values right (row to field to value), or leave them as they came; read anew.

    ``kept`` names, for a row, the fields to leave so, or ``row`` for the whole row. Raises
    ``ListAtWork`` and ``ListOver``.
    """
    _refuse_unless_open(brought)
    said_before = deepcopy((brought.mends, brought.insisted))
    for number, values in mends.items():
        before = brought.mends.get(str(number), {})
        brought.mends[str(number)] = {**before, **values}
    for number, fields in kept.items():
        said = brought.insisted.get(str(number), [])
        brought.insisted[str(number)] = sorted({*said, *fields})
    if (brought.mends, brought.insisted) != said_before:
        _read_anew(actor, brought)


def _refuse_unless_open(brought: ChildList) -> None:
    if brought.is_at_work:
        raise ListAtWork
    if not brought.may_be_mended:
        raise ListOver


def _read_anew(actor: Actor, brought: ChildList) -> None:
    brought.state = State.READING
    brought.save(update_fields=["choices", "mends", "insisted", "state"])
    if sum(map(len, brought.source.values())) <= SOON:
        _read(brought)
    else:
        later(read_children, actor, brought.public_id)


def _read(brought: ChildList) -> None:
    try:
        answer = engines.run("tables", _problem(brought), seconds=SECONDS, megabytes=MEGABYTES)
    except EngineRefused as refused:
        brought.state, brought.refusal = State.REFUSED, refused.facts
    except SubprocessError:
        brought.state, brought.refusal = State.REFUSED, {"reason": "unreadable"}
    else:
        _take_in(brought, answer)
    brought.save()


def _problem(brought: ChildList) -> dict[str, Any]:
    source = brought.source
    return {
        "profile": KIND,
        "source": {"bytes": source["file"]} if "file" in source else {"text": source["text"]},
        "class": brought.label,
        "remembered": Headings.objects.explained(brought.owner_id, KIND),
        **brought.choices,
        "mends": brought.mends,
        "insist": brought.insisted,
    }


def _take_in(brought: ChildList, answer: Mapping[str, Any]) -> None:
    brought.columns, brought.remarks = _columns(answer), answer["remarks"]
    brought.asides, brought.refusal = answer["asides"], {}
    brought.state, brought.done, brought.total = State.SHOWN, 0, 0
    brought.rows.exclude(fate__in=LEFT).delete()
    settled = set(brought.rows.values_list("number", flat=True))
    rows = [row for row in answer["rows"] if row["row"] not in settled]
    ChildListRow.objects.bulk_create(
        (
            ChildListRow(
                of=brought,
                number=row.verdict["row"],
                fate=row.fate,
                verdict=row.verdict,
                learner_id=row.learner,
            )
            for row in fitted(brought, rows, answer["columns"])
        ),
        batch_size=AT_ONCE,
    )


def _columns(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the columns of the first sheet, each with a few of its values to know it by."""
    sheet = answer["columns"][0]["sheet"] if answer["columns"] else None
    rows = [row for row in answer["rows"] if row["place"]["sheet"] == sheet][:50]
    return [
        {**column, "samples": _samples(rows, column["index"])}
        for column in answer["columns"]
        if column["sheet"] == sheet
    ]


def _samples(rows: Iterable[Mapping[str, Any]], index: int) -> list[str]:
    cells = (row["raw"][index] for row in rows if index < len(row["raw"]))
    return [cell[:60] for cell in cells if cell and cell.strip()][:3]
