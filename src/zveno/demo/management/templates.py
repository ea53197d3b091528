"""A Word template of one's own in the demonstration: the one to begin from, as an example."""

import base64

from zveno.documents.actions import Upload
from zveno.kernel.actor import Actor
from zveno.network import actions as network
from zveno.network.models.samples import sample_of
from zveno.network.models.template_faults import asked
from zveno.organisations.models import Organisation


def draw_by_word(leader: Actor, house: Organisation, kind: str) -> None:
    """Let an organisation draw papers of a kind by a Word template of its own."""
    told = sample_of(kind)
    told["paper"]["subtitle"] += " (пример)"
    made = asked({"do": "start", "told": told})
    upload = Upload("пример.docx", "", base64.b64decode(made["docx"]))
    kept = network.save_template(leader, house.public_id, kind=kind, upload=upload)
    network.use_template(leader, house.public_id, kind=kind, number=kept.number)
