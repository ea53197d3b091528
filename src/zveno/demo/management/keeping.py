"""What the demonstration tells of terms: a hold, an act of destruction, what children need."""

from datetime import timedelta

from zveno.demo.management.story import acting, at, home
from zveno.events import actions as events
from zveno.events.models import CareNote, Event, Place
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.http import reading
from zveno.learners import actions
from zveno.learners.actions import Stay
from zveno.learners.models import Child, Learner

Need = CareNote.Need
MISTAKEN = Child("Ошибкин", "Пример", 7, "Б", new=True)


def tell() -> None:
    """Let a school destroy what was entered by mistake, hold one child, and say who needs what."""
    deputy, school = acting("irina"), home("irina")
    with at(clock.today() - timedelta(days=3)):
        entered = actions.add_child(deputy, school.public_id, child=MISTAKEN)
        actions.destroy(deputy, school.public_id, learners=[entered.public_id], why="mistake")
        with reading(SYSTEM):
            held = Learner.objects.filter(owner=school).latest("pk")
            coming = Event.objects.get(state=Event.State.OPEN)
            listed = Place.objects.filter(event=coming, group__sender=school).order_by("pk")
            places = list(listed[:2])
        until = clock.today() + timedelta(days=90)
        stay = Stay("Запрос комиссии по делам несовершеннолетних (пример)", until, learner=held)
        actions.hold_erasure(deputy, school.public_id, stay=stay)
        for place, needs in zip(places, ([Need.ESCORT, Need.STEPS], [Need.FLASH]), strict=False):
            events.note_care(deputy, place.public_id, needs=needs)
