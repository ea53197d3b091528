"""Children beside the groups of events: numbers, initials, a list that waits, one who moves."""

from zveno.demo.management.story import acting, home
from zveno.kernel.actor import SYSTEM
from zveno.kernel.http import reading
from zveno.learners import actions
from zveno.learners.models import Learner

COUNTED = (("Солнышко", 18), ("Лучики", 21))
SHORTENED = ("Агеев Лука", "Белых Майя", "Вдовин Пётр", "Гусева Ника", "Дёмин Ян", "Евсеева Ася")
"""Typed whole, kept as initials."""
UNREAD = (
    ("Юрьева Милана", "4 А"),
    ("Якушев Степан", "4 А"),
    ("Абдулов Т.", "4 А"),
    ("Баранова Кира", "14 А"),
    ("Юрьева Милана", "4 А"),
)
"""A list with what is usually wrong in one: no given name, no such class, a row twice."""
MOVES = "Жуков"


def tell() -> None:
    """Let a kindergarten keep numbers and initials, a school mend a list, a pupil change school."""
    zoya, kindergarten = acting("zoya"), home("zoya").public_id
    for group, number in COUNTED:
        actions.count_class(zoya, kindergarten, grade=0, letter=group, number=number)
    actions.keep_initials(zoya, kindergarten)
    source = {"text": "\n".join(("Фамилия и имя", *SHORTENED))}
    brought = actions.bring_children(zoya, kindergarten, source=source, label="Звёздочки")
    actions.read_children(zoya, brought.public_id)
    actions.enter_list(zoya, brought.public_id)
    actions.enter_list_part(zoya, brought.public_id)
    rows = "\n".join(("Фамилия и имя\tКласс", *("\t".join(row) for row in UNREAD)))
    waits = actions.bring_children(acting("vera"), home("vera").public_id, source={"text": rows})
    actions.read_children(acting("vera"), waits.public_id)
    with reading(SYSTEM):
        child = Learner.objects.get(owner=home("irina"), family_name=MOVES)
    taker, basis = home("oleg").public_id, "заявление семьи (пример)"
    actions.offer_transfer(acting("irina"), child.public_id, taker=taker, basis=basis)
