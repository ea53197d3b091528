"""One child is entered and put right; a class is counted without names."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.kernel.errors import BadInput
from zveno.kernel.meanwhile import Words, guarding
from zveno.learners import rules
from zveno.learners.actions.children import NoSuchClass, _alike, _as_kept, _check, _learner
from zveno.learners.actions.grounds import _note_grounds
from zveno.learners.models import (
    HIGHEST,
    MOST_COUNTED,
    Child,
    HeadCount,
    Learner,
    card_words,
    first_year_of,
)
from zveno.organisations.models import Organisation

KEPT = (
    *("family_name", "given_name", "patronymic", "name_key", "first_year", "letter"),
    *("born_year", "born_on"),
)


class BadNumber(BadInput):
    """A class has up to a thousand children."""

    code = "bad_number"
    message = _("Give a number of children from 0 to 1000.")
    field = "number"


class NamesakeThere(BadInput):
    """Zveno takes nobody for somebody else, and enters nobody twice without a word."""

    code = "namesake_there"
    status = 409
    message = _("A child with this name is already in the class. Say whether this is another one.")
    field = "new"


@action(rules.answers_for_children, on=Organisation, lock=True)
def add_child(actor: Actor, organisation: Organisation, *, child: Child) -> Learner:
    """Enter one child; of an identical name in the class it must be said that it is another.

    Raises ``NamesakeThere``, ``NameMissing``, ``NoSuchClass`` and ``BadBirth``.
    """
    _check([child])
    child = _as_kept(organisation, child)
    known = list(Learner.objects.filter(owner=organisation).called([child.key[0]]))
    if _alike(child, known) and not child.new:
        raise NamesakeThere
    learner = _learner(organisation, child)
    learner.save(force_insert=True)
    return learner


@action(rules.answers_for, on=Learner, lock=True)
def change_child(
    actor: Actor, learner: Learner, *, child: Child, seen: Words | None = None
) -> None:
    """Put the facts about a child right; whose consent is needed follows the age and the class.

    Raises ``NameMissing``, ``NoSuchClass``, ``BadBirth`` and ``ChangedMeanwhile``.
    """
    _check([child])
    with guarding(seen, lambda: card_words(learner)):
        told = _learner(learner.owner, _as_kept(learner.owner, child))
        for field in KEPT:
            setattr(learner, field, getattr(told, field))
        learner.save(update_fields=KEPT)
    _note_grounds([learner.pk])


@action(rules.answers_for_children, on=Organisation, lock=True)
def count_class(
    actor: Actor, organisation: Organisation, *, grade: int, letter: str, number: int
) -> None:
    """Say how many children are in a class of which no names are kept; 0 forgets the class.

    Raises ``NoSuchClass`` and ``BadNumber``.
    """
    if not 0 <= grade <= HIGHEST:
        raise NoSuchClass
    if not 0 <= number <= MOST_COUNTED:
        raise BadNumber
    of_class: dict[str, Any] = {"first_year": first_year_of(grade), "letter": letter}
    if not number:
        HeadCount.objects.filter(owner=organisation, **of_class).delete()
        return
    counted, new = HeadCount.objects.get_or_create(
        owner=organisation, **of_class, defaults={"number": number}
    )
    if not new and counted.number != number:
        counted.number, counted.changed_at = number, clock.now()
        counted.save(update_fields=["number", "changed_at"])
