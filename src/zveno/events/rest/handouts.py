"""Files for teachers, for programs."""

import base64
import binascii
from datetime import datetime
from uuid import UUID

from ninja import Schema

from zveno.documents import actions as documents
from zveno.events import actions
from zveno.events.models import Event, Handout
from zveno.kernel.http import Request
from zveno.kernel.rest import Endpoints, Given, Shown
from zveno.ui.rest import Cell, File

router = Endpoints(tags=["events"])


class HandoutShown(Shown):
    """A file for teachers; ``size`` in bytes."""

    name: str
    size: int
    sha256: str
    attached_at: datetime


class HandoutsShown(Schema):
    """The files of an event, as they came."""

    files: list[HandoutShown]


class HandoutGiven(Given):
    """A file: its name and its bytes in base64."""

    name: Cell
    data: File

    def upload(self) -> documents.Upload:
        """Return it as the verb takes it. Raises ``NotAttachable``."""
        try:
            data = base64.b64decode(self.data, validate=True)
        except binascii.Error as error:
            raise documents.NotAttachable(name=self.name[-60:]) from error
        return documents.Upload(self.name, "", data)


@router.shows("/events/{uuid:key}/files", HandoutsShown)
def event_files(request: Request, key: UUID) -> object:
    """Show the files an event has for teachers."""
    event = Event.objects.visible_to(request.actor).pick(key)
    return {"files": Handout.objects.visible_to(request.actor).filter(event=event).at_hand()}


@router.does(
    "/events/{uuid:key}",
    actions.attach_file,
    makes=True,
    refuses=[
        *(actions.IsCancelled, actions.NoPictures, actions.TooManyHandouts),
        *(documents.NotAttachable, documents.FileTooLarge, documents.FileEmpty),
    ],
)
def attach_file(request: Request, key: UUID, body: HandoutGiven) -> object:
    """Attach a file for teachers; the same file again is the one that is there."""
    return actions.attach_file(request.actor, key, upload=body.upload())


@router.does("/handouts/{uuid:key}", actions.remove_file)
def remove_file(request: Request, key: UUID) -> object:
    """Take a file away: nobody but the host sees it from now on."""
    return actions.remove_file(request.actor, key)


@router.does("/handouts/{uuid:key}", actions.return_file, refuses=[actions.TooManyHandouts])
def return_file(request: Request, key: UUID) -> object:
    """Put a file back that was taken away."""
    return actions.return_file(request.actor, key)
