"""Events, groups that come to them, children's places, certificates."""

from zveno.events.models.certificates import Batch, Certificate
from zveno.events.models.events import Event, Group, Place

__all__ = ["Batch", "Certificate", "Event", "Group", "Place"]
