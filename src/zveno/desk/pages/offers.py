"""What waits for a member whose offer or request others have responded to."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from zveno.desk.models import Todo
from zveno.kernel.actor import Actor
from zveno.network.models import Interest
from zveno.network.rules import represented

NAMED = 3


def waits(actor: Actor) -> Iterator[Todo]:
    """Tell who waits for an answer, the longest first."""
    own = represented(actor)
    if not own:
        return
    rows = Interest.objects.visible_to(actor).waiting().filter(offer__organisation__in=own)
    for one in rows.select_related("organisation", "offer").order_by("pk")[:NAMED]:
        yield Todo(
            "offer",
            _("%(name)s responds: %(text)s") % {"name": one.organisation, "text": one.offer.text},
            _("Agree, and it stands among the obligations of your agreement."),
            reverse("network:offer", args=[one.offer.public_id]),
            _("Open the response"),
            "users",
        )
