"""What waits for a school or a kindergarten."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zveno.desk.models import Todo
from zveno.events.models import Event, Group
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.network.models import Agreement, Joining, Party
from zveno.people.models import Post

SENDERS = {Post.Role.HEAD, Post.Role.REPRESENTATIVE}
INVITED = {*SENDERS, Post.Role.EMPLOYER_REPRESENTATIVE}


def senders(actor: Actor) -> set[int]:
    """Return the keys of the organisations the actor represents."""
    return {key for key, role in actor.roles if role in SENDERS}


def waits(actor: Actor) -> Iterator[Todo]:
    """Tell what waits, the most urgent first."""
    own = senders(actor)
    if own:
        yield from _groups(actor, own)
        yield from _signatures(actor, own)
    yield from _invitations(actor)


def _invitations(actor: Actor) -> Iterator[Todo]:
    own = {key for key, role in actor.roles if role in INVITED}
    if not own:
        return
    for one in Joining.objects.visible_to(actor).unanswered_by(own):
        day = date_format(localtime(one.until), "j E")
        yield Todo(
            "joining",
            _("Answer the invitation to a cluster"),
            _("%(cluster)s, %(base)s. Answer by %(day)s. 1 minute")
            % {"cluster": one.cluster, "base": one.cluster.base, "day": day},
            reverse("network:joining", args=[one.public_id]),
            _("Open the invitation"),
            "users",
        )


def _signatures(actor: Actor, own: set[int]) -> Iterator[Todo]:
    parties = (
        Party.objects.visible_to(actor)
        .waiting()
        .filter(organisation__in=own, agreement__state=Agreement.State.OUT_FOR_SIGNATURE)
        .select_related("agreement")
    )
    for party in parties:
        agreement = party.agreement
        yield Todo(
            "signing",
            _("Sign the agreement"),
            _("%(title)s. %(name)s signs; %(signed)s of %(all)s have signed. 2 minutes")
            % {
                "title": agreement,
                "name": party.signatory,
                "signed": agreement.signed,
                "all": agreement.parties_count,
            },
            reverse("network:agreement", args=[agreement.public_id]),
            _("Open"),
            "pen",
            burns=True,
        )


def _groups(actor: Actor, own: set[int]) -> Iterator[Todo]:
    groups = (
        Group.objects.visible_to(actor)
        .filter(sender__in=own, event__ends_at__gte=clock.now())
        .exclude(state=Group.State.RELEASED)
        .exclude(event__state=Event.State.HELD)
        .select_related("event")
        .order_by("event__starts_at", "pk")
    )
    for group in groups:
        todo = _of(group)
        if todo:
            yield todo


def _offered(facts: dict[str, Any], url: str) -> Todo:
    seats = facts["seats"]
    return Todo(
        "offer",
        ngettext("%(seats)s seat is offered", "%(seats)s seats are offered", seats) % facts,
        _("%(title)s, %(day)s. Take them before %(until)s. 1 minute") % facts,
        url,
        _("Take the seats"),
        "users",
        burns=True,
    )


def _of(group: Group) -> Todo | None:
    day = date_format(localtime(group.event.starts_at), "j E")
    url = reverse("events:group", args=[group.public_id])
    facts = {"title": group.event, "day": day, "seats": group.seats}
    if group.state == Group.State.WAITING:
        return Todo(
            "queue",
            _("You are on the waiting list"),
            _("%(title)s, %(day)s: %(seats)s seats. Nothing to do: we write when some are free.")
            % facts,
            url,
            _("Have a look"),
            "clock",
        )
    if group.offered_until:
        return _offered(facts | {"until": group.event.in_words(group.offered_until)}, url)
    if group.state == Group.State.RESERVED:
        return Todo(
            "list",
            ngettext("Send the list: %(seats)s seat", "Send the list: %(seats)s seats", group.seats)
            % facts,
            _("%(title)s, %(day)s. Paste it from any table. 1 minute") % facts,
            url,
            _("Paste the list"),
            "users",
            burns=True,
        )
    missing = group.listed - group.consented
    if not missing:
        return None
    return Todo(
        "consents",
        ngettext("%(count)s consent is missing", "%(count)s consents are missing", missing)
        % {"count": missing},
        _("%(title)s, %(day)s. Without it the host cannot see the child. 1 minute") % facts,
        url,
        _("Record consents"),
        "shield",
        burns=True,
    )
