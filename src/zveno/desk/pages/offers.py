"""What waits for a member whose offer or request others have responded to."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from zveno.desk.models import Todo, questions
from zveno.kernel.actor import Actor
from zveno.network.rules import represented

NAMED = 3


def waits(actor: Actor) -> Iterator[Todo]:
    """Tell who waits for an answer, the longest first."""
    own = represented(actor)
    if not own:
        return
    for one in questions.responses(own, NAMED):
        yield Todo(
            "offer",
            _("%(name)s responds: %(text)s") % {"name": one.name, "text": one.text},
            _("Agree, and it stands among the obligations of your agreement. 1 minute"),
            reverse("network:offer", args=[one.offer]),
            _("Open the response"),
            "users",
        )
