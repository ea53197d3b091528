"""Secret addresses of events for calendars: of a person, and of a class. No name is in them."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from zveno.events.models.events import Event
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.walls import scoped
from zveno.learners.models import SchoolClass
from zveno.people.models import Link, Post

PERSON, CLASS = "events.calendar", "events.calendar_of_class"


def kind_of_class(first_year: int | None, letter: str) -> str:
    """Name what a link opens for a class of its issuer."""
    return f"{CLASS}:{first_year or ''}:{letter}"


def calendars(kind: str, key: int) -> QuerySet[Link]:
    """Return the links that open a calendar; who may ask, the caller knows."""
    return Link.objects.live().filter(opens=[[kind, key]])


def calendar_of(person: int | None) -> Link | None:
    """Return the link to the calendar of a person that opens now, if any."""
    return calendars(PERSON, person or 0).first()


def calendars_of_classes(house: int) -> dict[str, Link]:
    """Return the links to calendars of classes of an organisation that open now, by their kind."""
    links = Link.objects.live().filter(issuer=house, opens__0__0__startswith=f"{CLASS}:")
    return {link.opens[0][0]: link for link in links}


def fed(actor: Actor) -> tuple[str, list[Event]] | None:
    """Return whose events a link opens, "" for a person's own, and the events; else nothing.

    Those of a person are the events that the organisations of their posts of today host or send
    a group to: an address outlives no post.
    """
    link = Link.objects.live().filter(pk=actor.credential or 0).first()
    kind, key = link.opens[0] if link and len(link.opens) == 1 else ("", 0)
    if kind == PERSON:
        houses = Post.objects.live().filter(person=key).values_list("organisation", flat=True)
        return "", list(_concerning(list(houses)))
    if kind.startswith(f"{CLASS}:"):
        _, year, letter = kind.split(":", 2)
        first_year = int(year) if year else None
        return SchoolClass(first_year, letter).label, _of_class(key, first_year, letter)
    return None


def _announced() -> QuerySet[Event]:
    rows = Event.objects.public().exclude(announced_at=None)
    return rows.select_related("host").order_by("starts_at", "pk")


def _concerning(houses: Iterable[int]) -> QuerySet[Event]:
    sends = Q(groups__sender__in=houses) & ~Q(groups__state="released", groups__called_off=False)
    return _announced().filter(Q(host__in=houses) | sends).distinct()


def _of_class(house: int, first_year: int | None, letter: str) -> list[Event]:
    with scoped(SYSTEM):
        rows = _announced().filter(
            places__learner__owner=house,
            places__learner__first_year=first_year,
            places__learner__letter=letter,
        )
        return list(rows.distinct())
