"""The timetable of periodic work."""

import subprocess
import sys
from typing import Any

from django.conf import settings
from procrastinate import JobContext
from procrastinate.contrib.django import app

from zveno.kernel import erasures, jobs, journal, outbox, pace, repeats, sweep
from zveno.kernel.working import Again, give_out_again

STALLED_AFTER = 60


@app.task(name=jobs.TASK, retry=Again(max_attempts=3))
def run_verb(*, verb: str, actor: dict[str, Any], target: str, details: dict[str, Any]) -> None:
    """Do what was left for later."""
    jobs.run(verb=verb, actor=actor, target=target, details=details)


@app.periodic(cron="* * * * * */5")
@app.task(name="zveno.kernel.send_letters", queueing_lock="letters")
def send_letters(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells the time
    """Send the letters that are due."""
    outbox.send_due()


@app.periodic(cron="* * * * * */5")
@app.task(name="zveno.kernel.seal_journal", queueing_lock="seal")
def seal_journal(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells the time
    """Seal what was noted since."""
    journal.seal()


@app.periodic(cron="17 * * * *")
@app.task(name="zveno.kernel.forget_repeats", queueing_lock="repeats")
def forget_repeats(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells the time
    """Forget the requests whose keys are not honoured any more, and how often tokens asked."""
    repeats.forget_old()
    pace.forget_old()


@app.periodic(cron="* * * * *")
@app.task(name="zveno.kernel.retry_stalled", queueing_lock="stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - as above
    """Give the jobs of a killed worker to another."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        await give_out_again(manager, job)


@app.periodic(cron="* * * * *")
@app.task(name="zveno.kernel.note_erasures", queueing_lock="erasures")
def note_erasures(timestamp: int) -> None:  # noqa: ARG001 - as above
    """List beside the backups what was erased."""
    erasures.note()


@app.periodic(cron="17 2 * * *")
@app.task(name="zveno.kernel.back_up", queueing_lock="backup")
def back_up(timestamp: int) -> None:  # noqa: ARG001 - as above
    """Make the backup of the night, in a process that may sign in as the owner."""
    if settings.DATABASES["owner"]["USER"] != settings.DATABASES["default"]["USER"]:
        subprocess.run([sys.executable, "-m", "zveno", "backup"], check=True)


@app.periodic(cron="*/10 * * * *")
@app.task(name="zveno.kernel.sweep", queueing_lock="sweep")
def look_for_trouble(timestamp: int) -> None:  # noqa: ARG001 - as above
    """Look for what is stuck; begin what missed its turn."""
    sweep.sweep()


@app.periodic(cron="41 3 * * *")
@app.task(name="zveno.kernel.check_chain", queueing_lock="chain")
def check_chain(timestamp: int) -> None:  # noqa: ARG001 - as above
    """Follow the chain of the journal."""
    sweep.check_chain()


@app.periodic(cron="0 9 1 * *")
@app.task(name="zveno.kernel.mail_root", queueing_lock="root")
def mail_root(timestamp: int) -> None:  # noqa: ARG001 - as above
    """Send the operator the mark of the journal."""
    sweep.mail_root()
