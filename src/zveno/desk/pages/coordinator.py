"""What waits for a coordinator, from the first member to the last certificate."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zveno.desk.models import Todo, questions
from zveno.desk.models.questions import Led, Owed
from zveno.desk.pages import door
from zveno.events.models import Event
from zveno.kernel.actor import Actor
from zveno.network.models import Agreement, Heard, Party, Review, heard_by, silent
from zveno.people.models import Post

FEW = 2
NAMED = 2
SHOWN = 10


def bases(actor: Actor) -> set[int]:
    """Return the keys of the organisations where the actor is a coordinator."""
    return {key for key, role in actor.roles if role == Post.Role.COORDINATOR}


@dataclass(frozen=True, slots=True)
class Read:
    """What the page shows and the things that wait are made of, read once for both."""

    clusters: list[Led]
    events: list[Event]
    owed: list[Owed]
    silent: list[Heard]


def read(actor: Actor) -> Read | None:
    """Read for who coordinates; None for who does not."""
    led = bases(actor)
    if not led:
        return None
    return Read(
        questions.led_by(led),
        questions.unfinished(led, SHOWN),
        questions.owed_to(led),
        silent(heard_by(led)),
    )


def waits(actor: Actor, read: Read | None) -> Iterator[Todo]:
    """Tell what waits, the most urgent first."""
    if read:
        led = bases(actor)
        if not read.clusters:
            yield from _first_steps()
        yield from filter(None, map(_of, read.events))
        if any(cluster.open for cluster in read.clusters):
            yield from _agreements(actor, led)
        if any(cluster.ending for cluster in read.clusters):
            yield from _renewals(actor, led)
        yield from filter(None, map(_applications, read.clusters))
        yield from filter(None, map(_of_cluster, read.clusters))
        yield from _obligations(read.owed)
        yield from _items(actor, led)


def _first_steps() -> Iterator[Todo]:
    """Tell where to begin in a house where nothing is yet."""
    yield Todo(
        "found",
        _("Create your cluster"),
        _("A name and a sector are enough; members come next. 1 minute"),
        reverse("network:new_cluster"),
        _("Create cluster"),
        "plus",
    )
    yield Todo(
        "invite",
        _("Invite your colleagues"),
        _("A post gives access, and everyone signs in for themselves. 1 minute each"),
        reverse("people:own_team"),
        _("Invite"),
        "users",
    )


def _applications(cluster: Led) -> Todo | None:
    if not cluster.asked:
        return None
    return Todo(
        "joining",
        ngettext(
            "Answer %(asked)s application to join",
            "Answer %(asked)s applications to join",
            cluster.asked,
        )
        % cluster._asdict(),
        _("%(name)s: accept, or decline with a reason. 1 minute") % cluster._asdict(),
        reverse("network:joinings", args=[cluster.public_id]),
        _("Answer"),
        "users",
        burns=True,
    )


def _of_cluster(cluster: Led) -> Todo | None:
    if cluster.unread:
        return Todo(
            "members",
            _("Check the list of members"),
            _("%(name)s: nothing is added until you accept the list. 3 minutes")
            % cluster._asdict(),
            reverse("network:member_list", args=[cluster.public_id, cluster.unread]),
            _("Check rows"),
            "users",
        )
    if cluster.members < FEW:
        return Todo(
            "members",
            _("Add the cluster’s members"),
            _("%(name)s: paste the table you have. 2 minutes") % cluster._asdict(),
            reverse("network:add_members", args=[cluster.public_id]),
            _("Add members"),
            "users",
        )
    if cluster.agreed:
        return None
    return Todo(
        "agreement",
        _("Draw up the cooperation agreement"),
        ngettext(
            "%(name)s: %(members)s party, text built from clauses. 3 minutes",
            "%(name)s: %(members)s parties, text built from clauses. 3 minutes",
            cluster.members,
        )
        % cluster._asdict(),
        reverse("network:start_agreement", args=[cluster.public_id]),
        _("Draw up"),
    )


def _agreements(actor: Actor, led: set[int]) -> Iterator[Todo]:
    agreements = (
        Agreement.objects.visible_to(actor)
        .filter(cluster__base__in=led)
        .filter(state__in=[Agreement.State.DRAFT, Agreement.State.OUT_FOR_SIGNATURE])
        .exclude(state=Agreement.State.DRAFT, cluster__closed_on__isnull=False)
        .exclude(pk__in=Review.objects.visible_to(actor).waiting().values("agreement"))
        .order_by("pk")
    )
    for agreement in agreements:
        if agreement.state == Agreement.State.DRAFT:
            yield Todo(
                "agreement",
                _("Check the text and send it for signature"),
                _("%(title)s: names and cases are filled in, check what is highlighted. 3 minutes")
                % {"title": agreement},
                reverse("network:agreement_text", args=[agreement.public_id]),
                _("Check"),
                "pen",
            )
        else:
            yield _signatures(actor, agreement)


def _renewals(actor: Actor, led: set[int]) -> Iterator[Todo]:
    ending = Agreement.objects.visible_to(actor).filter(cluster__base__in=led).to_renew()
    for agreement in ending:
        facts = {"title": agreement, "day": date_format(agreement.last_day, "j E")}
        yield Todo(
            "renewal",
            _("Renew the agreement: it ends on %(day)s") % facts,
            _("%(title)s: parties and obligations are filled in. 3 minutes") % facts,
            reverse("network:renew", args=[agreement.public_id]),
            _("Renew"),
            "swap",
            burns=True,
        )


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
        _("%(title)s. Since %(day)s waiting for: %(names)s")
        % {"title": agreement, "names": waiting, "day": _sent(agreement)},
        reverse("network:agreement", args=[agreement.public_id]),
        _("See who has not signed"),
        "pen",
        burns=True,
    )


def _sent(agreement: Agreement) -> str:
    day = localtime(agreement.sent_at).date() if agreement.sent_at else agreement.dated
    return date_format(day, "j E")


def _obligations(owed: list[Owed]) -> Iterator[Todo]:
    free = Counter((one.cluster, one.cluster_name) for one in owed if not one.items)
    for (cluster, name), count in free.items():
        yield Todo(
            "plan",
            ngettext(
                "Add %(count)s obligation to the plan",
                "Add %(count)s obligations to the plan",
                count,
            )
            % {"count": count},
            _("%(name)s: the agreement is in force, choose the month for each. 1 minute")
            % {"name": name},
            reverse("plan:plan", args=[cluster]),
            _("Open the plan"),
            "cal",
        )


def _items(actor: Actor, led: set[int]) -> Iterator[Todo]:
    for item in questions.undated(led, actor.scope, NAMED):
        yield Todo(
            "event",
            _("Set the day: %(title)s") % {"title": item.title},
            _("The plan has only a month. A day, place and seats make it an event. 2 minutes"),
            reverse("events:new", args=[item.public_id]),
            _("Create event"),
            "cal",
        )


def _of(event: Event) -> Todo | None:
    day = date_format(localtime(event.starts_at), "j E")
    if event.state == Event.State.DRAFT:
        return Todo(
            "announce",
            _("Publish: %(title)s") % {"title": event},
            _("%(day)s, %(seats)s seats. Schools see it once it is published. 1 minute")
            % {"day": day, "seats": event.capacity},
            reverse("events:event", args=[event.public_id]),
            _("Check and publish"),
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
            _("%(title)s, %(day)s. Attendance is recorded. 1 minute")
            % {"title": event, "day": day},
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
            "%(count)s child is waiting for a seat",
            "%(count)s children are waiting for seats",
            event.queued,
        )
        % {"count": event.queued},
        _("%(title)s, %(day)s: all seats are taken. 1 minute") % {"title": event, "day": day},
        reverse("events:event", args=[event.public_id]),
        _("See the queue"),
        "users",
    )
