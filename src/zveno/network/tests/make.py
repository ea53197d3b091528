"""Ready-made clusters and agreements."""

from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from zveno.documents.models import Paper, Reader
from zveno.documents.tests import make as documents
from zveno.kernel import clock
from zveno.network.actions import Share, Subject
from zveno.network.models import (
    Agreement,
    Cluster,
    Contribution,
    Interest,
    Joining,
    Kind,
    Membership,
    Method,
    MoneyLine,
    Obligation,
    Offer,
    OwnTemplate,
    Participation,
    Party,
    Programme,
    Review,
    ReviewRule,
    SigningOrder,
    Wording,
    YearCheck,
    check_year,
)
from zveno.network.models.joining import LASTS, REMINDED_EVERY
from zveno.network.models.placeholders import shipped_text
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Link, Post
from zveno.people.tests import make as people

numbers = count(1)
PROGRAMME = {
    "programme": "Оператор станков",
    "programme_kind": "profession",
    "level": "профессиональное обучение, 144 часа",
    "approved": "home",
    "period": "с 1 декабря 2026 г. по 31 мая 2027 г.",
    "learners": "от 10 до 15",
    "document": "свидетельство о профессии",
    "issuer": "home",
    "money": "free",
}


def cluster(base: Organisation | None = None, **changes: Any) -> Cluster:
    """Make a district cluster of old, with its base organisation in it."""
    base = base or organisations.college()
    fields = {
        "name": f"Кластер {next(numbers)}",
        "territory": organisations.district(),
        "founded_on": date(2024, 9, 1),
    }
    made = Cluster.objects.create(base=base, **fields | changes)
    Membership.objects.create(cluster=made, organisation=base, role="base")
    return made


def subject(home: Organisation, *participants: Organisation, **facts: str) -> Subject:
    """Say what a network-form contract is about: who admits the learners, who teaches a part."""
    shares = [
        Share(home.public_id, "home", "теория, 72 часа", "кабинет черчения"),
        *(
            Share(one.public_id, "participant", "практика, 72 часа", "мастерская", "№ 5")
            for one in participants
        ),
    ]
    return Subject("network_form", PROGRAMME | facts, shares)


def sides_form(*shares: Share) -> dict[str, Any]:
    """Write shares as the page sends them."""
    rows = {"form-TOTAL_FORMS": len(shares), "form-INITIAL_FORMS": len(shares)}
    for place, share in enumerate(shares):
        rows |= {f"form-{place}-{name}": value for name, value in asdict(share).items()}
    return rows


def member(of: Cluster, organisation: Organisation | None = None) -> Organisation:
    """Make an organisation (a school unless given) a member of a cluster."""
    organisation = organisation or organisations.school()
    Membership.objects.create(cluster=of, organisation=organisation)
    return organisation


def joining(of: Cluster, organisation: Organisation | None = None, **changes: Any) -> Joining:
    """Make an invitation that waits; of a kindergarten not in the register unless given."""
    fields = {
        "kind": Joining.Kind.INVITATION,
        "name": organisation.name if organisation else "Детский сад № 5 (пример)",
        "email": f"head{next(numbers)}@example.org",
        "until": clock.now() + LASTS,
        "remind_at": clock.now() + REMINDED_EVERY,
    }
    return Joining.objects.create(cluster=of, organisation=organisation, **fields | changes)


def link_of(of: Joining, token: str) -> Link:
    """Make the link of a letter about joining."""
    return people.link(of.cluster.base, [("network.Joining", of.pk)], token, until=of.until)


def agreement(of: Cluster | None = None, *, signed: int = 0, **changes: Any) -> Agreement:
    """Make an agreement that waits for the signatures of all members but the first ``signed``.

    With all signed it is in force; its files hold no real paper.
    """
    of = of or cluster()
    members = list(of.memberships.base_first())
    paper = Paper.objects.create(owner=of.base, content={"draw": {}, "blocks": []})
    paper.pdf, paper.docx = documents.file(of.base), documents.file(of.base)
    paper.save()
    fields = {
        "title": "Соглашение о сотрудничестве",
        "place": "Санкт-Петербург",
        "dated": date(2026, 11, 20),
        "valid_until": date(2029, 11, 20),
        "state": Agreement.State.OUT_FOR_SIGNATURE,
        "sent_at": clock.now(),
        "parties_count": len(members),
        "signed": signed,
    }
    if signed == len(members):
        number = documents.number(of.base)
        fields |= {"state": Agreement.State.IN_FORCE, "in_force_at": clock.now(), "number": number}
    made = Agreement.objects.create(cluster=of, paper=paper, **fields | changes)
    for place, member in enumerate(members, start=1):
        party(made, member, place, signed=place <= signed)
        for file in (paper.pdf, paper.docx):
            Reader.objects.create(file=file, organisation=member.organisation)
    return made


