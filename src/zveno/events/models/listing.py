"""The list of events for whoever works in the network: what may be asked for."""

from dataclasses import dataclass

from zveno.events.models.catalogue import Sought
from zveno.events.models.events import Event, EventQuerySet
from zveno.kernel.actor import Actor

HOST, SENT = "host", "sent"


@dataclass(frozen=True, slots=True)
class Listed:
    """Which events are asked for: those of ``sought``, of a kind, that one hosts or comes to."""

    sought: Sought
    kind: str = ""
    whose: str = ""

    def chosen(self, actor: Actor, state: str = "", after: str = "") -> EventQuerySet:
        """Return those the actor sees, in the order of their section, from a cursor on."""
        rows = Event.objects.visible_to(actor).section(state, after)
        rows = rows.about(self.sought.words).for_grades(*self.sought.grades)
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.whose == HOST:
            rows = rows.filter(host__in=actor.scope)
        if self.whose == SENT:
            rows = rows.with_group_of(actor)
        return self.sought.between(rows).select_related("host", "cluster")
