"""How groups register for an event of the demonstration, and what families read of it."""

from datetime import timedelta
from typing import Any

from zveno.events import actions as events
from zveno.events.models import Event
from zveno.kernel.actor import Actor

TRIAL: dict[str, Any] = {
    "minimum": 4,
    "led_by": "Игорь Савельев, мастер лаборатории (пример)",
    "programme": "15:00 Встреча у входа\n15:10 Сборка и программа\n16:45 Показ работ",
    "bring": "Сменную обувь, воду",
    "level": "introductory",
    "task": "Собрать схему, которая включает мотор, и объяснить, как она работает.",
}
"""What an introductory trial of two hours tells of itself."""


def take_groups(anna: Actor, event: Event) -> None:
    """Let one organisation send eleven children at most, and lists be due two days before."""
    terms = events.Terms(
        capacity=event.capacity, most=11, list_by=event.starts_at - timedelta(days=2)
    )
    events.set_registration(anna, event.public_id, terms=terms)
