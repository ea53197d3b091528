"""What the demonstration tells of families: who has answered, who waits, who is not confirmed."""

from datetime import time, timedelta

from zveno.demo.management.story import acting, at, home
from zveno.events import actions as events
from zveno.events.models import Event, Group
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.http import reading
from zveno.learners import actions
from zveno.learners.actions import ByOrder, Named
from zveno.learners.models import CONSENT_TEXTS, Learner, Method, Purpose
from zveno.organisations.models import Organisation
from zveno.people.models import actor_of

MOTHERS = ("Смирнова Ольга Петровна", "Кузнецова Елена Игоревна", "Попова Марина Сергеевна")
CLAIMED = Named("Васильев Андрей Юрьевич", "father")
ANSWERS: tuple[dict[str, bool], ...] = ({"publication": True}, {"publication": False}, {})
"""What each of the mothers says beside yes to taking part; the last has not answered at all."""
AT_HOME = 3
"""So many of the group to come have no consent to the trip yet."""
ADULTS = (
    ("Орехова Светлана Юрьевна (пример)", "учитель технологии"),
    ("Куприн Денис Львович (пример)", "учитель информатики"),
)


def tell() -> None:
    """Let a school take consents by link: two mothers have answered, a father waits."""
    deputy, school = acting("irina"), home("irina")
    with at(clock.today() - timedelta(days=10)):
        order = ByOrder("15-ПД", clock.today())
        actions.switch_consents_on(deputy, school.public_id, method=Method.LINK, order=order)
        with reading(SYSTEM):
            children = list(Learner.objects.filter(owner=school).order_by("pk")[:4])
        for child, name, said in zip(children, MOTHERS, ANSWERS, strict=False):
            named = Named(f"{name} (пример)", "mother")
            opened = actions.add_guardian(deputy, child.public_id, named=named)
            for purpose, agreed in ({"participation": True} | said).items() if said else ():
                text = CONSENT_TEXTS[Purpose(purpose)].sha256
                actions.answer_consent(
                    actor_of(opened.token),
                    opened.guardian,
                    purpose=Purpose(purpose),
                    agreed=agreed,
                    text=text,
                )
        keys = [child.public_id for child in children[3:]]
        for claim in actions.invite_families(deputy, school.public_id, learners=keys):
            actions.name_guardian(actor_of(claim.token), claim.guardian, named=CLAIMED)
    with at(clock.today() - timedelta(days=2)):
        _prepare_trip(deputy, school)


def _prepare_trip(deputy: Actor, school: Organisation) -> None:
    """Keep consents to the trip of all children to come but the last ones; name adults and way."""
    with reading(SYSTEM):
        group = Group.objects.get(sender=school, event__state=Event.State.OPEN)
        places = list(group.places.order_by("pk").values_list("public_id", flat=True))
    events.keep_trip_consents(deputy, group.public_id, places=places[:-AT_HOME])
    for name, job in ADULTS:
        events.add_escort(deputy, group.public_id, name=name, job=job)
    way = Group.Way.PUBLIC
    route = events.Route(way, "Главный вход школы", time(14, 10), time(17, 50))
    events.plan_route(deputy, group.public_id, route=route)
