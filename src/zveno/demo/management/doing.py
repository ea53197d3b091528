"""What the demonstration tells of an agreement's obligations: what was done, what was not."""

from datetime import timedelta
from uuid import uuid4

from zveno.documents.actions import Upload
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.http import reading
from zveno.network import actions as network
from zveno.network.actions import Report
from zveno.network.models import Agreement, Obligation
from zveno.network.models.obligations import facts_of

YEAR = "За учебный год, число вымышлено (пример)"
LESSONS = ((17, 6, "Семинар «Датчики в школе» (пример)"), (3, 4, "Открытое занятие (пример)"))
MISSED = 4
"""Hours of lessons with teachers that were not given in a year that is over."""
BEFORE_ITS_END = timedelta(days=90)


def tell_of_doing(anna: Actor, agreement: Agreement, proof: Upload) -> None:
    """Let the coordinator report for everybody: years that are over, and two lessons of late."""
    with reading(SYSTEM):
        owed = list(agreement.obligations.exclude(unit="").order_by("place"))
        facts = facts_of(owed)
        stands = [one.stands(facts[one.pk]) for one in owed]
    for one, standing in zip(owed, stands, strict=True):
        of_lessons = one.unit == Obligation.Unit.HOURS
        for lack in standing.lacks:
            done = lack.amount - MISSED * of_lessons
            report = Report(uuid4(), lack.span.last - BEFORE_ITS_END, done, YEAR, proof)
            network.report_fulfilment(anna, one.public_id, report=report)
        for days, amount, note in LESSONS if of_lessons else ():
            report = Report(uuid4(), clock.today() - timedelta(days=days), amount, note, proof)
            network.report_fulfilment(anna, one.public_id, report=report)
