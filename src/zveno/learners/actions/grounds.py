"""Whether there is a ground to keep a child is noted on its row, and the database follows it."""

from collections.abc import Iterable

from zveno.kernel import clock
from zveno.kernel.actions import action
from zveno.kernel.actor import Actor
from zveno.learners import rules
from zveno.learners.models import Learner
from zveno.learners.models.grounds import agreed
from zveno.organisations.models import Organisation

_AT_ONCE = 2000


@action(rules.is_system, on=Organisation)
def review_grounds(actor: Actor, organisation: Organisation) -> None:
    """Note whose consents are over, count no more or are no longer enough, for their age.

    Every night: days pass and texts change without anybody's deed.
    """
    keys = list(
        Learner.objects.filter(owner=organisation).order_by("pk").values_list("pk", flat=True)
    )
    for begin in range(0, len(keys), _AT_ONCE):
        _note_grounds(keys[begin : begin + _AT_ONCE])


def _note_grounds(keys: Iterable[int]) -> None:
    """Reckon anew what holds for children (keys); a child that loses its ground is hidden at once.

    Their rows are locked first, so that two answers at one moment are counted one after the other.
    """
    found = Learner.objects.filter(pk__in=list(keys)).order_by("pk")
    learners = list(found.select_for_update())
    holds = agreed(learners, clock.today())
    gained = [one.pk for one in learners if holds[one.pk].kept and one.unfounded_since]
    lost = [one.pk for one in learners if not (holds[one.pk].kept or one.unfounded_since)]
    Learner.objects.filter(pk__in=gained).update(unfounded_since=None)
    Learner.objects.filter(pk__in=lost).update(unfounded_since=clock.now())
    for photographed in (True, False):
        turned = [
            one.pk
            for one in learners
            if one.photographed != photographed == holds[one.pk].photographed
        ]
        Learner.objects.filter(pk__in=turned).update(photographed=photographed)
