"""Plans as tables, for stories about them."""

import base64
from pathlib import Path

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.network.models import Cluster, academic_year
from zveno.network.tests import make as network
from zveno.organisations.tests import make as organisations
from zveno.people.tests import make as people
from zveno.plan.actions import bring_plan
from zveno.plan.models import PlanTable

WORD = Path(__file__).parent / "data" / "annual_plan.docx"
CENTRE = "Информационно-методический центр района"
HEADING = "№\tРаздел\tМероприятие\tДля кого\tМесто\tСрок\tОтветственный\tПримечание"


def year() -> int:
    """Return the academic year of today."""
    return academic_year(clock.today())


def cluster() -> Cluster:
    """Make a cluster of a college, a methodical centre and two schools."""
    college = organisations.college(name="Колледж связи (пример)", short_name="Колледж связи")
    made = network.cluster(college)
    centre = organisations.organisation(
        "methodical_centre", name=CENTRE, short_name="Центр методистов"
    )
    network.member(made, centre)
    made.memberships.filter(organisation=centre).update(role="methodical_operator")
    for number in (47, 48):
        name = f"Школа № {number}"
        network.member(made, organisations.school(name=f"ГБОУ {name} (пример)", short_name=name))
    return made


def rows(*lines: str) -> str:
    """Make a plan: section, what, for whom, place, when, responsible, note."""
    return "\n".join([HEADING, *(f"{n}\t{line}" for n, line in enumerate(lines, start=1))])


def brought(
    text: str, made: Cluster | None = None, begins: int | None = None
) -> tuple[Actor, PlanTable]:
    """Let the coordinator bring a plan."""
    made = made or cluster()
    actor = people.coordinator(made.base)
    source, begins = {"text": text}, begins or year()
    return actor, bring_plan(actor, made.public_id, year=begins, source=source)


def in_word() -> dict[str, str]:
    """Return a plan as somebody has written it in Word."""
    return {"file": base64.b64encode(WORD.read_bytes()).decode(), "name": WORD.name}
