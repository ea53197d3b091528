"""What waits for a member in August: to check what is known of it."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from zveno.desk.models import Todo, questions
from zveno.desk.pages.sender import INVITED
from zveno.kernel import clock
from zveno.kernel.actor import Actor
from zveno.network.models import check_year


def waits(actor: Actor) -> Iterator[Todo]:
    """Tell whose data are to be checked."""
    own = {key for key, role in actor.roles if role in INVITED}
    if not own:
        return
    year = check_year(clock.today())
    for one in questions.unchecked(own, year):
        facts = {"name": one.name, "year": f"{year}/{year + 1}"}
        yield Todo(
            "check",
            _("Check your data for the academic year %(year)s") % facts,
            _("%(name)s: contacts, who signs, head-counts. 2 minutes") % facts,
            reverse("network:check", args=[one.organisation]),
            _("Check"),
            "check",
        )
