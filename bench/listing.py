"""The list of events among a hundred thousand, and what it costs to take ten thousand away."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode

from django.db import connections

from bench.flows import Meter, meter_of
from bench.sizes import Figure
from tests.live import Site, Visitor, signed_in
from zveno.events.models import Event
from zveno.events.tests import make as events
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.http import reading
from zveno.people.models import Account

EVENTS, BATCH = 100_000, 5_000
VIEWS, ROUNDS = 25, 4


def measure(site: Site) -> Iterator[Figure]:
    """Yield the milliseconds of a page of fifty and the seconds of a table of ten thousand."""
    meter = meter_of(site)
    with reading(SYSTEM):
        anna = Account.objects.get(sign_in_name="anna")
        like = events.event()
        open_one = Event.objects.filter(state=Event.State.OPEN).earliest("pk")
    visitor = signed_in(anna, site.port)
    alone = _least(meter, visitor, f"/e/{open_one.public_id}/")
    yield "events.page_signed_in.cpu_ms", alone, 12
    _grow(like)
    yield "events.list_50_of_100000.cpu_ms", _least(meter, visitor, "/e/"), 25
    found = "/e/table.xlsx?" + urlencode({"q": "Событие"})
    yield "events.export_xlsx_10000.cpu_seconds", meter.spent(lambda: _must(visitor, found)), 3


def _least(meter: Meter, visitor: Visitor, path: str) -> float:
    """Return the CPU milliseconds of a request in the cheapest round."""

    def several() -> None:
        for _ in range(VIEWS):
            _must(visitor, path)

    several()
    return min(meter.spent(several) for _ in range(ROUNDS)) / VIEWS * 1000


def _must(visitor: Visitor, path: str) -> None:
    if visitor.get(path).status != 200:  # noqa: PLR2004 - all is well
        raise RuntimeError(f"{path} is not shown")


def _grow(like: Event) -> None:
    """Announce a hundred thousand events, one an hour."""
    facts = {
        field.attname: getattr(like, field.attname)
        for field in Event._meta.concrete_fields
        if field.attname not in {"id", "public_id", "title", "starts_at", "ends_at"}
    }
    start = clock.now() + timedelta(days=1)
    rows = (
        Event(
            **facts,
            title=f"Событие {number}",
            starts_at=start + timedelta(hours=number),
            ends_at=start + timedelta(hours=number + 1),
        )
        for number in range(EVENTS)
    )
    Event.objects.using("owner").bulk_create(rows, batch_size=BATCH)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE events_event")
