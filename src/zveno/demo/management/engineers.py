"""Engineers of a plant at the next event: one has confirmed, one is asked, one is not named yet."""

from datetime import timedelta

from zveno.demo.management.story import TOLD, acting, at
from zveno.events import actions as events
from zveno.events.actions import Person, Wanted
from zveno.events.models import Engineer, Event, Slot
from zveno.events.models.engineers import ENGINEER
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor, Means
from zveno.kernel.http import reading
from zveno.network import actions as network
from zveno.network.actions import Invitee
from zveno.network.models import Cluster
from zveno.organisations.models import Organisation
from zveno.people.models import Post

PLANT = "lev"
CONFIRMED = Person("Сомов Артём Игоревич (пример)", "инженер-технолог", "somov@example.org")
ASKED = Person("Зуева Ольга Павловна (пример)", "начальник участка", "zueva@example.org")


def tell() -> None:
    """Let a plant join, be asked for three people and name two of them."""
    anna, lev = acting("anna"), acting(PLANT)
    with reading(SYSTEM):
        cluster = Cluster.objects.get(name=TOLD["cluster"])
        plant = Post.objects.select_related("organisation").get(person=lev.person).organisation
        event = Event.objects.filter(cluster=cluster).coming()[0]
    with at(clock.today() - timedelta(days=5)):
        join(anna, lev, cluster, plant)
    with at(clock.today() - timedelta(days=3)):
        wanted = Wanted(
            employer=plant.public_id,
            role=Slot.Role.JUDGE,
            starts_at=event.ends_at - timedelta(hours=1),
            ends_at=event.ends_at,
            people=3,
            topic="Роботы-следопыты, 5–8 классы (пример)",
        )
        slot = events.offer_slot(anna, event.public_id, wanted=wanted)
        engineer = events.name_engineer(lev, slot.public_id, person=CONFIRMED)
        events.confirm_slot(by_link(engineer), engineer.public_id, asked=1)
        events.name_engineer(lev, slot.public_id, person=ASKED)


def join(anna: Actor, lev: Actor, cluster: Cluster, plant: Organisation) -> None:
    """Invite the plant into the cluster; it accepts."""
    invitee = Invitee(plant.public_id, word="Нашим детям интересно, как делают вещи (пример)")
    joining = network.invite_to_join(anna, cluster.public_id, invitee=invitee)
    network.accept_joining(lev, joining.public_id)


def by_link(engineer: Engineer) -> Actor:
    """Come by the link of the letter."""
    return Actor(means=Means.LINK, keys=frozenset([(ENGINEER, engineer.pk)]))
