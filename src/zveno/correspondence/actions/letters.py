"""Verbs: letters to chosen members are written, sent, opened, answered, reminded of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zveno.correspondence import rules
from zveno.correspondence.actions.letter_refusals import (
    DayPassed,
    LetterSent,
    NobodyChosen,
    NobodyToRemind,
    NotAnAnswer,
    NothingToAnswer,
    RemindedToday,
    TooManyFiles,
)
from zveno.correspondence.models import Addressee, Attachment, Circular
from zveno.correspondence.models.choosing import members_of
from zveno.correspondence.models.letter_notices import (
    has_answered,
    is_awaited,
    is_written,
    mail_to,
)
from zveno.documents.actions import Attached, Upload
from zveno.documents.models import Reader, StoredFile
from zveno.kernel import clock, outbox
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.meanwhile import Words, guarding
from zveno.network.models import Cluster
from zveno.people.models import SPEAKING, Post, notify, settle

MOST_FILES = 5


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter as it is written: to which organisations (public ids), with which files.

    ``kept`` are attachments that stay, all unless said. ``key`` makes a form sent twice one.
    """

    key: UUID
    subject: str
    text: str
    members: Collection[UUID]
    asks: str = Circular.Asks.NOTHING
    due: date | None = None
    files: Sequence[Upload] = ()
    kept: Collection[UUID] | None = None


@action(rules.writes, on=Cluster)
def write_letter(actor: Actor, cluster: Cluster, *, draft: Draft) -> Circular:
    """Write a letter to members of a cluster; it is a draft until it is sent.

    Raises ``NobodyChosen``, ``DayPassed``, ``NothingToAnswer``, ``TooManyFiles``,
    ``NotAttachable``, ``FileTooLarge``, ``FileEmpty``.
    """
    made, new = Circular.objects.get_or_create(
        public_id=draft.key,
        cluster=cluster,
        sender=cluster.base,
        defaults=_said(draft) | {"written_by_id": actor.person},
    )
    if new:
        _address(made, draft)
        _attach(actor, made, draft)
    return made


@action(rules.wrote, on=Circular, lock=True)
def change_letter(
    actor: Actor, circular: Circular, *, draft: Draft, seen: Words | None = None
) -> Circular:
    """Change a draft.

    Raises ``LetterSent``, what ``write_letter`` raises, and ``ChangedMeanwhile``.
    """
    _require_draft(circular)
    with guarding(seen, circular.facts):
        for name, value in _said(draft).items():
            setattr(circular, name, value)
        circular.save(update_fields=list(_said(draft)))
    _address(circular, draft)
    _attach(actor, circular, draft)
    return circular


@action(rules.wrote, on=Circular, lock=True)
def drop_letter(actor: Actor, circular: Circular) -> None:
    """Delete a draft with its attachments. Raises ``LetterSent``."""
    _require_draft(circular)
    _detach(circular, kept=())
    circular.delete()


@action(rules.wrote, on=Circular, lock=True)
def send_letter(actor: Actor, circular: Circular) -> Circular:
    """Send a letter: a notice and an email with a link to all who speak for each member.

    Who has left the cluster meanwhile gets none. Sent twice, it goes once. Raises ``DayPassed``
    and ``NobodyChosen``.
    """
    if circular.sent_at:
        return circular
    if circular.is_late:
        raise DayPassed
    inside = [one.organisation_id for one in members_of(circular.cluster)]
    circular.addressees.exclude(organisation__in=inside).delete()
    going = list(circular.addressees.select_related("organisation").order_by("pk"))
    if not going:
        raise NobodyChosen
    circular.sent_at = clock.now()
    circular.save(update_fields=["sent_at"])
    _tell(actor, circular, going)
    return circular


@action(rules.speaks_for_addressee, on=Addressee)
def open_letter(actor: Actor, addressee: Addressee) -> None:
    """Note that a letter is opened: the first time counts."""
    unread = Addressee.objects.filter(pk=addressee.pk, read_at=None)
    unread.update(read_at=clock.now(), read_by=actor.person)
    if not addressee.circular.awaits:
        settle(addressee.about)


