"""The register of processing, made from the classes of data that the tables themselves name."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.models import Data
from zveno.learners.models.retention import CATEGORIES

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class Processing:
    """What is kept of whom, what for, on which ground and how long where no term counts days."""

    what: "StrPromise"
    whose: "StrPromise"
    purpose: "StrPromise"
    ground: "StrPromise"
    term: "StrPromise"


CONSENT = _("consent: 152-FZ, article 6, part 1, point 1")
WORK = _("work and contract: 152-FZ, article 6, part 1, points 2 and 5")
CHILDREN = Processing(
    _("name, class, organisation; year of birth where an event asks for it"),
    _("children"),
    _("taking part in events"),
    CONSENT,
    _("while the child is at the organisation and there is a consent"),
)
GUARDIANS = Processing(
    _("name, relation, address for emails; consents and their proofs"),
    _("parents and guardians"),
    _("consents for the child"),
    CONSENT,
    _("while the child is kept"),
)
VISITS = Processing(
    _("places at events, arrival, certificates, needs on the day"),
    _("children"),
    _("taking part in events and proof of it"),
    CONSENT,
    _("while the child is kept"),
)
WORKERS = Processing(
    _("name, post, address for emails, ways of signing in, letters of thanks"),
    _("workers of organisations"),
    _("work in clusters, access to Zveno"),
    WORK,
    _("while a post is held, and as long as papers they signed are kept"),
)
LETTERS = Processing(
    _("letters, notices, tasks, minutes, polls"),
    _("workers of organisations"),
    _("work in clusters"),
    WORK,
    _("as long as the cluster’s papers are kept"),
)
PARTNERS = Processing(
    _("names and posts in contacts, agreements, tables brought in"),
    _("workers of organisations and partners"),
    _("agreements and contacts of clusters"),
    WORK,
    _("as long as the agreement is in force, and three years after it"),
)
SERVICE = Processing(
    _("hashes of keys, counts of attempts"),
    _("whoever uses Zveno"),
    _("safety of the data"),
    _("duty to protect the data: 152-FZ, article 19"),
    _("hours or days, as each key lasts"),
)
BY_TABLE = {
    "learners.Learner": CHILDREN,
    "learners.Disclosure": CHILDREN,
    "learners.Hold": CHILDREN,
    "learners.Destruction": WORKERS,
    "kernel.Letter": LETTERS,
    "people.Notice": LETTERS,
    "people.Task": LETTERS,
    "people.Attempt": SERVICE,
    "correspondence.Contact": PARTNERS,
}
BY_ROOM = {
    "learners": GUARDIANS,
    "events": VISITS,
    "people": WORKERS,
    "desk": WORKERS,
    "webhooks": WORKERS,
    "correspondence": LETTERS,
    "kernel": SERVICE,
}
"""What a table is for whose room has no line of its own in ``BY_TABLE``; else ``PARTNERS``."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the register: in words, with its tables and what the tables say of themselves."""

    processing: Processing
    tables: tuple[str, ...]
    personal: int
    sealed: int

    @property
    def classes(self) -> str:
        """How many fields of which class there are."""
        personal = ngettext("%(n)s personal field", "%(n)s personal fields", self.personal)
        sealed = ngettext("%(n)s sealed field", "%(n)s sealed fields", self.sealed)
        told = [personal % {"n": self.personal}] if self.personal else []
        return ", ".join([*told, sealed % {"n": self.sealed}] if self.sealed else told)

    @property
    def terms(self) -> str:
        """How long it is kept: in words, and the terms in days of what its tables hold."""
        kinds = [(kind, kind.due(clock.now()).model._meta.label) for kind in CATEGORIES.values()]
        days = [_days(kind.code) for kind, table in kinds if table in self.tables]
        return "; ".join([str(self.processing.term), *days])

    @property
    def where(self) -> str:
        """In which tables of the database of this installation."""
        return ", ".join(self.tables)

    def cells(self) -> list[str]:
        """Return what stands in the columns, for a table to take away."""
        one = self.processing
        said = [one.what, one.whose, one.purpose, one.ground]
        return [*map(str, said), self.terms, self.classes, self.where]


def heads() -> list[str]:
    """Return the columns of the register."""
    return [
        gettext("Data"),
        gettext("Whose"),
        gettext("Purpose of processing"),
        gettext("Ground"),
        gettext("How long"),
        gettext("Classes of data"),
        gettext("Where"),
    ]


def register() -> list[Line]:
    """Make the register from what the tables say of their fields: none can be left out."""
    found: defaultdict[str, list[type[models.Model]]] = defaultdict(list)
    by_words: dict[str, Processing] = {}
    for kind in _about_people():
        one = BY_TABLE.get(kind._meta.label, BY_ROOM.get(kind._meta.app_label, PARTNERS))
        found[str(one.what)].append(kind)
        by_words[str(one.what)] = one
    return [_line(by_words[words], kinds) for words, kinds in found.items()]


def _line(one: Processing, kinds: list[type[models.Model]]) -> Line:
    classes = [value for kind in kinds for value in getattr(kind, "DATA", {}).values()]
    return Line(
        one,
        tuple(kind._meta.label for kind in kinds),
        classes.count(Data.PERSONAL),
        classes.count(Data.SEALED),
    )


def _about_people() -> Iterator[type[models.Model]]:
    for kind in apps.get_models():
        if {Data.PERSONAL, Data.SEALED} & set(getattr(kind, "DATA", {}).values()):
            yield kind


def _days(code: str) -> str:
    term = CATEGORIES[code].term
    words = ngettext(
        "%(what)s: %(days)s day %(since)s", "%(what)s: %(days)s days %(since)s", term.days
    )
    return words % {"what": term.name.lower(), "days": term.days, "since": term.begins}
