"""Refusals that several verbs share."""

from django.utils.translation import gettext_lazy as _

from zveno.events.models import Event
from zveno.kernel.errors import DomainError


class EventNotOpen(DomainError):
    """Groups come and go only while the event takes registrations."""

    code = "event_not_open"
    message = _("Registration for “%(title)s” is closed.")


class NoSeatsHeld(DomainError):
    """A list and consents belong to a group that holds seats."""

    code = "no_seats_held"
    message = _("This group has no seats. Reserve them first.")


def _require_open(event: Event) -> None:
    if not event.is_open:
        raise EventNotOpen(title=event.title)


class IsCancelled(DomainError):
    """Nothing more happens to what was called off."""

    code = "is_cancelled"
    message = _("“%(title)s” is cancelled.")
