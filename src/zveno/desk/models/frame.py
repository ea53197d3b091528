"""What the desk shows and nobody stores."""

from dataclasses import dataclass

from zveno.people.models import Post


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing that waits: what, the facts of it, where to do it, the words on the button.

    ``step`` names the step of the thread it belongs to; ``burns`` if it is due now.
    """

    step: str
    title: str
    text: str
    url: str
    button: str
    icon: str = "doc"
    burns: bool = False


@dataclass(frozen=True, slots=True)
class Shell:
    """Where somebody works and who they are: the frame of every page.

    ``inside`` if the page is about one of the clusters; that one stands first. ``unread`` is how
    many notices the bell tells of; ``unguarded`` if the second step of signing in is missing.
    ``keeps_children`` for who answers for the children of a school or a kindergarten.
    """

    name: str
    given_name: str
    role: str
    clusters: list["Place"]
    coordinates: bool
    sends: bool
    inside: bool
    unread: int
    roles: frozenset[str]
    unguarded: bool = False
    keeps_children: bool = False

    @property
    def takes_lists(self) -> bool:
        """Whether lists of people may be asked for."""
        return bool(self.roles & {"head", "coordinator", "representative"})

    @property
    def keeps_papers(self) -> bool:
        """Whether words, clauses and books of papers are kept."""
        return bool(self.roles & {"head", "coordinator"})

    @property
    def sees_money(self) -> bool:
        """Whether the menu leads to programmes and their money."""
        return bool(self.roles & {"head", "coordinator", "regional_authority", "auditor"})

    @property
    def keeps_terms(self) -> bool:
        """Whether the menu leads to how long data are kept."""
        return bool(self.roles & {"head", "representative", "operator"})

    @property
    def reads_register(self) -> bool:
        """Whether the menu leads to the register of processing."""
        return self.keeps_terms or self.audits

    @property
    def talks_with_employers(self) -> bool:
        """Whether contacts with employers are noted."""
        return bool(self.roles & {"coordinator", "methodist"})

    @property
    def audits(self) -> bool:
        """Whether the journal stands open."""
        return Post.Role.AUDITOR in self.roles

    @property
    def oversees(self) -> bool:
        """Whether a region is looked after."""
        return Post.Role.REGIONAL_AUTHORITY in self.roles

    @property
    def operates(self) -> bool:
        """Whether the work of the installation is looked after."""
        return Post.Role.OPERATOR in self.roles

    @property
    def cluster(self) -> "Place | None":
        """The cluster the menu leads to: that of the page, else the first one led or joined."""
        return next(iter(self.clusters), None)


@dataclass(frozen=True, slots=True)
class Place:
    """A cluster in the menu."""

    key: str
    name: str
    district: str
