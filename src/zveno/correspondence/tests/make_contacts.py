"""Ready-made contacts with employers."""

from typing import Any

from zveno.correspondence.models import Contact
from zveno.kernel import clock
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations


def employer(**changes: Any) -> Organisation:
    """Make an employer of the register."""
    return organisations.organisation("employer", **changes)


def contact(keeper: Organisation, **changes: Any) -> Contact:
    """Make a call of today to an employer the register does not know."""
    fields = {
        "name": "Завод «Вектор» (пример)",
        "day": clock.today(),
        "kind": Contact.Kind.CALL,
        "whom": "Орехова П. С.",
        "about": "Практика второго курса",
    }
    return Contact.objects.create(keeper=keeper, **fields | changes)
