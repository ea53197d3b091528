"""What waits for a coordinator, from the first member to the last certificate."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, Max, Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zveno.desk.models import Todo
from zveno.desk.pages import door
from zveno.events.models import Event
from zveno.kernel.actor import Actor
from zveno.network.models import Agreement, Cluster, Obligation, Party
from zveno.people.models import Post
from zveno.plan.models import PlanItem

Row = Mapping[str, Any]
FEW = 2
NAMED = 2
SHOWN = 10


def bases(actor: Actor) -> set[int]:
    """Return the keys of the organisations where the actor is a coordinator."""
    return {key for key, role in actor.roles if role == Post.Role.COORDINATOR}


@dataclass(frozen=True, slots=True)
class Read:
    """What the page shows and the things that wait are made of, read once for both.

    ``clusters`` are those of the menu, with what is known of the members and agreements of each.
    """

    clusters: list[Row]
    events: list[Event]
    owed: list[Row]


def read(actor: Actor) -> Read | None:
    """Read for who coordinates; None for who does not."""
    led = bases(actor)
    return Read(_clusters(actor), _events(actor, led), _owed(actor, led)) if led else None


def waits(actor: Actor, read: Read | None) -> Iterator[Todo]:
    """Tell what waits, the most urgent first."""
    if read:
        led = bases(actor)
        clusters = [cluster for cluster in read.clusters if cluster["base"] in led]
        yield from filter(None, map(_of, read.events))
        if any(cluster["agreed"] > cluster["in_force"] for cluster in clusters):
            yield from _agreements(actor, led)
        yield from filter(None, map(_of_cluster, clusters))
        yield from _obligations(read.owed)
        yield from _items(actor, led)


def _clusters(actor: Actor) -> list[Row]:
    in_force = Q(agreements__state=Agreement.State.IN_FORCE)
    return list(
        Cluster.objects.visible_to(actor)
        .joined_by(actor)
        .order_by("pk")
        .values("public_id", "name", "territory__name", "base")
        .annotate(
            members=Count("memberships", filter=Q(memberships__until=None), distinct=True),
            agreed=Count("agreements", distinct=True),
            in_force=Count("agreements", filter=in_force, distinct=True),
            unread=Max(
                Cast("member_lists__public_id", CharField()),
                filter=Q(member_lists__accepted_at=None),
            ),
        )
    )


def _of_cluster(cluster: Row) -> Todo | None:
    if cluster["unread"]:
        return Todo(
            "members",
            _("Look through the list of members"),
            _("%(name)s: nothing is added until you accept it.") % cluster,
            reverse("network:member_list", args=[cluster["public_id"], cluster["unread"]]),
            _("Look through"),
            "users",
        )
    if cluster["members"] < FEW:
        return Todo(
            "members",
            _("Bring in the members of the cluster"),
            _("%(name)s: paste the table you have. 2 minutes") % cluster,
            reverse("network:add_members", args=[cluster["public_id"]]),
            _("Add members"),
            "users",
        )
    if cluster["agreed"]:
        return None
    return Todo(
        "agreement",
        _("Draw the cooperation agreement"),
        ngettext(
            "%(name)s: %(members)s party, the text is made of clauses. 3 minutes",
            "%(name)s: %(members)s parties, the text is made of clauses. 3 minutes",
            cluster["members"],
        )
        % cluster,
        reverse("network:start_agreement", args=[cluster["public_id"]]),
        _("Draw"),
    )


def _agreements(actor: Actor, led: set[int]) -> Iterator[Todo]:
    agreements = (
        Agreement.objects.visible_to(actor)
        .filter(cluster__base__in=led)
        .exclude(state=Agreement.State.IN_FORCE)
        .order_by("pk")
    )
    for agreement in agreements:
        if agreement.state == Agreement.State.DRAFT:
            yield Todo(
                "agreement",
                _("Check the text and send it for signature"),
                _("%(title)s: names and cases are filled in, look at what is marked.")
                % {"title": agreement},
                reverse("network:agreement_text", args=[agreement.public_id]),
                _("Check"),
                "pen",
            )
        else:
            yield _signatures(actor, agreement)


def _signatures(actor: Actor, agreement: Agreement) -> Todo:
    parties = (
        Party.objects.visible_to(actor)
        .filter(agreement=agreement)
        .waiting()
        .select_related("organisation")
    )
    names = [str(party.organisation) for party in parties]
    rest = len(names) - NAMED
    waiting = ", ".join(names[:NAMED])
    if rest > 0:
        waiting = _("%(names)s and %(count)s more") % {"names": waiting, "count": rest}
    return Todo(
        "signing",
        _("Signed: %(signed)s of %(all)s")
        % {"signed": agreement.signed, "all": agreement.parties_count},
        _("%(title)s. Waiting for: %(names)s") % {"title": agreement, "names": waiting},
        reverse("network:agreement", args=[agreement.public_id]),
        _("See who"),
        "pen",
        burns=True,
    )


def _owed(actor: Actor, led: set[int]) -> list[Row]:
    """Return what is owed by agreements in force, each with its cluster and items of a plan."""
    return list(
        Obligation.objects.visible_to(actor)
        .in_force()
        .filter(agreement__cluster__base__in=led, planned__gt=0)
        .order_by("agreement", "place")
        .values(
            *("text", "planned", "done"),
            cluster=F("agreement__cluster__public_id"),
            cluster_name=F("agreement__cluster__name"),
        )
        .annotate(items=Count("plan_items"))
    )


def _obligations(owed: list[Row]) -> Iterator[Todo]:
    free = Counter((one["cluster"], one["cluster_name"]) for one in owed if not one["items"])
    for (cluster, name), count in free.items():
        yield Todo(
            "plan",
            ngettext(
                "Put %(count)s obligation into the plan",
                "Put %(count)s obligations into the plan",
                count,
            )
            % {"count": count},
            _("%(name)s: the agreement is in force, say in which month it will be done.")
            % {"name": name},
            reverse("plan:plan", args=[cluster]),
            _("Open the plan"),
            "cal",
        )


def _items(actor: Actor, led: set[int]) -> Iterator[Todo]:
    items = (
        PlanItem.objects.visible_to(actor)
        .filter(host__in=led, state=PlanItem.State.PLANNED)
        .order_by("pk")
        .values_list("public_id", "title")[:NAMED]
    )
    for key, title in items:
        yield Todo(
            "event",
            _("Set the day: %(title)s") % {"title": title},
            _("The plan has the month only. Day, place and seats make it an event."),
            reverse("events:new", args=[key]),
            _("Make an event"),
            "cal",
        )


def _events(actor: Actor, led: set[int]) -> list[Event]:
    """Return the events of one's own house that are not over and done, soonest first."""
    return list(
        Event.objects.visible_to(actor)
        .filter(~Q(state=Event.State.HELD) | Q(came__gt=0, certified=0), host__in=led)
        .order_by("starts_at")[:SHOWN]
    )


