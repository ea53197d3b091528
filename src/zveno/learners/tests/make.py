"""Ready-made children (invented)."""

from datetime import timedelta
from itertools import count
from typing import Any

from zveno.documents.tests import make as documents
from zveno.kernel import clock
from zveno.learners.actions import bring_children, bring_table
from zveno.learners.models import (
    STANDS,
    ChildList,
    Consent,
    ConsentOrder,
    ConsentSheet,
    Destruction,
    DistrictTable,
    Guardian,
    HeadCount,
    Hold,
    Learner,
    Method,
    Purpose,
    ScannedPage,
    Tombstone,
    Transfer,
    consent_hash,
    first_year_of,
    name_key,
)
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations
from zveno.people.models import Post
from zveno.people.tests import make as people

numbers = count(1)


def learner(owner: Organisation | None = None, **changes: Any) -> Learner:
    """Make a child of grade 6, without a consent."""
    fields: dict[str, Any] = {
        "family_name": f"Иванова{next(numbers)}",
        "given_name": "Арина",
        "grade": 6,
    }
    fields |= {"letter": "Б"} | changes
    fields["first_year"] = first_year_of(fields.pop("grade"))
    key = name_key(str(fields["family_name"]), str(fields["given_name"]))
    return Learner.objects.create(owner=owner or organisations.school(), name_key=key, **fields)


def founded(owner: Organisation | None = None, **changes: Any) -> Learner:
    """Make a child with a consent to participation, kept on paper at the school."""
    child = learner(owner, **{"unfounded_since": None} | changes)
    consent(child)
    return child


def child_list(owner: Organisation, text: str, label: str = "") -> ChildList:
    """Let an organisation bring a list, read at once."""
    actor = people.actor(owner)
    return bring_children(actor, owner.public_id, source={"text": text}, label=label)


def district_table(owner: Organisation, text: str) -> DistrictTable:
    """Let who leads a cluster bring a table of many schools, read at once."""
    actor = people.actor(owner, Post.Role.COORDINATOR)
    return bring_table(actor, owner.public_id, source={"text": text})


def transfer(child: Learner, taker: Organisation) -> Transfer:
    """Make an offer of a child to another organisation."""
    return Transfer.objects.create(
        learner=child,
        owner=child.owner,
        taker=taker,
        shown=child.door_name,
        first_year=child.first_year,
        letter=child.letter,
        basis="заявление от 12.11.2026",
        until=clock.now() + STANDS,
    )


def head_count(owner: Organisation, number: int = 17) -> HeadCount:
    """Make a group of a kindergarten of which only the number is known."""
    return HeadCount.objects.create(owner=owner, first_year=None, letter="Ромашка", number=number)


def consent(child: Learner, **changes: Any) -> Consent:
    """Make a consent to participation in the text of now; the child's row is left alone."""
    fields: dict[str, Any] = {"purpose": Purpose.PARTICIPATION, "method": Consent.Method.KEPT}
    fields |= {"signed_by": Consent.Signer.BOTH} | changes
    text = {"text_hash": consent_hash(fields["purpose"])}
    return Consent.objects.create(learner=child, owner=child.owner, **text | fields)


def hold(organisation: Organisation, **changes: Any) -> Hold:
    """Make an organisation hold requests for lists of people for a month."""
    fields = {"category": "exports", "reason": "Запрос прокуратуры"} | changes
    until = clock.now() + timedelta(days=30)
    return Hold.objects.create(**{"organisation": organisation, "until": until} | fields)


def tombstone(owner: Organisation, **changes: Any) -> Tombstone:
    """Make the count of three children an organisation let go."""
    counts = {"learners.Learner": 3}
    fields: dict[str, Any] = {"why": "left", "number": 3, "counts": counts}
    return Tombstone.objects.create(owner=owner, **fields | changes)


def guardian(child: Learner, token: str, **changes: Any) -> Guardian:
    """Make a confirmed mother of a child, with a link by ``token``."""
    now = clock.now()
    fields = {"name": "Абрамова Наталья", "relation": "mother", "named_at": now} | changes
    confirmed = {"confirmed_at": now} | fields
    link = people.link(child.owner, [], token, until=now + timedelta(days=90))
    made = Guardian.objects.create(learner=child, owner=child.owner, link=link, **confirmed)
    link.opens = [["learners.Guardian", made.pk], ["organisations.Organisation", child.owner_id]]
    link.opens += [["learners.Learner", child.pk]] if made.confirmed_at else []
    link.save(update_fields=["opens"])
    return made


def order(school: Organisation, method: str = Method.LINK) -> ConsentOrder:
    """Make an order by which a school takes consents in one way."""
    return ConsentOrder.objects.create(
        organisation=school, method=method, number="15-ПД", dated=clock.today()
    )


def keeps(school: Organisation) -> None:
    """Let a school have an order by which it keeps consents on paper."""
    if not ConsentOrder.objects.live().filter(organisation=school, method=Method.KEPT).exists():
        order(school, Method.KEPT)


def sheet(child: Learner, **changes: Any) -> ConsentSheet:
    """Make a printed sheet about taking part, to be signed by a guardian."""
    fields: dict[str, Any] = {"purpose": Purpose.PARTICIPATION, "signed_by": "guardian"} | changes
    text = {"text_hash": consent_hash(fields["purpose"])}
    return ConsentSheet.objects.create(learner=child, owner=child.owner, **text | fields)


def page(
    school: Organisation, of: ConsentSheet | None = None, photo: bytes = b"JPEG"
) -> ScannedPage:
    """Make a scanned page that came to a school, of a sheet or unread."""
    file = documents.file(school, photo, media_type="image/jpeg", restricted=True)
    return ScannedPage.objects.create(owner=school, file=file, sheet=of)


def destruction(owner: Organisation, **changes: Any) -> Destruction:
    """Make an act about a child of before, not drawn yet."""
    fields: dict[str, Any] = {"who": "директор, Петрова А. И.", "why": "left", "children": []}
    return Destruction.objects.create(owner=owner, **fields | changes)
