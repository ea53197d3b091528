"""The operator does anew what is stuck."""

from zveno.desk import rules
from zveno.kernel import registry, sweep
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.registry import Job
from zveno.kernel.sweep import Trouble


@action(rules.operates, on=Job)
def run_job(actor: Actor, job: Job) -> None:
    """Let the worker do a job of the timetable now."""
    registry.start(job.name)


@action(rules.operates, on=Trouble, lock=True)
def try_again(actor: Actor, trouble: Trouble) -> None:
    """Do anew what is stuck; what is over already is left alone."""
    if trouble.over_at is None:
        sweep.try_again(trouble)
