"""Files and verification for programs."""

import base64
from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from ninja import Path, Query, Schema
from pydantic import Field

from zveno.documents.models import StoredFile, Verification
from zveno.kernel.errors import NotFound
from zveno.kernel.http import Request
from zveno.kernel.paging import part_of
from zveno.kernel.rest import Asked, Endpoints, Named, Shown

router = Endpoints(tags=["documents"])
Code = Annotated[str, Path(pattern="^[2-9A-HJ-NP-Z]{26}$")]


class FileShown(Named):
    """A file; ``sha256`` names its bytes for ever."""

    owner: Named
    media_type: str
    size: int
    sha256: str
    stored_at: datetime


class FileContent(Shown):
    """The bytes of a file."""

    media_type: str
    sha256: str
    data: Annotated[str, Field(json_schema_extra={"contentEncoding": "base64"})]


class VerificationShown(Schema):
    """What the public page of a document says: initials only."""

    code: str
    title: str
    initials: str
    issuer: str
    number: str
    issued_on: date
    voided_at: datetime | None


class FilesAsked(Asked):
    """Which files."""

    LOOKUPS: ClassVar = {"owner": "owner__public_id"}
    owner: UUID | None = None


@router.lists("/files", FileShown)
def files(request: Request, asked: Query[FilesAsked]) -> object:
    """List the files you may read, without their bytes."""
    rows = StoredFile.objects.visible_to(request.actor).filter(**asked.chosen())
    return part_of(rows.without_bytes().select_related("owner"), asked.after, asked.limit)


@router.shows("/files/{uuid:key}", FileShown)
def file(request: Request, key: UUID) -> object:
    """Show one file, without its bytes."""
    rows = StoredFile.objects.visible_to(request.actor)
    return rows.without_bytes().select_related("owner").pick(key)


@router.shows("/files/{uuid:key}/content", FileContent)
def file_content(request: Request, key: UUID) -> object:
    """Send the bytes of a file, in base64."""
    stored = StoredFile.objects.visible_to(request.actor).pick(key)
    return {
        "public_id": stored.public_id,
        "media_type": stored.media_type,
        "sha256": stored.sha256,
        "data": base64.b64encode(stored.data).decode(),
    }


@router.shows("/verifications/{code}", VerificationShown, to_anybody=True)
def verification(request: Request, code: Code) -> object:
    """Say what is known of a document with this code. Whoever has the code may ask."""
    claim = Verification.objects.visible_to(request.actor).with_code(code).first()
    if claim is None:
        raise NotFound
    return claim


routers = (router,)
