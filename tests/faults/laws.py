"""What must hold after every round, whatever happened in it."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from django.db import OperationalError, connection, transaction
from django.db.models import Count, F, Max, Q, Sum
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.faults.acts import Ledger
from tests.faults.house import PATIENCE
from zveno.documents.models import Book
from zveno.events.models import Certificate, Event, Group, Place
from zveno.kernel import journal
from zveno.kernel.actor import SYSTEM
from zveno.kernel.models import Entry, Letter
from zveno.kernel.walls import scoped
from zveno.network.models import Agreement, Party
from zveno.plan.models import PlanItem

Looked = TypeVar("Looked")
VERBS = {
    "planned": "plan.plan_obligation",
    "registered": "events.reserve_seats",
    "met": "events.check_in",
    "issued": "events.issue_certificates",
}


def broken(ledger: Ledger, mail: Counter[str]) -> list[str]:
    """Tell what was acknowledged and is gone, or there twice, and which laws do not hold.

    Everything is read as it stood at one moment; what is acknowledged later does not matter.
    """
    told = {kind: ledger.named(kind) for kind in ("signed", *VERBS)}
    found = _once_it_answers(lambda: _looked(told, mail))
    found += [f"{kind} {name}, refused though asked once" for kind, name in list(ledger.refused)]
    return found + [f"unclear: {each}" for each in list(ledger.unclear)]


def _once_it_answers(look: Callable[[], Looked]) -> Looked:
    """Look as soon as the database lets us: one whose process was killed is away for a moment."""
    deadline = time.monotonic() + PATIENCE
    while True:
        connection.close()
        try:
            return look()
        except OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _looked(told: dict[str, set[str]], mail: Counter[str]) -> list[str]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with scoped(SYSTEM):
            kept = stored()
            found = [*_lost(told, kept), *_journal(kept), *_sums(), *_numbers()]
            sent = Letter.objects.exclude(sent_at=None).values_list("public_id", flat=True)
            return found + [f"letter {key} never left" for key in sent if str(key) not in mail]


def stored() -> dict[str, Counter[str]]:
    """Count what is stored, by kind and name."""

    def counted(names: Iterable[Any]) -> Counter[str]:
        return Counter(" ".join(map(str, name)) for name in names)

    groups = Group.objects.live().filter(event__state=Event.State.OPEN)
    signed = Party.objects.exclude(signed_at=None).values_list("public_id", flat=True)
    return {
        "planned": counted(PlanItem.objects.values_list("title")),
        "registered": counted(groups.values_list("event__public_id", "sender__public_id")),
        "met": counted(
            Place.objects.filter(event__title="Встреча")
            .exclude(came_at=None)
            .values_list("public_id")
        ),
        "signed": counted((f"token-{key}",) for key in signed),
        "issued": counted(
            Certificate.objects.order_by()
            .values_list("event__public_id", "batch")
            .distinct()
            .values_list("event__public_id")
        ),
    }


def newest_entry() -> int:
    """Return the number of the newest entry of the journal."""
    return _once_it_answers(lambda: Entry.objects.latest("pk").pk)


def is_sealed(number: int) -> bool:
    """Whether the journal is sealed up to the entry with this number."""
    waiting = Entry.objects.unsealed().filter(pk__lte=number)
    return _once_it_answers(lambda: not waiting.exists())


def work() -> list[str]:
    """List the work that waits or is being done."""
    jobs = ProcrastinateJob.objects.exclude(status="failed").order_by("pk")
    return _once_it_answers(lambda: [f"{job.task_name} {job.status}" for job in jobs])


def stuck() -> list[str]:
    """Tell which letters have not left and which work is not done."""
    return _once_it_answers(_waiting)


def _waiting() -> list[str]:
    with transaction.atomic(), scoped(SYSTEM):
        work = ProcrastinateJob.objects.filter(task_name="zveno.kernel.run_verb")
        letters = Letter.objects.due().count()
        found = [f"job {job.pk} is {job.status}" for job in work]
    return found + ([f"{letters} letters wait"] if letters else [])


def _lost(told: dict[str, set[str]], kept: dict[str, Counter[str]]) -> Iterator[str]:
    for kind, names in told.items():
        for name in names - set(kept[kind]):
            yield f"{kind} {name} is lost"
        for name, times in kept[kind].items():
            if times > 1:
                yield f"{kind} {name} is there {times} times"


def _journal(kept: dict[str, Counter[str]]) -> Iterator[str]:
    found = dict(Entry.objects.order_by().values_list("verb").annotate(Count("pk")))
    for kind, verb in VERBS.items():
        if found.get(verb, 0) != kept[kind].total():
            yield f"{kept[kind].total()} are {kind}, the journal tells of {found.get(verb, 0)}"
    yield from journal.faults()


def _sums() -> Iterator[str]:
    holding = Q(groups__state__in=Group.HOLDING)
    seats = Event.objects.annotate(held=Sum("groups__seats", filter=holding, default=0))
    for taken, held, capacity in seats.values_list("taken", "held", "capacity"):
        if taken != held or taken > capacity:
            yield f"{taken} of {capacity} seats taken, {held} held"
    here = Count("places", filter=Q(places__came_at__isnull=False))
    for counted, came in (
        Event.objects.filter(title="Встреча").annotate(here=here).values_list("came", "here")
    ):
        if counted != came:
            yield f"{counted} counted, {came} came"
    papers = Agreement.objects.annotate(n=Count("parties__signed_at"))
    for counted, n, wanted, state in papers.values_list("signed", "n", "parties_count", "state"):
        if counted != n or (state == Agreement.State.IN_FORCE) != (n == wanted):
            yield f"{counted} signatures counted, {n} of {wanted} in place, {state}"


def _numbers() -> Iterator[str]:
    books = Book.objects.annotate(n=Count("numbers"), top=Max("numbers__number"))
    for last, n, top in books.values_list("last", "n", "top"):
        if not last == n == (top or 0):
            yield f"a book gave out {last} numbers, {n} are there, the last is {top}"
    issued = Certificate.objects.valid()
    if issued.count() != issued.values("number").distinct().count():
        yield "a number stands on two certificates"
    valid = Count(
        "certificates", filter=Q(certificates__voided_at=None, certificates__kind="certificate")
    )
    for counted, n in (
        Event.objects.annotate(n=valid).exclude(certified=F("n")).values_list("certified", "n")
    ):
        yield f"{counted} certificates counted, {n} valid"
