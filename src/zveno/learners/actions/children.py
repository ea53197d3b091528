"""A list becomes children."""

from collections import Counter
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput, NotFound
from zveno.learners import rules
from zveno.learners.models import HIGHEST, Child, Learner, first_year_of, keeps_initials
from zveno.organisations.models import Organisation

LOWEST, OLDEST = 0, 100


class Namesakes(BadInput):
    """Zveno takes nobody for somebody else: ``facts['rows']`` (from 0) wait for a person's word."""

    code = "namesakes"
    status = 409
    message = _("Some names are identical. Say for each whether it is the same child or another.")

    def __init__(self, rows: list[int]) -> None:
        super().__init__(rows=rows)


class NoSuchClass(BadInput):
    """Grades are 1 to 11, and 0 in a kindergarten."""

    code = "no_such_class"
    message = _("There is no such class. Grades are 1 to 11.")
    field = "class"


class NameMissing(BadInput):
    """A child has a family name and a given name."""

    code = "name_missing"
    message = _("A child needs a family name and a given name.")
    field = "name"


class BadBirth(BadInput):
    """A birthday, or the year of it, of somebody who may be a child today."""

    code = "bad_birth"
    message = _("Give either a year of birth or a date, not in the future and not a century ago.")
    field = "born_year"


@action(rules.answers_for_children, on=Organisation, consequence=True)
def enter_children(
    actor: Actor, organisation: Organisation, *, children: Sequence[Child]
) -> list[Learner]:
    """Find or enter the children of a list; return them in its order.

    A child known by name and class is taken for the same if there is exactly one, and one row
    of it; otherwise the row must say ``same`` or ``new``. Initials tell nobody apart: where only
    they are kept, each child known by them is asked about. Raises ``Namesakes``, ``NotFound`` for a
    ``same`` of another organisation, ``NameMissing``, ``NoSuchClass`` and ``BadBirth``.
    """
    _check(children)
    short = keeps_initials(organisation)
    children = [child.by_initials() for child in children] if short else children
    known = list(Learner.objects.filter(owner=organisation).called(c.key[0] for c in children))
    found = _found(children, known, most=0 if short else 1)
    new = [_learner(organisation, c) for c, who in zip(children, found, strict=True) if not who]
    entered = iter(Learner.objects.bulk_create(new))
    return [who or next(entered) for who in found]


def _check(children: Iterable[Child]) -> None:
    for child in children:
        if not child.family_name or not child.given_name:
            raise NameMissing
        if not LOWEST <= child.grade <= HIGHEST:
            raise NoSuchClass
        if not _may_be_born(child):
            raise BadBirth


def _may_be_born(child: Child) -> bool:
    if child.born_on and child.born_year:
        return False
    today = clock.today()
    year = child.born_on.year if child.born_on else child.born_year
    past = child.born_on is None or child.born_on <= today
    return past and (year is None or today.year - OLDEST <= year <= today.year)


def _as_kept(owner: Organisation, child: Child) -> Child:
    """Return a child as the organisation keeps it: whole, or by initials."""
    return child.by_initials() if keeps_initials(owner) else child


def _found(children: Sequence[Child], known: list[Learner], *, most: int) -> list[Learner | None]:
    """Return who is meant by each row; more than ``most`` alike are asked about."""
    undecided = Counter(child.key for child in children if not (child.same or child.new))
    likely = [_alike(child, known) if _is_open(child) else [] for child in children]
    unclear = [
        n
        for n, child in enumerate(children)
        if _is_open(child) and (undecided[child.key] > 1 or len(likely[n]) > most)
    ]
    if unclear:
        raise Namesakes(unclear)
    named = {learner.public_id: learner for learner in known}
    found = [
        _named(child.same, named) if child.same else next(iter(same), None)
        for child, same in zip(children, likely, strict=True)
    ]
    return _once(found)


def _alike(child: Child, known: list[Learner]) -> list[Learner]:
    return [learner for learner in known if learner.may_be(child)]


def _is_open(child: Child) -> bool:
    return not (child.same or child.new)


def _named(key: UUID, known: dict[UUID, Learner]) -> Learner:
    if key not in known:
        raise NotFound
    return known[key]


def _once(found: list[Learner | None]) -> list[Learner | None]:
    """Refuse two rows that name one child."""
    times = Counter(learner.pk for learner in found if learner)
    twice = [n for n, learner in enumerate(found) if learner and times[learner.pk] > 1]
    if twice:
        raise Namesakes(twice)
    return found


def _learner(owner: Organisation, child: Child) -> Learner:
    return Learner(
        owner=owner,
        family_name=child.family_name,
        given_name=child.given_name,
        patronymic=child.patronymic,
        first_year=first_year_of(child.grade),
        letter=child.letter,
        name_key=child.key[0],
        born_year=child.born_year,
        born_on=child.born_on,
    )