def party(of: Agreement, member: Membership, place: int, *, signed: bool = False) -> Party:
    """Make a member a party of an agreement, signed or not."""
    fields: dict[str, Any] = {"signatory": "Белов Кирилл Николаевич", "signatory_post": "директор"}
    if signed:
        scan = documents.file(member.organisation)
        fields |= {"signed_at": clock.now(), "method": "scan", "scan": scan}
        pdf = of.paper.pdf
        fields |= {"signed_hash": pdf.sha256 if pdf else "", "evidence": {"through": "link"}}
    return Party.objects.create(
        agreement=of,
        organisation=member.organisation,
        role=member.role,
        place=place,
        basis="Устав",
        email=f"party{place}@example.org",
        **fields,
    )


def wording(owner: Organisation, number: int = 1, **changes: Any) -> Wording:
    """Make a version of the clauses that says what the shipped one says; it is in use."""
    fields = {"kind": Kind.COOPERATION, "text": shipped_text(Kind.COOPERATION), "current": True}
    return Wording.objects.create(owner=owner, number=number, **fields | changes)


def template(owner: Organisation, number: int = 1, **changes: Any) -> OwnTemplate:
    """Make a version of an organisation's own template, of no real Word file; it is not in use."""
    fields = {"kind": Kind.COOPERATION, "file": documents.file(owner)}
    return OwnTemplate.objects.create(owner=owner, number=number, **fields | changes)


def signing_order(
    organisation: Organisation, method: str = Method.SIMPLE, **changes: Any
) -> SigningOrder:
    """Let an organisation sign by an electronic method."""
    fields = {"number": "112-О", "dated": date(2026, 9, 1)}
    return SigningOrder.objects.create(organisation=organisation, method=method, **fields | changes)


def review(of: Agreement, by: Post, **changes: Any) -> Review:
    """Ask the holder of a post of the base to read a draft."""
    return Review.objects.create(agreement=of, house=of.cluster.base, post=by, **changes)


def review_rule(organisation: Organisation) -> ReviewRule:
    """Let an organisation send agreements after a review only."""
    return ReviewRule.objects.create(organisation=organisation)


def obligation(of: Agreement | None = None, **changes: Any) -> Obligation:
    """Make the base organisation owe twelve events a year."""
    of = of or agreement()
    fields = {
        "text": "проводить не менее 12 профориентационных мероприятий",
        "role": "base",
        "unit": "events",
        "planned": 12,
        "place": of.obligations.count() + 1,
    }
    return Obligation.objects.create(agreement=of, **fields | changes)


def programme(holder: Organisation | None = None, **changes: Any) -> Programme:
    """Make a programme of three years that an organisation, a college unless given, holds."""
    fields = {
        "number": f"15-{next(numbers)}",
        "name": "Центр подготовки (пример)",
        "kind": Programme.Kind.FEDERAL,
        "funder": "Министерство (пример)",
        "begins": date(2026, 1, 1),
        "ends": date(2028, 12, 31),
    }
    return Programme.objects.create(holder=holder or organisations.college(), **fields | changes)


def money(of: Programme, year: int, source: str, planned: int, fact: int = 0) -> MoneyLine:
    """Make a line of money."""
    return MoneyLine.objects.create(
        programme=of, year=year, source=source, planned=Decimal(planned), fact=Decimal(fact)
    )


def participant(of: Programme, who: Cluster | Organisation, **changes: Any) -> Participation:
    """Let a cluster or an organisation take part from the first day on."""
    kind = "cluster" if isinstance(who, Cluster) else "organisation"
    return Participation.objects.create(programme=of, **{"since": of.begins, kind: who} | changes)


def offer(of: Cluster, by: Organisation | None = None, **changes: Any) -> Offer:
    """Make a member (the base unless given) offer ten hours of a laboratory within a month."""
    today = clock.today()
    fields = {
        "way": Offer.Way.OFFER,
        "kind": Offer.Kind.LABORATORY,
        "text": "Лаборатория станков",
        "quantity": 10,
        "unit": Obligation.Unit.HOURS,
        "begins": today,
        "ends": today + timedelta(days=30),
    }
    return Offer.objects.create(cluster=of, organisation=by or of.base, **fields | changes)


def interest(in_: Offer, by: Organisation, amount: int = 8) -> Interest:
    """Make a member respond to an offer."""
    return Interest.objects.create(offer=in_, organisation=by, amount=amount)


def check(of: Organisation, **changes: Any) -> YearCheck:
    """Make an organisation that is asked to check what is known of it."""
    fields = {"year": check_year(clock.today()), "reminded_on": None}
    return YearCheck.objects.create(organisation=of, **fields | changes)


def contribution(
    to: Programme, giver: Organisation, *, given: Decimal | None = None, **changes: Any
) -> Contribution:
    """Make an organisation promise a thousand roubles to a programme, or have ``given`` some."""
    fields: dict[str, Any] = {"receiver": to.holder, "kind": "money", "what": "Перевод (пример)"}
    fields |= {"promised": Decimal(1000), "promised_on": to.begins}
    if given:
        proof = documents.file(giver)
        Reader.objects.create(file=proof, organisation=fields["receiver"])
        fields |= {"state": "given", "amount": given, "given_on": to.begins, "proof": proof}
    return Contribution.objects.create(programme=to, giver=giver, **fields | changes)
