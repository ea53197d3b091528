"""What an organisation itself owes by its agreements, for whoever works there for it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q

from zveno.kernel.actor import Actor
from zveno.network.models import Obligation, Party
from zveno.network.models.obligations import facts_of
from zveno.network.models.owing import Standing
from zveno.network.pages import faces
from zveno.people.models import Post
from zveno.ui.faces import Face

ANSWER = {
    Post.Role.HEAD,
    Post.Role.REPRESENTATIVE,
    Post.Role.METHODIST,
    Post.Role.EMPLOYER_REPRESENTATIVE,
}


@dataclass(frozen=True, slots=True)
class Own:
    """An obligation of one's own and how it stands."""

    obligation: Obligation
    stands: Standing

    @property
    def until(self) -> date:
        """The last day of what is owed now."""
        return self.stands.deadline

    @property
    def is_late(self) -> bool:
        """Whether a day has passed without what was counted or dated for it."""
        has_measure = bool(self.obligation.unit or self.obligation.due)
        return has_measure and self.stands.is_overdue

    @property
    def face(self) -> Face:
        """How it stands, as the page of the cluster says it."""
        return faces.of_obligation(self.obligation, self.stands)


def owed_by(actor: Actor) -> list[Own]:
    """Return what the actor's organisations owe and have not done yet, the late first."""
    own = {key for key, role in actor.roles if role in ANSWER}
    if not own:
        return []
    side = Party.objects.visible_to(actor).filter(
        Q(pk=OuterRef("party")) | Q(role=OuterRef("role"), agreement=OuterRef("agreement")),
        organisation__in=own,
    )
    owed = list(
        Obligation.objects.visible_to(actor)
        .in_force()
        .filter(Q(unit__gt="") | Q(due__isnull=False))
        .filter(Q(party=None) | Q(party__organisation__in=own))
        .filter(Exists(side))
        .select_related("agreement")
        .annotate(cluster_name=F("agreement__cluster__name"))
        .order_by("agreement", "place")
    )
    facts = facts_of(owed)
    lines = [Own(one, one.stands(facts[one.pk])) for one in owed]
    waiting = [line for line in lines if line.is_late or not line.stands.is_done]
    return sorted(waiting, key=lambda line: (not line.is_late, line.until))