@action(rules.speaks_for_addressee, on=Addressee, lock=True)
def answer_letter(
    actor: Actor, addressee: Addressee, *, answer: str = "", words: str = ""
) -> Addressee:
    """Answer a letter as it asks, or in a few words; the last answer counts.

    Raises ``NotAnAnswer``.
    """
    asks = Circular.Asks(addressee.circular.asks)
    if asks == Circular.Asks.NOTED:
        answer = Addressee.Answer.NOTED
    if answer not in ANSWERS[asks] or not (answer or words):
        raise NotAnAnswer
    first = addressee.answered_at is None
    moment = clock.now()
    addressee.answer, addressee.words = answer, words
    addressee.answered_at, addressee.answered_by_id = moment, actor.person
    if addressee.read_at is None:
        addressee.read_at, addressee.read_by_id = moment, actor.person
    addressee.save()
    settle(addressee.about)
    if first:
        notify(actor, has_answered(addressee), [addressee.sender_id], [Post.Role.COORDINATOR])
    return addressee


ANSWERS: dict[Circular.Asks, set[str]] = {
    Circular.Asks.NOTHING: {""},
    Circular.Asks.WORDS: {""},
    Circular.Asks.NOTED: {Addressee.Answer.NOTED},
    Circular.Asks.CONSENT: {Addressee.Answer.AGREES, Addressee.Answer.OBJECTS},
}


@action(rules.wrote, on=Circular, lock=True)
def remind_of_letter(actor: Actor, circular: Circular) -> int:
    """Remind who has not answered, or not opened what needs no answer; return how many.

    Raises ``RemindedToday`` and ``NobodyToRemind``.
    """
    rows = circular.addressees.select_related("organisation").order_by("pk")
    late = list(rows.unanswered() if circular.awaits else rows.unread())
    if circular.is_draft or not late:
        raise NobodyToRemind
    if circular.reminded == clock.today():
        raise RemindedToday
    circular.reminded = clock.today()
    circular.save(update_fields=["reminded"])
    _tell(actor, circular, late, again=True)
    return len(late)


def _tell(
    actor: Actor, circular: Circular, members: list[Addressee], *, again: bool = False
) -> None:
    """Write to members and note how many addresses there are; they may read the attachments."""
    files = list(circular.attachments.order_by("pk").values_list("file", flat=True))
    Reader.objects.bulk_create(
        [
            Reader(file_id=key, organisation_id=one.organisation_id)
            for key in files
            for one in members
        ],
        ignore_conflicts=True,
    )
    for one in members:
        one.circular = circular
        settle(one.about)
        outbox.take_back(one.about)
        one.mailed = mail_to(one, files, again=again)
        telling = is_awaited(one) if again else is_written(one)
        notify(actor, telling, [one.organisation_id], SPEAKING)
    Addressee.objects.bulk_update(members, ["mailed"])


def _said(draft: Draft) -> dict[str, object]:
    """Return what a letter says. Raises ``DayPassed`` and ``NothingToAnswer``."""
    if draft.due and draft.asks == Circular.Asks.NOTHING:
        raise NothingToAnswer
    if draft.due and draft.due < clock.today():
        raise DayPassed
    return {name: getattr(draft, name) for name in ("subject", "text", "asks", "due")}


def _address(circular: Circular, draft: Draft) -> None:
    wanted = {str(key) for key in draft.members}
    members = members_of(circular.cluster)
    chosen = [one.organisation for one in members if str(one.organisation.public_id) in wanted]
    if not chosen or len(chosen) < len(wanted):
        raise NobodyChosen
    circular.addressees.exclude(organisation__in=chosen).delete()
    Addressee.objects.bulk_create(
        [
            Addressee(circular=circular, sender_id=circular.sender_id, organisation=one)
            for one in chosen
        ],
        ignore_conflicts=True,
    )


def _attach(actor: Actor, circular: Circular, draft: Draft) -> None:
    _detach(circular, draft.kept)
    if circular.attachments.count() + len(draft.files) > MOST_FILES:
        raise TooManyFiles
    for upload in draft.files:
        file = Attached(upload).keep(actor, circular.sender)
        Attachment.objects.create(circular=circular, file=file)


def _detach(circular: Circular, kept: Collection[UUID] | None) -> None:
    if kept is None:
        return
    gone = circular.attachments.exclude(public_id__in=kept)
    files = list(gone.values_list("file", flat=True))
    gone.delete()
    StoredFile.objects.filter(pk__in=files).delete()


def _require_draft(circular: Circular) -> None:
    if circular.sent_at:
        raise LetterSent
