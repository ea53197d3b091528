"""Papers of other kinds in the region of the demonstration, each in another state."""

import json
from collections.abc import Mapping
from datetime import timedelta
from importlib.resources import files
from typing import Any

from zveno.demo.management.story import SCAN, at
from zveno.demo.management.templates import draw_by_word
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.http import reading
from zveno.network import actions as network
from zveno.network.actions import Amended, Share, Signatory, Subject, Terms
from zveno.network.models import Agreement, Cluster, Party
from zveno.network.models.wording import usual_obligations
from zveno.organisations.models import Organisation

PAPERS: dict[str, Any] = json.loads(
    files("zveno.demo").joinpath("data", "papers.json").read_text("utf-8")
)
BEFORE = timedelta(days=60)
"""How long before the last day a paper is renewed."""
Led = Mapping[str, tuple[Actor, Cluster]]


def tell_of_papers(led: Led) -> None:
    """Let an employer join an agreement, amend it; draw the other kinds, sign some of them."""
    with at(clock.today() - timedelta(days=PAPERS["joined"])):
        join(*led[PAPERS["sector"]])
    with at(clock.today() - timedelta(days=PAPERS["amended"])):
        amend(*led[PAPERS["sector"]])
    for told in PAPERS["papers"]:
        leader, cluster = led[told["sector"]]
        with at(clock.today() - timedelta(days=told["days"])):
            if told["kind"] == PAPERS["template"]:
                draw_by_word(leader, cluster.base, told["kind"])
            paper = draw(leader, cluster, told)
            if told["signed"] is not None:
                sign(leader, paper, told["signed"])
        if paper.valid_until < clock.today():
            end(leader, paper, renewed=told["renewed"])


def join(leader: Actor, cluster: Cluster) -> None:
    """Bring the employer into the cluster and into its agreement, by a sheet."""
    members = network.bring_members(leader, cluster.public_id, source={"text": PAPERS["table"]})
    network.accept_members(leader, members.public_id)
    with reading(SYSTEM):
        agreement = cluster.agreements.get(state=Agreement.State.IN_FORCE)
        newcomer = Organisation.objects.get(inn=PAPERS["inn"])
    sheet = network.start_accession(leader, agreement.public_id, newcomer=newcomer.public_id)
    sign(leader, sheet, 2)


def amend(leader: Actor, cluster: Cluster) -> None:
    """Let a clause of the agreement read anew and add an annex; all parties sign."""
    with reading(SYSTEM):
        in_force = cluster.agreements.filter(state=Agreement.State.IN_FORCE)
        agreement = in_force.get(parent=None)
    changes = [Amended(*one) for one in PAPERS["changes"]]
    amendment = network.start_amendment(leader, agreement.public_id, changes=changes)
    sign(leader, amendment, amendment.parties_count)


def draw(leader: Actor, cluster: Cluster, told: Mapping[str, Any]) -> Agreement:
    """Draw a paper of a kind between the organisations told by their numbers."""
    day = clock.today()
    terms = Terms(told["title"], PAPERS["place"], day, day + timedelta(days=told["lasts"]))
    with reading(SYSTEM):
        known = {one.inn: one.public_id for one in Organisation.objects.exclude(inn="")}
    shares = [Share(known[inn], *words) for inn, *words in told["sides"]]
    owed = usual_obligations((share.side for share in shares), told["kind"])
    subject = Subject(told["kind"], told["facts"], shares)
    return network.start_agreement(
        leader, cluster.public_id, terms=terms, obligations=owed, subject=subject
    )


def sign(leader: Actor, paper: Agreement, count: int) -> None:
    """Send a paper and file the pages of the first ``count`` of its parties."""
    with reading(SYSTEM):
        parties = list(paper.parties.select_related("organisation").order_by("place"))
    for party in parties:
        if not party.can_sign:
            name_signatory(leader, party)
    network.send_agreement(leader, paper.public_id)
    for party in parties[:count]:
        network.file_scan(leader, party.public_id, upload=SCAN)


def end(leader: Actor, paper: Agreement, *, renewed: bool) -> None:
    """Let the term of a paper run out; if it is ``renewed``, the next one was signed before."""
    last, lasts = paper.valid_until, paper.valid_until - paper.dated
    if renewed:
        with at(last - BEFORE):
            terms = Terms(paper.title, paper.place, clock.today(), last + lasts)
            following = network.renew_agreement(leader, paper.public_id, terms=terms)
            sign(leader, following, following.parties_count)
    with at(last + timedelta(days=1)):
        network.tend_agreement(SYSTEM, paper.public_id)


def name_signatory(leader: Actor, party: Party) -> None:
    """Say who signs for the employer: nobody heads it in the demonstration."""
    signatory = Signatory(**PAPERS["signatory"])
    network.put_right(leader, party.public_id, signatory=signatory, forms={})
