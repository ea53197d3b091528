"""Files people attach: what they are, their names and their bytes say together."""

from dataclasses import dataclass, replace
from pathlib import PurePath

from django.utils.translation import gettext_lazy as _

from zveno.documents.actions.office import Upload, store_file
from zveno.documents.models import StoredFile, media_type_of
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.organisations.models import Organisation

OFFICE = "application/vnd.openxmlformats-officedocument."
ATTACHABLE = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".docx": f"{OFFICE}wordprocessingml.document",
    ".xlsx": f"{OFFICE}spreadsheetml.sheet",
    ".pptx": f"{OFFICE}presentationml.presentation",
}
"""How names of files end that may be attached, and what such files are."""
ZIP = b"PK\x03\x04"


class NotAttachable(BadInput):
    """What an attachment is, its name and its bytes say."""

    code = "not_attachable"
    message = _("“%(name)s” cannot be attached. Attach PDF, JPEG, PNG, DOCX, XLSX or PPTX.")
    field = "file"


@dataclass(frozen=True, slots=True)
class Attached:
    """A file on its way in, to be sent to people as it is."""

    upload: Upload

    def keep(self, actor: Actor, keeper: Organisation) -> StoredFile:
        """Keep it for an organisation, with the type its name and its bytes agree on.

        Raises ``NotAttachable``, ``FileTooLarge`` and ``FileEmpty``.
        """
        kind = ATTACHABLE.get(PurePath(self.upload.name).suffix.casefold(), "")
        data = self.upload.data
        of_office = kind.startswith(OFFICE) and data.startswith(ZIP)
        if data and not (kind and (of_office or media_type_of(data) == kind)):
            raise NotAttachable(name=self.upload.name[-60:])
        return store_file(actor, keeper.public_id, upload=replace(self.upload, media_type=kind))
