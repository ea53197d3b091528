"""What the demonstration tells of letters and polls: sent, answered by some, chosen."""

from datetime import timedelta
from uuid import uuid4

from django.utils.timezone import localtime

from zveno.correspondence import actions
from zveno.correspondence.actions import Draft, Question
from zveno.correspondence.models import Circular, Vote
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.http import reading
from zveno.network.models import Cluster
from zveno.organisations.models import Organisation

SUBJECT = "Сверка групп на декабрьские пробы"
TEXT = """Уважаемые коллеги!

Проверьте, пожалуйста, кого вы отправляете на пробы в декабре, и напишите, сколько ребят придёт.

Если класс сменился, список можно прислать заново на странице события."""
VOTES = (Vote.Value.YES, Vote.Value.MAYBE, Vote.Value.NO)
GROUP = "Рабочая группа: план на второе полугодие"
LESSON = "Открытый урок в лаборатории"
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


def tell_of_polls(anna: Actor, cluster: Cluster, school: Organisation, irina: Actor) -> None:
    """Let the college look for a day that suits its members, and have found another one."""
    for title, chosen in ((GROUP, False), (LESSON, True)):
        poll = actions.start_poll(anna, cluster.public_id, question=_question(cluster, title))
        with reading(SYSTEM):
            place = poll.voters.get(organisation=school).public_id
            slots = poll.slots.order_by("starts_at").values_list("public_id", flat=True)
            votes = dict(zip(slots, VOTES, strict=True))
        actions.answer_poll(irina, place, votes=votes)
        if chosen:
            actions.close_poll(anna, poll.public_id, slot=next(iter(votes)))


def _question(cluster: Cluster, title: str) -> Question:
    members = cluster.memberships.exclude(organisation=cluster.base)
    morning = localtime(clock.now()).replace(hour=11, minute=0, second=0, microsecond=0)
    return Question(
        key=uuid4(),
        title=title,
        starts=[morning + timedelta(days=day) for day in (9, 10, 13)],
        minutes=90,
        due=clock.today() + timedelta(days=6),
        members=list(members.values_list("organisation__public_id", flat=True)),
        text="Колледж, аудитория 214 (пример).",
    )
