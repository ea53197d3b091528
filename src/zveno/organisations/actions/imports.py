"""Verbs: a table of organisations is brought, read by the worker, and put right."""

from collections.abc import Iterable, Mapping, Sequence
from subprocess import SubprocessError
from typing import Any

from django.utils.translation import gettext_lazy as _

from zveno.kernel import engines
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.engines import EngineRefused
from zveno.kernel.errors import DomainError
from zveno.kernel.jobs import later
from zveno.organisations import rules
from zveno.organisations.models import Headings, Import, ImportRow, Organisation, Territory

KIND = "organisations"
Mends = Mapping[int, Mapping[str, str]]
Fate, State = ImportRow.Fate, Import.State
SECONDS, MEGABYTES = 60, 1024
AT_ONCE = 2000
LEFT = (Fate.ENTERED, Fate.KEPT)


class AtWork(DomainError):
    """The worker is at the table: nothing can be said of it now."""

    code = "import_at_work"
    message = _("The table is being processed. Wait until this is done.")


@action(rules.brings, on=Organisation, lock=True)
def bring_organisations(
    actor: Actor,
    owner: Organisation,
    *,
    source: Mapping[str, str],
    territory: Territory | None = None,
) -> Import:
    """Take a table, ``{"text": …}`` or ``{"file": base64, "name": …}``; the worker reads it.

    Organisations of the table lie in ``territory``, or where the owner lies. The same table
    brought again before anything was done with it stays one import.
    """
    untouched = Import.objects.filter(
        owner=owner, choices={}, mends={}, insisted={}, state__in=[State.READING, State.SHOWN]
    ).exclude(rows__fate__in=LEFT)
    for same in untouched.filter(source=dict(source))[:1]:
        return same
    place = territory.pk if territory else owner.territory_id
    brought = Import.objects.create(owner=owner, source=dict(source), territory_id=place)
    later(read_organisations, actor, brought.public_id)
    return brought


@action(rules.keeps, on=Import, lock=True)
def read_organisations(actor: Actor, brought: Import) -> None:
    """Let the engine read a table and give each row its fate; rows entered already stay."""
    if brought.state != State.READING:
        return
    try:
        answer = engines.run(
            "tables", _problem(actor, brought), seconds=SECONDS, megabytes=MEGABYTES
        )
    except EngineRefused as refused:
        brought.state, brought.refusal = State.REFUSED, refused.facts
    except SubprocessError:
        brought.state, brought.refusal = State.REFUSED, {"reason": "unreadable"}
    else:
        _take_in(brought, answer)
    brought.save()


@action(rules.keeps, on=Import, lock=True)
def choose_columns(
    actor: Actor,
    brought: Import,
    *,
    choices: Mapping[str, Any],
    remember: Mapping[str, str | None],
) -> None:
    """Say what the columns, headings and hidden parts are; the table is read anew.

    ``choices`` is what the engine takes (``mapping``, ``headings``, ``hidden``); ``remember``
    what headings mean, for tables to come. Raises ``AtWork``.
    """
    _refuse_at_work(brought)
    brought.choices = dict(choices)
    if remember:
        remember_headings(actor, brought.owner.public_id, kind=KIND, fields=remember)
    _read_anew(actor, brought)


@action(rules.acts_for, on=Organisation, consequence=True)
def remember_headings(
    actor: Actor, owner: Organisation, *, kind: str, fields: Mapping[str, str | None]
) -> Headings:
    """Keep what headings mean in tables of a kind, beside what was said before."""
    headings, _new = Headings.objects.select_for_update().get_or_create(owner=owner, kind=kind)
    headings.fields = {**headings.fields, **fields}
    headings.save(update_fields=["fields"])
    return headings


@action(rules.keeps, on=Import, lock=True)
def mend_organisations(
    actor: Actor, brought: Import, *, mends: Mends, kept: Mapping[int, Sequence[str]]
) -> None:
    """Put values right (row to field to value), or leave them as they came; read anew.

    ``kept`` names, for a row, the fields to leave so, or ``row`` for the whole row. Raises
    ``AtWork``.
    """
    _refuse_at_work(brought)
    for number, values in mends.items():
        before = brought.mends.get(str(number), {})
        brought.mends[str(number)] = {**before, **values}
    for number, fields in kept.items():
        said = brought.insisted.get(str(number), [])
        brought.insisted[str(number)] = sorted({*said, *fields})
    _read_anew(actor, brought)


def _read_anew(actor: Actor, brought: Import) -> None:
    brought.state = State.READING
    brought.save(update_fields=["choices", "mends", "insisted", "state"])
    later(read_organisations, actor, brought.public_id)


def _refuse_at_work(brought: Import) -> None:
    if brought.state != State.SHOWN:
        raise AtWork


def _problem(actor: Actor, brought: Import) -> dict[str, Any]:
    source = brought.source
    return {
        "profile": KIND,
        "source": {"bytes": source["file"]} if "file" in source else {"text": source["text"]},
        "remembered": Headings.objects.explained(brought.owner_id, KIND),
        **brought.choices,
        "mends": brought.mends,
        "insist": brought.insisted,
        "known": list(_known(actor, brought)),
    }


def _known(actor: Actor, brought: Import) -> Iterable[dict[str, str]]:
    """Name the organisations that rows may repeat, but those that came by this very table."""
    own = ImportRow.objects.filter(of=brought, fate__in=LEFT).values("organisation")
    register = Organisation.objects.visible_to(actor).exclude(pk__in=own.exclude(organisation=None))
    for key, name, inn, kpp in register.values_list("pk", "name", "inn", "kpp").iterator():
        yield {"key": str(key), "name": name, "inn": inn, "kpp": kpp}


def _take_in(brought: Import, answer: Mapping[str, Any]) -> None:
    brought.columns, brought.remarks = _columns(answer), answer["remarks"]
    brought.asides, brought.refusal = answer["asides"], {}
    brought.state, brought.done, brought.total = State.SHOWN, 0, 0
    ImportRow.objects.filter(of=brought).exclude(fate__in=LEFT).delete()
    settled = set(ImportRow.objects.filter(of=brought).values_list("number", flat=True))
    ImportRow.objects.bulk_create(
        (
            ImportRow(
                of=brought,
                number=row["row"],
                fate=_fate(row),
                verdict=row,
                organisation_id=int(row["known"]) if row["known"] else None,
            )
            for row in answer["rows"]
            if row["row"] not in settled
        ),
        batch_size=AT_ONCE,
    )


def _fate(row: Mapping[str, Any]) -> str:
    if row["known"]:
        return Fate.KNOWN
    fates = {"accept": Fate.READY, "hold": Fate.HELD, "duplicate": Fate.DUPLICATE}
    return fates.get(row["verdict"], Fate.SKIPPED)


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
