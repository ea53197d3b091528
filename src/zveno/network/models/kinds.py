"""Kinds of agreements: what each asks for and who its sides are. Their clauses stand in data/."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

Choices = tuple[tuple[str, "StrPromise"], ...]


class Kind(models.TextChoices):
    """What an agreement is; a programme is taught together under a network-form contract only."""

    COOPERATION = "cooperation", _("cooperation agreement")
    NETWORK_FORM = "network_form", _("network-form contract")
    MEMORANDUM = "memorandum", _("memorandum")
    TARGET_TRAINING = "target_training", _("target-training contract")
    EQUIPMENT_USE = "equipment_use", _("equipment-use agreement")
    ACCESSION = "accession", _("accession sheet")
    AMENDMENT = "amendment", _("amendment")


class Side(models.TextChoices):
    """What an organisation is in an agreement: its role in the cluster, or in a contract."""

    BASE = "base", _("base organisation")
    METHODICAL_OPERATOR = "methodical_operator", _("methodical operator")
    MEMBER = "member", _("member")
    PARTNER = "partner", _("partner")
    HOME = "home", _("base organisation of the programme")
    PARTICIPANT = "participant", _("participant organisation")
    RESOURCE = "resource", _("resource organisation")
    SIDE = "side", _("side")
    CUSTOMER = "customer", _("customer: will employ the graduates")
    TRAINER = "trainer", _("educational organisation: trains")
    NEWCOMER = "newcomer", _("new party")
    OWNER = "owner", _("owner of the equipment")
    USER = "user", _("user of the equipment")


@dataclass(frozen=True, slots=True)
class Fact:
    """What has to be known of an agreement of a kind: a line of words, or one of ``choices``."""

    name: str
    label: "StrPromise"
    hint: "StrPromise | str" = ""
    choices: Choices = ()

    def words(self, value: str) -> "StrPromise | str":
        """Return a value as people read it."""
        return dict(self.choices).get(value, value)


@dataclass(frozen=True, slots=True)
class Seat:
    """A side a kind has, perhaps exactly ``once``; who ``teaches`` a part has a licence."""

    side: Side
    once: bool = False
    teaches: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """What is asked for a kind. Without ``seats`` all members take part, in their roles.

    ``years`` is the usual term; it is prolonged by itself if it ``renews``. Newcomers join it by a
    sheet if it ``admits`` them. What is a ``part`` of another agreement lives and ends with it.
    The sides that send children to others assign (``sends``) the processing of their data to
    those that take them in (``receives``).
    """

    file: str
    title: "StrPromise"
    lede: "StrPromise"
    years: int
    renews: bool = False
    admits: bool = False
    part: bool = False
    sends: tuple[Side, ...] = ()
    receives: tuple[Side, ...] = ()
    seats: tuple[Seat, ...] = ()
    facts: tuple[Fact, ...] = ()

    @property
    def teaches(self) -> bool:
        """Whether some side teaches a part of a programme."""
        return any(seat.teaches for seat in self.seats)

    def seat(self, side: str) -> Seat | None:
        """Return the seat of a side, if the kind has it."""
        return next((seat for seat in self.seats if seat.side == side), None)

    def in_words(self, facts: Mapping[str, str]) -> list[tuple["StrPromise", "StrPromise | str"]]:
        """Return the facts with their labels, in words."""
        return [(one.label, one.words(facts.get(one.name, ""))) for one in self.facts]

    def missing(self, facts: Mapping[str, str]) -> str:
        """Name the first fact that is not there or none of its choices; nothing if all are."""
        return next((fact.name for fact in self.facts if not _known(fact, facts)), "")


def _known(fact: Fact, facts: Mapping[str, str]) -> bool:
    value = facts.get(fact.name, "")
    return value in dict(fact.choices) if fact.choices else bool(value)


NETWORK_FORM = Shape(
    "network_form",
    _("Network-form contract, cluster “%(cluster)s”"),
    _("Learners are taught by a partner under an approved programme, in the network form."),
    years=1,
    seats=(
        Seat(Side.HOME, once=True, teaches=True),
        Seat(Side.PARTICIPANT, teaches=True),
        Seat(Side.RESOURCE),
    ),
    sends=(Side.HOME,),
    receives=(Side.PARTICIPANT, Side.RESOURCE),
    facts=(
        Fact("programme", _("Name of the programme"), _("As it was approved, without quotes.")),
        Fact(
            "programme_kind",
            _("Kind of the programme"),
            choices=(
                ("general", _("general education")),
                ("extra", _("extra education of children and adults")),
                ("profession", _("vocational training")),
                ("vet", _("vocational education of a college")),
                ("courses", _("further training of specialists")),
            ),
        ),
        Fact(
            "level",
            _("Level, orientation and hours"),
            _("For example: technical orientation, 144 hours."),
        ),
        Fact(
            "approved",
            _("Who draws the programme up"),
            choices=(
                ("home", _("the base organisation alone")),
                ("jointly", _("the sides together, the base organisation approves it")),
            ),
        ),
        Fact(
            "period",
            _("When it is taught"),
            _("For example: from 1 September 2026 to 31 May 2027."),
        ),
        Fact("learners", _("How many learners"), _("For example: from 10 to 25.")),
        Fact(
            "document",
            _("Document on completion"),
            _("For example: a certificate of a worker’s profession."),
        ),
        Fact(
            "issuer",
            _("Who issues the document"),
            choices=(
                ("home", _("the base organisation")),
                ("participant", _("the participant organisation")),
            ),
        ),
        Fact(
            "money",
            _("Money"),
            choices=(
                ("free", _("the sides do not pay each other")),
                ("norm", _("the base organisation passes on the norm per learner")),
                ("estimate", _("as in the estimate the sides sign")),
            ),
        ),
    ),
)
MEMORANDUM = Shape(
    "memorandum",
    _("Memorandum, cluster “%(cluster)s”"),
    _("What the sides intend to do together; nobody owes money or teaches by it."),
    years=3,
    seats=(Seat(Side.SIDE),),
    facts=(
        Fact("aim", _("What you intend to do together"), _("In small letters, without a stop.")),
    ),
)
TARGET_TRAINING = Shape(
    "target_training",
    _("Target-training contract, cluster “%(cluster)s”"),
    _("An employer and a college agree on places; each learner has a contract of their own."),
    years=5,
    seats=(Seat(Side.CUSTOMER), Seat(Side.TRAINER, once=True)),
    facts=(
        Fact("programme", _("Programme"), _("Code and name: 15.02.19 Welding production.")),
        Fact("places", _("How many places"), _("A number, by year if it differs.")),
        Fact("year", _("Year of admission"), _("For example: 2027.")),
        Fact("work", _("Where the graduates will work"), _("Workplace and post.")),
        Fact("lasts", _("For how long"), _("For example: 3 years.")),
        Fact("support", _("Support during the training"), _("For example: an extra scholarship.")),
    ),
)
WHO_USES = (("owner", _("the owner")), ("user", _("the user")))
EQUIPMENT_USE = Shape(
    "equipment_use",
    _("Equipment-use agreement, cluster “%(cluster)s”"),
    _("Lessons on the equipment and in the rooms of another, without paying for it."),
    years=1,
    seats=(Seat(Side.OWNER, once=True), Seat(Side.USER)),
    sends=(Side.USER,),
    receives=(Side.OWNER,),
    facts=(
        Fact("equipment", _("Equipment and rooms"), _("As in the inventory.")),
        Fact("location", _("Address and room")),
        Fact("hours", _("When"), _("For example: on Tuesdays from 15:00 to 17:00.")),
        Fact("aim", _("Purpose of use"), _("For example: professional trials of 8th grades.")),
        Fact("instructs", _("Who instructs in safety"), choices=WHO_USES),
        Fact(
            "consumables",
            _("Who brings consumables"),
            choices=(*WHO_USES, ("each", _("each for its own lessons"))),
        ),
    ),
)
SHAPES: dict[str, Shape] = {
    Kind.COOPERATION: Shape(
        "cooperation",
        _("Cooperation agreement of the cluster “%(cluster)s”"),
        _("Joint events, methodical support, visits to laboratories; nobody teaches for another."),
        years=3,
        renews=True,
        admits=True,
        sends=(Side.MEMBER,),
        receives=(Side.BASE,),
    ),
    Kind.NETWORK_FORM: NETWORK_FORM,
    Kind.MEMORANDUM: MEMORANDUM,
    Kind.TARGET_TRAINING: TARGET_TRAINING,
    Kind.EQUIPMENT_USE: EQUIPMENT_USE,
    Kind.ACCESSION: Shape(
        "accession",
        _("Accession sheet: %(name)s"),
        _("One more party joins an agreement in force; the others need not sign again."),
        years=0,
        part=True,
    ),
    Kind.AMENDMENT: Shape(
        "amendment",
        _("Amendment No. %(ordinal)s: %(title)s"),
        _("Clauses and annexes of an agreement in force read anew; all its parties sign."),
        years=0,
        part=True,
    ),
}
PARTS = [kind for kind, shape in SHAPES.items() if shape.part]
