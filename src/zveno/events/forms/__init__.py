"""What people type: a draft of an event, seats, a list of children."""

from zveno.events.forms.cancelling import CancelForm
from zveno.events.forms.columns import Choice
from zveno.events.forms.escorts import EscortForm, RouteForm
from zveno.events.forms.facts import STEPS, EventForm, SeatsForm, SeatsWish, of_event, of_item
from zveno.events.forms.moving import MoveForm
from zveno.events.forms.roll import PasteForm, Roll, Row

__all__ = [
    "STEPS",
    "CancelForm",
    "Choice",
    "EscortForm",
    "EventForm",
    "MoveForm",
    "PasteForm",
    "Roll",
    "RouteForm",
    "Row",
    "SeatsForm",
    "SeatsWish",
    "of_event",
    "of_item",
]
