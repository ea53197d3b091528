"""What the demonstration tells of work between people: tasks that are due, done, overdue."""

from datetime import timedelta

from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.organisations.models import Organisation
from zveno.people import actions as people
from zveno.people.actions import Assignment
from zveno.people.models import Post

CLEANED = "Разобрать класс после пробы, вернуть наборы в лабораторию"
CHECKED = "Проверить восемь наборов: датчики, аккумуляторы, пульты"
SENT = "Ответить родителям, которые спрашивали о расписании проб"
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
