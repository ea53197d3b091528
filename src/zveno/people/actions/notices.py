"""Verbs: notices are read, told by the worker, and wanted by these channels."""

from collections.abc import Collection, Sequence
from zoneinfo import available_timezones

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.people import rules
from zveno.people.models import Account, Person
from zveno.people.models.channels import Message, channels
from zveno.people.models.notices import Hearing, Notice


class NoSuchZone(BadInput):
    """A zone is one of the time zone database."""

    code = "no_such_zone"
    message = _("There is no such time zone.")
    field = "zone"


@action(rules.is_told, on=Notice)
def open_notice(actor: Actor, notice: Notice) -> str:
    """Mark a notice as read; return the address it leads to."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=clock.now())
    return notice.url


@action(rules.is_own, on=Account)
def read_all(actor: Actor, account: Account) -> int:
    """Mark all of one's notices as read; return how many."""
    return Notice.objects.filter(person=account.person, read_at=None).update(read_at=clock.now())


@action(rules.is_own, on=Account)
def choose_hearing(
    actor: Actor,
    account: Account,
    *,
    zone: str,
    decide: Collection[str],
    changed: Collection[str],
) -> None:
    """Say by which channels to hear of what, and in which time zone it is 8:00.

    Raises ``NoSuchZone``.
    """
    if zone not in available_timezones():
        raise NoSuchZone
    Hearing.objects.update_or_create(
        person=account.person,
        defaults={
            "zone": zone,
            "decide": [key for key in channels() if key in decide],
            "changed": [key for key in channels() if key in changed],
        },
    )


@action(rules.is_system, on=Person, lock=True)
def tell(actor: Actor, person: Person) -> int:
    """Let the channels carry what is due; return how many notices. The worker does this.

    What is urgent goes alone, the rest in one digest. What was read meanwhile is not told.
    """
    hearing = Hearing.objects.filter(person=person).first() or Hearing(person=person)
    account = Account.objects.filter(person=person, is_active=True).first()
    due = [notice for notice in person.notices.untold() if hearing.is_due(notice)]
    if account:
        news = [notice for notice in due if notice.read_at is None]
        _carry(account, hearing, news)
    Notice.objects.filter(pk__in=[notice.pk for notice in due]).update(told_at=clock.now())
    return len(due)


def _carry(account: Account, hearing: Hearing, news: Sequence[Notice]) -> None:
    for key, channel in channels().items():
        wanted = [notice for notice in news if key in hearing.channels(notice.kind)]
        for notice in wanted:
            if notice.is_urgent:
                channel.carry(account, _alone(notice))
        rest = [notice for notice in wanted if not notice.is_urgent]
        if len(rest) == 1:
            channel.carry(account, _alone(rest[0]))
        elif rest:
            channel.carry(account, _digest(rest))


def _alone(notice: Notice) -> Message:
    text = "\n\n".join(filter(None, [notice.title, notice.text]))
    address = settings.ADDRESS + notice.url
    return Message(notice.title, text, address, notice.button, notice.about)


def _digest(notices: Sequence[Notice]) -> Message:
    count = len(notices)
    subject = ngettext("%(count)s update", "%(count)s updates", count)
    parts = []
    for kind in (Notice.Kind.DECIDE, Notice.Kind.CHANGED):
        lines = [f"— {notice.title}" for notice in notices if notice.kind == kind]
        if lines:
            parts.append("\n".join([f"{kind.label}:", *lines]))
    return Message(
        subject % {"count": count},
        "\n\n".join(parts),
        settings.ADDRESS + reverse("people:notices"),
        gettext("Open the notices"),
        "",
    )
