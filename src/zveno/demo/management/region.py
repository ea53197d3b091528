"""The second network of the demonstration: a region, its nine sector clusters, a mentor college.

Every agreement there is in another state, so that each can be looked at.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from importlib.resources import files
from typing import Any

from zveno.demo.management.papers import tell_of_papers
from zveno.demo.management.story import SCAN, TOLD, at
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.http import reading
from zveno.network import actions as network
from zveno.network.actions import ClusterPassport, Ending, Terms
from zveno.network.models import Agreement, Cluster, Party
from zveno.network.models.wording import usual_obligations
from zveno.organisations import actions as organisations
from zveno.organisations.actions import Passport
from zveno.organisations.models import Organisation, Territory
from zveno.people import actions as people
from zveno.people.actions import Appointment
from zveno.people.models import Account, Post, actor_of

REGION: dict[str, Any] = json.loads(
    files("zveno.demo").joinpath("data", "region.json").read_text("utf-8")
)
FOUNDED, TERM, MONTH = timedelta(days=420), timedelta(days=3 * 365), timedelta(days=30)
ALL = -1
_APPOINTED = [*(told["coordinator"] for told in REGION["clusters"]), *REGION["people"]]
CAST: list[dict[str, Any]] = [one for one in _APPOINTED if "name" in one]
"""Who signs in there."""
Life = Callable[[Actor, Agreement], None]


def tell() -> None:
    """Build the region around today."""
    with at(clock.today() - FOUNDED):
        region = found_region()
        led = {told["sector"]: found_cluster(region, told) for told in REGION["clusters"]}
        for one in REGION["people"]:
            appoint(one)
    for sector, (days, live) in LIVES.items():
        leader, cluster = led[sector]
        with at(clock.today() - timedelta(days=days)):
            agreement = draw(leader, cluster)
            live(leader, agreement)
    tell_of_papers(led)


def found_region() -> Territory:
    """Found the region, the authority that looks after it and an employer."""
    country = Territory.objects.get(kind=Territory.Kind.COUNTRY)
    region = organisations.add_territory(
        SYSTEM, country.public_id, kind=Territory.Kind.REGION, **REGION["region"]
    )
    for facts in REGION["around"]:
        organisations.found_organisation(SYSTEM, region.public_id, passport=Passport(**facts))
    return region


def found_cluster(region: Territory, told: dict[str, Any]) -> tuple[Actor, Cluster]:
    """Found a cluster and let its members join by a table; return who leads it, and it."""
    base = organisations.found_organisation(
        SYSTEM, region.public_id, passport=Passport("college", **told["base"])
    )
    appoint(told["head"], base)
    leader = appoint(told["coordinator"], base)
    passport = ClusterPassport(told["name"], kind=told["kind"], sector=told["sector"])
    cluster = network.found_cluster(leader, base.public_id, passport=passport)
    if told["members"]:
        rows = [REGION["headings"], *told["members"]]
        table = "\n".join("\t".join(row) for row in rows)
        members = network.bring_members(leader, cluster.public_id, source={"text": table})
        network.accept_members(leader, members.public_id)
    return leader, cluster


def appoint(one: dict[str, Any], organisation: Organisation | None = None) -> Actor:
    """Give somebody their post, and an account to whoever has a name to sign in; return them."""
    organisation = organisation or Organisation.objects.get(inn=one["inn"])
    facts = {key: value for key, value in one.items() if key not in {"name", "inn"}}
    name = one.get("name", "")
    email = f"{name}@example.org" if name else ""
    post = people.appoint(
        SYSTEM, organisation.public_id, appointment=Appointment(email=email, **facts)
    )
    with reading(SYSTEM):
        person = post.person
    if name:
        password = TOLD["password"]
        people.open_account(SYSTEM, person.public_id, sign_in_name=name, password=password)
    return actor_of(Account(person=person))


def draw(leader: Actor, cluster: Cluster) -> Agreement:
    """Draw up a cooperation agreement of all members for three years from today."""
    terms = Terms(
        title=f"Соглашение о сотрудничестве: {cluster.name} (пример)",
        place="Волгоград",
        dated=clock.today(),
        valid_until=clock.today() + TERM,
    )
    with reading(SYSTEM):
        roles = list(cluster.memberships.live().base_first().values_list("role", flat=True))
    owed = usual_obligations(roles)
    return network.start_agreement(leader, cluster.public_id, terms=terms, obligations=owed)


def sent(count: int = ALL) -> Life:
    """Send an agreement; let the first ``count`` parties sign, all of them bring it into force."""

    def live(leader: Actor, agreement: Agreement) -> None:
        network.send_agreement(leader, agreement.public_id)
        for key in _parties(agreement)[: None if count == ALL else count]:
            network.file_scan(leader, key, upload=SCAN)

    return live


def drafted(_leader: Actor, _agreement: Agreement) -> None:
    """Leave the draft as it is."""


def withdrawn(leader: Actor, agreement: Agreement) -> None:
    """Take an agreement back that one party has signed."""
    sent(1)(leader, agreement)
    reason = "Уточняем обязательства методического оператора (пример)."
    network.withdraw_agreement(leader, agreement.public_id, reason=reason)


def refused(leader: Actor, agreement: Agreement) -> None:
    """Let two sign and the third not."""
    sent(2)(leader, agreement)
    third = _parties(agreement)[2]
    with reading(SYSTEM):
        party = Party.objects.get(public_id=third)
        posts = Post.objects.select_related("person")
        head = posts.get(organisation=party.organisation_id, role=Post.Role.HEAD).person
    reason = "Просим убрать пункт о выездах: своего автобуса у техникума нет (пример)."
    network.refuse_to_sign(actor_of(Account(person=head)), third, reason=reason)


def ended(leader: Actor, agreement: Agreement) -> None:
    """Let all sign and agree a month later that it ends; the worker ends it the day after."""
    sent()(leader, agreement)
    last = clock.today() + MONTH
    reason = "Кластер перешёл на новое соглашение (пример)."
    with at(last):
        ending = Ending(last, reason, agreed=True)
        network.terminate_agreement(leader, agreement.public_id, ending=ending)
    with at(last + timedelta(days=1)):
        network.tend_agreement(SYSTEM, agreement.public_id)


def _parties(agreement: Agreement) -> list[Any]:
    with reading(SYSTEM):
        parties = Party.objects.filter(agreement=agreement).order_by("place")
        return list(parties.values_list("public_id", flat=True))


LIVES: dict[str, tuple[int, Life]] = {
    "machinery": (18, sent(4)),
    "chemistry": (390, sent()),
    "metallurgy": (3, drafted),
    "construction": (400, ended),
    "transport": (25, refused),
    "energy": (300, sent()),
    "agriculture": (40, withdrawn),
    "tourism": (200, sent()),
}
"""How many days ago each agreement was drawn up, and what became of it; education has none."""
