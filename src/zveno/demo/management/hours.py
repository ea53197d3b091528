"""Career guidance of a school of the demonstration: its level, and lessons outside Zveno."""

from decimal import Decimal

from zveno.events import actions as events
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.network.models import academic_year
from zveno.organisations.models import Organisation

LESSONS = "Занятия «Россия – мои горизонты» (пример)"
CLUBS = "Кружок робототехники (пример)"


def count(irina: Actor, school: Organisation) -> None:
    """Choose the main level; each grade had lessons, one of them a club as well."""
    events.choose_level(irina, school.public_id, level="main")
    year = academic_year(clock.today())
    for grade in (6, 7, 8, 9):
        lessons = events.Outside(year, grade, "extracurricular", Decimal(34), LESSONS)
        events.enter_hours(irina, school.public_id, outside=lessons)
    club = events.Outside(year, 7, "additional", Decimal("24.5"), CLUBS)
    events.enter_hours(irina, school.public_id, outside=club)
