"""Files for teachers are attached to an event, taken away and put back."""

from django.utils.translation import gettext_lazy as _

from zveno.documents.actions import Attached, Upload
from zveno.documents.models import media_type_of
from zveno.events import rules
from zveno.events.actions.refusals import IsCancelled
from zveno.events.models import MOST_HANDOUTS, Event, Handout
from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput


class NoPictures(BadInput):
    """A photograph tells where it was taken and shows who did not agree to it."""

    code = "no_pictures"
    message = _("Pictures are not attached here. Put what they show into a PDF.")
    field = "file"


class TooManyHandouts(BadInput):
    """An event has a few files."""

    code = "too_many_handouts"
    message = _("An event has up to 10 files. Remove one first.")
    field = "file"


@action(rules.hosts, on=Event, lock=True)
def attach_file(actor: Actor, event: Event, *, upload: Upload) -> Handout:
    """Attach a file for teachers; the same file again is the one that is there.

    Raises ``IsCancelled``, ``NoPictures``, ``TooManyHandouts``, ``documents.NotAttachable``,
    ``FileTooLarge`` and ``FileEmpty``.
    """
    if event.state == Event.State.CANCELLED:
        raise IsCancelled(title=event.title)
    if media_type_of(upload.data).startswith("image/"):
        raise NoPictures
    file = Attached(upload).keep(actor, event.host)
    same = event.handouts.filter(sha256=file.sha256).first()
    if same:
        file.delete()
        if same.removed_at:
            return_file(actor, same.public_id)
        return same
    _require_room(event)
    return Handout.objects.create(
        event=event, file=file, name=file.name, size=file.size, sha256=file.sha256
    )


@action(rules.hosts_file, on=Handout)
def remove_file(actor: Actor, handout: Handout) -> None:
    """Take a file away: nobody but the host sees it from now on."""
    Handout.objects.filter(pk=handout.pk, removed_at=None).update(removed_at=clock.now())


@action(rules.hosts_file, on=Handout, consequence=True)
def return_file(actor: Actor, handout: Handout) -> None:
    """Put a file back that was taken away. Raises ``TooManyHandouts``."""
    event = Event.objects.select_for_update(no_key=True).get(pk=handout.event_id)
    if handout.removed_at:
        _require_room(event)
        handout.removed_at = None
        handout.save(update_fields=["removed_at"])


def _require_room(event: Event) -> None:
    if event.handouts.at_hand().count() >= MOST_HANDOUTS:
        raise TooManyHandouts
