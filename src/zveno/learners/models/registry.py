"""Who of a class has given which consent, and who is missing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from zveno.kernel import clock
from zveno.learners.models.children import Learner
from zveno.learners.models.consents import Consent
from zveno.learners.models.grounds import suffice, who_must
from zveno.learners.models.guardians import Guardian
from zveno.learners.models.purposes import Purpose
from zveno.ui.faces import Face

GIVEN = Face(_("Given"), "ok", "check")
REFUSED = Face(_("Refused"), "warn", "x")
PARTLY = Face(_("One more answer"), "warn", "clock")
MISSING = Face(_("Missing"), "", "clock")


@dataclass(frozen=True, slots=True)
class Line:
    """A child, what holds for each purpose, and who answers for it at home."""

    learner: Learner
    faces: list[tuple[Purpose, Face]]
    guardians: list[Guardian]

    @property
    def is_founded(self) -> bool:
        """Whether there is a ground to keep the child."""
        return self.learner.unfounded_since is None

    @property
    def to_confirm(self) -> bool:
        """Whether somebody waits to be confirmed."""
        return any(one.named_at and not one.confirmed_at for one in self.guardians)


def lines_of(
    learners: Iterable[Learner], answers: Iterable[Consent], guardians: Iterable[Guardian]
) -> list[Line]:
    """Put together children, the standing answers about them and their guardians."""
    told: defaultdict[tuple[int, str], list[tuple[str, bool]]] = defaultdict(list)
    for one in answers:
        told[one.learner_id, one.purpose].append((one.signed_by, one.refused))
    at_home: defaultdict[int, list[Guardian]] = defaultdict(list)
    for guardian in guardians:
        at_home[guardian.learner_id].append(guardian)
    return [
        Line(
            child,
            [(purpose, _face(child, told[child.pk, purpose])) for purpose in Purpose],
            at_home[child.pk],
        )
        for child in learners
    ]


def _face(child: Learner, answers: list[tuple[str, bool]]) -> Face:
    if any(refused for _signer, refused in answers):
        return REFUSED
    if suffice(answers, who_must(child, clock.today())):
        return GIVEN
    return PARTLY if answers else MISSING
