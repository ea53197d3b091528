"""Ready-made meetings."""

from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from zveno.correspondence.actions import Decided, Heard, Protocol
from zveno.correspondence.models import Invited, Item, Meeting
from zveno.kernel import clock
from zveno.network.models import Cluster
from zveno.organisations.models import Organisation
from zveno.people.models import Post

numbers = count(1)
HOUR = timedelta(hours=1)


def meeting(of: Cluster, *houses: Organisation, **changes: Any) -> Meeting:
    """Make a meeting of next week to which organisations are invited, with two items."""
    begins = changes.pop("begins_at", clock.now() + timedelta(days=7))
    fields = {
        "subject": f"План проб {next(numbers)}",
        "place": "Учебный цех, каб. 12",
        "begins_at": begins,
        "ends_at": begins + HOUR,
    }
    made = Meeting.objects.create(cluster=of, **fields | changes)
    Item.objects.create(meeting=made, place=1, text="План года", reporter="Петрова А. И.")
    Item.objects.create(meeting=made, place=2, text="Разное")
    for house in houses:
        Invited.objects.create(meeting=made, organisation=house)
    return made


def held(of: Cluster, *houses: Organisation, **changes: Any) -> Meeting:
    """Make a meeting of yesterday."""
    return meeting(of, *houses, begins_at=clock.now() - timedelta(days=1), **changes)


def protocol(of: Meeting, *decisions: Decided, **changes: Any) -> Protocol:
    """Say what the minutes of a meeting tell: decisions are on its first item."""
    first, second = of.items.all()
    told = [
        Heard(first.public_id, "План составлен на 12 проб", decisions),
        Heard(second.public_id),
    ]
    came = [one.public_id for one in of.invited.all()]
    fields = {"chair": "Петрова А. И.", "secretary": "Белов К. Н.", "came": came, "heard": told}
    return Protocol(**fields | changes)


def decided(post: Post | None = None, **changes: Any) -> Decided:
    """Say a decision, of the holder of ``post`` within two weeks."""
    due = clock.today() + timedelta(days=14) if post else None
    fields: dict[str, Any] = {"key": uuid4(), "text": "Составить график проб", "due": due}
    return Decided(**fields | {"post": post.public_id if post else None} | changes)
