"""The timetable: terms and what waits are looked after every morning, ties counted every night."""

import json
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from procrastinate.contrib.django import app

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.http import reading
from zveno.kernel.working import Again
from zveno.network import actions
from zveno.network.models import Agreement, Cluster, Joining, Tie, miscounted
from zveno.network.models.checks import members_due
from zveno.network.models.duties import to_tend
from zveno.network.models.joining import APPLIES
from zveno.people.models.seals import unsealed


@app.periodic(cron="11 6 * * *")
@app.task(name="zveno.network.tend_agreements", queueing_lock="agreements")
def tend_agreements(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells the time
    """Remind of terms that end soon, prolong or end what is over; make tasks of what is due."""
    soon = clock.today() + timedelta(days=max(settings.ZVENO_REMIND_DAYS))
    with reading(SYSTEM):
        keys = [one.public_id for one in Agreement.objects.over_by(soon)]
    for key in keys:
        actions.tend_agreement(SYSTEM, key)
    with reading(SYSTEM):
        keys = list(to_tend())
    for key in keys:
        actions.tend_obligation(SYSTEM, key)


@app.periodic(cron="23 0 * * *")
@app.task(name="zveno.network.recount_ties", queueing_lock="ties")
def recount_ties(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells the time
    """Count anew where an event is older than a year since the last night."""
    with reading(SYSTEM):
        moved = Tie.objects.stale().values("cluster")
        keys = [one.public_id for one in Cluster.objects.filter(pk__in=moved)]
    for key in keys:
        actions.recount_ties(SYSTEM, key)


@app.periodic(cron="7,27,47 * * * *")
@app.task(name="zveno.network.count_agreements", queueing_lock="agreed")
def count_agreements(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells the time
    """Count agreements by state where there are others than counted."""
    with reading(SYSTEM):
        keys = [one.public_id for one in Cluster.objects.filter(pk__in=miscounted())]
    for key in keys:
        actions.count_agreements(SYSTEM, key)


@app.periodic(cron="21 6 * * *")
@app.task(name="zveno.network.tend_joinings", queueing_lock="joinings")
def tend_joinings(timestamp: int) -> None:  # noqa: ARG001 - as above
    """Remind of invitations and applications that wait, end those nobody answered."""
    with reading(SYSTEM):
        keys = list(Joining.objects.due().values_list("public_id", flat=True))
    for key in keys:
        actions.tend_joining(SYSTEM, key)


@app.periodic(cron="31 6 * * *")
@app.task(name="zveno.network.tend_checks", queueing_lock="checks")
def tend_checks(timestamp: int) -> None:  # noqa: ARG001 - as above
    """Ask members to check what is known of them, when August comes and weekly after it."""
    with reading(SYSTEM):
        due = members_due(clock.today()).values("cluster")
        keys = [one.public_id for one in Cluster.objects.filter(pk__in=due)]
    for key in keys:
        actions.tend_checks(SYSTEM, key)


@app.task(name=APPLIES, retry=Again(max_attempts=3))
def apply_by_letter(cluster: str, asked: str) -> None:
    """Write to whoever applied without an account, so that they confirm it."""
    told = unsealed(asked)
    if told is None:
        return
    application = actions.Application(**json.loads(told))
    actions.apply_by_letter(SYSTEM, UUID(cluster), application=application)
