"""What Prometheus reads: at an address of its own, served by the worker, never by the web server.

Processes count into files of one folder (``PROMETHEUS_MULTIPROC_DIR``), whoever is asked adds up.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Min
from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.models import Entry, Letter
from zveno.kernel.walls import scoped

log = logging.getLogger(__name__)
Gauges = Iterator[GaugeMetricFamily]

requests = Counter("zveno_requests", "Answers given.", ["method", "route", "status"])
seconds = Histogram(
    "zveno_request_seconds",
    "How long an answer took.",
    ["route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


@contextmanager
def served() -> Iterator[None]:
    """Serve what all processes counted and the state of the house, if an address for it is set."""
    if not settings.METRICS:
        yield
        return
    host, _, port = settings.METRICS.rpartition(":")
    told = CollectorRegistry()
    MultiProcessCollector(told)  # type: ignore[no-untyped-call]
    told.register(House())
    server, thread = start_http_server(int(port), host, registry=told)
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class House(Collector):
    """The state of the house, asked for when somebody reads it."""

    def describe(self) -> Gauges:
        """Name nothing in advance: what is told depends on what can be asked."""
        return iter(())

    def collect(self) -> Gauges:
        """Tell whether the database answers, what waits in it, how old the last backup is."""
        try:
            waiting = list(_waiting())
        except DatabaseError as error:
            log.warning("figures without the database: %s", type(error).__name__)
            waiting = []
        finally:
            connection.close()
        yield _gauge("database_up", "Whether the database answers.", float(bool(waiting)))
        yield from waiting
        yield from _backups()


def _waiting() -> Gauges:
    with transaction.atomic(), scoped(SYSTEM, read_only=True):
        letters = Letter.objects.filter(sent_at=None)
        oldest = letters.aggregate(since=Min("written_at"))["since"]
        age = (clock.now() - oldest).total_seconds() if oldest else 0.0
        yield _gauge("letters_waiting", "Letters not sent yet.", letters.count())
        yield _gauge("letters_oldest_seconds", "For how long the oldest letter waits.", age)
        unsealed = Entry.objects.unsealed().count()
        yield _gauge("journal_unsealed", "Journal entries no seal covers yet.", unsealed)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            yield _gauge("database_bytes", "Size of the database.", cursor.fetchone()[0])
            cursor.execute("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY 1")
            jobs = GaugeMetricFamily("zveno_jobs", "Jobs by their state.", labels=["state"])
            for state, count in cursor.fetchall():
                jobs.add_metric([state], count)
            yield jobs


def _backups() -> Gauges:
    moments = [kept.stat().st_mtime for kept in Path(settings.BACKUPS).glob("*.zveno*")]
    if moments:
        told = "When the last backup was made, in seconds since 1970."
        yield _gauge("backup_last_timestamp_seconds", told, max(moments))


def _gauge(name: str, says: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"zveno_{name}", says, value=value)
