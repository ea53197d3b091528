"""Ready-made children (invented)."""

from itertools import count
from typing import Any

from zveno.learners.models import Learner, first_year_of, name_key
from zveno.organisations.models import Organisation
from zveno.organisations.tests import make as organisations

numbers = count(1)


def learner(owner: Organisation | None = None, **changes: Any) -> Learner:
    """Make a child of grade 6."""
    fields: dict[str, Any] = {
        "family_name": f"Иванова{next(numbers)}",
        "given_name": "Арина",
        "grade": 6,
    }
    fields |= {"letter": "Б"} | changes
    fields["first_year"] = first_year_of(fields.pop("grade"))
    key = name_key(str(fields["family_name"]), str(fields["given_name"]))
    return Learner.objects.create(owner=owner or organisations.school(), name_key=key, **fields)
