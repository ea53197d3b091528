"""An archive of single sheets: asked for by the host, drawn part by part by the worker."""

import base64

from django.utils.translation import gettext_lazy as _

from zveno.documents.actions import Upload, store_file
from zveno.events import rules
from zveno.events.models import Batch, BatchPart, drop_parts, file_name, sheet, zipped
from zveno.kernel import engines
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import DomainError
from zveno.kernel.jobs import later

PART = 100
PATIENCE = 120


class NothingToPack(DomainError):
    """The batch was undone, or nobody is left in it."""

    code = "nothing_to_pack"
    message = _("There are no valid sheets in this issue.")


@action(rules.issued, on=Batch, lock=True)
def pack_batch(actor: Actor, batch: Batch) -> None:
    """Ask the worker for an archive with a file for each valid sheet; asked twice, it comes once.

    Raises ``NothingToPack``.
    """
    if not batch.certificates.valid().exists():
        raise NothingToPack
    if batch.packing or batch.is_packed:
        return
    drop_parts([batch.pk])
    batch.packing, batch.packed = True, 0
    batch.save(update_fields=["packing", "packed"])
    later(pack_part, actor, batch.public_id)


@action(rules.draws, on=Batch, lock=True)
def pack_part(actor: Actor, batch: Batch) -> None:
    """Draw the next files of an archive that was asked for, and go on later with those behind.

    A part that was stopped is drawn anew.
    """
    if not batch.packing:
        return
    rows = list(batch.certificates.valid().by_number()[batch.packed : batch.packed + PART])
    if rows:
        problem = {"sheets": [sheet(row) for row in rows], "apart": True}
        drawn = engines.run("certificates", problem, seconds=PATIENCE)
        files = [base64.b64decode(one) for one in drawn["pdfs"]]
        data = zipped(zip(map(file_name, rows), files, strict=True))
        number = batch.parts.count() + 1
        upload = Upload(f"{number}.zip", "application/zip", data)
        file = store_file(actor, batch.event.host.public_id, upload=upload)
        BatchPart.objects.create(batch=batch, number=number, file=file)
    batch.packed += len(rows)
    batch.packing = len(rows) == PART
    batch.save(update_fields=["packed", "packing"])
    if batch.packing:
        later(pack_part, actor, batch.public_id)
