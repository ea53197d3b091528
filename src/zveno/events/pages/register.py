"""Classes of the register, proposed for the list of a group: a name is typed once."""

from collections.abc import Iterator

from zveno.events.models import Group
from zveno.kernel.actor import Actor
from zveno.learners.models import Learner, SchoolClass, classes_of

HEADS = ("Фамилия", "Имя", "Отчество", "Класс")
MOST = 200


def classes_offered(actor: Actor, group: Group) -> list[tuple[str, str, int]]:
    """Name the classes that the event is for: value, label, how many children."""
    return [(_key(one), one.label, one.children) for one in _fitting(actor, group)]


def rows_of(actor: Actor, group: Group, key: str) -> str:
    """Write a class of the register as a list that may be looked over; nothing if it is not there.

    It goes the way of any list: each row finds the child it was made of.
    """
    for one in _fitting(actor, group):
        if _key(one) == key:
            label = one.typed if one.first_year else ""
            own = Learner.objects.visible_to(actor).filter(owner=group.sender)
            children = own.of_class(one.first_year, one.letter)[:MOST]
            rows = [(c.family_name, c.given_name, c.patronymic, label) for c in children]
            return "\n".join("\t".join(row) for row in [HEADS, *rows])
    return ""


def _fitting(actor: Actor, group: Group) -> Iterator[SchoolClass]:
    for one in classes_of(actor, group.sender):
        fits = one.first_year is None or group.event.is_for(one.grade)
        if one.children and not one.has_left and fits:
            yield one


def _key(one: SchoolClass) -> str:
    return f"{one.first_year or 0}-{one.letter}"
