"""What the demonstration tells of work: tasks due, done, overdue; offers and a response."""

from datetime import timedelta
from uuid import uuid4

from zveno.demo.management.letters import tell_of_letters, tell_of_polls
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.network import actions as network
from zveno.network.actions import Wanted
from zveno.network.models import Cluster, Offer
from zveno.organisations.models import Organisation
from zveno.people import actions as people
from zveno.people.actions import Assignment
from zveno.people.models import Post, rights_of

CLEANED = "Разобрать класс после пробы, вернуть наборы в лабораторию"
CHECKED = "Проверить восемь наборов: датчики, аккумуляторы, пульты"
SENT = "Ответить родителям, которые спрашивали о расписании проб"
FREE = "Лаборатория робототехники в будни после 15:00"
STORY = "Рассказ инженера о профессии для родительского собрания"
CALLED = "Обзвонить школы, которые ещё не подтвердили группы"


def tell_of_work(anna: Actor, college: Organisation) -> None:
    """Let the coordinator give and do what has to be done before the next trial."""
    today = clock.today()
    igor = Post.objects.get(organisation=college, role=Post.Role.TEACHER)
    own = Post.objects.get(organisation=college, role=Post.Role.COORDINATOR)
    given = (
        Assignment(CHECKED, today + timedelta(days=5), post=igor),
        Assignment(SENT, today - timedelta(days=2), post=own),
        Assignment(CALLED, today + timedelta(days=3), role=Post.Role.COORDINATOR),
    )
    for task in given:
        people.give_task(anna, college.public_id, task=task)
    cleaned = Assignment(CLEANED, today - timedelta(days=8), post=igor)
    done = people.give_task(anna, college.public_id, task=cleaned)
    people.finish_task(anna, done.public_id)
    cluster = Cluster.objects.filter(base=college).earliest("pk")
    school = Organisation.objects.get(inn="0010007742")
    irina = _irina(school)
    tell_of_offers(anna, cluster, school, irina)
    tell_of_letters(anna, cluster, school, irina)
    tell_of_polls(anna, cluster, school, irina)


def _irina(school: Organisation) -> Actor:
    role = Post.Role.SCHOOL_REPRESENTATIVE
    post = Post.objects.get(organisation=school, role=role)
    roles = frozenset((school.pk, each) for each in rights_of(role))
    return Actor(person=post.person_id, scope=frozenset([school.pk]), roles=roles)


def tell_of_offers(anna: Actor, cluster: Cluster, school: Organisation, irina: Actor) -> None:
    """Let the college offer hours of its laboratory, a school respond and ask for an engineer."""
    today = clock.today()
    begins, ends = today + timedelta(days=7), today + timedelta(days=90)
    hours = network.post_offer(
        anna,
        cluster.memberships.get(organisation=cluster.base).public_id,
        wanted=Wanted(
            uuid4(), Offer.Way.OFFER, Offer.Kind.LABORATORY, FREE, 24, "hours", begins, ends
        ),
    )
    network.express_interest(irina, hours.public_id, amount=6, note="Удобно по средам (пример)")
    network.post_offer(
        irina,
        cluster.memberships.get(organisation=school).public_id,
        wanted=Wanted(
            uuid4(), Offer.Way.REQUEST, Offer.Kind.VISIT, STORY, 2, "events", begins, ends
        ),
    )
