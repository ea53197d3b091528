"""An answer given while the poll is being closed: it is there before the choice, or not at all."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connections

from zveno.correspondence.actions import PollClosed, answer_poll, close_poll, polls
from zveno.correspondence.models import Poll, Vote, Voter
from zveno.correspondence.tests import make
from zveno.kernel.tests.races import seeing_all
from zveno.network.tests import make as network
from zveno.people.tests import make as people

pytestmark = [
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
]


def while_it_closes(monkeypatch: pytest.MonkeyPatch, *, locked: bool) -> tuple[str, int]:
    """Answer when the closing is at work and has not ended; tell how it ended, and the votes.

    The closing waits for the answer to look at the poll. Held by the closing, the poll cannot be
    looked at, and the wait is cut short: the answer begins, and the closing goes on.
    """
    with seeing_all():
        cluster = network.cluster()
        school = network.member(cluster)
        poll = make.poll(cluster, school)
        votes, place = make.votes(poll, "yes", "no"), make.voter(poll, school).public_id
        anna, deputy = people.coordinator(cluster.base), people.actor(school)
    closing, looked = Event(), Event()
    require_open = polls._require_open

    def look(voter: Voter) -> None:
        if locked:
            looked.set()  # before the lock, for it is held
            require_open(voter)
            return
        if not Poll.objects.get(pk=voter.poll_id).is_open:
            raise PollClosed
        looked.set()
        closed.result(60)

    def tell_choice(*_told: object) -> None:
        closing.set()
        assert looked.wait(60)

    monkeypatch.setattr(polls, "_require_open", look)
    monkeypatch.setattr(polls, "_tell_choice", tell_choice)

    def answer() -> str:
        try:
            assert closing.wait(60)
            answer_poll(deputy, place, votes=votes)
        except PollClosed as refusal:
            return refusal.code
        finally:
            connections.close_all()
        return "done"

    def close() -> None:
        try:
            close_poll(anna, poll.public_id)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        closed = pool.submit(close)
        said = pool.submit(answer).result(120)
    with seeing_all():
        return said, Vote.objects.count()


def test_an_answer_waits_for_the_closing_and_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert while_it_closes(monkeypatch, locked=True) == ("poll_closed", 0)


def test_without_the_lock_a_closed_poll_takes_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: looked at and not held, the poll closes before the answer is stored."""
    assert while_it_closes(monkeypatch, locked=False) == ("done", 2)
