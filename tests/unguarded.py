"""A web server whose seats are counted first and taken afterwards: what the guard prevents."""

from itertools import count
from threading import Barrier
from typing import Any

from django.core.wsgi import get_wsgi_application


def application() -> Any:
    """Make Zveno without the guarded UPDATE."""
    wsgi = get_wsgi_application()
    # Importable only once Django is set up.
    from zveno.events.actions import seats as room  # noqa: PLC0415
    from zveno.events.models import Event  # noqa: PLC0415

    turns, both_have_read = count(), Barrier(2)

    def read_then_write(event: Event, seats: int) -> None:
        event.refresh_from_db(fields=["taken"])
        if event.free < seats:
            raise room.EventFull(free=event.free, seats=seats)
        if next(turns) < both_have_read.parties:
            both_have_read.wait(60)
        Event.objects.filter(pk=event.pk).update(taken=event.taken + seats)

    room._take_seats = read_then_write
    return wsgi
