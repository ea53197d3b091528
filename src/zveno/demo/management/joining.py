"""The demonstration of joining: who is invited into clusters, and who applies."""

from zveno.kernel.actor import SYSTEM, Actor, Means
from zveno.kernel.http import reading
from zveno.network import actions as network
from zveno.network.actions import Application, Invitee
from zveno.network.models import Cluster, Joining
from zveno.organisations.models import Organisation

FACTORY = {
    "kind": "employer", "name": "ООО «Точная механика» (пример)", "inn": "0010004283",
    "family_name": "Громов", "given_name": "Илья",
}  # fmt: skip


def tell_of_joining(anna: Actor, cluster: Cluster) -> None:
    """Invite a kindergarten by letter; let a plant apply; invite Zoya's into another cluster."""
    garden = Invitee(
        name="Детский сад № 920 (пример)", email="sad920@example.org", word="Роботы для малышей"
    )
    network.invite_to_join(anna, cluster.public_id, invitee=garden)
    told = Application(FACTORY["name"], "gromov@example.org", "Готовы принимать экскурсии", FACTORY)
    applied = network.apply_by_letter(SYSTEM, cluster.public_id, application=told)
    if applied:
        network.confirm_application(_by_letter(applied), applied.public_id)
    with reading(SYSTEM):
        other = Cluster.objects.exclude(base=cluster.base).order_by("pk")[0]
        zoyas = Organisation.objects.get(inn="0010008859")
    leader = Actor(
        scope=frozenset([other.base_id]), roles=frozenset([(other.base_id, "coordinator")])
    )
    invitee = Invitee(
        zoyas.public_id, word="Ваши дети любят конструкторы, а у нас есть лаборатория"
    )
    network.invite_to_join(leader, other.public_id, invitee=invitee)


def _by_letter(joining: Joining) -> Actor:
    """Come by the link of the letter."""
    return Actor(means=Means.LINK, keys=frozenset([("network.Joining", joining.pk)]))
