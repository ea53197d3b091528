"""The sweep: finds what is stuck, remembers it until it is gone, tells the operator once."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from zveno.kernel import clock, journal, outbox
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.http import reading
from zveno.kernel.models import TRIES, Entry, Letter, Questions, Record
from zveno.kernel.registry import Job, operates, start, timetable

PATIENCE = timedelta(hours=1)
"""How long work or a letter may wait before somebody looks at it."""
UNSEALED = timedelta(minutes=10)
FEW = 3
SHOWN = 200
Found = Iterator[tuple[str, str]]


class TroubleQuerySet(Questions["Trouble"]):
    """Questions about what is stuck."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep all for the operator."""
        return self.all() if operates(actor) else self.none()

    def unsolved(self) -> Self:
        """Keep what is stuck still."""
        return self.filter(over_at=None)


class Trouble(Record):
    """Something stuck: ``key`` names it, ``what`` says it without personal data."""

    class Kind(models.TextChoices):
        LATE = "late", _("A job is late")
        FAILING = "failing", _("A job fails")
        WORK = "work", _("Failed work")
        WAITING = "waiting", _("Work nobody has taken")
        LETTER = "letter", _("An email that cannot be sent")
        UNSEALED = "unsealed", _("Journal entries that are not sealed")
        CHAIN = "chain", _("The journal was changed")

    kind = models.CharField(max_length=20, choices=Kind)
    key = models.CharField(max_length=100)
    what = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(default=clock.now)
    over_at = models.DateTimeField(null=True)
    objects = TroubleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], condition=Q(over_at=None), name="trouble_is_told_once"
            ),
        ]

    def __str__(self) -> str:
        """Name it by what it is and what it is about."""
        return f"{self.kind} {self.key}"


Kind = Trouble.Kind


def sweep() -> list[Trouble]:
    """Look at everything that may be stuck; return what is new. Told to the operator by a letter.

    Jobs that missed their turn (the machine was off at night) are begun at once.
    """
    journal.seal(all_of_it=True)
    new = [trouble for kind, find in FINDERS.items() for trouble in _reconcile(kind, dict(find()))]
    for trouble in new:
        if trouble.kind == Kind.LATE:
            start(trouble.key)
    _forget_failed_turns()
    _tell(new)
    return new


def check_chain() -> None:
    """Follow the chain of the journal from its first link; remember where it breaks."""
    broken = {f"seal {number}": fault for number, fault in enumerate(journal.faults(), start=1)}
    _tell(_reconcile(Kind.CHAIN, broken))


def try_again(trouble: Trouble) -> None:
    """Do anew what is stuck; the sweep sees whether it helped."""
    if trouble.kind in {Kind.LATE, Kind.FAILING}:
        start(trouble.key)
    elif trouble.kind in {Kind.WORK, Kind.WAITING}:
        app.job_manager.retry_job_by_id(int(trouble.key), retry_at=clock.now())
    elif trouble.kind == Kind.LETTER:
        outbox.try_again(trouble.key)
    elif trouble.kind == Kind.CHAIN:
        start("zveno.kernel.check_chain")
    else:
        start("zveno.kernel.sweep")


def mail_root() -> None:
    """Send the operator the newest mark of the journal, to be kept outside of Zveno."""
    kept = journal.root()
    with translation.override(settings.LANGUAGE_CODE):
        outbox.post(
            settings.OPERATOR_MAIL,
            gettext("Mark of the journal"),
            gettext(
                "Entries sealed: %(place)s.\n"
                "Mark: %(mark)s\n"
                "\n"
                "Keep this email: compared with this mark, any later change "
                "to these entries shows.\n"
                ""
            )
            % {"place": kept.place, "mark": kept},
        )


def _late() -> Found:
    for job in Job.objects.filter(name__in=timetable()):
        if job.is_late:
            yield job.name, ""


def _failing() -> Found:
    for job in Job.objects.filter(name__in=timetable(), failures__gte=FEW):
        yield job.name, job.fault


def _failed_work() -> Found:
    failed = ProcrastinateJob.objects.filter(status="failed").exclude(task_name__in=timetable())
    for job in failed.order_by("pk")[:SHOWN]:
        yield str(job.pk), _named(job)


def _waiting_work() -> Found:
    before = clock.now() - PATIENCE
    waits = Q(status="todo") & (Q(scheduled_at=None) | Q(scheduled_at__lt=before))
    stuck = ProcrastinateJob.objects.filter(waits | Q(status="doing"))
    old = stuck.annotate(begun=models.Max("procrastinateevent__at")).filter(begun__lt=before)
    for job in old.order_by("pk")[:SHOWN]:
        yield str(job.pk), _named(job)


def _letters() -> Found:
    slow = Q(not_before__lt=clock.now() - PATIENCE, tries__gte=FEW)
    with reading(SYSTEM):
        stuck = Letter.objects.filter(Q(tries__gte=TRIES) | slow, sent_at=None)
        yield from [(str(key), "") for key in stuck.values_list("pk", flat=True)[:SHOWN]]


def _unsealed() -> Found:
    waiting = Entry.objects.unsealed().filter(at__lt=clock.now() - UNSEALED).count()
    if waiting:
        yield "journal", str(waiting)


FINDERS: dict[str, Callable[[], Found]] = {
    Kind.LATE: _late,
    Kind.FAILING: _failing,
    Kind.WORK: _failed_work,
    Kind.WAITING: _waiting_work,
    Kind.LETTER: _letters,
    Kind.UNSEALED: _unsealed,
}


def _named(job: ProcrastinateJob) -> str:
    return str(job.args.get("verb") or job.task_name)[:200]


def _reconcile(kind: str, found: dict[str, str]) -> list[Trouble]:
    """Keep the open troubles of a kind as they were found now; return those that are new."""
    moment = clock.now()
    open_now = Trouble.objects.unsolved().filter(kind=kind)
    open_now.exclude(key__in=found).update(over_at=moment)
    known = set(open_now.values_list("key", flat=True))
    open_now.update(seen_at=moment)
    new = [
        Trouble(kind=kind, key=key, what=what) for key, what in found.items() if key not in known
    ]
    return Trouble.objects.bulk_create(new)


def _forget_failed_turns() -> None:
    """Leave failed turns of the timetable to the registry; the queue keeps failed work only."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE status = 'failed' AND task_name = ANY(%s)",
            [list(timetable())],
        )


def _tell(new: list[Trouble]) -> None:
    if not new:
        return
    with translation.override(settings.LANGUAGE_CODE):
        subject = ngettext("%(n)s thing is stuck", "%(n)s things are stuck", len(new))
        kinds = "\n".join(f"— {Kind(kind).label}" for kind in dict.fromkeys(t.kind for t in new))
        text = gettext("%(kinds)s\n\nSee the details and try again:\n%(address)s\n")
        address = f"{settings.ADDRESS}/jobs/"
        outbox.post(
            settings.OPERATOR_MAIL,
            subject % {"n": len(new)},
            text % {"kinds": kinds, "address": address},
        )
