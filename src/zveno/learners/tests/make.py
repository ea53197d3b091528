"""Ready-made children (invented)."""

from itertools import count
from typing import Any

from zveno.learners.models import Learner
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations

numbers = count(1)


def learner(owner: Organisation | None = None, **changes: Any) -> Learner:
    """Make a child of grade 6."""
    fields = {"family_name": f"Иванова{next(numbers)}", "given_name": "Арина", "grade": 6}
    fields |= {"letter": "Б"} | changes
    key = f"{fields['family_name']} {fields['given_name']}".casefold()
    return Learner.objects.create(
        owner=owner or organisations.school(), name_key=key, **fields
    )
