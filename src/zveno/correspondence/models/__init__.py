"""Letters to members and who has read and answered them."""

from zveno.correspondence.models.letters import Addressee, Attachment, Circular
from zveno.correspondence.models.sides import SPEAKING, coordinated, spoken_for

__all__ = [
    "SPEAKING",
    "Addressee",
    "Attachment",
    "Circular",
    "coordinated",
    "spoken_for",
]
