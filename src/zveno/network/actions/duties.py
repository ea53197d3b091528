"""Obligations that come due become tasks of whoever answers for the side that owes them."""

from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.network import rules
from zveno.network.models import Agreement, Obligation
from zveno.network.models.duties import SOON, VERY_SOON, origin_of, owing, role_of, tasks_of
from zveno.network.models.obligations import facts_of
from zveno.network.models.owing import Standing
from zveno.organisations.models import Organisation
from zveno.people.actions import Assignment, give_task, settle_origin
from zveno.people.models import Task

LONGEST = 400


@action(rules.tends_obligation, on=Obligation, lock=True)
def tend_obligation(actor: Actor, obligation: Obligation) -> None:
    """Give whoever owes this a task 30 days before the day, say it anew 7 days before and after.

    One task a deadline, closed once it is done; closed by hand it is not given again. What is
    owed by another day now, or under an agreement no more in force, need not be done by the old
    one. The worker does this every day.
    """
    stands = obligation.stands(facts_of([obligation])[obligation.pk])
    in_force = obligation.agreement.state == Agreement.State.IN_FORCE
    for side in owing(obligation):
        _close_old(actor, obligation, side, stands, in_force=in_force)
        if in_force and stands.is_done:
            _settle(actor, obligation, side, stands.deadline)
        elif in_force and stands.deadline - clock.today() <= SOON:
            _give(actor, obligation, side, stands.deadline)


def _close_old(
    actor: Actor, obligation: Obligation, side: Organisation, stands: Standing, *, in_force: bool
) -> None:
    """Close the tasks of other deadlines, unless their period still lacks something."""
    lacking = {lack.span.last for lack in stands.lacks}
    for task in tasks_of(obligation, side).to_do():
        missed = task.due < clock.today() and in_force
        if in_force and task.origin == origin_of(obligation, stands.deadline):
            continue
        if missed and task.due in lacking:
            _give(actor, obligation, side, task.due)
        else:
            key = side.public_id
            settle_origin(actor, key, origin=task.origin, dropped=not missed)


def _settle(actor: Actor, obligation: Obligation, side: Organisation, deadline: date) -> None:
    settle_origin(actor, side.public_id, origin=origin_of(obligation, deadline))


def _give(actor: Actor, obligation: Obligation, side: Organisation, deadline: date) -> None:
    origin = origin_of(obligation, deadline)
    if tasks_of(obligation, side).filter(origin=origin).exclude(state=Task.State.OPEN).exists():
        return
    task = Assignment(
        text=_text(obligation, deadline),
        due=deadline,
        role=role_of(obligation, side),
        origin=origin,
        url=reverse("network:obligation", args=[obligation.public_id]),
        giver=obligation.agreement.cluster.base,
    )
    give_task(actor, side.public_id, task=task)


def _text(obligation: Obligation, deadline: date) -> str:
    """Say what is owed until when; it changes when a week is left and when the day has passed."""
    facts = {"day": date_format(deadline, "d.m.Y"), "text": obligation.text}
    today = clock.today()
    if deadline < today:
        words = _("Overdue since %(day)s: %(text)s")
    elif deadline - today <= VERY_SOON:
        words = _("Due very soon, by %(day)s: %(text)s")
    else:
        words = _("Due by %(day)s: %(text)s")
    return (words % facts)[:LONGEST]
