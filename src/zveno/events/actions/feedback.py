"""Verbs: those who came say in one tap how it was."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from zveno.events import rules
from zveno.events.actions.day import NotAnnounced
from zveno.events.actions.refusals import IsCancelled
from zveno.events.models import Event
from zveno.events.models.feedback import ASKED_FOR, FEEDBACK, Reply, asks_now, feedback_token
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError
from zveno.people.models import Link, hashed


class NotAskedNow(DomainError):
    """How an event was is said from its beginning on, for a week."""

    code = "not_asked_now"
    message = _("Answers are taken from the beginning of the event and for a week after it.")


class AllHaveSaid(DomainError):
    """There are no more answers than seats."""

    code = "all_have_said"
    message = _("There are as many answers as seats. Thank you, no more are needed.")


class NoSuchWord(BadInput):
    """An answer is one of those on the page."""

    code = "no_such_word"
    message = _("Choose one of the answers.")
    field = "liked"


@action(rules.hosts, on=Event, lock=True)
def ask_how_it_was(actor: Actor, event: Event) -> str:
    """Open the address of the question, to be shown or printed; return its token.

    Asked for again it is the same one. Raises ``NotAnnounced`` and ``IsCancelled``.
    """
    if event.state == Event.State.DRAFT:
        raise NotAnnounced(title=event.title)
    if event.state == Event.State.CANCELLED:
        raise IsCancelled(title=event.title)
    token = feedback_token(event)
    Link.objects.update_or_create(
        token_hash=hashed(token),
        defaults={"issuer_id": event.host_id, "opens": [[FEEDBACK, event.pk]]}
        | {"until": event.ends_at + ASKED_FOR, "ended_at": None},
    )
    return token


@dataclass(frozen=True, slots=True)
class Said:
    """An answer; ``key`` makes what is said twice, or in several steps, one."""

    key: UUID
    liked: int
    curious: str = ""
    again: str = ""


@action(rules.was_there, on=Event)
def say_how_it_was(actor: Actor, event: Event, *, said: Said) -> None:
    """Say how the event was. Raises ``NotAskedNow``, ``AllHaveSaid`` and ``NoSuchWord``."""
    words = {"", *Reply.Word.values}
    if said.liked not in Reply.Liked.values or not {said.curious, said.again} <= words:
        raise NoSuchWord
    if not asks_now(event):
        raise NotAskedNow
    told = {"liked": said.liked, "curious": said.curious, "again": said.again}
    if Reply.objects.filter(event=event, public_id=said.key).update(**told):
        return
    room = Event.objects.filter(pk=event.pk, answered__lt=F("capacity"))
    if not room.update(answered=F("answered") + 1):
        raise AllHaveSaid
    Reply.objects.create(event=event, public_id=said.key, **told)
