"""Verbs: two rows of the register that are one organisation become one, and two again."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock, questions
from zveno.kernel.actions import action
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.errors import BadInput
from zveno.kernel.walls import scoped
from zveno.organisations import rules
from zveno.organisations.models import (
    Apart,
    Merger,
    Moved,
    Organisation,
    Part,
    Relation,
    parts_of,
    relations,
)

TAKEN_OVER = ("inn", "kpp", "ogrn", "email", "phone", "site", "address", "territory_id")
"""What the row that stays takes over where it says nothing itself."""


class SameRow(BadInput):
    """Two rows are two."""

    code = "same_row"
    message = _("These are the same organisation already. Choose another one.")
    field = "other"


class Clashing(BadInput):
    """What both have and only one may have keeps two rows apart."""

    code = "clashing"
    status = 409
    message = _("Both have what one organisation has once. See what clashes and how to mend it.")


class ChangedSince(BadInput):
    """What was moved is moved back while it is as it was."""

    code = "changed_since"
    status = 409
    message = _("Some of what was moved has changed since, so the merger stays.")


class AlreadyTwo(BadInput):
    """A merger is taken back once."""

    code = "already_two"
    status = 409
    message = _("This merger has been undone already.")


@action(rules.keeps_register, on=Organisation, lock=True)
def merge(actor: Actor, organisation: Organisation, *, gone: Organisation) -> Merger:
    """Let the row ``gone`` be this organisation: all that names it names this one from now on.

    Raises ``SameRow`` and ``Clashing``.
    """
    if gone == organisation:
        raise SameRow
    gone = Organisation.objects.select_for_update().pick(gone.public_id)
    parts = parts_of(gone, organisation)
    if any(part.clashing for part in parts):
        raise Clashing
    with scoped(SYSTEM), _checked(Clashing):
        return _join(gone, organisation, parts)


@action(rules.keeps_mergers, on=Merger, lock=True)
def take_merger_back(actor: Actor, merger: Merger) -> Organisation:
    """Let there be two again: every row is as it was. Raises ``AlreadyTwo``, ``ChangedSince``."""
    if merger.undone_at:
        raise AlreadyTwo
    known = {str(one): one for one in relations()}
    with scoped(SYSTEM):
        moved = [(known.get(one.relation), one) for one in merger.moved.all()]
        changed = [
            one.relation for to, one in moved if to is None or one.mark != _mark(to, one.keys)
        ]
        if changed:
            raise ChangedSince(relations=changed)
        with _checked(ChangedSince):
            _part_again(merger, [(to, one) for to, one in moved if to is not None])
        merger.moved.all().delete()
    merger.undone_at = clock.now()
    merger.save(update_fields=["undone_at"])
    return Organisation.objects.get(public_id=merger.gone)


@action(rules.keeps_register, on=Organisation, lock=True)
def tell_apart(actor: Actor, organisation: Organisation, *, other: Organisation) -> None:
    """Remember that two organisations which look like one are two. Raises ``SameRow``."""
    if other == organisation:
        raise SameRow
    if not Apart.objects.filter(one=other, other=organisation).exists():
        Apart.objects.get_or_create(one=organisation, other=other)


@action(rules.keeps_register, on=Organisation, lock=True)
def suspect_again(actor: Actor, organisation: Organisation, *, other: Organisation) -> None:
    """Forget that two organisations were told apart."""
    Apart.objects.all().of(organisation, other).delete()


def _join(gone: Organisation, into: Organisation, parts: Iterable[Part]) -> Merger:
    """Let all that names ``gone`` name ``into`` and take ``gone`` out of the register.

    No row is lost: the database lets none go that is named, and keeps what is set aside as text.
    """
    moved = {
        part.relation: Moved(
            relation=str(part.relation), aside=_taken_out(part.relation.table, part.aside)
        )
        for part in parts
    }
    for relation, one in moved.items():
        rows = relation.of(gone)
        one.keys = list(rows.order_by("pk").values_list("pk", flat=True))
        rows.update(**{relation.column.name: into})
    [row] = _taken_out(Organisation._meta.db_table, {gone.pk})
    merger = Merger(into=into, gone=gone.public_id, name=gone.name, row=row)
    merger.filled = _fill(gone, Organisation.objects.get(pk=into.pk))
    merger.save()
    for relation, one in moved.items():
        one.merger, one.mark = merger, _mark(relation, one.keys)
    Moved.objects.bulk_create(moved.values())
    return merger


def _fill(gone: Organisation, into: Organisation) -> dict[str, Any]:
    """Let the row that stays say what it did not; return each value before and after."""
    filled = {
        name: [getattr(into, name), getattr(gone, name)]
        for name in TAKEN_OVER
        if getattr(gone, name) and not getattr(into, name)
    }
    if into.steward_id and (gone.steward_id is None or into.steward_id == into.pk):
        filled["steward_id"] = [into.steward_id, None]
    Organisation.objects.filter(pk=into.pk).update(
        **{name: after for name, (_before, after) in filled.items()}
    )
    return filled


def _part_again(merger: Merger, moved: Iterable[tuple[Relation, Moved]]) -> None:
    """Put back the row that went, then all that named it, then what was set aside."""
    for name, (before, after) in merger.filled.items():
        same = Organisation.objects.filter(pk=merger.into_id, **{name: after})
        same.update(**{name: before})
    _put_back(Organisation._meta.db_table, [merger.row])
    gone = Organisation.objects.get(public_id=merger.gone)
    for relation, one in moved:
        rows = relation.model._default_manager.filter(pk__in=one.keys)
        rows.update(**{relation.column.name: gone})
    for relation, one in moved:
        _put_back(relation.table, one.aside)


@contextmanager
def _checked(refusal: type[BadInput]) -> Iterator[None]:
    """Let the database judge what is done inside before it is over; refuse what it refuses."""
    try:
        with transaction.atomic():
            yield
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError:
        raise refusal from None


def _mark(relation: Relation, keys: Sequence[int]) -> str:
    """Return the hash of rows as they are now."""
    told = f"""SELECT md5(string_agg(md5(t::text), '' ORDER BY id))
        FROM {relation.table} t WHERE id = ANY(%s)"""  # noqa: S608 - a table of ours
    [(mark,)] = questions.rows(told, list(keys))
    return str(mark or "")


def _taken_out(table: str, keys: Collection[int]) -> list[str]:
    """Take rows out of a table; return each as JSON, exactly as the database has it."""
    told = f"""DELETE FROM {table} t WHERE id = ANY(%s)
        RETURNING to_jsonb(t)::text"""  # noqa: S608 - a table of ours
    return [row for (row,) in questions.rows(told, list(keys))]


def _put_back(table: str, rows: Sequence[str]) -> None:
    """Put rows back as they were."""
    told = f"""INSERT INTO {table} SELECT r.* FROM unnest(%s::text[]) AS given,
        jsonb_populate_record(NULL::{table}, given::jsonb) r"""  # noqa: S608 - a table of ours
    with connection.cursor() as cursor:
        cursor.execute(told, [list(rows)])
