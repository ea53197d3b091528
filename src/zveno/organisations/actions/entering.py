"""Verbs: rows that are ready become organisations, part by part; an import is taken back."""

from collections.abc import Sequence

from django.db import IntegrityError, connection, transaction

from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.jobs import later
from zveno.organisations import rules
from zveno.organisations.actions.imports import AtWork
from zveno.organisations.models import Import, ImportRow, Organisation, name_key, shortened

Fate, State = ImportRow.Fate, Import.State
PART = 2000


@action(rules.keeps, on=Import, lock=True)
def enter_organisations(actor: Actor, brought: Import) -> int:
    """Let the worker enter the rows that are ready; return how many these are.

    Raises ``AtWork``.
    """
    if brought.state != State.SHOWN:
        raise AtWork
    ready = brought.rows.filter(fate=Fate.READY).count()
    if ready:
        _begin(actor, brought, State.ENTERING, ready)
        later(enter_part, actor, brought.public_id)
    return ready


@action(rules.keeps, on=Import, lock=True)
def enter_part(actor: Actor, brought: Import) -> None:
    """Enter the next rows, all or none of them, and go on later with those behind.

    A part that was stopped is done anew; the journal names the import, whose rows name what
    they became.
    """
    if brought.state != State.ENTERING:
        return
    rows = list(brought.rows.fated(Fate.READY)[:PART])
    _enter(brought, rows)
    _note_fates(rows)
    brought.done = min(brought.done + len(rows), brought.total)
    if len(rows) < PART:
        brought.state = State.SHOWN
    else:
        later(enter_part, actor, brought.public_id)
    brought.save(update_fields=["done", "state"])


@action(rules.keeps, on=Import, lock=True)
def undo_import(actor: Actor, brought: Import) -> int:
    """Take back all organisations that an import entered; return how many these are.

    What is in use by now stays, and its row says so. Raises ``AtWork``.
    """
    if brought.state != State.SHOWN:
        raise AtWork
    entered = brought.rows.filter(fate=Fate.ENTERED).count()
    if entered:
        _begin(actor, brought, State.UNDOING, entered)
        later(take_back_part, actor, brought.public_id)
    return entered


@action(rules.keeps, on=Import, lock=True)
def take_back_part(actor: Actor, brought: Import) -> None:
    """Take back the next organisations of an import, and go on later with those behind."""
    if brought.state != State.UNDOING:
        return
    rows = list(brought.rows.fated(Fate.ENTERED)[:PART])
    for row in _in_use(rows):
        row.fate = Fate.KEPT
        row.save(update_fields=["fate"])
    brought.done = min(brought.done + len(rows), brought.total)
    if len(rows) < PART:
        brought.state = State.UNDONE
    else:
        later(take_back_part, actor, brought.public_id)
    brought.save(update_fields=["done", "state"])


def _begin(actor: Actor, brought: Import, state: Import.State, total: int) -> None:
    brought.state, brought.done, brought.total = state, 0, total
    brought.save(update_fields=["state", "done", "total"])


def _enter(brought: Import, rows: Sequence[ImportRow]) -> None:
    """Make an organisation of each row but of those that came into the register meanwhile."""
    names = {name_key(row.value("name")) for row in rows}
    inns = {row.value("inn") for row in rows} - {""}
    by_inn = {one.inn: one for one in Organisation.objects.filter(inn__in=inns)}
    by_name = {
        one.name_key: one for one in Organisation.objects.filter(name_key__in=names).order_by("-pk")
    }
    new = []
    for row in rows:
        inn, key = row.value("inn"), name_key(row.value("name"))
        known = by_inn.get(inn) or _namesake(by_name.get(key), row)
        row.fate = Fate.KNOWN if known else Fate.ENTERED
        row.organisation = known or _organisation(brought, row)
        if known is None:
            new.append(row.organisation)
            by_inn |= {inn: row.organisation} if inn else {}
    Organisation.objects.bulk_create(new)
    for row in rows:
        row.organisation_id = row.organisation.pk if row.organisation else None


def _note_fates(rows: Sequence[ImportRow]) -> None:
    """Write what became of rows in one statement: Django's own would spell out a case a row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE organisations_importrow AS r"
            " SET fate = n.fate, organisation_id = n.organisation"
            " FROM unnest(%s::bigint[], %s::text[], %s::bigint[]) AS n (id, fate, organisation)"
            " WHERE r.id = n.id",
            [
                [row.pk for row in rows],
                [str(row.fate) for row in rows],
                [row.organisation_id for row in rows],
            ],
        )


def _namesake(other: Organisation | None, row: ImportRow) -> Organisation | None:
    """Return an organisation of the same name, unless both have an INN or a person insisted."""
    insisted = any(one["code"] == "insisted" for one in row.verdict["problems"])
    if other is None or insisted or (other.inn and row.value("inn")):
        return None
    return other


def _organisation(brought: Import, row: ImportRow) -> Organisation:
    name = row.value("name")
    return Organisation(
        kind=row.value("kind") or Organisation.Kind.OTHER,
        name=name,
        short_name=shortened(name),
        name_key=name_key(name),
        inn=row.value("inn"),
        kpp=row.value("kpp"),
        ogrn=row.value("ogrn"),
        email=row.value("email"),
        territory_id=brought.territory_id,
        steward_id=brought.owner_id,
    )


def _in_use(rows: Sequence[ImportRow]) -> list[ImportRow]:
    """Remove the organisations of rows; return the rows whose organisation something stands on.

    The database says what is in use, whoever may see it: a part that cannot go is halved.
    """
    if not rows or _removed(rows):
        return []
    if len(rows) == 1:
        return [rows[0]]
    middle = len(rows) // 2
    return [*_in_use(rows[:middle]), *_in_use(rows[middle:])]


def _removed(rows: Sequence[ImportRow]) -> bool:
    keys = [row.organisation_id for row in rows if row.organisation_id]
    gone = Organisation.objects.filter(pk__in=keys)
    try:
        with transaction.atomic():
            ImportRow.objects.filter(organisation__in=keys).update(organisation=None)
            ImportRow.objects.filter(pk__in=[row.pk for row in rows]).update(fate=Fate.UNDONE)
            gone._raw_delete(using=gone.db)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError:
        return False
    return True
