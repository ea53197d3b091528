"""Letters: written in the transaction that causes them, sent by the worker.

Exactly once over SMTP is impossible: a crash between the server's answer and our note sends a
letter again, with the same Message-ID. None is lost.
"""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.models import Letter
from zveno.kernel.walls import scoped

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
            to=to, subject=subject[:200], text=text, about=about, not_before=clock.now() + wait
        ).save(force_insert=True)


def take_back(about: str) -> int:
    """Remove unsent letters about a record; return how many. For undoing."""
    with scoped(SYSTEM):
        return Letter.objects.filter(about=about, sent_at=None).delete()[0]


def send_due() -> int:
    """Send all letters that are due; return how many were sent. Workers may do so side by side."""
    sent = 0
    while letters := _hold():
        sent += sum(_send(letter) for letter in letters)
    return sent


def _send(letter: Letter) -> bool:
    message = EmailMessage(
        letter.subject,
        letter.text,
        settings.DEFAULT_FROM_EMAIL,
        [letter.to],
        headers={"Message-ID": f"<{letter.public_id}@zveno>"},
    )
    if not message.send(fail_silently=True):
        return False
    with transaction.atomic(), scoped(SYSTEM):
        Letter.objects.filter(pk=letter.pk).update(sent_at=clock.now(), held_until=None)
    return True


def _hold() -> list[Letter]:
    with transaction.atomic(), scoped(SYSTEM):
        letters = list(Letter.objects.due().select_for_update(skip_locked=True)[:BATCH])
        Letter.objects.filter(pk__in=[letter.pk for letter in letters]).update(
            held_until=clock.now() + HOLD, tries=F("tries") + 1
        )
    return letters
