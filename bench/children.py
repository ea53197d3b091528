"""What it costs to enter 10,000 children, to divide them among schools, to let 100,000 go."""

import time
from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Sum

from bench.sizes import Figure
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.http import reading
from zveno.learners import tasks
from zveno.learners.actions import (
    bring_children,
    bring_table,
    enter_list,
    enter_list_part,
    give_table,
    give_table_part,
    read_children,
    read_table,
    subject_file,
)
from zveno.learners.actions.entering import PART
from zveno.learners.models import DistrictShare, Learner
from zveno.network.tests import make as network
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations

SCHOOLS, CHILDREN = 50, 2000
AT_ONCE = 10_000


def measure() -> Iterator[Figure]:
    """Yield the seconds of a night with 100,000 due rows, and of the file of one child."""
    yield "learners.subject_file.seconds", _file(), 10
    yield "learners.import_10000.seconds", _import(), 25
    yield "learners.district_10000.seconds", _district(), 25
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


def _district() -> float:
    """Bring a table of 10,000 children of fifty schools and give each school its rows."""
    with reading(SYSTEM):
        college = organisations.college()
        cluster = network.cluster(college)
        for number in range(SCHOOLS):
            school = organisations.school(name=f"Школа № {number} (пример)")
            network.member(cluster, school)
    actor = Actor(scope=frozenset([college.pk]), roles=frozenset([(college.pk, "coordinator")]))
    rows = (f"Школа № {number % SCHOOLS}\t{_row(number)}" for number in range(AT_ONCE))
    text = "Школа\tФамилия\tИмя\tОтчество\tКласс\n" + "\n".join(rows)
    begun = time.perf_counter()
    table = bring_table(actor, college.public_id, source={"text": text})
    read_table(actor, table.public_id)
    give_table(actor, table.public_id)
    for _ in range(SCHOOLS):
        give_table_part(actor, table.public_id)
    took = time.perf_counter() - begun
    with reading(SYSTEM):
        given = DistrictShare.objects.filter(of=table.pk).aggregate(all=Sum("number"))["all"]
    if given != AT_ONCE:
        raise RuntimeError(f"{given} rows are given")
    return took


def _import() -> float:
    """Bring and enter a list of 10,000 children of one organisation, part by part as a worker."""
    with reading(SYSTEM):
        school = Organisation.objects.create(kind="school", name="Школа", name_key="школа")
    actor = Actor(scope=frozenset([school.pk]), roles=frozenset([(school.pk, "head")]))
    text = "Фамилия\tИмя\tОтчество\tКласс\n" + "\n".join(map(_row, range(AT_ONCE)))
    begun = time.perf_counter()
    brought = bring_children(actor, school.public_id, source={"text": text})
    read_children(actor, brought.public_id)
    enter_list(actor, brought.public_id)
    for _ in range(AT_ONCE // PART + 1):
        enter_list_part(actor, brought.public_id)
    took = time.perf_counter() - begun
    with reading(SYSTEM):
        entered = Learner.objects.filter(owner=school).count()
    if entered != AT_ONCE:
        raise RuntimeError(f"{entered} children are entered")
    return took


def _row(number: int) -> str:
    """Write a child nobody else is called like."""
    family = "".join("абвгдежзик"[int(digit)] for digit in f"{number:04}")
    return f"Иванов{family}\tИван\tИванович\t{number % 11 + 1}А"


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
