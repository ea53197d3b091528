"""Both files of an agreement, drawn once: by Zveno, or by the base organisation's own template."""

import base64
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from zveno.documents.actions import Upload, store_file
from zveno.documents.models import Paper
from zveno.kernel import engines
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.network.actions.agreements import CannotBePrinted
from zveno.network.actions.full_texts import _keep_text
from zveno.network.actions.templates import DOCX
from zveno.network.models import Agreement, Assignment, OwnTemplate
from zveno.network.models.template_faults import asked
from zveno.network.models.told import problem_of

TYPES = {"pdf": "application/pdf", "docx": DOCX}


class TemplateLacks(BadInput):
    """Nobody signs a paper that leaves out whom it binds to what."""

    code = "template_lacks"
    message = _(
        "Drawn by your organisation’s Word template, the agreement lacks: %(fields)s. Mend the "
        "template, or switch it off."
    )


def _draw(actor: Actor, agreement: Agreement, readers: Sequence[int]) -> None:
    """Draw and keep both files.

    Raises ``CannotBePrinted``, ``TemplateUnclear`` and ``TemplateLacks``.
    """
    paper, base = agreement.paper, agreement.cluster.base
    agreement.template = OwnTemplate.objects.in_use(base, agreement.kind)
    template = agreement.template
    drawn = _by_template(agreement, template) if template else _by_zveno(paper)
    others = [key for key in readers if key != base.pk]
    for kind, media_type in TYPES.items():
        copy = gettext(" (copy for reading)") if template and kind == "pdf" else ""
        name = f"{agreement.title[:150]}{copy}.{kind}"
        upload = Upload(name, media_type, base64.b64decode(drawn[kind]))
        file = store_file(actor, base.public_id, upload=upload, readers=others)
        setattr(paper, kind, file)
    paper.save(update_fields=["content", *TYPES])
    if template:
        _keep_text(agreement)


def _by_zveno(paper: Paper) -> dict[str, Any]:
    try:
        return engines.run("papers", {"draw": paper.content["draw"], "formats": list(TYPES)})
    except engines.EngineRefused as refusal:
        raise CannotBePrinted from refusal


def _by_template(agreement: Agreement, template: OwnTemplate) -> dict[str, Any]:
    """Fill the template; from then on the words of the paper are those of its DOCX."""
    drawn = asked(problem_of(agreement, template, Assignment.objects.of(agreement)))
    if drawn["lacking"]:
        raise TemplateLacks(fields=", ".join(drawn["lacking"]))
    agreement.paper.content["blocks"] = drawn["blocks"]
    return drawn
