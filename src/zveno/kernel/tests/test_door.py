"""The one door: finds its own target, judges, runs and notes in one transaction."""

import traceback
from datetime import timedelta
from typing import Any, NoReturn
from uuid import uuid4

import pytest
from django.db import OperationalError, connection, transaction

from zveno.kernel import clock, outbox
from zveno.kernel.actions import TRIES, Action, Clash, action, running
from zveno.kernel.actor import Actor
from zveno.kernel.errors import NotAllowed, NotFound
from zveno.kernel.models import Entry, Letter
from zveno.kernel.tests import make

pytestmark = pytest.mark.django_db


def coordinates(actor: Actor, target: Entry) -> bool:
    return actor.holds("coordinator", target.organisation)


def nobody(actor: Actor, target: Entry) -> bool:
    return False


@action(coordinates, on=Entry)
def write_letter(actor: Actor, target: Entry, *, name: str = "") -> None:
    outbox.post("somebody@example.org", "", name)


@action(coordinates, on=Entry)
def fail_after_writing(actor: Actor, target: Entry) -> NoReturn:
    outbox.post("somebody@example.org", "", "")
    raise NotFound


@action(nobody, on=Entry, consequence=True)
def follow(actor: Actor, target: Entry) -> None:
    outbox.post("somebody@example.org", "", "")


@action(coordinates, on=Entry)
def lead(actor: Actor, target: Entry, *, other: Entry) -> None:
    follow(actor, other.public_id)


@action(coordinates, on=Entry)
def lead_to_a_verb_of_its_own(actor: Actor, target: Entry) -> None:
    write_letter(actor, target.public_id)


@action(coordinates, on=Entry)
def repeat(actor: Actor, target: Entry) -> None:
    Entry.objects.create(public_id=target.public_id, verb="Канарейкина", means="", target_key="")


def noted(verb: Action[Any, Any, Any]) -> list[Entry]:
    return list(Entry.objects.filter(verb=verb.name))


def test_target_is_found_by_its_public_id_only() -> None:
    with pytest.raises(NotFound):
        write_letter(make.actor(), uuid4())


def test_foreign_target_is_not_found() -> None:
    foreign = make.target(make.THEIRS)

    with pytest.raises(NotFound):
        write_letter(make.actor(make.OURS), foreign.public_id)


def test_own_target_without_the_right_is_refused() -> None:
    own = make.target()

    with pytest.raises(NotAllowed):
        write_letter(make.actor(role="teacher"), own.public_id)


def test_actor_whose_time_is_over_is_refused() -> None:
    own = make.target()

    with pytest.raises(NotAllowed):
        write_letter(make.actor(until=clock.now() - timedelta(seconds=1)), own.public_id)


def test_refusal_changes_nothing_and_is_not_noted() -> None:
    own = make.target()

    with pytest.raises(NotAllowed):
        write_letter(make.actor(role="teacher"), own.public_id)

    assert not Letter.objects.exists()
    assert not noted(write_letter)


def test_change_and_note_are_saved_together() -> None:
    write_letter(make.actor(), make.target().public_id)

    assert Letter.objects.count() == len(noted(write_letter)) == 1


def test_change_and_note_are_lost_together() -> None:
    own = make.target()

    with pytest.raises(NotFound):
        fail_after_writing(make.actor(), own.public_id)

    assert not Letter.objects.exists()
    assert not noted(fail_after_writing)


def test_change_whose_note_cannot_be_written_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise OSError

    own = make.target()
    monkeypatch.setattr(Entry, "save", refuse)

    with pytest.raises(OSError):  # noqa: PT011 - raised above, without words
        write_letter(make.actor(), own.public_id)

    assert not Letter.objects.exists()


def test_verb_inside_a_verb_must_be_a_consequence() -> None:
    own = make.target()

    with pytest.raises(RuntimeError, match="no consequence"):
        lead_to_a_verb_of_its_own(make.actor(), own.public_id)

    assert not Letter.objects.exists()


def test_door_forgets_the_verb_that_failed() -> None:
    own = make.target()
    with pytest.raises(NotFound):
        fail_after_writing(make.actor(), own.public_id)

    assert running.get() is None


def test_consequence_is_not_judged_again_and_reaches_what_the_actor_does_not_see() -> None:
    lead(make.actor(), make.target().public_id, other=make.target(make.THEIRS))

    assert Letter.objects.count() == 1


def test_consequence_names_the_entry_it_follows_from() -> None:
    lead(make.actor(), make.target().public_id, other=make.target(make.THEIRS))

    (first,), (second,) = noted(lead), noted(follow)
    assert second.parent == first.public_id
    assert first.parent is None


def test_consequence_called_at_the_door_is_judged_like_any_verb() -> None:
    own = make.target()

    with pytest.raises(NotAllowed):
        follow(make.actor(), own.public_id)


def test_page_may_ask_the_rule_before_it_shows_a_button() -> None:
    own = make.target()

    allowed = [
        write_letter.allowed(make.actor(), own),
        write_letter.allowed(make.actor(role="teacher"), own),
        write_letter.allowed(make.actor(until=clock.now()), own),
    ]

    assert allowed == [True, False, False]


class Collision(Exception):
    sqlstate = "40P01"


class Stopped(Exception):
    sqlstate = "57014"


def failing(times: int, cause: Exception) -> tuple[Action[Any, Any, Any], list[int]]:
    """Make a verb that fails so many times, as a database would."""
    tries: list[int] = []

    def work(actor: Actor, target: Entry) -> None:
        tries.append(1)
        if len(tries) <= times:
            raise OperationalError from cause

    return action(coordinates, on=Entry)(work), tries


def test_deadlock_is_tried_again() -> None:
    verb, tries = failing(TRIES - 1, Collision())

    verb(make.actor(), make.target().public_id)

    assert len(tries) == TRIES
    assert len(noted(verb)) == 1


def test_deadlocks_are_not_tried_for_ever() -> None:
    verb, tries = failing(TRIES + 5, Collision())
    own = make.target()

    with pytest.raises(OperationalError):
        verb(make.actor(), own.public_id)

    assert len(tries) == TRIES


def test_other_failures_of_the_database_are_not_tried_again() -> None:
    verb, tries = failing(TRIES, Stopped())
    own = make.target()

    with pytest.raises(OperationalError):
        verb(make.actor(), own.public_id)

    assert len(tries) == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_verb_refuses_to_run_inside_a_transaction_that_may_still_be_rolled_back() -> None:
    own = make.target()

    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        write_letter(make.actor(), own.public_id)

    assert connection.in_atomic_block is False


def test_a_clash_names_the_constraint_and_never_what_was_written(
    caplog: pytest.LogCaptureFixture,
) -> None:
    own = make.target()

    with pytest.raises(Clash) as clash:
        repeat(make.actor(), own.public_id)

    assert "kernel_entry_public_id" in caplog.text
    told = "".join(traceback.format_exception(clash.value))
    assert str(own.public_id) not in told + caplog.text
