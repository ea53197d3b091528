"""``worker``: letters, seals and whatever was left for later."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app, connector_params

from zveno.kernel import metrics, registry, working

MOST, IDLE = 4, 30.0


class Command(BaseCommand):
    """Work until stopped."""

    help = "Send letters, seal the journal and do what was left for later."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run procrastinate's worker over the application's database."""
        # One connection as a rule, each more only while it is needed: each is a process there.
        connector = PsycopgConnector(
            kwargs=connector_params(), min_size=1, max_size=MOST, max_idle=IDLE
        )
        with metrics.served(), app.replace_connector(connector) as opened:
            registry.watch()
            connection.close()
            working.work(
                opened, concurrency=2, delete_jobs="successful", fetch_job_polling_interval=2
            )
