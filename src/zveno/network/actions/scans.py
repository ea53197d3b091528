"""Scans that prove something: what they are, their bytes say; how they are named, we do."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from zveno.documents.actions import Upload, store_file
from zveno.documents.models import SCANS, StoredFile, media_type_of
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.organisations.models import Organisation


class NotAScan(BadInput):
    """A signed page comes as a scan or a photograph; what it is, its bytes say."""

    code = "not_a_scan"
    message = _(
        "This is not a PDF, JPEG or PNG. Scan the signed page, or take a photo and save it as JPEG."
    )
    field = "file"


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan on its way in; ``name`` is without its ending."""

    upload: Upload
    name: str

    def keep(self, actor: Actor, keeper: Organisation, reader: Organisation) -> StoredFile:
        """Keep it for one organisation, to be read by another.

        Raises ``NotAScan``, ``FileTooLarge`` and ``FileEmpty``.
        """
        kind = media_type_of(self.upload.data)
        if self.upload.data and kind not in SCANS:
            raise NotAScan
        name = f"{self.name}.{SCANS.get(kind, '')}"
        proof = replace(self.upload, name=name, media_type=kind)
        readers = [reader.pk] if reader != keeper else []
        return store_file(actor, keeper.public_id, upload=proof, readers=readers)
