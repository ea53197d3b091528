"""What those who came to the event that was say of it."""

from datetime import timedelta
from uuid import uuid5

from zveno.demo.management.story import acting
from zveno.events import actions as events
from zveno.events.actions import Said
from zveno.events.models import Event
from zveno.kernel import clock
from zveno.kernel.actor import SYSTEM
from zveno.kernel.http import reading
from zveno.people.models import actor_of

SAID = (
    (5, "yes", "yes"),
    (5, "yes", "yes"),
    (4, "yes", "unsure"),
    (5, "yes", "yes"),
    (4, "unsure", "yes"),
    (3, "no", "unsure"),
    (5, "yes", "yes"),
    (4, "", ""),
    (5, "yes", "yes"),
)
"""Each as liked, would like to know more, would come again; two who came did not answer."""


def tell() -> None:
    """Let children answer at the exit."""
    with reading(SYSTEM):
        event = Event.objects.get(state=Event.State.HELD)
    with clock.travel(event.ends_at + timedelta(minutes=5)):
        child = actor_of(events.ask_how_it_was(acting("anna"), event.public_id))
        for number, words in enumerate(SAID):
            said = Said(uuid5(event.public_id, str(number)), *words)
            events.say_how_it_was(child, event.public_id, said=said)
