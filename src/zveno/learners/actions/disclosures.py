"""Children are shown to others, and hidden again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.learners import rules
from zveno.learners.models import Disclosure, Learner
from zveno.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Reader:
    """An organisation (its key) that may read children until a moment, because of ``source``."""

    organisation: int
    source: str
    until: datetime


@action(rules.answers_for_children, on=Organisation, consequence=True)
def disclose(
    actor: Actor, organisation: Organisation, *, learners: Collection[int], reader: Reader
) -> None:
    """Let ``reader`` read children of ``organisation``.

    Only those of ``learners`` (keys) are disclosed whom a consent to participation covers.
    """
    founded = Learner.objects.founded().filter(owner=organisation, pk__in=learners)
    Disclosure.objects.bulk_create(
        [
            Disclosure(
                learner_id=key,
                owner=organisation,
                organisation_id=reader.organisation,
                source=reader.source,
                until=reader.until,
            )
            for key in founded.values_list("pk", flat=True)
        ],
        update_conflicts=True,
        unique_fields=["learner", "organisation", "source"],
        update_fields=["until"],
    )


@action(rules.answers_for_children, on=Organisation, consequence=True)
def conceal(
    actor: Actor, organisation: Organisation, *, learners: Collection[int], source: str
) -> None:
    """End what ``source`` disclosed of children (keys): they do not come after all."""
    given = Disclosure.objects.filter(owner=organisation, learner__in=learners, source=source)
    given.live().update(until=clock.now())
