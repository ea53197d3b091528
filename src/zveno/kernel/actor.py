"""Who acts. Rules, ``visible_to``, row-level security and the journal know nothing else."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum, auto

from zveno.kernel import clock


class Means(StrEnum):
    """How the actor came in."""

    NONE = auto()
    ACCOUNT = auto()
    LINK = auto()
    DEVICE = auto()
    TOKEN = auto()
    SYSTEM = auto()


@dataclass(frozen=True, slots=True)
class Bearer:
    """What a program shows to say who it is: a token, perhaps a wrong one."""

    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (key) or nobody, acting for the organisations in ``scope`` until a moment.

    ``roles`` holds pairs of an organisation key and a role, ``keys`` pairs of a kind of record and
    its key: what a link lists. ``credential`` is the key of the account, link or token the actor
    came by. An expired actor may do nothing, one that only reads changes nothing.
    """

    person: int | None = None
    means: Means = Means.NONE
    scope: frozenset[int] = frozenset()
    roles: frozenset[tuple[int, str]] = frozenset()
    keys: frozenset[tuple[str, int]] = frozenset()
    credential: int | None = None
    until: datetime | None = None
    only_reads: bool = False

    def is_live(self) -> bool:
        """Whether the rights still last."""
        return self.until is None or clock.now() < self.until

    def is_system(self) -> bool:
        """Whether this is Zveno itself: the worker at its periodic work."""
        return self.means is Means.SYSTEM

    def holds(self, role: str, organisation: int | None) -> bool:
        """Whether the actor has ``role`` in the organisation with that key."""
        return (organisation, role) in self.roles

    def listed(self, kind: str) -> frozenset[int]:
        """Return the keys of the records of ``kind`` (``room.Model``) that the link lists."""
        return frozenset(key for listed, key in self.keys if listed == kind)


NOBODY = Actor()
SYSTEM = Actor(means=Means.SYSTEM)
