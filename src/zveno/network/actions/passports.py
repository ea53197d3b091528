"""The passport of a cluster is printed as it stands today."""

import base64

from zveno.documents.actions import Upload, store_file
from zveno.documents.models import Paper
from zveno.kernel import engines
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.network import rules
from zveno.network.actions.agreements import CannotBePrinted
from zveno.network.actions.drawing import TYPES
from zveno.network.models import Cluster, PrintedPassport, passport_of, require_open


@action(rules.coordinates, on=Cluster, lock=True)
def print_passport(actor: Actor, cluster: Cluster) -> PrintedPassport:
    """Draw PDF and DOCX of what the cluster is today; its members may read them.

    Where nothing is another than in the last one, that is returned. Raises ``ClusterClosed`` and
    ``CannotBePrinted``.
    """
    require_open(cluster)
    draw = passport_of(cluster)
    last = cluster.passports.select_related("paper").order_by("-pk").first()
    if last and last.paper.content == {"draw": draw}:
        return last
    paper = Paper.objects.create(owner=cluster.base, content={"draw": draw})
    _keep(actor, cluster, paper)
    return PrintedPassport.objects.create(cluster=cluster, paper=paper)


def _keep(actor: Actor, cluster: Cluster, paper: Paper) -> None:
    try:
        drawn = engines.run("papers", {**paper.content, "formats": list(TYPES)})
    except engines.EngineRefused as refusal:
        raise CannotBePrinted from refusal
    members = cluster.memberships.live().exclude(organisation=cluster.base_id)
    readers = list(members.values_list("organisation", flat=True))
    title = f"{paper.content['draw']['title']} {cluster.name}"[:150]
    for kind, media_type in TYPES.items():
        upload = Upload(f"{title}.{kind}", media_type, base64.b64decode(drawn[kind]))
        file = store_file(actor, cluster.base.public_id, upload=upload, readers=readers)
        setattr(paper, kind, file)
    paper.save(update_fields=list(TYPES))
