"""The rows of the house: a cluster whose members have much to do."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from django.conf import settings

from tests.live import signed_in
from zveno.documents.tests import make as documents
from zveno.events.models import Event
from zveno.events.tests import make as events
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.http import reading
from zveno.network.models import Agreement, Cluster, Party
from zveno.network.tests import make as network
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Account, Post, SignIn
from zveno.people.tests import make as people

SCHOOLS, EVENTS, AGREEMENTS, HELD, CAME, CHILDREN, LARGE = 12, 30, 10, 12, 2, 150, 30
YEARS, WHOLE_YEAR = timedelta(days=5 * 365), timedelta(days=360)
SHORT, LONG_AGO = timedelta(hours=12), timedelta(days=100)
"""Posts are held for so long already: a clock set back a little must not end them."""


@dataclass
class Rows:
    """What clients need: keys of records, tokens of programs, sessions of browsers."""

    coordinator: str = ""
    session: str = ""
    obligation: str = ""
    schools: list[tuple[str, str, str]] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    large_links: list[str] = field(default_factory=list)
    short_session: str = ""
    short_link: str = "token-that-ends-soon"


def rows() -> Rows:
    """Make everything; what is ``short`` ends within half a day."""
    made = Rows()
    with reading(SYSTEM):
        with clock.travel(clock.now() - LONG_AGO):
            college, cluster, members = _network(made)
        _events(made, cluster, members[0])
        _agreements(made, cluster, members)
        SignIn.objects.update(expire_date=clock.now() + YEARS)
        made.short_session = _session(people.account(college))
        made.large_links, made.links = made.links[:LARGE], made.links[LARGE:]
    return made


def _network(made: Rows) -> tuple[Organisation, Cluster, list[Organisation]]:
    college = organisations.college(email="college@example.org")
    cluster = network.cluster(college)
    coordinator = people.account(college, Post.Role.COORDINATOR)
    made.coordinator = _token(coordinator)
    members = [organisations.school(email=f"s{n}@example.org") for n in range(SCHOOLS)]
    for school in members:
        account = people.account(school)
        made.schools.append((str(school.public_id), _token(account), _session(account)))
    return college, cluster, members


def _events(made: Rows, cluster: Cluster, school: Organisation) -> None:
    start = clock.now() + timedelta(days=450)
    times = {"starts_at": start, "ends_at": start + timedelta(hours=2)}
    for number in range(EVENTS):
        event = events.event(cluster=cluster, title=f"Проба {number}", capacity=5000, **times)
        made.events.append(str(event.public_id))
    for number in range(HELD):
        past = events.held(cluster=cluster, title=f"Была {number}")
        events.came(past, school, CAME)
        made.held.append(str(past.public_id))
    day = events.event(
        cluster=cluster, title="Встреча", capacity=5000, state=Event.State.HELD, **times
    )
    met = events.coming(day, school, CHILDREN)
    made.places = [str(key) for key in met.places.values_list("public_id", flat=True)]


def _agreements(made: Rows, cluster: Cluster, members: list[Organisation]) -> None:
    for school in members:
        network.member(cluster, school)
    in_force = network.agreement(cluster, signed=len(members) + 1)
    made.obligation = str(network.obligation(in_force).public_id)
    for number in range(AGREEMENTS):
        paper = documents.paper(cluster.base)
        paper.pdf = paper.docx = documents.file(cluster.base)
        paper.save()
        agreement = Agreement.objects.create(
            cluster=cluster,
            title=f"Соглашение {number}",
            place="Санкт-Петербург",
            dated=clock.today(),
            valid_until=clock.today() + YEARS,
            paper=paper,
            parties_count=len(members),
            state=Agreement.State.OUT_FOR_SIGNATURE,
        )
        for place, school in enumerate(members, start=1):
            party = _party(agreement, school, place)
            token = f"token-{party.public_id}"
            _link(cluster, party, token, YEARS)
            made.links.append(token)
    _link(cluster, party, made.short_link, SHORT)


def _party(agreement: Agreement, school: Organisation, place: int) -> Party:
    return Party.objects.create(
        agreement=agreement,
        organisation=school,
        place=place,
        role="member",
        signatory="Белова Ирина",
        signatory_post="директор",
        basis="Устав",
    )


def _link(cluster: Cluster, party: Party, token: str, life: timedelta) -> None:
    text = party.agreement.paper.pdf_id
    assert text
    opens = [
        ("network.Party", party.pk),
        ("documents.StoredFile", text),
        ("organisations.Organisation", party.organisation_id),
    ]
    people.link(cluster.base, opens, token, until=clock.now() + life)


def _token(account: Account) -> str:
    secret = f"zveno_{uuid4()}"
    people.token(account, secret, until=clock.now() + WHOLE_YEAR)
    return secret


def _session(account: Account) -> str:
    return signed_in(account, 0).cookies[settings.SESSION_COOKIE_NAME]
