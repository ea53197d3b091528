"""Who asks for a seat, what seats there are, who got which and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto


@dataclass(frozen=True, slots=True)
class Applicant:
    """A pupil and the sessions wished, the dearest first; ``served`` counts seats of this season.

    A smaller ``priority`` goes first, then who was served less, then the lottery. ``size`` people
    of one class come all or none, to ``most`` sessions at the most; who bears the same ``together``
    goes to the same sessions, with the same wishes.
    """

    id: str
    organisation: str
    grade: int
    wishes: tuple[str, ...]
    priority: int = 0
    served: int = 0
    size: int = 1
    most: int = 1
    together: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """``capacity`` seats for grades from ``grade_from`` to ``grade_to``, both included.

    With fewer than ``minimum`` people it does not run, unless a seat of it was confirmed. It lasts
    from ``start`` to ``end``, minutes of any clock that all sessions share, at ``place``.
    """

    id: str
    capacity: int
    grade_from: int = 0
    grade_to: int = 11
    minimum: int = 0
    start: int | None = None
    end: int | None = None
    place: str = ""

    def admits(self, applicant: Applicant) -> bool:
        """Tell whether the grade fits."""
        return self.grade_from <= applicant.grade <= self.grade_to


@dataclass(frozen=True, slots=True)
class Quota:
    """Bounds of the seats these organisations take in these sessions; none named means all.

    Of the ``ceiling``, ``floor`` seats are reserved: they are filled first, and go to others if
    too few of those organisations want them. Quotas nest: two that share a seat lie one inside
    the other. The capacity of a session is a quota too.
    """

    id: str
    sessions: frozenset[str]
    organisations: frozenset[str]
    ceiling: int
    floor: int = 0

    def covers(self, session: str, organisation: str) -> bool:
        """Tell whether a seat of this organisation in this session counts here."""
        return (not self.sessions or session in self.sessions) and (
            not self.organisations or organisation in self.organisations
        )

    def contains(self, other: "Quota") -> bool:
        """Tell whether every seat that counts in ``other`` counts here."""
        return _holds(self.sessions, other.sessions) and _holds(
            self.organisations, other.organisations
        )

    def meets(self, other: "Quota") -> bool:
        """Tell whether some seat could count in both."""
        return _share(self.sessions, other.sessions) and _share(
            self.organisations, other.organisations
        )


def _holds(outer: frozenset[str], inner: frozenset[str]) -> bool:
    return not outer or (bool(inner) and inner <= outer)


def _share(one: frozenset[str], two: frozenset[str]) -> bool:
    return not one or not two or not one.isdisjoint(two)


class Mode(StrEnum):
    """Whether the line decides, or the number of those seated, or how dear their wishes were."""

    OPEN = auto()
    FULLEST = auto()
    DEAREST = auto()


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything a division depends on; every part stands in the order of its ids.

    ``kept`` are seats confirmed before: who holds one is neither moved nor let go. ``travel`` are
    minutes from place to place, either way (the longer, if both are told); ``travel_min`` those
    between places not told there. ``effort`` times as many steps are taken where no exact way is
    known.
    """

    seed: str
    applicants: tuple[Applicant, ...]
    sessions: tuple[Session, ...]
    quotas: tuple[Quota, ...] = ()
    mode: Mode = Mode.OPEN
    kept: tuple[tuple[str, str], ...] = ()
    travel: tuple[tuple[str, str, int], ...] = ()
    travel_min: int = 0
    effort: int = 1

    @property
    def whole(self) -> bool:
        """Tell whether groups, companions, several seats or minimums leave no exact way."""
        asked = any(each.size > 1 or each.most > 1 or each.together for each in self.applicants)
        return asked or self.mode is Mode.DEAREST or any(each.minimum for each in self.sessions)

    def bounds(self) -> tuple[Quota, ...]:
        """Return the quotas after the capacities, which bear the ids of their sessions."""
        capacities = (
            Quota(session.id, frozenset({session.id}), frozenset(), session.capacity)
            for session in self.sessions
        )
        return *capacities, *self.quotas


class Because(StrEnum):
    """Why a wish was refused."""

    AGE = auto()
    FULL = auto()
    QUOTA = auto()
    TRADED = auto()
    KEPT = auto()
    OVERLAP = auto()
    NOT_OPENED = auto()


class Stage(StrEnum):
    """The rules of the fullest plan, the first first; VALUE is a rule of whole groups only."""

    RESERVED = auto()
    PEOPLE = auto()
    VALUE = auto()
    SHARES = auto()
    RANKS = auto()
    LOTTERY = auto()


@dataclass(frozen=True, slots=True, order=True)
class Standing:
    """A place in the line: ``reserved`` seats that are not filled without one go first.

    ``reserved`` counts, below zero, the quotas around a seat whose floor needs its holder.
    """

    reserved: int
    priority: int
    served: int
    lottery: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a wish was refused, and what would have changed it: a standing before ``last``.

    ``quota`` is the innermost bound that is reached, ``last`` the last who got in under it
    (nobody under a bound of zero), ``own`` the standing of the one refused.

    KEPT is said to who holds a seat confirmed before. In the fullest plan a wish is refused for
    others: ``moves`` are the cheapest way to grant it, person by person with the new session (or
    none), and ``stage`` the rule the plan would lose by.

    OVERLAP names the ``session`` had that is at the same time. NOT_OPENED tells the ``minimum`` and
    the people it ``had``: all who were refused it for nothing else. ``short`` are the seats that a
    group lacks under ``quota``.
    """

    because: Because
    quota: str = ""
    last: Standing | None = None
    own: Standing | None = None
    stage: Stage | None = None
    moves: tuple[tuple[str, str], ...] = ()
    session: str = ""
    minimum: int = 0
    had: int = 0
    short: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """Who got which session, and why every dearer wish was refused.

    ``profile`` counts those who got their first wish, second wish and so on.
    """

    seats: Mapping[str, str]
    reasons: Mapping[tuple[str, str], Reason]
    profile: tuple[int, ...]
    lottery: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Whole:
    """A plan of whole groups: who got which sessions, and why a wish was refused.

    Refused is a wish dearer than the last one granted, or any if fewer than ``most`` were.
    ``profile`` counts people: one for each seat by a first wish, second wish and so on. ``worth``
    are people with a seat in the mode FULLEST and points (see ``units.POINTS``) in all others; no
    plan whatever is worth more than ``bound``, which the mode OPEN does not tell.
    """

    seats: Mapping[str, tuple[str, ...]]
    reasons: Mapping[tuple[str, str], Reason]
    profile: tuple[int, ...]
    lottery: Mapping[str, str]
    worth: int
    bound: int | None = None


@dataclass(frozen=True, slots=True)
class Violation:
    """A promise that is broken: of ``what``, and where."""

    what: str
    where: tuple[str, ...] = ()
