"""What the names engine takes in and gives back."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Case(StrEnum):
    NOMINATIVE = "nominative"
    GENITIVE = "genitive"
    DATIVE = "dative"
    ACCUSATIVE = "accusative"
    INSTRUMENTAL = "instrumental"
    PREPOSITIONAL = "prepositional"


OBLIQUE = tuple(case for case in Case if case is not Case.NOMINATIVE)


class Gender(StrEnum):
    MASCULINE = "masculine"
    FEMININE = "feminine"
    NEUTER = "neuter"


class Why(StrEnum):
    """Why a person should look at a form before it is printed."""

    NOTHING = ""
    FAMILY_UNCHANGED = "family_unchanged"
    GIVEN_UNCHANGED = "given_unchanged"
    RARE_FAMILY = "rare_family"
    FOREIGN_NAME = "foreign_name"
    GENDER_DOUBTFUL = "gender_doubtful"
    UNKNOWN_WORD = "unknown_word"


@dataclass(frozen=True, slots=True)
class Person:
    """A name as its owner writes it; ``given`` and ``patronymic`` may be initials or empty."""

    family: str
    given: str = ""
    patronymic: str = ""
    gender: Gender | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """What somebody is by work: «заведующий отделением», «и. о. директора»."""

    text: str


@dataclass(frozen=True, slots=True)
class Organisation:
    text: str


@dataclass(frozen=True, slots=True)
class Basis:
    """What a signatory acts upon: «Устав», «доверенность № 3 от 01.09.2025»."""

    text: str


Item = Person | Post | Organisation | Basis


@dataclass(frozen=True, slots=True)
class Form:
    """One case of one item; ``why`` is empty exactly if the form is ``sure``."""

    text: str
    why: Why = Why.NOTHING

    @property
    def sure(self) -> bool:
        """Tell whether the form follows a rule without exceptions known to us."""
        return self.why is Why.NOTHING


@dataclass(frozen=True, slots=True)
class Declined:
    """All asked forms; ``gender`` is of the person or of the organisation's head word."""

    forms: Mapping[Case, Form]
    gender: Gender | None = None
