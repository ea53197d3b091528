"""Whether there is a ground to keep a child: all who must have agreed, and nobody has refused."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from zveno.learners.models.children import HIGHEST, Learner
from zveno.learners.models.consents import Consent
from zveno.learners.models.purposes import Purpose
from zveno.network.models import academic_year

Signer = Consent.Signer
_BEGIN_AT = (6, 8)
"""How old the youngest and the oldest are on the 1 September that begins their grade 1."""
_SAYS = {
    Signer.GUARDIAN: {Signer.GUARDIAN},
    Signer.CHILD: {Signer.CHILD},
    Signer.BOTH: {Signer.GUARDIAN, Signer.CHILD},
}


@dataclass(frozen=True, slots=True)
class Ages:
    """How old somebody may be on a day: at least ``youngest``, at most ``oldest`` years."""

    youngest: int
    oldest: int


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the answers about a child come to today: ``kept`` on a ground, ``photographed``."""

    kept: bool
    photographed: bool


def age_on(day: date, born: date) -> int:
    """Return full years; who was born on 29 February turns older on 1 March of a common year."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def ages_on(day: date, learner: Learner) -> Ages:
    """Tell how old a child may be: by the birthday or the year of it, else by the class."""
    if learner.born_on:
        age = age_on(day, learner.born_on)
        return Ages(age, age)
    if learner.born_year:
        years = day.year - learner.born_year
        return Ages(years - 1, years)
    if learner.first_year is None:
        return Ages(0, _BEGIN_AT[1])
    years = academic_year(day) - learner.first_year
    if years >= HIGHEST:
        return Ages(_BEGIN_AT[0] + HIGHEST, 99)
    return Ages(_BEGIN_AT[0] + years, _BEGIN_AT[1] + years)


def who_must(learner: Learner, day: date) -> set[Signer]:
    """Tell whose consent is needed on a day; where the age is not certain, the safer side.

    Below the first of the ages set a guardian alone, from the second on the child alone, between
    them both.
    """
    own, alone = settings.ZVENO_CONSENT_AGES
    ages = ages_on(day, learner)
    guardian = {Signer.GUARDIAN} if ages.youngest < alone else set()
    return guardian | ({Signer.CHILD} if ages.oldest >= own else set())


def signer_for(learner: Learner, day: date) -> Signer:
    """Say in one word whose consent is needed on a day."""
    must = who_must(learner, day)
    return Signer.BOTH if len(must) > 1 else must.pop()


def agreed(learners: Collection[Learner], day: date) -> dict[int, Agreed]:
    """Reckon from the standing answers what holds for each child (by its key) on a day."""
    answers: defaultdict[tuple[int, str], list[tuple[str, bool]]] = defaultdict(list)
    rows = Consent.objects.standing().filter(learner__in=[one.pk for one in learners])
    for learner, purpose, signer, refused in rows.values_list(
        "learner", "purpose", "signed_by", "refused"
    ):
        answers[learner, purpose].append((signer, refused))
    return {
        one.pk: Agreed(
            *(
                suffice(answers[one.pk, purpose], who_must(one, day))
                for purpose in (Purpose.PARTICIPATION, Purpose.PUBLICATION)
            )
        )
        for one in learners
    }


def consented(learners: Collection[Learner], purpose: Purpose, day: date) -> set[int]:
    """Return the children (keys) for whom all who must on ``day`` agreed to a purpose until then.

    It is asked of a day to come: what stands today and is not over before that day.
    """
    answers: defaultdict[int, list[tuple[str, bool]]] = defaultdict(list)
    keys = [one.pk for one in learners]
    rows = Consent.objects.standing().filter(learner__in=keys, purpose=purpose)
    for learner, signer, refused in rows.exclude(expires_on__lt=day).values_list(
        "learner", "signed_by", "refused"
    ):
        answers[learner].append((signer, refused))
    return {one.pk for one in learners if suffice(answers[one.pk], who_must(one, day))}


def suffice(answers: Iterable[tuple[str, bool]], must: set[Signer]) -> bool:
    """Tell whether all who must have agreed; one refusal outweighs any consent."""
    told = list(answers)
    said: set[Signer] = set()
    for signer, _refused in told:
        said |= _SAYS[Signer(signer)]
    return must <= said and not any(refused for _signer, refused in told)
