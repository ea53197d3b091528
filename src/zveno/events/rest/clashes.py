"""What else a group is expected at while its event lasts, for programs of who sends it."""

from uuid import UUID

from ninja import Schema

from zveno.events import rules
from zveno.events.models import Group, Place, children_beside, groups_beside
from zveno.kernel.errors import NotFound
from zveno.kernel.http import Request
from zveno.kernel.rest import Endpoints, Shown

router = Endpoints(tags=["groups"])


class ElsewhereShown(Schema):
    """A child's place, and the other event the child is expected at."""

    place: Shown
    event: Shown


class GroupClashesShown(Schema):
    """Other groups of the sender, and children of this one, expected elsewhere at that time."""

    groups: list[Shown]
    children: list[ElsewhereShown]


@router.shows("/groups/{uuid:key}/clashes", GroupClashesShown)
def group_clashes(request: Request, key: UUID) -> object:
    """Show what a group you send is expected at besides, while its event lasts."""
    actor = request.actor
    group = Group.objects.visible_to(actor).select_related("event", "sender").pick(key)
    if not rules.sends_group(actor, group):
        raise NotFound
    places = list(Place.objects.visible_to(actor).filter(group=group).by_name())
    elsewhere = children_beside(actor, group.event, [place.learner_id for place in places])
    return {
        "groups": [one.group for one in groups_beside(actor, group.event, [group.sender_id])],
        "children": [
            {"place": place, "event": elsewhere[place.learner_id]}
            for place in places
            if place.learner_id in elsewhere
        ],
    }
