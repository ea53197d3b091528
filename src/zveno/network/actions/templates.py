"""An organisation's own DOCX templates: looked at, kept as versions, switched on and off."""

import base64

from django.utils.translation import gettext_lazy as _

from zveno.documents.actions import Upload, store_file
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.network import rules
from zveno.network.models import OwnTemplate, Wording
from zveno.network.models.own_templates import BY_ZVENO
from zveno.network.models.samples import sample_of
from zveno.network.models.template_faults import TemplateUnclear, asked, in_words
from zveno.organisations.models import Organisation

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class NoSuchTemplate(BadInput):
    """Only a version that is there can be used."""

    code = "no_such_template"
    message = _("There is no version %(number)s.")
    field = "number"


@action(rules.keeps_wording, on=Organisation)
def save_template(
    actor: Actor, organisation: Organisation, *, kind: str, upload: Upload
) -> OwnTemplate:
    """Keep a DOCX as the next version of the template of a kind of agreement; not yet in use.

    It is tried on an agreement of Zveno's invention, and kept without what tells who wrote it.
    The file of the newest version is not kept anew. Raises ``TemplateUnclear``.
    """
    told = sample_of(kind, Wording.objects.in_use(organisation, kind))
    data = base64.b64encode(upload.data).decode()
    looked = asked({"do": "look", "told": told, "docx": data})
    if looked["faults"]:
        raise TemplateUnclear(in_words(looked["faults"]))
    newest = OwnTemplate.objects.of(organisation, kind).select_related("file").first()
    clean = base64.b64decode(looked["docx"])
    if newest and bytes(newest.file.data) == clean:
        return newest
    number = newest.number + 1 if newest else BY_ZVENO + 1
    kept = Upload(f"{kind}-{number}.docx", DOCX, clean)
    return OwnTemplate.objects.create(
        owner=organisation,
        kind=kind,
        number=number,
        file=store_file(actor, organisation.public_id, upload=kept),
        saved_by_id=actor.person,
    )


@action(rules.keeps_wording, on=Organisation)
def use_template(actor: Actor, organisation: Organisation, *, kind: str, number: int) -> None:
    """Draw what is sent from now on with a version, or let Zveno draw it, 0.

    Raises ``NoSuchTemplate``.
    """
    own = OwnTemplate.objects.of(organisation, kind)
    own.filter(current=True).exclude(number=number).update(current=False)
    if number != BY_ZVENO and not own.filter(number=number).update(current=True):
        raise NoSuchTemplate(number=number)