def _of(event: Event) -> Todo | None:
    day = date_format(localtime(event.starts_at), "j E")
    if event.state == Event.State.DRAFT:
        return Todo(
            "announce",
            _("Announce: %(title)s") % {"title": event},
            _("%(day)s, %(seats)s seats. Schools see it once it is announced.")
            % {"day": day, "seats": event.capacity},
            reverse("events:event", args=[event.public_id]),
            _("Look and announce"),
            "cal",
        )
    if event.state == Event.State.HELD:
        return Todo(
            "certificates",
            ngettext(
                "Issue certificates: %(count)s child",
                "Issue certificates: %(count)s children",
                event.came,
            )
            % {"count": event.came},
            _("%(title)s, %(day)s. Those who came are marked.") % {"title": event, "day": day},
            reverse("events:certificates", args=[event.public_id]),
            _("Issue to all"),
        )
    if door.has_come(event):
        return door.check_in(event)
    return _queue(event, day)


def _queue(event: Event, day: str) -> Todo | None:
    if not event.queued:
        return None
    return Todo(
        "queue",
        ngettext(
            "%(count)s child waits for a seat", "%(count)s children wait for seats", event.queued
        )
        % {"count": event.queued},
        _("%(title)s, %(day)s: all seats are taken.") % {"title": event, "day": day},
        reverse("events:event", args=[event.public_id]),
        _("See the queue"),
        "users",
    )
