"""``worker``: letters, seals and whatever was left for later."""

from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

from zveno.kernel import metrics, registry, working


class Command(BaseCommand):
    """Work until stopped."""

    help = "Send letters, seal the journal and do what was left for later."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run procrastinate's worker over the application's database."""
        connector: Any = app.connector
        with (
            metrics.served(),
            app.replace_connector(connector.get_worker_connector()) as opened,
        ):
            registry.watch()
            working.work(
                opened, concurrency=2, delete_jobs="successful", fetch_job_polling_interval=2
            )
