"""What an agreement is about: its kind, the facts the kind asks for, which side does what."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zveno.kernel.errors import BadInput, DomainError
from zveno.network.models import SHAPES, Cluster, Kind
from zveno.organisations.models import Organisation

FEWEST = 2


class NobodyToAgreeWith(DomainError):
    """An agreement has two sides at least."""

    code = "nobody_to_agree_with"
    message = _("The cluster has no members yet. Add them first.")


class FactMissing(BadInput):
    """What a kind asks for is said before it is drawn."""

    code = "fact_missing"
    message = _("Fill in: %(label)s.")

    def __init__(self, **facts: object) -> None:
        super().__init__(**facts)
        self.field = str(facts["name"])


class NotAlone(DomainError):
    """A part of an agreement begins and ends with it."""

    code = "not_alone"
    message = _("This paper is a part of another agreement: open that one.")


class TooFewSides(BadInput):
    """An agreement has two sides at least, and nobody is two of them."""

    code = "too_few_sides"
    message = _("Choose at least two organisations.")


class NoSuchSide(BadInput):
    """A side is a member of the cluster, and one the kind has."""

    code = "no_such_side"
    message = _("One of the named organisations is not in the cluster or cannot be this side.")


class ExactlyOne(BadInput):
    """A kind has some sides once."""

    code = "exactly_one"
    message = _("Exactly one organisation must be: %(side)s.")


class ShareUnsaid(BadInput):
    """Each side of a contract says what it carries out and what it gives."""

    code = "share_unsaid"
    message = _("%(organisation)s: say what it does and what resources it gives.")


@dataclass(frozen=True, slots=True)
class Share:
    """Which side an organisation is, what part it carries out, what it gives, its licence."""

    organisation: UUID
    side: str
    part: str = ""
    gives: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """The kind of an agreement, its facts by name, and the shares where the kind has seats."""

    kind: str = Kind.COOPERATION
    facts: Mapping[str, str] = field(default_factory=dict)
    shares: Sequence[Share] = ()


Seats = Sequence[tuple[Organisation, Share]]
COOPERATION = Subject()


def _seated(cluster: Cluster, subject: Subject) -> list[tuple[Organisation, Share]]:
    """Return who the sides are and what each does: the base first, or in the order of seats.

    Raises ``NotAlone``, ``FactMissing``, ``NobodyToAgreeWith`` and as the kind asks.
    """
    if SHAPES[subject.kind].part:
        raise NotAlone
    _check_facts(subject)
    members = list(cluster.memberships.live().base_first().select_related("organisation"))
    if len(members) < FEWEST:
        raise NobodyToAgreeWith
    inside = {member.organisation.public_id: member.organisation for member in members}
    if not SHAPES[subject.kind].seats:
        return [(m.organisation, Share(m.organisation.public_id, m.role)) for m in members]
    _check_shares(subject, inside)
    return [
        (inside[share.organisation], share)
        for seat in SHAPES[subject.kind].seats
        for share in subject.shares
        if share.side == seat.side
    ]


def _check_facts(subject: Subject) -> None:
    """Look whether everything the kind asks for is said. Raises ``FactMissing``."""
    shape = SHAPES[subject.kind]
    name = shape.missing(subject.facts)
    if name:
        label = next(fact.label for fact in shape.facts if fact.name == name)
        raise FactMissing(name=name, label=label)


def _check_shares(subject: Subject, inside: Mapping[UUID, Organisation]) -> None:
    """Look whether the sides are those of the kind, and each says what it does.

    Raises ``TooFewSides``, ``NoSuchSide``, ``ExactlyOne`` and ``ShareUnsaid``.
    """
    shape, named = SHAPES[subject.kind], {share.organisation for share in subject.shares}
    if len(named) < FEWEST or len(named) < len(subject.shares):
        raise TooFewSides
    for share in subject.shares:
        seat = shape.seat(share.side)
        if seat is None or share.organisation not in inside:
            raise NoSuchSide
        said = (share.part, share.gives)
        if not (all(said) if seat.teaches else any(said)):
            raise ShareUnsaid(organisation=str(inside[share.organisation]))
    taken = Counter(share.side for share in subject.shares)
    for seat in shape.seats:
        if seat.once and taken[seat.side] != 1:
            raise ExactlyOne(side=seat.side.label)
