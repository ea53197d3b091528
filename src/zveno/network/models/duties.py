"""Which obligations are tasks, of whom, and what names them."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.walls import scoped
from zveno.network.models.obligations import Obligation, facts_of
from zveno.organisations.models import Organisation
from zveno.people.models import Post, Task
from zveno.people.models.tasks import TaskQuerySet

SOON, VERY_SOON = timedelta(days=30), timedelta(days=7)
ORIGIN = "network.Obligation:"
ANSWERING = (
    Post.Role.REPRESENTATIVE,
    Post.Role.SCHOOL_REPRESENTATIVE,
    Post.Role.KINDERGARTEN_REPRESENTATIVE,
)


def origin_of(obligation: Obligation, deadline: date) -> str:
    """Name what is owed until a day."""
    return f"{ORIGIN}{obligation.pk}:{deadline.isoformat()}"


def tasks_of(obligation: Obligation, side: Organisation) -> TaskQuerySet:
    """Return all tasks that came of an obligation in an organisation."""
    return Task.objects.filter(organisation=side, origin__startswith=f"{ORIGIN}{obligation.pk}:")


def owing(obligation: Obligation) -> list[Organisation]:
    """Return who owes it: the one party, or all of its side."""
    sides = obligation.agreement.parties.filter(role=obligation.role)
    if obligation.party_id:
        sides = sides.filter(pk=obligation.party_id)
    return [party.organisation for party in sides.select_related("organisation").order_by("place")]


def given_to(obligation: Obligation) -> list[Organisation]:
    """Return where tasks that came of an obligation are open: whoever does it does not see all."""
    with scoped(SYSTEM):
        tasks = Task.objects.to_do().filter(origin__startswith=f"{ORIGIN}{obligation.pk}:")
        return [task.organisation for task in tasks.select_related("organisation")]


def role_of(obligation: Obligation, side: Organisation) -> str:
    """Return who answers there: the coordinator of the base, a representative, else the head."""
    held = set(Post.objects.live().filter(organisation=side).values_list("role", flat=True))
    if side.pk == obligation.agreement.cluster.base_id and Post.Role.COORDINATOR in held:
        return Post.Role.COORDINATOR
    return next((role for role in ANSWERING if role in held), Post.Role.HEAD)


def to_tend() -> Iterator[UUID]:
    """Yield the keys of obligations that are due soon, overdue, or tasks already."""
    origins = Task.objects.to_do().filter(origin__startswith=ORIGIN)
    given = {int(origin.split(":")[1]) for origin in origins.values_list("origin", flat=True)}
    rows = Obligation.objects.in_force().select_related("agreement").order_by("pk")
    facts = facts_of(rows)
    soon = clock.today() + SOON
    for one in rows:
        stands = one.stands(facts[one.pk])
        if one.pk not in given and stands.deadline <= soon and not stands.is_done:
            yield one.public_id
    yield from Obligation.objects.filter(pk__in=given).values_list("public_id", flat=True)
