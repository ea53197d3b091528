"""At the door: children are met and leave; devices send what they noted without a network."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zveno.events import rules
from zveno.events.actions.day import _correct
from zveno.events.models import Event, Mark, Place, marks
from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, DomainError

MOST_MARKS = 5000


class NoConsent(DomainError):
    """Nobody is marked whose guardian has not agreed."""

    code = "no_consent"
    message = _("There is no consent for this child. Ask the school.")


class NotHere(DomainError):
    """Only who came can leave."""

    code = "not_here"
    message = _("This child is not marked as arrived. Mark that it came first.")


class TooManyMarks(BadInput):
    """A device sends what one day at a door brings."""

    code = "too_many_marks"
    message = _("Send up to %(most)s marks at a time.")
    field = "marks"


@dataclass(frozen=True, slots=True)
class Marked:
    """A place as it stands after a mark, with its event counted up: all that a page redraws."""

    place: Place


@dataclass(frozen=True, slots=True)
class Tap:
    """What a device noted: ``at`` by its own clock; ``of`` is the mark that is taken back."""

    key: UUID
    place: UUID
    kind: str
    at: datetime
    of: UUID | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """Taps of one device; ``ahead`` is how far its clock was ahead when it took the list."""

    device: UUID
    taps: Sequence[Tap]
    ahead: timedelta = timedelta()


@action(rules.meets_child, on=Place)
def check_in(actor: Actor, place: Place, *, mark: UUID | None = None) -> Marked:
    """Mark that the child came; a second mark changes nothing.

    The same ``mark`` sent again changes nothing either, even if it was taken back meanwhile.
    Raises ``NoConsent``.
    """
    if not _note(actor, place, Mark.Kind.CAME, mark) and not place.consented:
        raise NoConsent
    return Marked(place)


@action(rules.meets_child, on=Place)
def undo_check_in(actor: Actor, place: Place, *, mark: UUID | None = None) -> Marked:
    """Take back that the child came; without that nothing changes."""
    _note(actor, place, Mark.Kind.TAKEN_BACK, mark)
    return Marked(place)


@action(rules.meets_child, on=Place)
def leave_early(actor: Actor, place: Place, *, mark: UUID | None = None) -> Marked:
    """Mark that a child who came left before the end. Raises ``NotHere``."""
    _note(actor, place, Mark.Kind.LEFT, mark)
    if place.came_at is None:
        raise NotHere
    return Marked(place)


@action(rules.meets, on=Event)
def send_marks(actor: Actor, event: Event, *, noted: Noted) -> set[UUID]:
    """Keep what a device noted without a network; return the keys of taps that were kept.

    Marks of several devices agree in whatever order they come; one sent again changes nothing.
    Left out are taps of children whom the host may not meet any more. A moment that is still to
    come is now. Raises ``TooManyMarks``.
    """
    if len(noted.taps) > MOST_MARKS:
        raise TooManyMarks(most=MOST_MARKS)
    asked = {tap.place for tap in noted.taps}
    expected = Place.objects.visible_to(actor).filter(event=event, consented=True)
    places = {one.public_id: one for one in expected.filter(public_id__in=asked)}
    marks.lock(places.values())
    now, known = clock.now(), [tap for tap in noted.taps if tap.place in places]
    marks.keep(
        Mark(
            public_id=tap.key,
            place=places[tap.place],
            device=noted.device,
            kind=tap.kind,
            at=min(tap.at - noted.ahead, now),
            of=tap.of if tap.kind == Mark.Kind.TAKEN_BACK else None,
        )
        for tap in known
    )
    if marks.settle(event, places.values()):
        _correct(actor, event)
    return {tap.key for tap in known}


def _note(actor: Actor, place: Place, kind: Mark.Kind, key: UUID | None) -> bool:
    """Keep a mark made on a page; tell whether it changed who is here."""
    changed = place.consented and marks.note(place, kind, clock.now(), key)
    if changed:
        _correct(actor, place.event)
    marks.refresh(place)
    return changed
