"""What somebody looks for, among all they may open: by kinds, the likeliest first."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from zveno.documents.models import Number, papers_found
from zveno.documents.rules import KEEPING
from zveno.events.models import Event, events_found, events_resembling
from zveno.kernel.actor import Actor
from zveno.kernel.finding import MOST, Wanted, counted, loosely
from zveno.network.models import (
    Agreement,
    Cluster,
    Membership,
    Programme,
    agreements_found,
    clusters_found,
    programmes_found,
)
from zveno.organisations.models import (
    Organisation,
    organisations_found,
    organisations_resembling,
)
from zveno.people.models import Post, contacts_found
from zveno.ui.faces import Found

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that is found: how it is asked for, and how a line tells of one."""

    key: str
    title: "StrPromise"
    ask: Callable[[Actor, Wanted], Rows]
    tell: Callable[[Actor, Any], Found]


@dataclass(frozen=True)
class Group:
    """What was found of a kind: the first ``rows``, whether there are ``more``, and how many."""

    kind: Kind
    rows: list[Found]
    more: bool
    all: Rows

    @cached_property
    def number(self) -> int:
        """How many there are, up to ``MOST``: asked only where it is shown."""
        return counted(self.all) if self.more else len(self.rows)

    @property
    def countless(self) -> bool:
        """Whether there are more than were counted."""
        return self.number >= MOST


def groups(
    actor: Actor, wanted: Wanted, shown: int, kinds: "Sequence[Kind] | None" = None
) -> list[Group]:
    """Return what was found of each kind that something was found of."""
    found = (_group(actor, wanted, kind, shown) for kind in kinds or KINDS)
    return [group for group in found if group.rows]


def guesses(actor: Actor, wanted: Wanted, shown: int) -> list[Group]:
    """Return what may have been meant, when nothing is named as it was typed."""
    if not wanted.may_be_mistyped:
        return []
    loosely()
    return groups(actor, wanted, shown, GUESSED)


def _group(actor: Actor, wanted: Wanted, kind: Kind, shown: int) -> Group:
    rows = kind.ask(actor, wanted)
    first = list(rows[: shown + 1])
    told = [kind.tell(actor, one) for one in first[:shown]]
    return Group(kind, told, len(first) > shown, rows)


def _organisations(actor: Actor, wanted: Wanted) -> Rows:
    return organisations_found(actor, wanted, set(_near(actor)) if actor.scope else ())


def _near(actor: Actor) -> Rows:
    """Ask for the members of the actor's own clusters; named by key, they are an index's few."""
    clusters = list(Cluster.objects.visible_to(actor).joined_by(actor).values_list("pk", flat=True))
    near = Membership.objects.visible_to(actor).live().filter(cluster__in=clusters)
    return near.values_list("organisation", flat=True)


def _papers(actor: Actor, wanted: Wanted) -> Rows:
    return papers_found(actor, wanted, {key for key, role in actor.roles if role in KEEPING})


def _organisation(_actor: Actor, one: Organisation) -> Found:
    address = reverse("organisations:card", args=[one.public_id])
    return Found(str(one), one.get_kind_display(), address, "book")


def _contact(actor: Actor, one: Post) -> Found:
    """Lead to the people of one's own house, to the card of another."""
    own = one.organisation_id in actor.scope
    name = "people:team" if own else "organisations:card"
    words = f"{one}, {one.organisation}"
    return Found(str(one.person), words, reverse(name, args=[one.organisation.public_id]), "users")


def _cluster(_actor: Actor, one: Cluster) -> Found:
    address = reverse("network:cluster", args=[one.public_id])
    return Found(one.name, one.territory.name, address, "net")


def _agreement(_actor: Actor, one: Agreement) -> Found:
    state = one.get_state_display()
    words = f"№ {one.number.printed}, {state}" if one.number else state
    return Found(one.title, words, reverse("network:agreement", args=[one.public_id]), "doc")


def _event(_actor: Actor, one: Event) -> Found:
    day = date_format(localtime(one.starts_at), "j E Y")
    return Found(one.title, day, reverse("events:event", args=[one.public_id]), "cal")


def _programme(_actor: Actor, one: Programme) -> Found:
    address = reverse("network:programme", args=[one.public_id])
    return Found(one.name, f"№ {one.number}", address, "chart")


def _paper(_actor: Actor, one: Number) -> Found:
    """Lead to the line in its book, the first one shown."""
    book = one.book
    address = reverse("documents:books", args=[book.organisation.public_id])
    line = f"?kind={book.kind}&year={book.year}&after={one.number + 1}"
    title = one.subject or book.get_kind_display()
    return Found(title, f"№ {one.printed}", address + line, "book")


KINDS = (
    Kind("organisations", _("Organisations"), _organisations, _organisation),
    Kind("clusters", _("Clusters"), clusters_found, _cluster),
    Kind("people", _("People"), contacts_found, _contact),
    Kind("events", _("Events"), events_found, _event),
    Kind("agreements", _("Agreements"), agreements_found, _agreement),
    Kind("programmes", _("Programmes and grants"), programmes_found, _programme),
    Kind("papers", _("Lines of the books"), _papers, _paper),
)
GUESSED = (
    Kind("organisations", _("Organisations"), organisations_resembling, _organisation),
    Kind("events", _("Events"), events_resembling, _event),
)


def flat(found: Sequence[Group]) -> Iterator[Found]:
    """Yield the lines of all groups, one below another."""
    return (row for group in found for row in group.rows)
