"""What it costs to let 100,000 children go in time, and to tell one family all that is held."""

import time
from collections.abc import Iterator
from datetime import timedelta

from bench.sizes import Figure
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.http import reading
from zveno.learners import tasks
from zveno.learners.actions import subject_file
from zveno.learners.models import Learner
from zveno.organisations.models import Organisation

SCHOOLS, CHILDREN = 50, 2000
AT_ONCE = 10_000


def measure() -> Iterator[Figure]:
    """Yield the seconds of a night with 100,000 due rows, and of the file of one child."""
    yield "learners.subject_file.seconds", _file(), 10
    schools = _grow()
    begun = time.perf_counter()
    tasks.erase_due(0)
    took = time.perf_counter() - begun
    with reading(SYSTEM):
        left = Learner.objects.filter(owner__in=schools).count()
    if left:
        raise RuntimeError(f"{left} children are still there")
    yield "learners.retention_100000.seconds", took, 30


def _file() -> float:
    """Tell all about a child of the demonstration that came to an event."""
    with reading(SYSTEM):
        child = Learner.objects.filter(places__came_at__isnull=False).earliest("pk")
    owner = child.owner_id
    actor = Actor(scope=frozenset([owner]), roles=frozenset([(owner, "head")]))
    begun = time.perf_counter()
    subject_file(actor, child.public_id)
    return time.perf_counter() - begun


def _grow() -> list[int]:
    """Enter children nobody has agreed to since long, in schools of their own."""
    long_ago = clock.now() - timedelta(days=60)
    with reading(SYSTEM):
        schools = Organisation.objects.bulk_create(
            Organisation(kind="school", name=f"Школа {n}", name_key=f"школа {n}")
            for n in range(SCHOOLS)
        )
        Learner.objects.bulk_create(
            (
                Learner(
                    owner=school,
                    family_name=f"Фамилия{n}",
                    given_name="Имя",
                    name_key=f"фамилия{n} имя",
                    first_year=2020,
                    letter="А",
                    unfounded_since=long_ago,
                )
                for school in schools
                for n in range(CHILDREN)
            ),
            batch_size=AT_ONCE,
        )
    return [school.pk for school in schools]
