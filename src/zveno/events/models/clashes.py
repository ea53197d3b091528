"""What else a school and its children are expected at while an event lasts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext

from zveno.events.models.events import Event
from zveno.events.models.groups import Group, Place
from zveno.kernel.actor import Actor

MOST = 20
"""Groups told of at once: more say nothing new."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A group of the same sender that is expected elsewhere, and the classes on its list."""

    group: Group
    classes: tuple[str, ...] = ()

    @property
    def who(self) -> str:
        """Name the classes, as they are called."""
        return ", ".join(self.classes)


def groups_beside(actor: Actor, event: Event, senders: Collection[int]) -> list[Beside]:
    """Return the groups of ``senders`` (keys) expected elsewhere while ``event`` lasts."""
    found = Group.objects.visible_to(actor).live().filter(_meets(event), sender__in=senders)
    groups = list(found.select_related("event")[:MOST])
    classes: dict[int, dict[str, None]] = {group.pk: {} for group in groups}
    listed = Place.objects.visible_to(actor).filter(group__in=classes).select_related("learner")
    for place in listed.order_by("learner__first_year", "learner__letter") if groups else ():
        classes[place.group_id][place.learner.class_label] = None
    return [Beside(group, tuple(filter(None, classes[group.pk]))) for group in groups]


def children_beside(actor: Actor, event: Event, learners: Iterable[int]) -> Mapping[int, Event]:
    """Return where else children (keys) are expected while ``event`` lasts, the first of each."""
    found = Place.objects.visible_to(actor).filter(_meets(event), learner__in=learners)
    live = found.exclude(group__state=Group.State.RELEASED).select_related("event")
    elsewhere: dict[int, Event] = {}
    for place in live.order_by("event__starts_at", "pk"):
        elsewhere.setdefault(place.learner_id, place.event)
    return elsewhere


def said_of(event: Event) -> str:
    """Tell whoever sends a child that it is expected at ``event`` at the same time."""
    facts = {"title": event.title, "when": event.in_words(event.starts_at)}
    return gettext("At the same time on the list of “%(title)s”, %(when)s.") % facts


def _meets(event: Event) -> Q:
    """Say which rows belong to another event that shares some time with ``event``."""
    within = Q(event__starts_at__lt=event.ends_at, event__ends_at__gt=event.starts_at)
    return within & Q(event__state=Event.State.OPEN) & ~Q(event=event.pk)
