"""What the demonstration tells of letters: one sent, read and answered by some, and a draft."""

from datetime import timedelta
from uuid import uuid4

from zveno.correspondence import actions
from zveno.correspondence.actions import Draft
from zveno.correspondence.models import Circular
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.http import reading
from zveno.network.models import Cluster
from zveno.organisations.models import Organisation

SUBJECT = "Сверка групп на декабрьские пробы"
TEXT = """Уважаемые коллеги!

Проверьте, пожалуйста, кого вы отправляете на пробы в декабре, и напишите, сколько ребят придёт.

Если класс сменился, список можно прислать заново на странице события."""
DRAFTED = "Встреча рабочей группы в январе"


def tell_of_letters(anna: Actor, cluster: Cluster, school: Organisation, irina: Actor) -> None:
    """Let the college ask all members, a school answer, and a letter wait to be finished."""
    members = cluster.memberships.exclude(organisation=cluster.base)
    keys = list(members.values_list("organisation__public_id", flat=True))
    due = clock.today() + timedelta(days=4)
    asked = Draft(uuid4(), SUBJECT, TEXT, keys, Circular.Asks.WORDS, due)
    sent = actions.write_letter(anna, cluster.public_id, draft=asked)
    actions.send_letter(anna, sent.public_id)
    with reading(SYSTEM):
        place = sent.addressees.get(organisation=school).public_id
    actions.open_letter(irina, place)
    actions.answer_letter(irina, place, words="Придут 14 ребят из 8 «Б» (пример).")
    draft = Draft(uuid4(), DRAFTED, "Повестка будет позже.", [school.public_id])
    actions.write_letter(anna, cluster.public_id, draft=draft)
