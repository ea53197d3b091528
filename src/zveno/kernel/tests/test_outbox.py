"""Letters: written with what causes them, sent once, taken back while they wait."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.core import mail
from django.db import connections, transaction
from django.db.models import F

from zveno.kernel import clock, outbox
from zveno.kernel.actor import SYSTEM
from zveno.kernel.models import TRIES, Letter
from zveno.kernel.tests import make
from zveno.kernel.walls import scoped

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TO = "somebody@example.org"


def test_letter_is_not_written_if_its_cause_is_rolled_back() -> None:
    with pytest.raises(OSError), transaction.atomic():  # noqa: PT011, PT012 - raised right here
        outbox.post(TO, "", "")
        raise OSError

    assert not Letter.objects.exists()


def test_letter_without_an_address_is_not_written() -> None:
    outbox.post("", "", "")

    assert not Letter.objects.exists()


def test_letter_due_is_sent_once() -> None:
    outbox.post(TO, "Тема", "Текст")

    assert [outbox.send_due(), outbox.send_due()] == [1, 0]
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == ([TO], "Тема", "Текст")


def test_letter_sent_again_after_a_crash_has_the_same_message_id() -> None:
    outbox.post(TO, "", "")
    outbox.send_due()
    Letter.objects.update(sent_at=None)

    outbox.send_due()

    first, second = (letter.extra_headers["Message-ID"] for letter in mail.outbox)
    assert first == second == f"<{Letter.objects.get().pk}@zveno>"


def test_letter_written_before_the_clock_was_set_back_leaves_all_the_same() -> None:
    with clock.travel(clock.now() + timedelta(days=40)):
        outbox.post(TO, "", "")

    assert outbox.send_due() == 1


def test_letter_waits_as_long_as_it_was_told() -> None:
    outbox.post(TO, "", "", wait=timedelta(minutes=15))

    assert outbox.send_due() == 0
    with clock.travel(clock.now() + timedelta(minutes=16)):
        assert outbox.send_due() == 1


def test_letters_about_a_record_are_taken_back_and_no_others() -> None:
    outbox.post(TO, "", "", about="events.Batch:1", wait=timedelta(minutes=15))
    outbox.post(TO, "", "", about="events.Batch:11", wait=timedelta(minutes=15))

    assert outbox.take_back("events.Batch:1") == 1
    assert Letter.objects.get().about == "events.Batch:11"


def test_letter_that_left_is_not_taken_back() -> None:
    outbox.post(TO, "", "", about="events.Batch:1")
    outbox.send_due()

    assert outbox.take_back("events.Batch:1") == 0
    assert Letter.objects.exists()


def test_taking_back_leaves_the_scope_of_whoever_does_it() -> None:
    with transaction.atomic(), scoped(make.actor()):
        outbox.take_back("events.Batch:1")

        assert not Letter.objects.exists()


def test_letter_held_by_a_killed_worker_is_sent_by_another() -> None:
    outbox.post(TO, "", "")
    outbox._hold()

    assert outbox.send_due() == 0
    with clock.travel(clock.now() + outbox.HOLD + timedelta(seconds=1)):
        assert outbox.send_due() == 1


@pytest.fixture
def deaf_server(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Let no letter be accepted."""
    settings.SAFE_PLACE = False
    monkeypatch.setattr("django.core.mail.EmailMessage.send", lambda *_a, **_k: 0)


@pytest.mark.usefixtures("deaf_server")
def test_letter_outlives_a_mail_server_that_is_down_for_a_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outbox.post(TO, "", "")
    start = clock.now()
    for minute in range(0, 24 * 60, 3):
        with clock.travel(start + timedelta(minutes=minute)):
            outbox.send_due()
    monkeypatch.undo()

    with clock.travel(start + timedelta(days=2)):
        assert outbox.send_due() == 1


@pytest.mark.usefixtures("deaf_server")
def test_letter_nobody_accepts_is_not_tried_for_ever() -> None:
    outbox.post(TO, "", "")
    start = clock.now()

    for week in range(20):
        with clock.travel(start + timedelta(weeks=week)):
            assert outbox.send_due() == 0

    assert Letter.objects.get().tries == TRIES


def test_letter_that_cannot_be_written_down_keeps_no_other_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    outbox.post(f"somebody@{'я' * 80}.example", "", "")
    outbox.post(TO, "Тема", "")

    assert outbox.send_due() == 1

    assert [letter.to for letter in mail.outbox] == [[TO]]
    assert "somebody" not in caplog.text


def test_subject_is_one_line_whatever_is_in_it() -> None:
    outbox.post(TO, "Проба\r\nBcc: everybody@example.org", "")

    outbox.send_due()

    assert mail.outbox[0].subject == "Проба Bcc: everybody@example.org"
    assert mail.outbox[0].bcc == []


def test_whoever_causes_a_letter_does_not_read_the_outbox() -> None:
    with transaction.atomic(), scoped(make.actor()):
        outbox.post(TO, "", "")

        assert not Letter.objects.exists()
    assert Letter.objects.count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_two_workers_send_each_letter_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction.atomic(), scoped(SYSTEM):
        for number in range(30):
            outbox.post(TO, str(number), "")
    barrier = Barrier(2)

    def meet(field: str) -> F:
        """Let both workers have chosen their letters before either holds them."""
        with suppress(BrokenBarrierError):
            barrier.wait(timeout=1)
        return F(field)

    def work(_worker: int) -> int:
        try:
            return outbox.send_due()
        finally:
            connections.close_all()

    monkeypatch.setattr(outbox, "F", meet)
    with ThreadPoolExecutor(2) as pool:
        sent = list(pool.map(work, range(2)))

    assert sum(sent) == 30
    assert sorted(int(letter.subject) for letter in mail.outbox) == list(range(30))
