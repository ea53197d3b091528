"""The clusters that a methodist, an employer or an auditor looks at."""

from django.db.models import Count, Q

from zveno.kernel.actor import Actor
from zveno.network.models import Agreement, Cluster
from zveno.network.models.programmes import audits
from zveno.network.pages.programmes import Line, lines_of
from zveno.people.models import Post

WATCH = {Post.Role.METHODIST, Post.Role.EMPLOYER_REPRESENTATIVE, Post.Role.AUDITOR}
State = Agreement.State


def watched(actor: Actor) -> list[Cluster]:
    """Return the clusters that the actor's organisations lead or belong to, with counts."""
    if not any(role in WATCH for _organisation, role in actor.roles):
        return []
    in_force = Q(agreements__state=State.IN_FORCE)
    waits = Q(agreements__state=State.OUT_FOR_SIGNATURE)
    return list(
        Cluster.objects.visible_to(actor)
        .joined_by(actor)
        .live()
        .annotate(
            members=Count("memberships", Q(memberships__until=None), distinct=True),
            in_force=Count("agreements", in_force, distinct=True),
            awaited=Count("agreements", waits, distinct=True),
        )
        .order_by("name", "pk")
    )


def audited(actor: Actor) -> list[Line]:
    """Return the programmes whose money an auditor looks at, the last begun first."""
    return lines_of(actor) if audits(actor) else []
