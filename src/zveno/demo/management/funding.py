"""What the demonstration tells of a programme and its money: all of it invented."""

from datetime import date
from decimal import Decimal

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.network import actions as network
from zveno.network.actions import Planned, ProgrammeFacts
from zveno.network.models import Cluster, Programme

PLANNED = {"federal": "24000000", "regional": "6000000", "partners": "9500000.50", "own": "1200000"}
COME = {"federal": "24000000", "regional": "4750000.40", "own": "610000"}


def tell_of_funding(anna: Actor, cluster: Cluster) -> Programme:
    """Found a programme of three years that the college holds; its clusters take part."""
    year, college = clock.today().year, cluster.base
    facts = ProgrammeFacts(
        number=f"15-{year - 1} (пример)",
        name="Центр подготовки кадров для робототехники (пример)",
        kind=Programme.Kind.FEDERAL,
        funder="Министерство просвещения (пример)",
        begins=date(year - 1, 1, 1),
        ends=date(year + 1, 12, 31),
    )
    made = network.found_programme(anna, college.public_id, facts=facts)
    lines = [
        Planned(each, source, Decimal(amount), _come(each, year, source))
        for each in made.years
        for source, amount in PLANNED.items()
    ]
    network.keep_money(anna, made.public_id, lines=lines)
    for who in (cluster, college):
        network.let_take_part(anna, made.public_id, who=who, day=made.begins)
    return made


def _come(each: int, year: int, source: str) -> Decimal:
    """Return what has come by now: all of last year, a part of this one."""
    come = Decimal(COME.get(source, "0"))
    return come if each < year else come / 4 if each == year else Decimal()
