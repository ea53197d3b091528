"""Letters: written in the transaction that causes them, sent by the worker.

Exactly once over SMTP is impossible: a crash between the server's answer and our note sends a
letter again, with the same Message-ID. None is lost.
"""

import logging
from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Value

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.letters import as_page
from zveno.kernel.models import TRIES, Letter
from zveno.kernel.walls import scoped

log = logging.getLogger(__name__)
HOLD = timedelta(minutes=2)
BATCH = 50


def post(
    to: str, subject: str, text: str, *, about: str = "", wait: timedelta = timedelta()
) -> None:
    """Write a letter to be sent after ``wait``; ``about`` lets ``take_back`` find it.

    Who has no address gets no letter: whoever writes must show that on the page.
    """
    if to:
        Letter(
            to=to,
            subject=" ".join(subject.split())[:200],
            text=text,
            about=about,
            not_before=clock.now() + wait,
        ).save(force_insert=True)


def take_back(about: str) -> int:
    """Remove unsent letters about a record; return how many. For undoing."""
    with scoped(SYSTEM):
        return Letter.objects.filter(about=about, sent_at=None).delete()[0]


def forget(about: str) -> int:
    """Remove letters about a record that is no more, the sent ones too; return how many."""
    with scoped(SYSTEM):
        return Letter.objects.filter(about=about).delete()[0]


def try_again(key: str) -> None:
    """Let a letter that was given up be tried from the beginning."""
    with scoped(SYSTEM):
        Letter.objects.filter(pk=key, sent_at=None).update(tries=0, held_until=None)


def given_up(abouts: Collection[str]) -> set[str]:
    """Return about which of these records a letter did not leave, however often it was tried."""
    with scoped(SYSTEM):
        lost = Letter.objects.filter(about__in=abouts, sent_at=None, tries__gte=TRIES)
        return set(lost.values_list("about", flat=True))


def send_due() -> int:
    """Send letters that are due; return how many were sent. Several workers may do so at once."""
    sent = 0
    for letter in _hold():
        if _leaves(letter):
            with transaction.atomic(), scoped(SYSTEM):
                Letter.objects.filter(pk=letter.pk).update(sent_at=clock.now(), held_until=None)
            sent += 1
    return sent


def _leaves(letter: Letter) -> bool:
    """Hand a letter over; one that cannot be written down must not keep the others back."""
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        settings.DEFAULT_FROM_EMAIL,
        [letter.to],
        headers={"Message-ID": f"<{letter.public_id}@zveno>"},
    )
    page = as_page(letter.subject, letter.text)
    if page:
        message.attach_alternative(page, "text/html")
    try:
        accepted = message.send(fail_silently=True)
    except (ValueError, OSError) as error:
        log.warning("letter %s did not leave: %s", letter.pk, type(error).__name__)
        return False
    return bool(accepted) or settings.SAFE_PLACE


def _hold() -> list[Letter]:
    """Take letters, each for twice as long as the time before: a mail server may be down a day."""
    with transaction.atomic(), scoped(SYSTEM):
        letters = list(Letter.objects.due().select_for_update(skip_locked=True)[:BATCH])
        wait = ExpressionWrapper(Value(HOLD) * 2 ** F("tries"), DurationField())
        Letter.objects.filter(pk__in=[letter.pk for letter in letters]).update(
            held_until=Value(clock.now(), DateTimeField()) + wait, tries=F("tries") + 1
        )
    return letters
