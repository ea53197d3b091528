"""Verbs: rows of a list that are ready become children, part by part; a list is taken back."""

from collections.abc import Collection, Sequence

from django.db import connection

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.jobs import later
from zveno.learners import rules
from zveno.learners.actions.children import _learner
from zveno.learners.actions.erasing import erase_learners
from zveno.learners.actions.lists import ListAtWork
from zveno.learners.models import (
    ChildList,
    ChildListRow,
    DistrictShare,
    Fitted,
    Learner,
    against_register,
    relations_of_a_child,
    waits_in,
)
from zveno.organisations.models import Organisation
from zveno.people.models import settle

Fate, State = ChildListRow.Fate, ChildList.State
PART = 2000


@action(rules.keeps_list, on=ChildList, lock=True)
def enter_list(actor: Actor, brought: ChildList) -> int:
    """Enter the rows that are ready; return how many these are. Of many the worker enters them.

    Children come without a consent: nobody but the organisation sees them. Raises ``ListAtWork``.
    """
    if brought.state != State.SHOWN:
        raise ListAtWork
    ready = brought.rows.filter(fate=Fate.READY).count()
    if ready:
        _begin(brought, State.ENTERING, ready)
        _go_on(actor, brought)
    return ready


@action(rules.keeps_list, on=ChildList, lock=True)
def enter_list_part(actor: Actor, brought: ChildList) -> None:
    """Enter the next rows, all or none of them, and go on later with those behind.

    A part that was stopped is done anew; the journal names the list, whose rows name what they
    became.
    """
    if brought.state == State.ENTERING:
        _enter_part(actor, brought)


@action(rules.keeps_list, on=ChildList, lock=True)
def undo_list(actor: Actor, brought: ChildList) -> int:
    """Take back all children that a list entered; return how many these are.

    Who has an answer of the family, an event or a hold by now stays, and the row says so. Raises
    ``ListAtWork`` and ``ErasureHeld``.
    """
    if brought.state != State.SHOWN:
        raise ListAtWork
    entered = brought.rows.filter(fate=Fate.ENTERED).count()
    if entered:
        _begin(brought, State.UNDOING, entered)
        _go_back(actor, brought)
    return entered


@action(rules.keeps_list, on=ChildList, lock=True)
def take_back_list_part(actor: Actor, brought: ChildList) -> None:
    """Take back the next children of a list, and go on later with those behind."""
    if brought.state == State.UNDOING:
        _take_back_part(actor, brought)


def _begin(brought: ChildList, state: ChildList.State, total: int) -> None:
    brought.state, brought.done, brought.total = state, 0, total
    brought.save(update_fields=["state", "done", "total"])


def _go_on(actor: Actor, brought: ChildList) -> None:
    if brought.total <= PART:
        _enter_part(actor, brought)
    else:
        later(enter_list_part, actor, brought.public_id)


def _go_back(actor: Actor, brought: ChildList) -> None:
    if brought.total <= PART:
        _take_back_part(actor, brought)
    else:
        later(take_back_list_part, actor, brought.public_id)


def _enter_part(actor: Actor, brought: ChildList) -> None:
    owner = _in_turn(brought.owner_id)
    rows = list(brought.rows.fated(Fate.READY)[:PART])
    found = against_register(brought, [Fitted(row.verdict, row.fate) for row in rows])
    for row, now in zip(rows, found, strict=True):
        row.fate, row.verdict, row.learner_id = now.fate, now.verdict, now.learner
    ready = [row for row in rows if row.fate == Fate.READY]
    entered = Learner.objects.bulk_create([_learner(owner, row.child) for row in ready])
    for row, learner in zip(ready, entered, strict=True):
        row.fate, row.learner_id = Fate.ENTERED, learner.pk
    _note_fates(rows)
    brought.rows.filter(pk__in=[row.pk for row in ready]).leave_places()
    asked = [row for row in rows if row.fate == Fate.HELD]
    ChildListRow.objects.bulk_update(asked, ["verdict"])
    brought.done = min(brought.done + len(rows), brought.total)
    if brought.rows.filter(fate=Fate.READY).exists():
        brought.save(update_fields=["done"])
        later(enter_list_part, actor, brought.public_id)
    else:
        brought.state = State.SHOWN
        _forget_words(brought)
        brought.save()


def _in_turn(key: int) -> Organisation:
    """Let lists of one school be entered one after the other: a child of two comes once."""
    return Organisation.objects.select_for_update(of=("self",)).get(pk=key)


def _note_fates(rows: Sequence[ChildListRow]) -> None:
    """Write what became of rows in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE learners_childlistrow AS r SET fate = n.fate, learner_id = n.learner"
            " FROM unnest(%s::bigint[], %s::text[], %s::bigint[]) AS n (id, fate, learner)"
            " WHERE r.id = n.id",
            [
                [row.pk for row in rows],
                [str(row.fate) for row in rows],
                [row.learner_id for row in rows],
            ],
        )


def _forget_words(brought: ChildList) -> None:
    """Let the words of a list go as soon as no row of it waits."""
    if waits_in(brought):
        return
    brought.forget_words()
    DistrictShare.objects.filter(brought=brought, done_at=None).update(done_at=clock.now())
    settle(brought.about)
    # Of those entered no word was left when they were.
    brought.rows.exclude(fate=Fate.ENTERED).leave_places()


def _take_back_part(actor: Actor, brought: ChildList) -> None:
    rows = list(brought.rows.fated(Fate.ENTERED)[:PART])
    keys = [row.learner_id for row in rows if row.learner_id]
    used = _in_use(keys)
    going = [key for key in keys if key not in used]
    here = brought.rows.filter(fate=Fate.ENTERED)
    here.filter(learner__in=used).update(fate=Fate.KEPT)
    here.filter(learner__in=going).update(fate=Fate.UNDONE, learner=None)
    if going:
        erase_learners(actor, brought.owner.public_id, learners=going, why="mistake")
    brought.done = min(brought.done + len(rows), brought.total)
    if here.exists():
        later(take_back_list_part, actor, brought.public_id)
    else:
        brought.state = State.UNDONE
    brought.save(update_fields=["done", "state"])


def _in_use(keys: Collection[int]) -> set[int]:
    """Return the children something stands on: whatever table comes to point at a child."""
    used: set[int] = set()
    for column in relations_of_a_child():
        if column.model is not ChildListRow:
            rows = column.model._default_manager.filter(**{f"{column.name}__in": keys})
            used.update(rows.values_list(f"{column.name}_id", flat=True))
    return used
