"""The demonstration's certificates, diplomas and letters of thanks."""

from zveno.events import actions as events
from zveno.events.models import Event, Group, Place
from zveno.kernel.actor import SYSTEM, Actor
from zveno.kernel.http import reading
from zveno.people.models import Post


def award(anna: Actor, event: Event) -> None:
    """Certify all who came, let two of them win, thank who met them and who sent them."""
    events.issue_certificates(anna, event.public_id)
    with reading(SYSTEM):
        came = Place.objects.filter(event=event, came_at__isnull=False).order_by("pk")
        first, second = (place.public_id for place in came[:2])
        posts = Post.objects.filter(organisation=event.host, role=Post.Role.TEACHER)
        met = list(posts.order_by("pk").values_list("public_id", flat=True)[:1])
        group = Group.objects.filter(event=event).select_related("sender").earliest("pk")
    diplomas = events.Design(
        look="formal",
        accent="plum",
        words="за находчивость и умение работать в команде на событии «{событие}»",
    )
    events.set_design(anna, event.host.public_id, kind="diploma", design=diplomas)
    events.issue_diplomas(anna, event.public_id, awards={first: "winner", second: "laureate"})
    thanked = events.Thanked(posts=met, organisations=[group.sender.public_id])
    events.issue_thanks(anna, event.public_id, thanked=thanked)
